//! From the lines of a file to the normalised text of each document in it.

mod clean;
mod counters;
mod document;
mod fold;
mod join;
mod noise;
mod script;
mod split;
mod wrapped;

pub(crate) use clean::{CleanLine, clean_lines};
pub(crate) use document::Doc;
pub(crate) use fold::{fold, is_cjk};
pub(crate) use split::split_documents;

use lianfang_domain::plan::RepairKind;

/// A change inside one cleaned line.
#[derive(Clone, Debug)]
pub(crate) struct LineRepair {
    pub(crate) kind: RepairKind,
    /// Byte in the cleaned line.
    pub(crate) at: usize,
    /// What stands there now.
    pub(crate) after: String,
    /// The original piece.
    pub(crate) before: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Whether a line ends as a sentence, clause list or label does.
pub(crate) fn ends_closed(folded: &str) -> bool {
    let trimmed = folded.trim_end_matches(['"', '\'', ')', ']', '》', '」', '』', ' ']);
    let end = trimmed.chars().next_back();
    let closer_only = trimmed.len() < folded.trim_end().len();
    match end {
        Some('。' | ';' | ':' | '!' | '?' | '…' | '|') => true,
        // A line that closes a bracket is taken as closed only when the bracket holds the end of a sentence.
        _ => {
            closer_only
                && folded.trim_end().ends_with([')', ']'])
                && folded.chars().filter(|&c| c == ',' || c == '。').count() > 0
        }
    }
}
