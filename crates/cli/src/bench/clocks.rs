use std::sync::Arc;
use std::time::{Duration, Instant};

use lianfang_domain::{
    ClockId, GrantId, Lang, UnitId, UserId,
    access::{Act, Grant, Role},
    clock::{Clock, DAY_MS, Escalation, HOUR_MS, Length, Limit},
    plan::{DurationUnit, TimeOfDay},
};
use lianfang_server::{App, Manners, run_due_jobs};
use lianfang_store::{Actor, NewClock, Store, StoreError, User, UserState};

use crate::args::BenchClocksArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

/// Clocks that are started in one act.
const AT_ONCE: usize = 2_000;

/// Starts clocks of which few are due, and measures what a look at all of them takes.
pub(crate) fn clocks(args: &BenchClocksArgs, lang: Lang) -> Exit {
    let done = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let measured = measure(&store, args).await;
            store.close().await;
            measured.map_err(|error| {
                eprintln!("{}", store::words(&error, lang));
                Exit::Unavailable
            })
        })
    });
    done.map_or_else(|exit| exit, |()| Exit::Ok)
}

async fn measure(store: &Store, args: &BenchClocksArgs) -> Result<(), StoreError> {
    let now_ms = clock::now().as_millisecond();
    let unit = someone(store, now_ms).await?;
    let (n, due) = (args.n, args.due.min(args.n));
    let filled = timed(fill(store, unit, n, due, now_ms)).await?;
    println!("{}: {n} clocks started, {due} of them due, {:.1} s", store.database_name(), filled.as_secs_f64());
    let app = App::new(store.clone(), Arc::new(clock::now), Manners::default());
    // What else runs every day is done first.
    let looked = timed(sweep(store, now_ms)).await?;
    println!("  to see what is due: {:.2} ms", looked.as_secs_f64() * 1e3);
    let swept = timed(async { run_due_jobs(&app).await.map(|_| ()) }).await?;
    println!("  a look at all, who is told written down and sent: {:.0} ms", swept.as_secs_f64() * 1e3);
    let again = timed(async { run_due_jobs(&app).await.map(|_| ()) }).await?;
    println!("  a look when nothing is due: {:.2} ms", again.as_secs_f64() * 1e3);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn timed(work: impl Future<Output = Result<(), StoreError>>) -> Result<Duration, StoreError> {
    let begun = Instant::now();
    work.await?;
    Ok(begun.elapsed())
}

async fn sweep(store: &Store, now_ms: i64) -> Result<(), StoreError> {
    store.due_clocks(now_ms, 500).await.map(|_| ())
}

/// A user who is told for a unit.
async fn someone(store: &Store, now_ms: i64) -> Result<UnitId, StoreError> {
    let unit = UnitId(store.new_id(now_ms));
    let id = UserId(store.new_id(now_ms));
    let user = User {
        id,
        login: format!("bench-{id}"),
        name: "bench".to_owned(),
        state: UserState::Invited,
        lang: Lang::Zh,
        version: 1,
        has_totp: false,
    };
    let from_on = jiff::civil::date(2026, 1, 1);
    let area = "990101".parse().ok();
    let grant = Grant {
        id: GrantId(store.new_id(now_ms)),
        role: Role::UnitOfficer,
        area,
        unit: Some(unit),
        from_on,
        until_on: None,
    };
    let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeUsers);
    tx.add_user(&user);
    tx.set_password(&user, "none");
    tx.give_role(id, &grant, None);
    tx.commit().await?;
    Ok(unit)
}

async fn fill(store: &Store, unit: UnitId, n: usize, due: usize, now_ms: i64) -> Result<(), StoreError> {
    let all: Vec<usize> = (0..n).collect();
    for some in all.chunks(AT_ONCE) {
        let mut tx = store.begin(&Actor::program(now_ms), Act::ChangePlans);
        for &place in some {
            tx.start_clock(&new(store, unit, place, place < due, now_ms)?)?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// A clock as responses have them: within hours or days, daily, or for two weeks; one that is due began long ago.
fn new(store: &Store, unit: UnitId, place: usize, is_due: bool, now_ms: i64) -> Result<NewClock, StoreError> {
    let within = |amount, unit| Limit::Within { length: Length { amount, unit } };
    let spread = i64::try_from(place % 600).unwrap_or(0) * 60_000;
    let (limit, started_at_ms) = match (is_due, place % 3) {
        (true, _) => (within(2, DurationUnit::Hour), now_ms - 2 * HOUR_MS),
        (false, 0) => (within(30, DurationUnit::Day), now_ms - spread),
        (false, 1) => (Limit::TimesPerDay { times: 1, days: Some(14) }, now_ms + DAY_MS + spread),
        (false, _) => (Limit::DailyBy { by: TimeOfDay { hour: 15, minute: 0 } }, now_ms + DAY_MS + spread),
    };
    Ok(NewClock {
        id: ClockId(store.new_id(now_ms)),
        area: "990101".parse().map_err(|_| StoreError::Broken("990101".to_owned()))?,
        subject_kind: "bench",
        subject: place.to_string(),
        title: format!("第{place}项"),
        href: "/".to_owned(),
        told_unit: Some(unit),
        clock: Clock::start(limit, started_at_ms),
        escalation: Escalation { every_minutes: 60, steps: 2 },
    })
}
