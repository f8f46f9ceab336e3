//! A process that is killed loses nothing that it had acknowledged. `LIANFANG_KILLS=100` kills it that often.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use lianfang_trace::query::track;
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{Chance, Day, Days, Minute, PersonId, Source, Store, VenueId, Visit, Window};

const FOLDER: &str = "LIANFANG_TRACE_KILL_FOLDER";
const ROUND: &str = "LIANFANG_TRACE_KILL_ROUND";
const KEEP: Days = Days(5);

/// The visits that the child appends in a round: a person's number says all about them.
fn visit(round: u64, number: u64) -> Visit {
    let mut chance = Chance::new(3, round, number);
    // Days grow with the rounds, so that old ones expire; some visits come late.
    let day = (1000 + round as u32 / 4).saturating_sub(chance.below(3));
    let enter = Minute(day * 1440 + chance.below(1200));
    let leave = Some(Minute(enter.0 + 1 + chance.below(100)));
    let person = PersonId(round << 32 | number);
    Visit { person, venue: VenueId(chance.below(50).into()), enter, leave, spot: None, source: Source(0) }
}

fn today(round: u64) -> Day {
    Day(1000 + round as u32 / 4)
}

/// Appends, seals and expires until killed; says what is acknowledged. Runs only as a child of the test below.
#[test]
fn writes_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let round: u64 = std::env::var(ROUND).unwrap().parse().unwrap();
    let store = Arc::new(Store::open(&folder).unwrap().0);
    println!("opened");
    let in_background = !round.is_multiple_of(2);
    // Every second round seals in the background by itself, the others as often as they can.
    let _sealing = in_background.then(|| store.seal_in_background(200));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for step in 0u64.. {
                if step % 5 == 4 {
                    store.expire(today(round), KEEP).unwrap();
                    println!("expired {}", (today(round).0 + 1).saturating_sub(KEEP.0));
                } else if !in_background {
                    store.seal().unwrap();
                } else {
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
        });
        let mut number = 0;
        loop {
            let size = 1 + number % 40;
            let batch: Vec<Visit> = (number..number + size).map(|number| visit(round, number)).collect();
            let appended = store.append(&batch).unwrap();
            assert_eq!(appended.stored + appended.rejected.len(), batch.len());
            number += size;
            println!("kept {number}");
            std::io::stdout().flush().unwrap();
        }
    });
}

/// Runs the child for a while and kills it. Gives how many visits it had acknowledged, and which days it had expired.
fn killed(folder: &Path, round: u64, after: Duration) -> (u64, u32) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::writes_until_killed", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = std::thread::spawn(move || {
        let (mut kept, mut expired) = (0, 0);
        for line in lines.map_while(Result::ok) {
            // The harness prints its own words before the first line.
            let number = |word: &str| line.split(word).nth(1).and_then(|rest| rest.trim().parse::<u64>().ok());
            kept = number("kept ").unwrap_or(kept);
            expired = number("expired ").unwrap_or(expired);
        }
        (kept, expired as u32)
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn kills_lose_nothing_acknowledged_and_leave_nothing_expired() {
    let rounds: u64 = std::env::var("LIANFANG_KILLS").map_or(12, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let rules = RuleSet::off(0, 0, 60);
    let mut chance = Chance::new(77, 0, 0);
    let mut acknowledged = Vec::new();
    let mut expired = 0;
    for round in 0..rounds {
        let after = Duration::from_micros(u64::from(5_000 + chance.below(120_000)));
        let (kept, newly_expired) = killed(folder.path(), round, after);
        acknowledged.push(kept);
        expired = expired.max(newly_expired);
        let (store, findings) = Store::open(folder.path()).unwrap();
        assert!(!findings.iter().any(lianfang_trace::Finding::is_damage), "round {round}: {findings:?}");
        let snapshot = store.snapshot().unwrap();
        // An expiry may have been carried out without having been reported.
        let gone = snapshot.expired_before();
        assert!(gone.0 >= expired);
        assert!(snapshot.days().all(|day| day >= gone), "round {round}");
        for (round, kept) in acknowledged.iter().enumerate() {
            for number in 0..*kept {
                let visit = visit(round as u64, number);
                let found = track(&snapshot, visit.person, Window::ALWAYS, &rules);
                let has_expired = visit.enter.day() < gone;
                let there = found.iter().any(|stay| (stay.venue, stay.window.from) == (visit.venue, visit.enter));
                assert!(there != has_expired, "round {round}, visit {number}: {there} {has_expired}");
            }
        }
    }
    assert!(acknowledged.iter().sum::<u64>() > 0, "nothing was ever acknowledged");
}
