//! What public-health emergency work is made of, and its rules.
//!
//! Invariant: nothing here reads a file, a clock or a random number. The same input gives the same output.
//!
//! * [`plan`]: a plan document as structure: organisation, levels, duties, tasks, times, quantities, each with its source.
//! * [`clock`]: one engine for every time limit.
//! * [`notice`]: what users are told.
//! * [`Lang`]: the two languages in which the product speaks.

pub mod access;
pub mod account;
pub mod area;
pub mod clock;
mod id;
pub mod import;
pub mod incident;
pub mod indicator;
pub mod job;
mod lang;
pub mod notice;
pub mod order;
pub mod plan;
pub mod post;
pub mod report;
pub mod response;
pub mod sitrep;
pub mod unit;

pub use id::{
    BodyId, ClockId, EntryId, GrantId, Id, ImportId, IncidentId, IncumbencyId, IndicatorId, JobId, MeetingId, NotAnId,
    NoticeId, OrderBatchId, OrderFileId, OrderId, PartId, PlanId, PostId, ProposalId, ReportId, ReportTemplateId,
    SitrepId, SitrepTemplateId, TargetId, UnitId, UserId,
};
pub use lang::Lang;
