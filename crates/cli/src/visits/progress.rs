//! How far it is: a bar on the terminal, nothing elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar up to `total`, with a word in front.
pub(super) fn bar(total: u64, word: &str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    let style = ProgressStyle::with_template("{msg} {bar:30} {percent}% {elapsed_precise} / {duration_precise}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(word.to_owned());
    bar
}

/// Does something whose length is not known, with a word and the time it has taken on the terminal. What is done at once shows
/// nothing.
pub(super) fn while_busy<T>(word: &str, work: impl FnOnce() -> T) -> T {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed_precise}") {
        bar.set_style(style);
    }
    bar.set_message(word.to_owned());
    bar.enable_steady_tick(Duration::from_millis(250));
    let made = work();
    bar.finish_and_clear();
    made
}
