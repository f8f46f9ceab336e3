//! The response level of an incident: assessed, judged by experts, proposed, approved, filed, raised, lowered, ended.
//!
//! Every change is a proposal that a named person approves; the machine computes what is still missing and how long the
//! clock to the end runs, and never changes a level.

mod change;
mod demand;
mod ending;
mod history;
mod missing;
mod proposal;

pub use change::{ChangeKind, LevelChange, NoChange};
pub use demand::{Demand, EndCondition, EndConditionKind};
pub use ending::{EndClock, EndFacts};
pub use history::{BrokenHistory, LevelStep, replay};
pub use missing::{Assessment, Judgement, Missing, Opinion, OpinionVerdict, missing};
pub use proposal::{IsOwn, NotApprovable, ProposalState, may_approve, may_change_proposal};
