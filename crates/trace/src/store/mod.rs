//! The store: a folder of days, written by one process and read by many.

mod append;
mod background;
mod bulk;
mod clean;
mod expire;
mod file;
mod finding;
mod live;
mod manifest;
mod open;
mod repair;
mod seal;
mod snapshot;
mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use append::{Appended, Rejected};
pub use background::BackgroundSealing;
pub use bulk::Bulk;
pub(crate) use file::sync_folder;
pub use finding::Finding;
pub use manifest::Loss;
pub use seal::Sealed;
pub(crate) use snapshot::DayParts;
pub use snapshot::{Sizes, Snapshot};
pub use verify::verify;

use crate::log::Log;
use crate::numbers::Numbers;
use crate::segment::Segment;
use crate::store::background::Waker;
use crate::store::live::Live;
use crate::store::manifest::Manifest;

/// A folder of visits, open for writing. Methods take `&self` and may be called from many threads.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    log: Log,
    inner: Mutex<Inner>,
    /// Held while files are made anew: one change of segments at a time.
    sealing: Mutex<()>,
    waker: Waker,
    /// Keeps other processes from writing; released when dropped.
    _lock: std::fs::File,
}

/// The segments of a day: one, and perhaps a second one with late visits.
#[derive(Clone, Debug, Default)]
pub(crate) struct DayFiles {
    pub(crate) main: Option<Arc<Segment>>,
    pub(crate) side: Option<Arc<Segment>>,
}

impl DayFiles {
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Arc<Segment>> {
        self.main.iter().chain(&self.side)
    }
}

/// Whether there are ids, classes or erasures that no file holds yet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unwritten {
    pub(crate) persons: bool,
    pub(crate) venues: bool,
}

impl Unwritten {
    /// Both lists are to be written.
    pub(crate) const ALL: Unwritten = Unwritten { persons: true, venues: true };
}

/// What changes with every visit.
#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) manifest: Manifest,
    pub(crate) days: BTreeMap<u32, DayFiles>,
    pub(crate) persons: Arc<Numbers>,
    pub(crate) venues: Arc<Numbers>,
    pub(crate) unwritten: Unwritten,
    pub(crate) live: Live,
    /// Records that were appended since the last seal.
    pub(crate) unsealed: usize,
    /// What is being sealed, still to be seen.
    pub(crate) frozen: BTreeMap<u32, Vec<Arc<Segment>>>,
    pub(crate) snapshot: Option<Arc<Snapshot>>,
    /// Persons whose erasure is under way, or failed and must be tried again.
    pub(crate) erasing: Vec<u32>,
}

impl Store {
    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
