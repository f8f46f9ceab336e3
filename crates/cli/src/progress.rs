//! How far it is: a bar on the terminal, nothing where nobody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

const TICK: Duration = Duration::from_millis(250);

/// A bar up to `total`, with a word in front.
pub(crate) fn bar(total: u64, word: &str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    let style = ProgressStyle::with_template("{msg} {bar:30} {percent}% {elapsed_precise} / {duration_precise}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(word.to_owned());
    // Time goes on where a single step is long.
    bar.enable_steady_tick(TICK);
    bar
}

/// Does something whose length is not known, with a word and the time it has taken on the terminal. What is done at once shows
/// nothing.
pub(crate) fn while_busy<T>(word: &str, work: impl FnOnce() -> T) -> T {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed_precise}") {
        bar.set_style(style);
    }
    bar.set_message(word.to_owned());
    bar.enable_steady_tick(TICK);
    let made = work();
    bar.finish_and_clear();
    made
}
