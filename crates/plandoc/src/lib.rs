//! Reads a plan document into a structured plan.
//!
//! `read` goes through these steps, each a module: the bytes become lines (`input`), the lines become the normalised
//! text of each document (`text`), the text becomes a tree of sections and items (`outline`), and the tree is read
//! into a [`lianfang_domain::plan::Plan`] (`read`) with its doubts (`check`).
//!
//! Invariant: no item without a place in the text; what is not understood stays as text of its section.

mod check;
pub mod input;
mod outline;
mod pattern;
mod read;
mod text;
mod title;
mod units;
mod words;

pub use input::{InputError, LegacyFormat, Limits};
use lianfang_domain::plan::Reading;

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Size limits of the input.
    pub limits: Limits,
    /// The day on which the document is read; deadlines before it are past.
    pub as_of: jiff::civil::Date,
}

impl Options {
    /// The usual limits, on a day.
    pub fn new(as_of: jiff::civil::Date) -> Options {
        Options { limits: Limits::default(), as_of }
    }
}

/// Reads a file. The name only helps to tell formats apart.
///
/// # Errors
/// [`InputError`] when the bytes hold no text: too large, encrypted, damaged, a scan, or a format to be converted first.
/// A text that is no plan is no error: it gives a plan with little in it, and findings.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Reading, InputError> {
    let source = input::open(name, bytes, &options.limits)?;
    Ok(read_source(source, options))
}

fn read_source(source: input::SourceText, options: &Options) -> Reading {
    let notes = source.notes.clone();
    let lines = text::clean_lines(&source);
    drop(source);
    let docs = text::split_documents(lines);
    let mut reading = Reading::default();
    for (index, doc) in docs.into_iter().enumerate() {
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let (plan, findings) = read::read_document(doc, number, options);
        reading.plans.push(plan);
        reading.findings.extend(findings);
    }
    check::check_file(&mut reading, &notes);
    reading
}
