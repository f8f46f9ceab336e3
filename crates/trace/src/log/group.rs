//! Group commit: whoever comes first writes for all who wait.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::fault::Fault;
use crate::log::frame::{HEAD, LONGEST, write_frame};
use crate::log::log_name;
use crate::log::record::Record;

/// Records that wait for the disk.
#[derive(Debug, Default)]
pub(crate) struct Queued {
    pub(crate) records: Vec<Record>,
}

#[derive(Debug)]
struct State {
    queued: Queued,
    /// Tickets given out.
    asked: u64,
    /// Tickets whose records are on the disk and applied.
    done: u64,
    /// Someone is writing.
    busy: bool,
    /// A write failed: what is on the disk is unknown.
    failed: Option<Fault>,
}

/// The log that is written to.
#[derive(Debug)]
pub(crate) struct Log {
    folder: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
    file: Mutex<(File, u64)>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// Begins the log with this number.
    pub(crate) fn create(folder: &Path, number: u64) -> Result<Log, Fault> {
        let state = State { queued: Queued::default(), asked: 0, done: 0, busy: false, failed: None };
        Ok(Log {
            folder: folder.to_owned(),
            state: Mutex::new(state),
            changed: Condvar::new(),
            file: Mutex::new((create(folder, number)?, number)),
        })
    }

    /// Puts records on the disk and hands them to `apply`, together with all that wait at the moment; returns when it is done.
    ///
    /// # Errors
    /// The fault of the write; every later call then gives [`Fault::Stopped`].
    pub(crate) fn append(&self, records: &[Record], apply: impl Fn(&Queued) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut state = locked(&self.state);
        state.queued.records.extend_from_slice(records);
        state.asked += 1;
        let mine = state.asked;
        loop {
            if state.done >= mine {
                return Ok(());
            }
            if state.failed.is_some() {
                return Err(Fault::Stopped);
            }
            if !state.busy {
                break;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.busy = true;
        let (group, upto) = (std::mem::take(&mut state.queued), state.asked);
        drop(state);
        let written = self.write(&group, apply);
        let mut state = locked(&self.state);
        state.busy = false;
        match &written {
            Ok(()) => state.done = upto,
            Err(fault) => state.failed = Some(fault.clone()),
        }
        drop(state);
        self.changed.notify_all();
        written
    }

    fn write(&self, group: &Queued, apply: impl Fn(&Queued) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut frames = Vec::with_capacity(group.records.len() * 32 + 64);
        let mut encoded = Vec::with_capacity(group.records.len() * 32);
        for some in group.records.chunks(LONGEST / 64) {
            encoded.clear();
            some.iter().for_each(|record| record.write(&mut encoded));
            write_frame(&mut frames, &encoded);
        }
        // The lock is held until the records are applied, so that a change of logs sees them in one or the other.
        let mut file = locked(&self.file);
        let path = self.folder.join(log_name(file.1));
        let written = file.0.write_all(&frames).and_then(|()| file.0.sync_data());
        written.map_err(|error| Fault::io("write", &path, &error))?;
        apply(group)
    }

    /// Ends the log and begins the next; `between` runs while nothing is written. Gives the number of the new one.
    pub(crate) fn next<T>(&self, between: impl FnOnce(u64) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut file = locked(&self.file);
        let number = file.1 + 1;
        *file = (create(&self.folder, number)?, number);
        between(number)
    }
}

fn create(folder: &Path, number: u64) -> Result<File, Fault> {
    let path = folder.join(log_name(number));
    let fault = |error: std::io::Error| Fault::io("create", &path, &error);
    let mut file = File::create_new(&path).map_err(fault)?;
    file.write_all(&HEAD).and_then(|()| file.sync_all()).map_err(fault)?;
    crate::store::sync_folder(folder)?;
    Ok(file)
}
