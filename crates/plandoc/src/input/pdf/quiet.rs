//! Keeps a panic inside the PDF library from ending the program or filling its log.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs `work`, and returns `None` if it panics.
///
/// The panic hook belongs to the whole program, so it is only ever wrapped, once, and stays as it
/// was for every thread that is not in here. Nothing that `work` borrows is used after a panic.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_GUARDED.get() {
                usual(panic);
            }
        }));
    });
    let outer = IS_GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work)).ok();
    IS_GUARDED.set(outer);
    outcome
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn a_panic_becomes_nothing_and_work_goes_on() {
        let numbers: Vec<u32> = Vec::new();
        assert_eq!(guard(|| numbers[3]), None);
        assert_eq!(guard(|| 7), Some(7));
    }
}
