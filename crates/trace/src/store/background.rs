//! Sealing in the background: nobody has to think of it, and no question goes over more unsealed visits than it must.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::fault::Fault;
use crate::store::{Sealed, Store};

/// Who is told when enough visits wait.
#[derive(Debug, Default)]
pub(crate) struct Waker(Mutex<Option<Sleeper>>);

/// A thread that waits for so many visits.
#[derive(Debug)]
struct Sleeper {
    every: usize,
    wake: SyncSender<()>,
}

impl Waker {
    /// Says how many visits wait. One word is enough while the last one has not been heard.
    pub(crate) fn tell(&self, waiting: usize) {
        let sleeper = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sleeper) = sleeper.as_ref().filter(|sleeper| waiting >= sleeper.every) {
            let _heard = sleeper.wake.try_send(()).is_ok();
        }
    }

    /// Takes a thread that waits. False if there is one already.
    fn take(&self, sleeper: Sleeper) -> bool {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_free = slot.is_none();
        if is_free {
            *slot = Some(sleeper);
        }
        is_free
    }

    fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A thread that seals a store whenever enough visits wait. It ends with [`stop`](BackgroundSealing::stop), or when it is
/// dropped; a seal that is under way is finished first.
#[derive(Debug)]
pub struct BackgroundSealing {
    store: Arc<Store>,
    thread: Option<JoinHandle<Result<Sealed, Fault>>>,
}

impl Store {
    /// Seals on a thread of its own whenever `every` visits have been appended since the last time. Appending and asking go on
    /// meanwhile. `None` if the store has such a thread already.
    pub fn seal_in_background(self: &Arc<Store>, every: usize) -> Option<BackgroundSealing> {
        let (wake, woken) = sync_channel(1);
        if !self.waker.take(Sleeper { every: every.max(1), wake }) {
            return None;
        }
        let store = Arc::clone(self);
        let thread = std::thread::spawn(move || seal_when_woken(&store, &woken));
        let unsealed = self.inner().unsealed;
        self.waker.tell(unsealed);
        Some(BackgroundSealing { store: Arc::clone(self), thread: Some(thread) })
    }
}

/// Seals until nobody can ask for it any more. A fault ends it: the log holds what was not sealed.
fn seal_when_woken(store: &Store, woken: &Receiver<()>) -> Result<Sealed, Fault> {
    let mut all = Sealed::default();
    while woken.recv().is_ok() {
        let sealed = store.seal()?;
        all.days.extend(sealed.days);
        all.stays += sealed.stays;
        all.bytes += sealed.bytes;
    }
    all.days.sort_unstable();
    all.days.dedup();
    Ok(all)
}

impl BackgroundSealing {
    /// Ends the thread and says what it wrote: the days, and the stays and bytes of all files, those that were replaced later
    /// included.
    ///
    /// # Errors
    /// The fault that ended it before: what was not sealed then is in the log, and the next [`Store::seal`] takes it.
    pub fn stop(mut self) -> Result<Sealed, Fault> {
        self.end().unwrap_or_else(|| Ok(Sealed::default()))
    }

    /// Whether it has ended with a fault.
    pub fn has_failed(&self) -> bool {
        self.thread.as_ref().is_some_and(JoinHandle::is_finished)
    }

    fn end(&mut self) -> Option<Result<Sealed, Fault>> {
        let thread = self.thread.take()?;
        self.store.waker.end();
        Some(thread.join().unwrap_or(Err(Fault::Stopped)))
    }
}

impl Drop for BackgroundSealing {
    fn drop(&mut self) {
        // Who wants to know of a fault calls `stop`; the log holds what was not sealed.
        let _ended = self.end().is_some();
    }
}
