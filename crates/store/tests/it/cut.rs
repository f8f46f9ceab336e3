use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

use lianfang_domain::access::Act;
use lianfang_store::{AuditSearch, Settings, Store, StoreError};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::ground::{NOW, actor};

/// When the wire is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Never,
    /// The server never hears of the commit.
    BeforeCommit,
    /// The server commits, and its answer is lost.
    AfterCommit,
}

/// A wire to the database that is cut at a chosen moment, once.
#[derive(Clone)]
struct Wire {
    cut: Arc<AtomicU8>,
    /// Nobody gets through any more.
    is_dead: watch::Sender<bool>,
    dies_with_cut: Arc<AtomicBool>,
}

impl Wire {
    /// Lays a wire to a database; gives back its address at this end.
    async fn to(address: &str) -> (Wire, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let there = address.split_once('@').unwrap().1.split_once('/').unwrap().0.to_owned();
        let near = address.replace(&there, &here);
        let wire = Wire { cut: Arc::default(), is_dead: watch::Sender::new(false), dies_with_cut: Arc::default() };
        let laid = wire.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if !*laid.is_dead.borrow() {
                    let far = TcpStream::connect(&there).await.unwrap();
                    tokio::spawn(laid.clone().carry(near, far));
                }
            }
        });
        (wire, near)
    }

    fn cut_at(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    async fn carry(self, near: TcpStream, far: TcpStream) {
        let (near_in, near_out) = near.into_split();
        let (far_in, far_out) = far.into_split();
        // Whichever way ends first takes the other with it.
        let mut dead = self.is_dead.subscribe();
        let is_mute = AtomicBool::new(false);
        tokio::select! {
            () = self.forth(near_in, far_out, &is_mute) => {}
            () = back(far_in, near_out, &is_mute) => {}
            _ = dead.wait_for(|dead| *dead) => {}
        }
    }

    /// Carries what the program says, until a commit at which the wire is cut.
    async fn forth(&self, mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, is_mute: &AtomicBool) {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(n) = from.read(&mut bytes).await
            && n > 0
        {
            let commits = bytes[..n].windows(7).any(|word| word == b"COMMIT\0");
            let cut = if commits { self.cut.swap(Cut::Never as u8, Ordering::SeqCst) } else { 0 };
            is_mute.store(cut != Cut::Never as u8, Ordering::SeqCst);
            if cut != Cut::BeforeCommit as u8 {
                to.write_all(&bytes[..n]).await.unwrap();
            }
            if cut != Cut::Never as u8 {
                // Time for the server to do what it heard; nothing of its answer comes through.
                tokio::time::sleep(Duration::from_millis(100)).await;
                self.is_dead.send_replace(self.dies_with_cut.load(Ordering::SeqCst));
                return;
            }
        }
    }
}

async fn back(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, is_mute: &AtomicBool) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(n) = from.read(&mut bytes).await
        && n > 0
        && (is_mute.load(Ordering::SeqCst) || to.write_all(&bytes[..n]).await.is_ok())
    {}
}

/// A store behind a wire, and the same without.
async fn cut_off() -> Option<(Store, Wire, Settings, tempfile::TempDir)> {
    let address = lianfang_throwaway::database()?.address;
    let folder = tempfile::tempdir().unwrap();
    let (wire, near) = Wire::to(&address).await;
    let settings = Settings { database: Some(near), ..Settings::in_folder(folder.path()) };
    let store = Store::open(&settings, NOW).await.unwrap();
    let direct = Settings { database: Some(address), node: 1, ..settings };
    Some((store, wire, direct, folder))
}

async fn noted(store: &Store, what: &str) -> Result<(), StoreError> {
    let mut tx = store.begin(&actor(0), Act::ViewSystem);
    tx.about("note", what, None);
    tx.commit().await
}

async fn n_notes(settings: &Settings, what: &str) -> usize {
    let store = Store::open(settings, NOW).await.unwrap();
    let search = AuditSearch {
        from_ms: 0,
        until_ms: i64::MAX,
        who: String::new(),
        act: String::new(),
        target: format!("note:{what}"),
        after: None,
    };
    let found = store.search_audit(&search, 9).await.unwrap().len();
    assert_eq!(store.verify_audit().await.unwrap().faults, []);
    store.close().await;
    found
}

#[tokio::test]
async fn a_change_whose_connection_breaks_at_the_commit_is_kept_once() {
    for cut in [Cut::BeforeCommit, Cut::AfterCommit] {
        let Some((store, wire, direct, _folder)) = cut_off().await else { return };
        noted(&store, "before").await.unwrap();
        wire.cut_at(cut);
        noted(&store, "cut").await.unwrap();
        noted(&store, "after").await.unwrap();
        store.close().await;
        for what in ["before", "cut", "after"] {
            assert_eq!(n_notes(&direct, what).await, 1, "{what} {cut:?}");
        }
    }
}

#[tokio::test]
async fn a_commit_that_still_runs_when_its_connection_breaks_is_waited_for() {
    let Some((store, wire, direct, _folder)) = cut_off().await else { return };
    noted(&store, "before").await.unwrap();
    let slow =
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.8); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        EXECUTE FUNCTION slow()";
    let address = direct.database.clone().unwrap();
    let (client, connection) = tokio_postgres::connect(&address, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(slow).await.unwrap();
    wire.cut_at(Cut::AfterCommit);
    noted(&store, "cut").await.unwrap();
    store.close().await;
    assert_eq!(n_notes(&direct, "cut").await, 1);
}

#[tokio::test]
async fn where_nobody_can_tell_whether_a_change_was_kept_it_says_so() {
    let Some((store, wire, direct, _folder)) = cut_off().await else { return };
    noted(&store, "before").await.unwrap();
    wire.dies_with_cut.store(true, Ordering::SeqCst);
    wire.cut_at(Cut::AfterCommit);
    assert_eq!(noted(&store, "cut").await, Err(StoreError::Unknown));
    assert!(matches!(noted(&store, "away").await, Err(StoreError::Unavailable(_))));
    assert_eq!((n_notes(&direct, "cut").await, n_notes(&direct, "away").await), (1, 0));
    wire.is_dead.send_replace(false);
    noted(&store, "again").await.unwrap();
    assert_eq!(n_notes(&direct, "again").await, 1);
}
