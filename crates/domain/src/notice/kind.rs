use serde::{Deserialize, Serialize};

use crate::clock::moment_words;
use crate::{Lang, area::AreaCode};

/// What a notice is about. Never personal data: it goes into messages too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The thing: the title of an order, the name of an incident.
    pub what: String,
    /// What is to be said of it, where the kind leaves room: a level, a reason, a unit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub more: String,
    /// Until when, for kinds that name an instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_ms: Option<i64>,
}

/// Whether a notice waits for the end of the time in which its user does not want to be disturbed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// It waits.
    #[default]
    Ordinary,
    /// It does not wait: a commander's order.
    Urgent,
}

impl Urgency {
    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Ordinary => "ordinary",
            Urgency::Urgent => "urgent",
        }
    }

    /// The urgency of a code.
    pub fn from_code(code: &str) -> Option<Urgency> {
        [Urgency::Ordinary, Urgency::Urgent].into_iter().find(|one| one.code() == code)
    }
}

/// Something that users are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// To what.
    pub about: About,
    /// The page that it leads to.
    pub href: String,
    /// Whether it waits for the end of a quiet time.
    pub urgency: Urgency,
    /// The area it concerns.
    pub area: AreaCode,
}

/// Declares the kinds, one a line: code, Chinese and English, where `{what}`, `{more}` and `{due}` stand for what the
/// notice is about.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum NoticeKind { $($(#[$doc])* $name),* }

        impl NoticeKind {
            /// Every kind.
            pub const ALL: &'static [NoticeKind] = &[$(NoticeKind::$name),*];

            /// The text that is kept and sent.
            pub fn code(self) -> &'static str {
                match self { $(NoticeKind::$name => $code),* }
            }

            fn pattern(self, lang: Lang) -> &'static str {
                match self { $(NoticeKind::$name => lang.pick($zh, $en)),* }
            }
        }
    };
}

kinds! {
    /// The last quarter of the time for something has begun.
    ClockRunsOut = "clock.runs_out", "“{what}”时限将至：{due}前完成。", "“{what}” runs out: due by {due}.";
    /// Something is over its time.
    ClockRanOut = "clock.ran_out", "“{what}”已超时：应于{due}前完成。", "“{what}” is over its time: it was due by {due}.";
    /// Something is still over its time, and was brought up again.
    ClockStillOut = "clock.still_out", "“{what}”仍未办结（第{more}次提醒）：应于{due}前完成。", "“{what}” is still not done (reminder {more}): it was due by {due}.";
    /// An order was given to a unit.
    OrderIssued = "order.issued", "新指令：“{what}”。请及时签收。", "New order: “{what}”. Sign for it.";
    /// A unit is reminded of an order.
    OrderReminded = "order.reminded", "催办：“{what}”。{more}", "Reminder: “{what}”. {more}";
    /// An order was taken back, lifted or given to another unit.
    OrderEnded = "order.ended", "指令“{what}”不再由贵单位办理。{more}", "The order “{what}” is no longer yours. {more}";
    /// An order was found to be done, or a request was answered.
    OrderClosed = "order.closed", "“{what}”已办结。{more}", "“{what}” is closed. {more}";
    /// An order was sent back to the unit.
    OrderReturned = "order.returned", "指令“{what}”的反馈被退回：{more}", "The answer to “{what}” was returned: {more}";
    /// A unit answered an order.
    OrderAnswered = "order.answered", "{more}已反馈指令“{what}”。", "{more} answered the order “{what}”.";
    /// A supervision notice.
    Supervision = "order.supervision", "督办通知：“{what}”。{more}", "Supervision notice: “{what}”. {more}";
    /// A change of level was refused.
    LevelRefused = "level.refused", "“{what}”响应级别调整不予批准：{more}", "The change of level of “{what}” is refused: {more}";
    /// The level was changed.
    LevelChanged = "level.changed", "“{what}”响应级别已调整：{more}", "The level of “{what}” has changed: {more}";
    /// A report falls due soon.
    ReportDue = "report.due", "“{what}”应于{due}前报送，尚未上报。", "“{what}” is due by {due} and not handed in yet.";
    /// A report was not handed in when it fell due.
    ReportMissing = "report.missing", "“{what}”未按时报送：应于{due}前上报，请尽快补报。", "“{what}” was due by {due} and is not there. Hand it in now.";
    /// Who has not reported.
    ReportsMissing = "report.who_is_missing", "“{what}”报送情况（{due}截止）：{more}", "“{what}” (due by {due}): {more}";
    /// A report was sent back.
    ReportReturned = "report.returned", "“{what}”被退回：{more}", "“{what}” was sent back: {more}";
    /// A report was corrected.
    ReportCorrected = "report.corrected", "“{what}”已更正：{more}", "“{what}” was corrected: {more}";
    /// A report is asked for at once.
    ReportAsked = "report.asked", "请立即报送“{what}”，{due}前完成。{more}", "Report “{what}” at once, by {due}. {more}";
    /// Something waits for a decision.
    ToDecide = "decide", "待您审批：“{what}”。{more}", "Waiting for your decision: “{what}”. {more}";
}

impl NoticeKind {
    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<NoticeKind> {
        NoticeKind::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The notice in words, as they are at an instant: a year is named where it is another one.
    pub fn words(self, about: &About, now_ms: i64, lang: Lang) -> String {
        let due = about.due_ms.map(|due| moment_words(due, now_ms, lang)).unwrap_or_default();
        let filled = self.pattern(lang).split('{').enumerate().map(|(place, part)| match part.split_once('}') {
            Some((name, rest)) if place > 0 => {
                let value = match name {
                    "what" => &about.what,
                    "more" => &about.more,
                    _ => &due,
                };
                format!("{value}{rest}")
            }
            _ => part.to_owned(),
        });
        filled.collect::<String>().trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_what_it_is_about_in_both_languages() {
        let about = About { what: "甲{more}".to_owned(), more: "乙".to_owned(), due_ms: Some(1_795_330_800_000) };
        for &kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_code(kind.code()), Some(kind));
            for lang in [Lang::Zh, Lang::En] {
                let words = kind.words(&about, 1_795_309_200_000, lang);
                assert!(words.contains("甲{more}"), "what was filled in is not filled again: {words}");
                assert!(!words.contains("{what}") && !words.contains("{due}"), "{words}");
            }
        }
        let words = NoticeKind::ClockRanOut.words(&about, 1_795_309_200_000, Lang::Zh);
        assert_eq!(words, "“甲{more}”已超时：应于11月22日 15:00前完成。");
    }
}
