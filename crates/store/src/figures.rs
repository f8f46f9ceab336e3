use std::time::Instant;

use prometheus_client::metrics::{counter::Counter, histogram::Histogram};
use prometheus_client::registry::Registry;

/// How many changes are committed together: 1, 2, 4 … 512.
const SIZES: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// Seconds until a change is on the disk.
const WAITS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0, 30.0];

/// What the store counts about itself, for whoever watches the system.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    batches: Histogram,
    waits: Histogram,
    lost: Counter,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures { batches: Histogram::new(SIZES), waits: Histogram::new(WAITS), lost: Counter::default() }
    }
}

impl Figures {
    /// Notes that so many changes were committed, or tried, together.
    pub(crate) fn batch(&self, n_changes: usize) {
        self.batches.observe(f64::from(u32::try_from(n_changes).unwrap_or(u32::MAX)));
    }

    /// Notes that a change was answered.
    pub(crate) fn answered(&self, since: Instant, lost: bool) {
        self.waits.observe(since.elapsed().as_secs_f64());
        if lost {
            self.lost.inc();
        }
    }

    /// Puts everything that is counted into a list of metrics.
    pub(crate) fn register(&self, registry: &mut Registry) {
        let batches = "Changes committed together";
        registry.register("lianfang_store_batch_changes", batches, self.batches.clone());
        let waits = "Seconds from queueing a change until it was on the disk or refused";
        registry.register("lianfang_store_change_seconds", waits, self.waits.clone());
        let lost = "Changes that could not be kept because the database was away or its disk full";
        registry.register("lianfang_store_changes_lost", lost, self.lost.clone());
    }
}

/// The start of a measurement.
#[expect(clippy::disallowed_methods, reason = "how long a change waits is measured, and decides nothing")]
pub(crate) fn begun() -> Instant {
    Instant::now()
}
