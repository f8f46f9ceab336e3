//! Everything that is kept, in SQLite or PostgreSQL, and the only SQL in the tree.
//!
//! * [`Store`] is the open database. Reads take the scope they are restricted to; the restriction is part of the SQL.
//! * [`Tx`] is one act of one user. What it changes is kept all or nothing, together with its row in the audit record.
//! * Writes are queued and committed together, on one thread (SQLite) or in two lanes (PostgreSQL). So a change is a
//!   list of statements that each must touch what they expect; nothing is read between them.
//!
//! Invariant: no rule of public-health work is decided here.

#![expect(clippy::useless_vec, reason = "`values!` makes a list that is kept by changes and only lent to queries")]

mod api_token;
mod area;
mod audit;
mod backup;
mod change;
mod clock;
mod crypto;
mod distribution;
mod engine;
mod error;
mod figures;
mod import;
mod incident;
mod indicator;
mod job;
mod keys;
mod meeting;
mod migrate;
mod notice;
mod once;
mod open;
mod order;
mod plan;
mod policy;
mod post;
mod query;
mod report;
mod response;
mod session;
mod sitrep;
mod sql;
mod statements;
mod tx;
mod unit;
mod user;
mod value;

pub use api_token::ApiToken;
pub use area::AreaRow;
pub use audit::{AuditFault, AuditPlace, AuditRow, AuditSearch, FaultKind, Verified};
pub use backup::{Copied, Restored, restore};
pub use change::AuditEntry;
pub use clock::{ClockRecord, ClockState, NewClock};
pub use distribution::{Placement, TABLES, distribution};
pub use error::StoreError;
pub use import::{
    Effect, EffectState, ImportCounts, ImportKind, ImportRecord, ImportState, ImportTally, NewImport, Undo,
};
pub use incident::{
    BodyRecord, CaseOrigin, CasesRecord, EntryRecord, FigureRecord, GradeRuleRecord, IncidentPhase, IncidentRecord,
    MemberRecord, NewBody, NewCases, NewEntry, NewIncident, NewMember, ParameterRecord, Venue,
};
pub use indicator::{AreaMap, BalanceRecord, FigureRow, FigureSearch, FigureSum, IndicatorVersion, TargetRecord};
pub use job::{Job, JobSearch, Lease, NewJob};
pub use meeting::{Decision, Meeting};
pub use migrate::Migrated;
pub use notice::{NoticeRecord, Outgoing, Recipient};
pub use once::{DoneOnce, Once};
pub use open::{Settings, Store};
pub use order::{
    NewOrder, NewOrderFile, OrderEvent, OrderFile, OrderList, OrderOccurrence, OrderPlace, OrderRecord, OrderRow,
    OrderSearch, OrderStart, OrderTally, StateFilter, TallyLine, UnitTally, Urgency, clause_of,
};
pub use plan::{NewPlan, PlanAnswer, PlanContent, PlanEdit, PlanRecord, PlanUnit};
pub use post::{DirectorySearch, DirectoryUnit, IncumbencyRecord, PhoneSight, PostRecord, PostState};
pub use report::{
    BoardCell, NewContent, ReportKey, ReportRecord, ReportSearch, ReportVersion, ReportingUnit, TemplateRecord,
    TemplateVersion,
};
pub use response::{Filing, JudgementRecord, OpinionRecord, ProposalRecord, Signed};
pub use session::Session;
pub use sitrep::{NewSitrep, SitrepEvent, SitrepRecord, SitrepTemplate, SitrepsSeen};
pub use tx::{Actor, Tx};
pub use unit::{
    ListStart, NamedUnit, NotedAlias, OldName, UnitDetails, UnitList, UnitOrder, UnitPlace, UnitRecord, UnitRow,
    UnitSearch, UnitState,
};
pub use user::{Invitation, SignInRecord, User, UserState};
