use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::lianfang;

/// How often the server is killed on each database. `LIANFANG_KILLS` makes it more.
pub(crate) fn n_kills() -> usize {
    std::env::var("LIANFANG_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

/// A writer that says each number once it is on the disk.
fn writer(store: &[String]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_lianfang"))
        .args(["bench", "write", "--until-killed", "--clients", "16"])
        .args(store)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it write for a while after its first change, kills it, and gives the names it said were kept.
fn write_and_kill(store: &[String], after: Duration) -> Vec<String> {
    let mut child = writer(store);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (begun, first) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let said = lines.map_while(Result::ok).inspect(|_| {
            // Only the first one is waited for.
            let _waiting = begun.send(());
        });
        said.collect::<Vec<_>>()
    });
    first.recv_timeout(Duration::from_secs(60)).unwrap();
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn survives(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = vec!["--data".to_owned(), folder.path().display().to_string()];
    if let Some(address) = database {
        store.extend(["--database".to_owned(), address]);
    }
    let mut acknowledged = Vec::new();
    for kill in 0..n_kills() {
        // Each time a little later, so that it hits at another moment.
        let after = Duration::from_millis(50 + 37 * (kill as u64 % 11));
        acknowledged.extend(write_and_kill(&store, after));
    }
    assert!(acknowledged.len() >= n_kills(), "only {} changes were kept", acknowledged.len());
    let arguments: Vec<&str> = ["bench", "kept"].into_iter().chain(store.iter().map(String::as_str)).collect();
    let kept = lianfang(&arguments);
    let kept: std::collections::BTreeSet<&str> = kept.out.lines().collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|name| !kept.contains(name.as_str())).collect();
    assert!(lost.is_empty(), "{} of {} acknowledged changes lost: {:?}", lost.len(), acknowledged.len(), lost.first());
    let arguments: Vec<&str> = ["audit", "verify"].into_iter().chain(store.iter().map(String::as_str)).collect();
    let verified = lianfang(&arguments);
    assert_eq!(verified.code, 0, "{}", verified.out);
}

#[test]
fn no_acknowledged_change_is_lost_when_the_process_is_killed_on_sqlite() {
    survives(None);
}

#[test]
fn no_acknowledged_change_is_lost_when_the_process_is_killed_on_postgresql() {
    if let Some(database) = lianfang_throwaway::database() {
        survives(Some(database.address));
    }
}
