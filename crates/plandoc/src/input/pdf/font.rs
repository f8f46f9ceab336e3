//! What the codes of a font stand for, and how wide they are.

use encoding_rs::GBK;
use lopdf::{Dictionary, Document, Object};

use super::super::InputError;
use super::super::budget::Budget;
use super::cmap::ToUnicode;
use super::encoding::{Table, table};
use super::radicals::ordinary;
use super::resources::unpacked;
use super::widths::{Widths, by_character};

#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    map: Option<ToUnicode>,
    widths: Widths,
}

/// How a font's strings are cut into codes, and what the codes mean where no map says so.
#[derive(Debug)]
enum Codes {
    /// One byte each, with these letters.
    Simple(Table),
    /// Two bytes each that number the glyphs of the font and mean nothing else.
    Glyphs,
    /// UTF-16.
    Unicode,
    /// The old national encoding, of one or two bytes.
    Gbk,
}

/// One letter of a string.
pub(super) struct Glyph {
    pub(super) text: String,
    /// In thousandths of the font size.
    pub(super) width: f64,
    /// A blank of one byte, which word spacing widens.
    pub(super) is_blank: bool,
    /// Neither a map nor an encoding tells what it stands for.
    pub(super) is_unmapped: bool,
}

impl Font {
    pub(super) fn read(font: &Dictionary, document: &Document, budget: &mut Budget) -> Result<Self, InputError> {
        let map = match font.get_deref(b"ToUnicode", document) {
            Ok(Object::Stream(stream)) => Some(ToUnicode::parse(&unpacked(stream, budget)?)),
            _ => None,
        };
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        let (codes, widths) = match descendant {
            Some(descendant) => (composite_codes(font, document), Widths::composite(descendant, document)),
            None => (Codes::Simple(table(font, document)), Widths::simple(font, document)),
        };
        budget.spend(widths.len() * size_of::<u64>())?;
        Ok(Self { codes, map, widths })
    }

    /// The letters of a string.
    pub(super) fn glyphs<'g>(&'g self, string: &'g [u8]) -> impl Iterator<Item = Glyph> + 'g {
        let mut rest = string;
        std::iter::from_fn(move || {
            let length = self.code_length(rest);
            let (code, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            if code.is_empty() {
                return None;
            }
            rest = tail;
            Some(self.glyph(code))
        })
    }

    fn code_length(&self, rest: &[u8]) -> usize {
        match (&self.codes, rest.first()) {
            (Codes::Simple(_), _) => 1,
            (Codes::Gbk, Some(first)) if *first < 0x81 || *first == 0xFF => 1,
            // A character outside the basic plane takes two units.
            (Codes::Unicode, Some(0xD8..=0xDB)) => 4,
            _ => 2,
        }
    }

    fn glyph(&self, bytes: &[u8]) -> Glyph {
        let code = bytes.iter().fold(0, |code: u32, byte| code << 8 | u32::from(*byte));
        let mapped = self.map.as_ref().and_then(|map| map.text(code));
        let text = mapped.or_else(|| self.codes.text(bytes));
        let is_unmapped = text.is_none();
        let text: String =
            text.unwrap_or_else(|| "\u{FFFD}".to_owned()).chars().filter(|c| !c.is_control()).map(ordinary).collect();
        let width = match self.codes {
            Codes::Simple(_) | Codes::Glyphs => self.widths.of(code),
            Codes::Unicode | Codes::Gbk => by_character(&text),
        };
        Glyph { is_blank: bytes == b" ", text, width, is_unmapped }
    }
}

impl Codes {
    /// What the bytes of one code say by themselves.
    fn text(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Simple(table) => {
                let text = table.get(usize::from(*bytes.first()?))?;
                (!text.is_empty()).then(|| text.clone())
            }
            Self::Glyphs => None,
            Self::Unicode => {
                let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
                String::from_utf16(&units).ok()
            }
            Self::Gbk => {
                let text = GBK.decode_without_bom_handling_and_without_replacement(bytes)?;
                Some(text.into_owned())
            }
        }
    }
}

fn composite_codes(font: &Dictionary, document: &Document) -> Codes {
    let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
    let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
    if has(b"UCS2") || has(b"UTF16") {
        Codes::Unicode
    } else if has(b"GBK") || has(b"GBpc") || has(b"GB-EUC") {
        Codes::Gbk
    } else {
        Codes::Glyphs
    }
}
