use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::killed::n_kills;
use super::server::Server;
use super::visitor::{Visitor, county};
use super::{lianfang, text};

/// Visitors at once.
const VISITORS: usize = 8;

/// A wait of up to this long, another each time.
fn any_wait(longest_ms: u64) -> Duration {
    Duration::from_millis(RandomState::new().build_hasher().finish() % longest_ms)
}

/// Adds one area after the other until the server is gone; notes each one of which it said that it was kept.
fn add_until_gone(visitor: &Visitor, host: &str, next: &AtomicU32, kept: &Mutex<BTreeSet<String>>) {
    let mut visitor = visitor.clone();
    loop {
        let code = county(next.fetch_add(1, Ordering::Relaxed));
        match visitor.add_area(host, &code, "清河区") {
            Ok(answer) if answer.status == 303 => {
                kept.lock().unwrap().insert(code);
            }
            // It asks to be slower.
            Ok(answer) if answer.status == 429 => std::thread::sleep(Duration::from_millis(200)),
            Ok(answer) => assert_eq!(answer.status, 303, "{}", answer.body),
            Err(_) => return,
        }
    }
}

fn survives(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = vec!["--data".to_owned(), text(folder.path())];
    if let Some(address) = database {
        store.extend(["--database".to_owned(), address]);
    }
    let mut server = Server::start(&store);
    let visitor = Visitor::set_up(&mut server);
    let (next, kept) = (AtomicU32::new(1), Mutex::new(BTreeSet::new()));
    for _ in 0..n_kills() {
        let host = server.host().to_owned();
        std::thread::scope(|scope| {
            for _ in 0..VISITORS {
                scope.spawn(|| add_until_gone(&visitor, &host, &next, &kept));
            }
            std::thread::sleep(Duration::from_millis(50) + any_wait(400));
            server.kill();
        });
        server = Server::start(&store);
    }
    let kept = kept.into_inner().unwrap();
    assert!(kept.len() >= n_kills(), "only {} areas were kept", kept.len());
    let areas = visitor.clone().open(server.host(), "/areas").unwrap();
    let lost: Vec<_> = kept.iter().filter(|code| !areas.body.contains(code.as_str())).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged changes lost: {:?}", lost.len(), kept.len(), lost.first());
    assert!(server.stop());
    let arguments: Vec<&str> = ["audit", "verify"].into_iter().chain(store.iter().map(String::as_str)).collect();
    let verified = lianfang(&arguments);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

#[test]
fn no_answered_form_is_lost_when_the_server_is_killed_on_sqlite() {
    survives(None);
}

#[test]
fn no_answered_form_is_lost_when_the_server_is_killed_on_postgresql() {
    if let Some(database) = lianfang_throwaway::database() {
        survives(Some(database.address));
    }
}
