//! How fast plans are read, whether the time grows in line with the text, and how much memory it takes.
//!
//! `cargo bench -p lianfang-plandoc --bench read` measures; with `-- --test` everything runs once, small, as a check.
//! A word behind `--` measures only what has it in its name.
//! What the figures mean, and the last ones taken, are in `docs/benchmarks-plan.md`.

use std::hint::black_box;
use std::path::Path;

use cpu_time::ThreadTime;
use lianfang_domain::plan::Reading;
use lianfang_plandoc::{Limits, Options, input, read};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Least speed on one core, in MB of text a second.
const LEAST_SPEED: f64 = 5.0;
/// Most that ten or a hundred times the text may take beyond ten or a hundred times the time.
const MOST_GROWTH: f64 = 1.5;
/// Most memory at a time, in bytes for a byte of text.
const MOST_MEMORY: f64 = 12.0;

/// Whether to measure, or only to see that everything runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Measure,
    Smoke,
}

impl Mode {
    /// How long one figure may take, in seconds; the best run within it counts.
    fn patience(self) -> f64 {
        if self == Mode::Measure { 0.5 } else { 0.0 }
    }

    fn times(self) -> &'static [usize] {
        if self == Mode::Measure { &[1, 10, 100] } else { &[1, 2] }
    }

    fn shape_bytes(self) -> usize {
        if self == Mode::Measure { 2_000_000 } else { 20_000 }
    }
}

/// What to measure, and how many targets were missed.
struct Score {
    only: String,
    missed: u32,
}

impl Score {
    fn wants(&self, name: &str) -> bool {
        name.contains(&self.only)
    }

    /// A mark for the end of a line: whether a figure meets its target.
    fn mark(&mut self, met: bool) -> &'static str {
        self.missed += u32::from(!met);
        if met { "" } else { "  <- misses its target" }
    }
}

fn read_text(text: &str) -> Reading {
    let options = Options::new(jiff::civil::date(2026, 11, 22));
    match read("a.txt", text.as_bytes(), &options) {
        Ok(reading) => reading,
        Err(error) => panic!("a text could not be read: {error:?}"),
    }
}

/// Seconds of processor time of the best run: what others do on the machine only ever adds.
fn seconds(text: &str, mode: Mode) -> f64 {
    let begin = ThreadTime::now();
    let mut best = f64::INFINITY;
    loop {
        let start = ThreadTime::now();
        black_box(read_text(black_box(text)));
        best = best.min(start.elapsed().as_secs_f64());
        if begin.elapsed().as_secs_f64() >= mode.patience() {
            return best;
        }
    }
}

/// Bytes for a byte of text, beyond the text itself: the most at a time while reading, and what the reading keeps.
fn memory(text: &str) -> (f64, f64) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let reading = black_box(read_text(text));
    let kept = MEMORY.current_usage().saturating_sub(before);
    let most = MEMORY.peak_usage().saturating_sub(before);
    drop(reading);
    (size(most) / size(text.len()), size(kept) / size(text.len()))
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn size(bytes: usize) -> f64 {
    bytes as f64
}

fn megabytes_per_second(text: &str, seconds: f64) -> f64 {
    size(text.len()) / 1e6 / seconds
}

/// The made-up plans, decoded, each by its name.
fn plans() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let mut plans = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let decoded =
            std::fs::read(entry.path()).ok().and_then(|bytes| input::open(&name, &bytes, &Limits::default()).ok());
        if let Some(source) = decoded.filter(|_| name.ends_with(".txt")) {
            plans.push((name, source.text));
        }
    }
    plans.sort();
    assert!(!plans.is_empty(), "no plans found");
    plans
}

/// Time and memory of a text once and many times over in one file.
fn growth(name: &str, text: &str, mode: Mode, score: &mut Score) {
    if !score.wants(name) {
        return;
    }
    let mut once = None;
    for &times in mode.times() {
        let repeated = text.repeat(times);
        let taken = seconds(&repeated, mode);
        let growth = taken / (size(times) * *once.get_or_insert(taken));
        let (memory, kept) = memory(&repeated);
        let speed = megabytes_per_second(&repeated, taken);
        // A short text carries the readers' tables, which are built once.
        let small = repeated.len() < 100_000;
        let met = growth <= MOST_GROWTH && (small || (memory < MOST_MEMORY && speed >= LEAST_SPEED));
        let documents = read_text(&repeated).plans.len();
        println!(
            "{name:<36} x{times:<4} {documents:>5} docs {:>9.3} ms {speed:>7.2} MB/s  x linear {growth:>5.2}  memory / text {memory:>6.2} (kept {kept:>5.2}){}",
            taken * 1e3,
            score.mark(met)
        );
    }
}

