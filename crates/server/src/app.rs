use std::sync::Arc;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lianfang_domain::account::SessionLimits;
use lianfang_store::Store;

use crate::{
    job::{Kinds, kinds},
    limit::{Limits, Pace},
    metrics::Metrics,
    notice::{Gateway, Outbox},
    order::KnownClauses,
    seat::Seats,
};

/// What the time is; the binary gives the machine's clock, a test its own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the server behaves where sites differ.
#[derive(Clone, Debug, Default)]
pub struct Manners {
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// Whether browsers reach it by https, here or at a proxy in front.
    pub https: bool,
    /// How fast one address may ask.
    pub pace: Pace,
}

/// Everything a request needs. Cheap to clone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inside>);

pub(crate) struct Inside {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) manners: Manners,
    pub(crate) seats: Seats,
    pub(crate) limits: Limits,
    /// The kinds of jobs it can do.
    pub(crate) kinds: Kinds,
    pub(crate) metrics: Metrics,
    /// What accepted plans ask for.
    pub(crate) clauses: KnownClauses,
    /// Where messages go out.
    pub(crate) gateway: Arc<dyn Gateway>,
    /// Signs what the server hands out and takes back: form tokens, the step between password and code.
    pub(crate) ticket_key: [u8; 32],
}

impl App {
    /// The server on an open store.
    pub fn new(store: Store, clock: Clock, manners: Manners) -> App {
        App::with_kinds(store, clock, manners, kinds())
    }

    /// The same with other kinds of jobs.
    pub(crate) fn with_kinds(store: Store, clock: Clock, manners: Manners, kinds: Kinds) -> App {
        let ticket_key = store.derived_key("tickets");
        let (seats, limits, metrics) = (Seats::default(), Limits::new(manners.pace), Metrics::new(&store));
        let gateway = Arc::new(Outbox(store.settings().data.join("outbox")));
        let clauses = KnownClauses::default();
        App(Arc::new(Inside { store, clock, manners, seats, limits, kinds, metrics, clauses, gateway, ticket_key }))
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn now_ms(&self) -> i64 {
        (self.0.clock)().as_millisecond()
    }
}

/// The civil day of an instant in China.
pub(crate) fn day_of(now_ms: i64) -> Date {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    Timestamp::from_millisecond(now_ms).map_or_else(|_| Date::ZERO, |at| at.to_zoned(zone).date())
}
