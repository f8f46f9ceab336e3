//! What the terminal can show.

use std::env;
use std::io::{IsTerminal, stdout};

use crate::tree::Colour;

const USUAL_WIDTH: usize = 100;
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=160;

/// Columns to fill: `COLUMNS`, else the terminal's own, else 100.
pub(crate) fn width() -> usize {
    let terminal =
        || stdout().is_terminal().then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
    let stated = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    stated.or_else(terminal).unwrap_or(USUAL_WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// Colour only on a terminal that wants it.
pub(crate) fn colour() -> Colour {
    let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    if stdout().is_terminal() && !refused && !dumb { Colour::On } else { Colour::Off }
}