/// A name, and what makes a text of that shape with so many bytes.
type Shape = (&'static str, Box<dyn Fn(usize) -> String>);

/// Shapes that no plan has, but a file may.
fn shapes() -> Vec<Shape> {
    let fill = |piece: &'static str| move |bytes: usize| piece.repeat(bytes / piece.len());
    let line = "各单位要按照职责分工做好防控工作，及时报告信息。";
    vec![
        ("one line without an end", Box::new(fill(line))),
        ("one line without a stop", Box::new(fill("各单位要按照职责做好工作"))),
        ("nested brackets", Box::new(|bytes| "(".repeat(bytes / 2) + &")".repeat(bytes / 2))),
        ("full-width brackets", Box::new(|bytes| "（".repeat(bytes / 6) + &"）".repeat(bytes / 6))),
        ("digits", Box::new(fill("1234567890"))),
        ("markers 一、 in one line", Box::new(fill("一、"))),
        ("markers 一、 in lines", Box::new(fill("一、\n"))),
        ("markers 1. in lines", Box::new(fill("1.甲\n"))),
        ("names behind 成员单位：", Box::new(|bytes| format!("成员单位：{}", "区卫健局、".repeat(bytes / 15)))),
        ("book titles 《》", Box::new(fill("《》"))),
        ("open book titles 《", Box::new(fill("《"))),
        ("short lines", Box::new(fill("某\n"))),
        ("short paragraphs", Box::new(fill("做好各项工作。\n"))),
        ("headings of groups", Box::new(fill("综合协调组\n组长：李明\n"))),
        ("table rows", Box::new(fill("甲|乙|丙\n"))),
    ]
}

/// A shape and a tenth of it: the time of the whole, and whether it grew in line.
fn shape(name: &str, make: &dyn Fn(usize) -> String, mode: Mode, score: &mut Score) {
    const TOO_SLOW: f64 = 1.0;
    if !score.wants(name) {
        return;
    }
    let whole = make(mode.shape_bytes());
    let tenth = make(mode.shape_bytes() / 10);
    let short = seconds(&tenth, mode);
    if short > TOO_SLOW {
        let mark = score.mark(false);
        println!("{name:<36} a tenth takes {short:.1} s; the whole is left out{mark}");
        return;
    }
    let long = seconds(&whole, Mode::Smoke);
    let speed = megabytes_per_second(&whole, long);
    let growth = long / (10.0 * short);
    let (memory, kept) = memory(&whole);
    println!(
        "{name:<36} {:>9.1} ms {speed:>7.2} MB/s  x linear {growth:>5.2}  memory / text {memory:>6.2} (kept {kept:>5.2}){}",
        long * 1e3,
        score.mark(growth <= 2.0 * MOST_GROWTH)
    );
}

fn main() {
    let mode = if std::env::args().any(|argument| argument == "--test") { Mode::Smoke } else { Mode::Measure };
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let mut score = Score { only, missed: 0 };
    let plans = plans();
    println!("Plans, once and many times over in one file");
    let corpus: String = plans.iter().map(|(_, text)| format!("{text}\n\n")).collect();
    growth("all plans", &corpus, mode, &mut score);
    for (name, text) in &plans {
        // The others are measured when asked for by name.
        let usual = ["county-decimal", "district-four", "one-line"].iter().any(|start| name.starts_with(start));
        if score.only.is_empty() && !usual {
            continue;
        }
        growth(name.trim_end_matches(".txt"), &format!("{text}\n\n"), mode, &mut score);
    }
    // Without its title and opening, a plan many times over is one long document.
    if let Some((_, text)) = plans.iter().find(|(name, _)| name.starts_with("district-four")) {
        let body = text.find("一、").map_or("", |at| &text[at..]);
        growth("one long document", &format!("{body}\n"), mode, &mut score);
    }
    println!("\nShapes of {} bytes", mode.shape_bytes());
    for (name, make) in shapes() {
        shape(name, make.as_ref(), mode, &mut score);
    }
    if mode == Mode::Measure {
        println!("\n{} figures miss their targets", score.missed);
    }
}
