use crate::Lang;

/// Which report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitrepKind {
    /// 日报.
    Daily,
    /// 简报.
    Brief,
    /// 续报: what has happened since the report before.
    FollowUp,
    /// 终报: after the end.
    Final,
    /// 情况汇报: what was done, what is wrong, what comes next.
    Status,
}

impl SitrepKind {
    /// Every kind.
    pub const ALL: [SitrepKind; 5] =
        [SitrepKind::Daily, SitrepKind::Brief, SitrepKind::FollowUp, SitrepKind::Final, SitrepKind::Status];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            SitrepKind::Daily => "daily",
            SitrepKind::Brief => "brief",
            SitrepKind::FollowUp => "follow_up",
            SitrepKind::Final => "final",
            SitrepKind::Status => "status",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<SitrepKind> {
        SitrepKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            SitrepKind::Daily => lang.pick("日报", "Daily report"),
            SitrepKind::Brief => lang.pick("简报", "Brief"),
            SitrepKind::FollowUp => lang.pick("续报", "Follow-up report"),
            SitrepKind::Final => lang.pick("终报", "Final report"),
            SitrepKind::Status => lang.pick("情况汇报", "Status report"),
        }
    }

    /// Whether it has a head with its number, as periodicals have; a report to those above begins with its title.
    pub fn has_masthead(self) -> bool {
        matches!(self, SitrepKind::Daily | SitrepKind::Brief)
    }
}
