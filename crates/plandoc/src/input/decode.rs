//! Turns bytes into characters when nothing, or too little, says which encoding they are in.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{ForeignKind, InputError, InputNote, NoteCode};

/// How many bytes are looked at to guess.
const SAMPLE: usize = 64 * 1024;

/// The characters of a file and what is to be said about them.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) notes: Vec<InputNote>,
}

/// Decodes a text file. A byte order mark decides, then `declared`, then what the bytes look like.
pub(super) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'b>, InputError> {
    let (encoding, body, guessed) = choose(bytes, declared);
    if !is_wide(encoding) && is_binary(body) {
        return Err(InputError::NotADocument { detail: ForeignKind::Binary });
    }
    let (mut text, damaged) = encoding.decode_without_bom_handling(body);
    let mut notes = Vec::new();
    if guessed && encoding != UTF_8 {
        notes.push(InputNote { code: NoteCode::EncodingGuessed, line: None, detail: encoding.name().to_owned() });
    }
    let nuls = text.contains('\0');
    if nuls {
        text = Cow::Owned(text.replace('\0', "\u{FFFD}"));
    }
    if damaged || nuls {
        notes.push(count_replaced(&text)?);
    }
    Ok(Decoded { text, notes })
}

/// Which encoding, the bytes after a byte order mark, and whether it is only a guess.
fn choose<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> (&'static Encoding, &'b [u8], bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding, bytes.get(mark..).unwrap_or_default(), false);
    }
    if let Some(encoding) = declared.filter(|declared| fits(declared, bytes)) {
        return (encoding, bytes, false);
    }
    if let Some(encoding) = guess_wide(bytes) {
        return (encoding, bytes, true);
    }
    if std::str::from_utf8(bytes).is_ok() || is_utf8_but_for_a_few(bytes) {
        return (UTF_8, bytes, true);
    }
    (GB18030, bytes, true)
}

/// A page may claim an encoding that its server has long since converted away.
fn fits(declared: &'static Encoding, bytes: &[u8]) -> bool {
    if is_wide(declared) {
        return false;
    }
    if declared == UTF_8 {
        return is_utf8_but_for_a_few(bytes);
    }
    bytes.is_ascii() || std::str::from_utf8(bytes).is_err()
}

/// UTF-8 with a cut or broken character here and there is still UTF-8.
fn is_utf8_but_for_a_few(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad.saturating_mul(10)
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// UTF-16 without a byte order mark: nearly all pairs are Chinese, ASCII or their punctuation.
fn guess_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 4 || !sample.len().is_multiple_of(2) || !sample.contains(&0) {
        return None;
    }
    let fits_as = |unit: fn([u8; 2]) -> u16| {
        let units = sample.as_chunks::<2>().0;
        let usual = units.iter().filter(|pair| is_usual(unit(**pair))).count();
        usual.saturating_mul(20) >= units.len().saturating_mul(19)
    };
    if fits_as(u16::from_le_bytes) {
        Some(UTF_16LE)
    } else if fits_as(u16::from_be_bytes) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_usual(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x2044
        | 0x2460..=0x249B | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E)
}

/// Control bytes are rare in text of any encoding and common in everything else.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=8 | 0x0E..=0x19 | 0x1B..=0x1F | 0x7F)).count();
    controls.saturating_mul(50) > sample.len()
}

/// Says how much was lost, or that it was so much that this was never text.
fn count_replaced(text: &str) -> Result<InputNote, InputError> {
    let (mut replaced, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        replaced += usize::from(c == '\u{FFFD}');
    }
    if replaced.saturating_mul(5) > all {
        return Err(InputError::NotADocument { detail: ForeignKind::Binary });
    }
    Ok(InputNote { code: NoteCode::UndecodableBytes, line: None, detail: replaced.to_string() })
}

#[cfg(test)]
mod tests {
    use super::super::{ForeignKind, InputError, NoteCode};
    use super::decode;

    const SAMPLE_TEXT: &str = "青岚县应急预案\n一、总则：1.1 编制目的。\n";

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bare = wide(SAMPLE_TEXT, bytes);
            assert_eq!(decode(&bare, None).unwrap().text, SAMPLE_TEXT);
            let marked = wide(&format!("\u{FEFF}{SAMPLE_TEXT}"), bytes);
            let decoded = decode(&marked, None).unwrap();
            assert_eq!(decoded.text, SAMPLE_TEXT);
            assert!(decoded.notes.is_empty());
        }
    }

    #[test]
    fn a_broken_byte_becomes_one_replacement_and_a_note() {
        let mut bytes = SAMPLE_TEXT.as_bytes().to_vec();
        bytes.insert(3, 0xFF);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!(decoded.text.matches('\u{FFFD}').count(), 1);
        assert_eq!(decoded.notes[0].code, NoteCode::UndecodableBytes);
        assert_eq!(decoded.notes[0].detail, "1");
    }

    #[test]
    fn a_declared_encoding_that_does_not_fit_is_not_believed() {
        let decoded = decode(SAMPLE_TEXT.as_bytes(), Some(encoding_rs::GBK)).unwrap();
        assert_eq!(decoded.text, SAMPLE_TEXT);
        let (gbk, _, _) = encoding_rs::GBK.encode(SAMPLE_TEXT);
        let decoded = decode(&gbk, Some(encoding_rs::UTF_8)).unwrap();
        assert_eq!(decoded.text, SAMPLE_TEXT);
    }

    #[test]
    fn bytes_full_of_control_codes_are_not_text() {
        let bytes: Vec<u8> = (0..4000_u32).map(|n| (n * 37 % 251) as u8).collect();
        let refused = decode(&bytes, None).unwrap_err();
        let detail = ForeignKind::Binary;
        assert_eq!(refused, InputError::NotADocument { detail });
    }
}
