//! How long a pass over a million clocks takes: how each stands, and when it must be looked at next.
//!
//! `cargo bench -p lianfang-domain --bench clock` measures; with `-- --test` a small pass runs once, as a check.

use std::hint::black_box;

use cpu_time::ProcessTime;
use lianfang_domain::clock::{Clock, DAY_MS, Escalation, HOUR_MS, Length, Limit};
use lianfang_domain::plan::{DurationUnit, TimeOfDay};

/// 22 November 2026, 15:00.
const NOW: i64 = 1_795_330_800_000;
/// The most that a pass over a million clocks may take, in seconds.
const MOST_SECONDS: f64 = 1.0;

/// Clocks as a response has them: most within hours or days, many daily, some monthly, every seventh once paused.
fn clocks(count: i64) -> Vec<Clock> {
    (0..count)
        .map(|n| {
            let length = |amount, unit| Length { amount, unit };
            let limit = match n % 10 {
                0..=2 => Limit::Within { length: length(2 + (n % 23) as u32, DurationUnit::Hour) },
                3 => Limit::Within { length: length(3, DurationUnit::WorkingDay) },
                4 => Limit::DailyBy { by: TimeOfDay { hour: 15, minute: 0 } },
                5 | 6 => Limit::TimesPerDay { times: 2, days: Some(14) },
                7 => Limit::Every { length: length(1, DurationUnit::Month), times: 1, periods: None },
                8 => Limit::Every { length: length(1, DurationUnit::Week), times: 2, periods: None },
                _ => Limit::For { length: length(14, DurationUnit::Day) },
            };
            let mut clock = Clock::start(limit, NOW - n % 20 * DAY_MS - n % 1_000 * 60_000);
            if n % 7 == 0 {
                let paused = clock.pause(clock.started_at_ms + HOUR_MS, "").and_then(|()| {
                    let until = clock.started_at_ms + 3 * HOUR_MS;
                    clock.resume(until)
                });
                debug_assert!(paused.is_ok());
            }
            clock
        })
        .collect()
}

fn main() {
    let smoke = std::env::args().any(|argument| argument == "--test");
    let count = if smoke { 1_000 } else { 1_000_000 };
    let clocks = clocks(count);
    let escalation = Escalation { every_minutes: 60, steps: 3 };
    let mut best = f64::INFINITY;
    for _ in 0..if smoke { 1 } else { 5 } {
        let start = ProcessTime::now();
        for clock in &clocks {
            black_box(clock.light(NOW));
            black_box(clock.next_change_ms(NOW, escalation));
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{count} clocks, light and next change: {:.0} ms", best * 1e3);
    if !smoke && best > MOST_SECONDS {
        eprintln!("a pass may take {MOST_SECONDS} s");
        std::process::exit(1);
    }
}
