use lianfang_domain::access::Act;
use lianfang_store::{Actor, Settings, Store};

/// 22 November 2026, 09:00 in China.
pub(crate) const NOW: i64 = 1_795_309_200_000;

/// A store of its own on one of the databases, with what it stands on.
pub(crate) struct Ground {
    pub(crate) store: Store,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) settings: Settings,
}

/// A ground on each database that is installed.
pub(crate) async fn grounds() -> Vec<Ground> {
    let mut grounds = vec![ground(None).await];
    if let Some(database) = lianfang_throwaway::database() {
        grounds.push(ground(Some(database.address)).await);
    }
    grounds
}

async fn ground(database: Option<String>) -> Ground {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { database, ..Settings::in_folder(folder.path()) };
    let store = Store::open(&settings, NOW).await.unwrap();
    Ground { store, folder, settings }
}

/// Someone who acts at `NOW` plus so many milliseconds.
pub(crate) fn actor(after_ms: i64) -> Actor {
    Actor { user: None, name: "值班员".to_owned(), request: "r1".to_owned(), now_ms: NOW + after_ms, once: None }
}

/// An act that changes nothing but is on record.
pub(crate) async fn note(store: &Store, after_ms: i64, what: &str) {
    let mut tx = store.begin(&actor(after_ms), Act::ViewSystem);
    tx.about("note", what, None);
    tx.commit().await.unwrap();
}
