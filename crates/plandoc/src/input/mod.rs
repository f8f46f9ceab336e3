//! Turns the bytes of a file into plain lines of text, with hints about what each line was.
//!
//! Nothing here touches a disk, a network or a clock: the caller brings the bytes, and the same
//! bytes always give the same lines. Files come from strangers, so sizes are counted as they
//! inflate, nesting is capped, and any bytes at all end in text or in an [`InputError`].

mod budget;
mod decode;
mod docx;
mod error;
mod flow;
mod frame;
mod html;
mod lines;
mod markdown;
mod note;
mod numerals;
mod pdf;
mod render;
#[cfg(test)]
mod robustness;
mod sniff;
mod text;
mod wide;

pub use error::{ForeignKind, InputError, LegacyFormat};
pub use note::{InputNote, NoteCode};
pub use sniff::{Sniffed, sniff};

/// How much a file may weigh before and after unpacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is read at all, in bytes.
    pub max_bytes: u64,
    /// The most that compressed parts of one file may unpack to, in bytes.
    pub max_inflated_bytes: u64,
    /// How many times its own size a file may unpack to, once it has unpacked to over 10 MiB.
    pub max_inflation_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self { max_bytes: 20 * MIB, max_inflated_bytes: 200 * MIB, max_inflation_ratio: 200 }
    }
}

/// The kinds of file that can be read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML text, as written by Word and WPS.
    Docx,
    /// Plain text in any of the usual encodings.
    Text,
    /// Plain text whose name ends in `.md` or `.markdown`.
    Markdown,
    /// A web page, whole or a pasted piece.
    Html,
    /// A PDF with a text layer.
    Pdf,
}

/// The text of a document, one paragraph or table row a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// What the bytes turned out to be.
    pub format: Format,
    /// The lines, parted by `\n` alone; every other character is as the document has it.
    pub text: String,
    /// What the document says about single lines, sorted by line.
    pub hints: Vec<LineHint>,
    /// What a person should know about how the text was won.
    pub notes: Vec<InputNote>,
}

/// Something the document says about one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineHint {
    /// Index into `text.split('\n')`, from 0.
    pub line: u32,
    /// What it says.
    pub kind: HintKind,
}

/// What a document can say about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// The line has the style of a document title.
    Title,
    /// The line is a heading of this level, 1 being the highest.
    Heading(u8),
    /// The line is a row of a table; both numbers start at 0.
    TableRow {
        /// Which table of the document.
        table: u32,
        /// Which row of the table.
        row: u32,
    },
    /// The number at the start of the line was computed from list numbering, not typed.
    NumberFromStyle,
    /// A line of the page or web site around the document, to be treated as noise.
    Frame,
}

/// Reads the bytes of a file as a document.
///
/// `name` is only consulted where the bytes leave a choice (Markdown or plain text, for example).
///
/// # Errors
/// Every [`InputError`] says what is wrong with the file and what to do next.
pub fn open(name: &str, bytes: &[u8], limits: &Limits) -> Result<SourceText, InputError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.max_bytes {
        return Err(InputError::TooLarge { bytes: size, limit: limits.max_bytes });
    }
    let mut source = match sniff(name, bytes) {
        Sniffed::Document(format) => read(format, bytes, limits)?,
        Sniffed::EncryptedOffice => {
            return Err(InputError::Encrypted { format: Format::Docx });
        }
        Sniffed::Legacy(kind) => return Err(InputError::NeedsConversion { kind }),
        Sniffed::Foreign(detail) => return Err(InputError::NotADocument { detail }),
        Sniffed::Empty => return Err(InputError::Empty),
    };
    refuse_blank(&source)?;
    frame::mark(&mut source);
    Ok(source)
}

fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<SourceText, InputError> {
    match format {
        Format::Docx => docx::read(bytes, limits),
        Format::Text => text::read(bytes),
        Format::Markdown => markdown::read(bytes),
        Format::Html => html::read(bytes),
        Format::Pdf => pdf::read(bytes, limits),
    }
}

/// A file of pictures alone is a scan; a file of nothing at all is empty.
fn refuse_blank(source: &SourceText) -> Result<(), InputError> {
    if source.text.chars().any(|c| !c.is_whitespace()) {
        return Ok(());
    }
    let has_images = source.notes.iter().any(|note| note.code == NoteCode::ImagesIgnored);
    Err(if has_images { InputError::NoTextLayer } else { InputError::Empty })
}

#[cfg(test)]
mod tests {
    use super::{Format, InputError, Limits, NoteCode, open};

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let limits = Limits { max_bytes: 10, ..Limits::default() };
        let refused = open("plan.txt", &[b'a'; 11], &limits);
        assert_eq!(refused, Err(InputError::TooLarge { bytes: 11, limit: 10 }));
    }

    #[test]
    fn a_file_of_blanks_is_empty() {
        let limits = Limits::default();
        assert_eq!(open("a.txt", b"", &limits), Err(InputError::Empty));
        assert_eq!(open("a.txt", b" \r\n\t\n", &limits), Err(InputError::Empty));
        assert_eq!(open("a.html", b"<p> </p>", &limits), Err(InputError::Empty));
    }

    #[test]
    fn a_page_of_pictures_alone_is_a_scan() {
        let page = b"<html><body><img src='1.jpg'></body></html>";
        assert_eq!(open("a.html", page, &Limits::default()), Err(InputError::NoTextLayer));
    }

    #[test]
    fn the_content_decides_the_format_before_the_name_does() {
        let page = "<!DOCTYPE html><p>青岚县应急预案</p>".as_bytes();
        let source = open("plan.txt", page, &Limits::default()).unwrap();
        assert_eq!(source.format, Format::Html);
        assert_eq!(source.text, "青岚县应急预案");
    }

    #[test]
    fn text_in_the_old_national_encoding_is_read_and_noted() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("青岚县应急预案\r\n一、总则");
        let source = open("plan.txt", &bytes, &Limits::default()).unwrap();
        assert_eq!(source.text, "青岚县应急预案\n一、总则");
        assert_eq!(source.notes[0].code, NoteCode::EncodingGuessed);
    }
}
