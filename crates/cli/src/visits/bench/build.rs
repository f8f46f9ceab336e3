//! From visits to a sealed day.

use std::path::Path;

use lianfang_trace::generate::District;
use lianfang_trace::{Day, Fault, Snapshot, Store};
use serde_json::json;

use crate::visits::bench::Figures;
use crate::visits::bench::measure::measured;
use crate::visits::bench::twin::Twin;

/// Makes up one more day of the district and puts it beside the others: numbers for ids first, then sorting, packing,
/// checksums and the write to the disk.
pub(super) fn figures(figures: &mut Figures, folder: &Path, district: &District) -> Result<(), Fault> {
    let twin = Twin::of(folder)?;
    let last = Snapshot::open(folder)?.days().last().unwrap_or(Day(20_000));
    let (store, _) = Store::open(&twin.path())?;
    let mut visits = Vec::new();
    // The same weekday, so that its vehicles are known.
    district.day(Day(last.0 + 7), 0..district.persons(), &mut visits);
    let mut bulk = store.bulk();
    let (taken, numbered) = measured(|| bulk.extend(&visits));
    taken?;
    let count = visits.len() as f64;
    drop(visits);
    let (sealed, cost) = measured(|| bulk.flush());
    let sealed = sealed?;
    let per_second = |ms: f64| count / ms * 1e3;
    figures.insert(
        "build".into(),
        json!({
            "visits": count,
            "bytes": sealed.bytes,
            "numbering": numbered.json(),
            "sealing": cost.json(),
            "visits_per_cpu_second_sealing": per_second(cost.cpu_ms),
            "visits_per_cpu_second_numbering_and_sealing": per_second(cost.cpu_ms + numbered.cpu_ms),
        }),
    );
    Ok(())
}
