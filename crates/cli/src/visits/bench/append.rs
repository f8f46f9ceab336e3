//! Visits that come in while questions are asked.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use lianfang_trace::generate::District;
use lianfang_trace::query::first_order;
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{Day, Fault, Store, Visit};
use serde_json::{Value, json};

use crate::visits::bench::Figures;
use crate::visits::bench::ask::cases;
use crate::visits::bench::measure::{Cost, measured, median, now};
use crate::visits::bench::twin::Twin;

/// Visits of a batch, and clients that send one at a time.
const BATCH: usize = 5_000;
const CLIENTS: usize = 256;
/// Visits after which the background seals.
const SEALED_AFTER: usize = 2_000_000;
/// How often the questions look at what is new.
const FRESH: Duration = Duration::from_secs(1);

/// Batches from one client, the same with sealing in the background, then single visits from many; how long a question takes in
/// the quiet and meanwhile.
pub(super) fn figures(figures: &mut Figures, folder: &Path, district: &District, seconds: u64) -> Result<(), Fault> {
    let twin = Twin::of(folder)?;
    let store = Arc::new(Store::open(&twin.path())?.0);
    let last = store.snapshot()?.days().last().unwrap_or(Day(20_000));
    let mut visits = Vec::new();
    district.day(Day(last.0 + 7), 0..district.persons().min(400_000), &mut visits);
    let quiet = questions(&store, district, Duration::from_secs(1), &AtomicBool::new(false))?;
    let time = Duration::from_secs(seconds);
    let in_batches = |stop: &AtomicBool, taken: &AtomicU64| {
        for batch in visits.chunks(BATCH).cycle() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            store.append(batch)?;
            taken.fetch_add(batch.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    };
    let batches = load(&store, district, time, in_batches)?;
    store.seal()?;
    let sealing = store.seal_in_background(SEALED_AFTER);
    let sealed_batches = load(&store, district, time, in_batches)?;
    if let Some(sealing) = sealing {
        sealing.stop()?;
    }
    let singles = load(&store, district, time, |stop, taken| clients(&store, &visits, stop, taken))?;
    let told = |load: &Load| -> Value {
        json!({
            "acknowledged_per_second": load.per_second,
            "question_wall_ms": load.question.wall_ms,
            "times_quiet": load.question.wall_ms / quiet.wall_ms,
        })
    };
    figures.insert(
        "append".into(),
        json!({
            "question_quiet_wall_ms": quiet.wall_ms,
            "batches_of_5000": told(&batches),
            "batches_of_5000_and_sealing": told(&sealed_batches),
            "single_visits_256_clients": told(&singles),
        }),
    );
    Ok(())
}

struct Load {
    per_second: f64,
    question: Cost,
}

/// Runs writers for a while, with questions beside them.
fn load(
    store: &Store,
    district: &District,
    time: Duration,
    write: impl FnOnce(&AtomicBool, &AtomicU64) -> Result<(), Fault> + Send,
) -> Result<Load, Fault> {
    let (stop, taken) = (AtomicBool::new(false), AtomicU64::new(0));
    let begun = now();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| write(&stop, &taken));
        let question = questions(store, district, time, &stop);
        stop.store(true, Ordering::Relaxed);
        let seconds = begun.elapsed().as_secs_f64();
        let per_second = taken.load(Ordering::Relaxed) as f64 / seconds;
        writer.join().map_err(|_| Fault::Stopped)??;
        Ok(Load { per_second, question: question? })
    })
}

fn clients(store: &Store, visits: &[Visit], stop: &AtomicBool, taken: &AtomicU64) -> Result<(), Fault> {
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                scope.spawn(move || {
                    for visit in visits.iter().skip(client).step_by(CLIENTS).cycle() {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        store.append(std::slice::from_ref(visit))?;
                        taken.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        clients.into_iter().try_for_each(|client| client.join().map_err(|_| Fault::Stopped)?)
    })
}

/// Asks for the contacts of one case after the other, a few times a second; what is new is looked at once a second.
fn questions(store: &Store, district: &District, time: Duration, stop: &AtomicBool) -> Result<Cost, Fault> {
    let rules = RuleSet::off(0, 0, 30);
    let mut snapshot = store.snapshot()?;
    let cases = cases(&snapshot, district);
    let (begun, mut looked) = (now(), now());
    let mut costs = Vec::new();
    for case in cases.chunks(1).cycle() {
        if begun.elapsed() >= time || stop.load(Ordering::Relaxed) {
            break;
        }
        if looked.elapsed() >= FRESH {
            snapshot = store.snapshot()?;
            looked = now();
        }
        costs.push(measured(|| drop(first_order(&snapshot, case, &rules, 1))).1);
        std::thread::sleep(Duration::from_millis(3));
    }
    Ok(median(costs))
}
