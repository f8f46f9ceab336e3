//! PDF files with a text layer.
//!
//! `lopdf` opens the file; the pages are read here, because only the places of the letters on the
//! page tell where lines end and words part, and because every loop over a stranger's file has to
//! be bounded.

mod cmap;
mod encoding;
mod font;
mod layout;
mod lexer;
mod matrix;
mod page;
mod quiet;
mod radicals;
mod repeated;
mod resources;
mod widths;

use lopdf::{DecompressError, Document, Error, LoadOptions};

use self::layout::PageLine;
use self::page::{Found, PageReader};
use super::budget::Budget;
use super::lines::Lines;
use super::{Format, HintKind, InputError, Limits, NoteCode, SourceText};

/// A page with fewer letters than this, next to a picture, is a scan with a stamp on it.
const FEWEST_LETTERS_A_PAGE: usize = 10;

/// More pages than this are no plan, and would take long to lay out.
const MOST_PAGES: usize = 5000;

/// What the object streams of a file may unpack to together. They describe the pages, but hold
/// neither their text nor their pictures.
const MOST_OBJECT_BYTES: usize = 64 * 1024 * 1024;

/// Even among many object streams, each may unpack to this.
const LEAST_SHARE: usize = 256 * 1024;

const MOST_OBJECT_STREAMS: usize = 4096;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, InputError> {
    quiet::guard(|| read_unguarded(bytes, limits)).unwrap_or_else(|| Err(damaged("the PDF library gave up".to_owned())))
}

fn read_unguarded(bytes: &[u8], limits: &Limits) -> Result<SourceText, InputError> {
    let budget = Budget::new(bytes.len(), limits);
    let document = load(bytes, &budget)?;
    let mut reader = PageReader::new(&document, budget);
    let mut pages = Vec::new();
    for page in document.page_iter().take(MOST_PAGES) {
        pages.push(reader.read(page)?);
    }
    if pages.is_empty() {
        return Err(damaged("it has no pages".to_owned()));
    }
    write(&pages, &reader.found)
}

fn load(bytes: &[u8], budget: &Budget) -> Result<Document, InputError> {
    let options = LoadOptions::with_max_decompressed_size(object_stream_share(bytes, budget)?);
    let document = Document::load_mem_with_options(bytes, options).map_err(|cause| refusal(&cause, budget))?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(InputError::Encrypted { format: Format::Pdf });
    }
    Ok(document)
}

/// How much one object stream may unpack to. They are all unpacked while the file is loaded, so
/// that each may only have its share.
fn object_stream_share(bytes: &[u8], budget: &Budget) -> Result<usize, InputError> {
    let streams = bytes.windows(6).filter(|window| window == b"ObjStm").count();
    if streams > MOST_OBJECT_STREAMS {
        return Err(budget.passed());
    }
    let share = MOST_OBJECT_BYTES / (streams + 1);
    Ok(share.max(LEAST_SHARE).min(budget.left()))
}

/// What an error of the library means to the owner of the file.
fn refusal(cause: &Error, budget: &Budget) -> InputError {
    match cause {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => budget.passed(),
        Error::InvalidPassword | Error::Decryption(_) => InputError::Encrypted { format: Format::Pdf },
        cause => damaged(cause.to_string()),
    }
}

fn damaged(detail: String) -> InputError {
    InputError::Damaged { format: Format::Pdf, detail }
}

fn write(pages: &[Vec<PageLine>], found: &Found) -> Result<SourceText, InputError> {
    let frames = repeated::frames(pages);
    let mut lines = Lines::default();
    let (mut letters, mut blank) = (0, Vec::new());
    for ((number, page), frames) in (1..).zip(pages).zip(&frames) {
        let mut letters_here = 0;
        for (line, is_frame) in page.iter().zip(frames) {
            if *is_frame {
                lines.hint(HintKind::Frame);
            } else {
                letters_here += line.text.chars().filter(|c| is_letter(*c)).count();
            }
            lines.line(&line.text);
        }
        letters += letters_here;
        if letters_here == 0 {
            blank.push(number);
        }
    }
    let is_scan = found.images > 0 && letters < FEWEST_LETTERS_A_PAGE * pages.len();
    if letters == 0 || is_scan {
        return Err(InputError::NoTextLayer);
    }
    lines.count_note(NoteCode::ImagesIgnored, found.images);
    lines.count_note(NoteCode::UnmappedGlyphs, found.unmapped);
    if !blank.is_empty() {
        lines.note(NoteCode::PagesWithoutText, None, ranges(&blank));
    }
    Ok(lines.finish(Format::Pdf))
}

/// U+FFFD is not alphanumeric, so letters without a known text do not count.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

/// `2, 5-7`
fn ranges(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let written: Vec<String> = runs
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    written.join(", ")
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
