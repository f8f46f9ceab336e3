//! How fast each method is against the established implementation, and whether thousands of series fit a morning.
//!
//! `cargo bench -p lianfang-epi --bench speed` measures; with `-- --test` everything runs once, small, as a check. A word behind
//! `--` measures only what has it in its name. What the figures mean, and the last ones, are in `docs/benchmarks-epi.md`.

use std::hint::black_box;

use cpu_time::ProcessTime;
use lianfang_epi::Panel;
use lianfang_epi::aberration::Calendar;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::flexible::Flexible;
use lianfang_epi::number::chance::Stream;
use peak_alloc::PeakAlloc;

#[path = "speed_rows/mod.rs"]
mod rows;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Whether to measure, or only to see that everything runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Measure,
    Smoke,
}

/// Microseconds of processor time of the best run of a second; what else runs on the machine only ever adds.
fn microseconds(mode: Mode, run: &mut dyn FnMut()) -> f64 {
    let patience = if mode == Mode::Measure { 1.0 } else { 0.0 };
    let timed = |times: u32, run: &mut dyn FnMut()| {
        let start = ProcessTime::now();
        (0..times).for_each(|_| run());
        start.elapsed().as_secs_f64()
    };
    // The clock of the processor is coarse: what is short runs many times at once.
    let once = timed(1, run).max(1e-6);
    let times = if mode == Mode::Measure { (0.01 / once).clamp(1.0, 20_000.0) as u32 } else { 1 };
    let (mut best, mut spent) = (once, once);
    while spent < patience {
        let took = timed(times, run);
        best = best.min(took / f64::from(times));
        spent += took;
    }
    best * 1e6
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let mode = if arguments.iter().any(|a| a == "--test") { Mode::Smoke } else { Mode::Measure };
    let only = arguments.iter().find(|a| !a.starts_with("--")).cloned().unwrap_or_default();
    let mut missed = 0;
    println!("| method, case | reference, µs | here, µs | ratio | goal |\n|---|---|---|---|---|");
    for mut row in rows::all().into_iter().filter(|row| row.name.contains(&only)) {
        let here = microseconds(mode, &mut row.run);
        let ratio = row.reference / here;
        let mark = if ratio < row.goal && mode == Mode::Measure { " ✗" } else { "" };
        missed += u32::from(!mark.is_empty());
        println!("| {} | {:.0} | {here:.2} | {ratio:.0}{mark} | {:.0} |", row.name, row.reference, row.goal);
    }
    if "panel".contains(&only) || only.contains("panel") {
        panels(mode);
    }
    println!("\n{missed} rows below their goal");
}

/// Ten years of weeks; level and season differ from series to series.
fn fill(panel: &mut Panel, series: usize, weeks: usize) {
    let stream = Stream::new("panel", 1);
    let mut counts = vec![0.0; weeks];
    for i in 0..series {
        let mut own = stream.part(i as u64);
        let level = 0.2 + 20.0 * own.uniform() * own.uniform();
        for (t, count) in counts.iter_mut().enumerate() {
            let season = 1.0 + 0.4 * (t as f64 * std::f64::consts::TAU / 52.0).sin();
            *count = own.poisson(level * season);
        }
        if panel.add(&counts).is_err() {
            println!("a series was refused");
        }
    }
}

fn panels(mode: Mode) {
    println!("\n| series | what | CPU, s | µs a series | wall, s | peak memory, MB |\n|---|---|---|---|---|---|");
    let sizes: &[usize] = if mode == Mode::Measure { &[10_000, 100_000] } else { &[100] };
    for &size in sizes {
        MEMORY.reset_peak_usage();
        let mut panel = Panel::with_room(521, size);
        fill(&mut panel, size, 521);
        let calendar = Calendar::Weekly { first: jiff::civil::date(2016, 1, 4) };
        timed(size, "Farrington flexible, defaults, latest week", || {
            black_box(panel.latest_flexible(calendar, &Flexible::default())).len()
        });
        timed(size, "Farrington flexible, ten periods, latest week", || {
            black_box(panel.latest_flexible(calendar, &Flexible::noufaily())).len()
        });
    }
    let many = if mode == Mode::Measure { 1_000_000 } else { 100 };
    MEMORY.reset_peak_usage();
    let mut panel = Panel::with_room(30, many);
    fill(&mut panel, many, 30);
    for method in [EarsMethod::C1, EarsMethod::C2, EarsMethod::C3] {
        let settings = Ears::published(method);
        timed(many, &format!("EARS {method:?}, latest day"), || black_box(panel.latest_ears(&settings)).len());
    }
}

fn timed(size: usize, what: &str, run: impl FnOnce() -> usize) {
    let (cpu, wall) = (ProcessTime::now(), wall_clock());
    let done = run();
    let (cpu, wall) = (cpu.elapsed().as_secs_f64(), wall_clock() - wall);
    let peak = MEMORY.peak_usage_as_mb();
    println!("| {done} | {what} | {cpu:.2} | {:.2} | {wall:.2} | {peak:.0} |", cpu * 1e6 / size as f64);
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn wall_clock() -> f64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0.0, |d| d.as_secs_f64())
}
