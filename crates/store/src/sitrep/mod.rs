//! Situation reports, their templates, and every step that was taken with them.

mod change;
mod read;

use jiff::civil::Date;
use lianfang_domain::{
    IncidentId, SitrepId, SitrepTemplateId,
    area::AreaCode,
    sitrep::{SitrepKind, SitrepState},
};

pub(crate) use change::ALL as CHANGE;
pub(crate) use read::ALL as READ;
pub use read::SitrepsSeen;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitrepTemplate {
    /// Its identifier.
    pub id: SitrepTemplateId,
    /// The county that keeps it.
    pub area: AreaCode,
    /// What is written with it.
    pub kind: SitrepKind,
    /// Its name.
    pub name: String,
    /// Its text.
    pub body: String,
    /// Who kept it last.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

/// A situation report that is about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSitrep {
    /// Its identifier.
    pub id: SitrepId,
    /// The area it is about.
    pub area: AreaCode,
    /// Which report it is.
    pub kind: SitrepKind,
    /// The incident it tells of.
    pub incident: Option<IncidentId>,
    /// The day it tells of.
    pub on: Date,
    /// What it is called in lists.
    pub name: String,
    /// Its text.
    pub body: String,
    /// The issued one that it corrects.
    pub corrects: Option<SitrepId>,
}

/// A situation report as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitrepRecord {
    /// What it is.
    pub sitrep: NewSitrep,
    /// How far it is.
    pub state: SitrepState,
    /// Its number in its year, once it is issued.
    pub number: Option<(i64, i64)>,
    /// The filled text as it was issued; empty before.
    pub content: String,
    /// Who wrote it last.
    pub written_by: String,
    /// When.
    pub written_at_ms: i64,
    /// The user who cleared it; empty before.
    pub cleared_by: String,
    /// Their name.
    pub cleared_by_name: String,
    /// Who issued it.
    pub issued_by: String,
    /// When.
    pub issued_at_ms: Option<i64>,
    /// For telling whether someone else was faster.
    pub version: i64,
}

impl SitrepRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.sitrep.area.home()
    }
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitrepEvent {
    /// `written`, or the code of a step.
    pub step: String,
    /// The reason, where one was given.
    pub words: String,
    /// Who took it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}
