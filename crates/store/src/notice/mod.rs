//! Notices: what users are told, who is to be told, and what still has to go out as a message.

mod change;
mod read;
mod recipient;

use lianfang_domain::{
    Lang, NoticeId, UserId,
    area::AreaCode,
    notice::{About, NoticeKind, Quiet, Urgency},
};

pub(crate) use change::ALL as CHANGE;
pub(crate) use read::ALL as READ;
pub(crate) use recipient::ALL as RECIPIENT;

/// Someone who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub user: UserId,
    /// When they do not want to be disturbed.
    pub quiet: Option<Quiet>,
}

/// A notice as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Its identifier.
    pub id: NoticeId,
    /// The county by which it is kept.
    pub home: AreaCode,
    /// What happened.
    pub kind: NoticeKind,
    /// To what.
    pub about: About,
    /// The page that it leads to.
    pub href: String,
    /// Whether it disturbed.
    pub urgency: Urgency,
    /// When it was given.
    pub at_ms: i64,
    /// When it was read.
    pub read_at_ms: Option<i64>,
}

/// A notice that is to go out as a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The notice.
    pub notice: NoticeRecord,
    /// Who is told.
    pub user: UserId,
    /// The name with which they sign in.
    pub login: String,
    /// Their language.
    pub lang: Lang,
}
