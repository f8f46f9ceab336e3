//! 指令: what plans and people ask of units: proposed from an accepted plan or written freely, issued by a named person,
//! carried out and answered. The rules: what a plan proposes, which act may follow which, what a change of level adds
//! and lifts.

mod act;
mod change;
mod collective;
mod draft;
mod evidence;
mod fit;
mod origin;
mod owner;
mod propose;
mod refusal;
mod state;
mod step;
mod supervision;
mod times;

pub use act::{OrderAct, OrderSide};
pub use change::{CarriedOver, LevelChange, StandingOrder, carry_over, level_change};
pub use collective::Collective;
pub use draft::{DraftKind, DraftOwner, Missing, OrderDraft, OrderRole, base_of};
pub use evidence::{EvidenceKind, EvidenceRefusal, LARGEST_EVIDENCE, evidence};
pub use origin::OrderOrigin;
pub use propose::{Asked, UnitsMeant, propose};
pub use refusal::OrderRefusal;
pub use state::OrderState;
pub use step::{OrderFacts, next};
pub use supervision::{Supervision, supervise};
pub use times::{ESCALATION, is_recurring};

#[cfg(test)]
mod tests;
