//! Figures on the running server, for Prometheus. They hold no identifier, no name and nothing of what is kept.

mod count;
mod show;

pub(crate) use count::count;
pub use show::serve_metrics;

use std::sync::atomic::AtomicU64;

use prometheus_client::metrics::{
    counter::Counter,
    family::Family,
    gauge::Gauge,
    histogram::{Histogram, exponential_buckets},
    info::Info,
};
use prometheus_client::registry::{Registry, Unit};

use lianfang_store::Store;

/// Names and values of labels. Values are from small fixed sets: routes as they are declared, classes, states.
type Labels<const N: usize> = [(&'static str, String); N];

/// What is counted while the server runs, and what is looked up when someone asks.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Labels<3>, Counter>,
    seconds: Family<Labels<1>, Histogram, fn() -> Histogram>,
    jobs: Family<Labels<1>, Gauge>,
    sessions: Gauge,
    memory: Gauge<f64, AtomicU64>,
    database: Gauge,
}

fn buckets() -> Histogram {
    // 1 ms, 2 ms … 8 s.
    Histogram::new(exponential_buckets(0.001, 2.0, 14))
}

impl Metrics {
    pub(crate) fn new(store: &Store) -> Metrics {
        let mut registry = Registry::default();
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION")), ("database", store.database_name())]);
        registry.register("lianfang_build", "Version of the program and kind of database", build);
        let requests = Family::<Labels<3>, Counter>::default();
        registry.register("lianfang_requests", "Requests by method, route and class of the answer", requests.clone());
        let seconds: Family<Labels<1>, Histogram, fn() -> Histogram> = Family::new_with_constructor(buckets);
        let about = "Time from a request to the beginning of its answer, by route";
        registry.register_with_unit("lianfang_request", about, Unit::Seconds, seconds.clone());
        let jobs = Family::<Labels<1>, Gauge>::default();
        registry.register("lianfang_jobs", "Jobs by state", jobs.clone());
        let sessions = Gauge::default();
        registry.register("lianfang_sessions", "Sessions that were used lately enough to go on", sessions.clone());
        let memory = Gauge::<f64, AtomicU64>::default();
        let about = "Memory of the process that is in the machine";
        registry.register_with_unit("lianfang_memory_resident", about, Unit::Bytes, memory.clone());
        let database = Gauge::default();
        registry.register("lianfang_database_up", "1 when the database answered just now, else 0", database.clone());
        store.register_figures(&mut registry);
        Metrics { registry, requests, seconds, jobs, sessions, memory, database }
    }
}
