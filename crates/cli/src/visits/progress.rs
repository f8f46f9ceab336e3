//! How far it is: a bar on the terminal, nothing elsewhere.

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
