//! The letters of fonts that have codes of one byte and no map to Unicode.

use lopdf::{Dictionary, Document, Object};

/// The text of each of the 256 codes; empty where the font has none.
pub(super) type Table = Vec<String>;

/// The letters of a font, by the encoding that it names and the differences that it lists.
pub(super) fn table(font: &Dictionary, document: &Document) -> Table {
    match font.get_deref(b"Encoding", document) {
        Ok(Object::Name(name)) => named(name),
        Ok(Object::Dictionary(encoding)) => {
            let base = encoding.get_deref(b"BaseEncoding", document);
            let mut table = named(base.and_then(Object::as_name).unwrap_or(b"StandardEncoding"));
            if let Ok(Object::Array(listed)) = encoding.get_deref(b"Differences", document) {
                differ(&mut table, listed);
            }
            table
        }
        _ => named(b"StandardEncoding"),
    }
}

/// Lists go `24 /breve /caron 128 /bullet`: a code, then the names from there on.
fn differ(table: &mut Table, listed: &[Object]) {
    let mut code = 0_usize;
    for entry in listed.iter().take(1024) {
        match entry {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = glyph(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}

/// The letter that a glyph name stands for.
fn glyph(name: &[u8]) -> String {
    let coded = std::str::from_utf8(name).ok().and_then(|name| {
        let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
        let digits = digits.split('.').next().filter(|digits| digits.len() >= 4)?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    });
    if let Some(character) = coded {
        return character.to_string();
    }
    let listed = vec![Object::Integer(0), Object::Name(name.to_vec())];
    let mut encoding = Dictionary::new();
    encoding.set("Differences", listed);
    decoded(Object::Dictionary(encoding), &[0])
}

fn named(name: &[u8]) -> Table {
    (0..=u8::MAX).map(|code| decoded(Object::Name(name.to_vec()), &[code])).collect()
}

/// Asks the library, which holds the tables of encodings and glyph names, by way of a made-up
/// font: it offers no other way in. The font has no map, so that none is ever unpacked.
fn decoded(encoding: Object, bytes: &[u8]) -> String {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    let document = Document::new();
    font.get_font_encoding(&document).and_then(|encoding| encoding.bytes_to_string(bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{glyph, named};

    #[test]
    fn glyph_names_are_understood() {
        assert_eq!(glyph(b"quotedblleft"), "“");
        assert_eq!(glyph(b"uni4E00"), "一");
        assert_eq!(glyph(b"u20BB7.alt"), "𠮷");
        assert_eq!(glyph(b"g1234"), "");
    }

    #[test]
    fn the_usual_encoding_has_latin_letters() {
        let table = named(b"WinAnsiEncoding");
        assert_eq!(table.len(), 256);
        assert_eq!(table[usize::from(b'A')], "A");
        assert_eq!(table[0x93], "“");
    }
}
