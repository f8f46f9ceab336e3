//! Orders: what is asked of units, how far each is, what was done with it, and what shows it.

mod board;
mod change;
mod file;
mod list;
mod read;
mod tally;

use lianfang_domain::{
    Id, IncidentId, OrderBatchId, OrderId, PlanId, UnitId,
    area::AreaCode,
    clock::{Clock, Escalation, Light},
    order::{OrderAct, OrderOrigin, OrderRole, OrderState, Supervision},
};

pub(crate) use board::ALL as BOARD;
pub use board::{UnitTally, clause_of};
pub(crate) use change::ALL as CHANGE;
pub(crate) use file::ALL as FILE;
pub use file::{NewOrderFile, OrderFile};
pub use list::{OrderList, OrderPlace, OrderRow, OrderSearch, OrderStart, StateFilter};
pub(crate) use read::ALL as READ;
pub use tally::{OrderTally, TallyLine};

/// After every instant at which an order may be due: there stand open orders without a limit.
const WITHOUT_LIMIT: i64 = 4_000_000_000_000_000;
/// Behind them those that have ended, the last ended first.
const ENDED: i64 = 8_000_000_000_000_000;

/// An order that is about to be issued.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOrder {
    /// Its identifier.
    pub id: OrderId,
    /// The unit that carries it out.
    pub unit: UnitId,
    /// The unit's area.
    pub division: AreaCode,
    /// The unit above it.
    pub above: Option<UnitId>,
    /// The area for which it is issued.
    pub issuer: AreaCode,
    /// The unit that splits it off its own order.
    pub issuer_unit: Option<UnitId>,
    /// That order.
    pub parent: Option<OrderId>,
    /// The act of issuing.
    pub batch: OrderBatchId,
    /// The incident it is for.
    pub incident: Option<IncidentId>,
    /// The plan it comes from.
    pub plan: Option<PlanId>,
    /// Which clause of the plan, for which unit; empty where it comes from none.
    pub plan_key: String,
    /// The level that asks for it; empty where none does.
    pub level: String,
    /// What it stands under: the group, the level, the task.
    pub heading: String,
    /// Which part the unit has.
    pub role: OrderRole,
    /// Where it comes from.
    pub origin: OrderOrigin,
    /// The number of the document, or the name of the meeting.
    pub number: String,
    /// What is to be done.
    pub words: String,
    /// Whether it is marked as urgent.
    pub urgency: Urgency,
    /// How far it is: issued, or for a request waiting for its answer.
    pub state: OrderState,
    /// Its clock.
    pub clock: Option<Clock>,
}

/// Whether an order is marked as urgent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// It is not.
    #[default]
    Normal,
    /// It is.
    Urgent,
}

impl Urgency {
    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Normal => "normal",
            Urgency::Urgent => "urgent",
        }
    }

    /// The urgency of a code.
    pub fn from_code(code: &str) -> Option<Urgency> {
        [Urgency::Normal, Urgency::Urgent].into_iter().find(|one| one.code() == code)
    }
}

/// An order as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRecord {
    /// What was issued; its state and clock are those of now.
    pub order: NewOrder,
    /// How far its supervision is.
    pub supervision: Supervision,
    /// How often what recurs was reported.
    pub n_done: i64,
    /// Who issued it.
    pub issued_by: String,
    /// When, in milliseconds.
    pub issued_at_ms: i64,
    /// When the unit first looked at it.
    pub read_at_ms: Option<i64>,
    /// When it was signed for.
    pub signed_at_ms: Option<i64>,
    /// When it was last reported.
    pub reported_at_ms: Option<i64>,
    /// When it ended.
    pub closed_at_ms: Option<i64>,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl OrderRecord {
    /// The county by which it is kept.
    pub fn home(&self) -> AreaCode {
        self.order.division.home()
    }

    /// How its clock stands.
    pub fn light(&self, now_ms: i64) -> Light {
        self.order.clock.as_ref().map_or(Light::None, |clock| clock.light(now_ms))
    }

    /// Whether it is open and its clock is over.
    pub fn is_late(&self, now_ms: i64) -> bool {
        self.order.state.is_open() && matches!(self.light(now_ms), Light::Red { .. })
    }
}

/// Something that was done with an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEvent {
    /// What.
    pub act: OrderAct,
    /// In their words.
    pub words: String,
    /// Who.
    pub by: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// One time at which something that recurs was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderOccurrence {
    /// When it was due.
    pub due_at_ms: i64,
    /// When it was done.
    pub done_at_ms: i64,
    /// In their words.
    pub words: String,
    /// By whom.
    pub by: String,
}

impl NewOrder {
    /// Where it stands in lists.
    fn place(&self, issued_at_ms: i64, closed_at_ms: Option<i64>) -> i64 {
        match (closed_at_ms, self.due_ms()) {
            (Some(closed), _) => ENDED - closed,
            (None, Some(due)) => due,
            (None, None) => WITHOUT_LIMIT + issued_at_ms,
        }
    }

    fn due_ms(&self) -> Option<i64> {
        self.clock.as_ref().and_then(Clock::due_ms)
    }

    /// From when on its clock is yellow.
    fn yellow_ms(&self, now_ms: i64) -> Option<i64> {
        let clock = self.clock.as_ref()?;
        match clock.light(now_ms) {
            Light::Green { .. } => clock.next_change_ms(now_ms, Escalation::default()),
            Light::Yellow { .. } | Light::Red { .. } => Some(now_ms),
            _ => None,
        }
    }

    /// What may stand once only: the clause for the unit in the incident while it is open; otherwise itself.
    fn once(&self) -> String {
        if self.plan_key.is_empty() || !self.state.is_open() {
            return self.id.to_string();
        }
        let id = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
        format!(
            "{}/{}/{}",
            id(self.incident.map(|incident| incident.0)),
            id(self.plan.map(|plan| plan.0)),
            self.plan_key
        )
    }
}
