//! Wall time, processor time, memory.

use std::time::Instant;

use serde_json::{Value, json};

/// What something took, in milliseconds. Processor time is that of the whole process.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) wall_ms: f64,
    pub(super) cpu_ms: f64,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Does something, and says what it took.
pub(super) fn measured<T>(what: impl FnOnce() -> T) -> (T, Cost) {
    let (begun, cpu) = (now(), cpu_ms());
    let result = what();
    (result, Cost { wall_ms: begun.elapsed().as_secs_f64() * 1e3, cpu_ms: cpu_ms() - cpu })
}

/// The middle one of several runs, by processor time and by wall time.
pub(super) fn median(mut costs: Vec<Cost>) -> Cost {
    let middle = costs.len() / 2;
    costs.sort_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms));
    let wall_ms = costs.get(middle).map_or(0.0, |cost| cost.wall_ms);
    costs.sort_by(|a, b| a.cpu_ms.total_cmp(&b.cpu_ms));
    Cost { wall_ms, cpu_ms: costs.get(middle).map_or(0.0, |cost| cost.cpu_ms) }
}

#[cfg(unix)]
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

#[cfg(not(unix))]
fn cpu_ms() -> f64 {
    0.0
}

/// Resident memory in bytes: all of it, and that which is no file.
pub(super) fn memory() -> Value {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map(|kb| kb * 1024)
    };
    json!({ "resident": bytes("VmRSS:"), "not_of_files": bytes("RssAnon:") })
}
