//! How wide the letters of a font are, in thousandths of its size.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

/// The usual width of a letter where the font does not say.
const USUAL: f64 = 500.0;

/// A Chinese character is as wide as the font is high.
const FULL: f64 = 1000.0;

#[derive(Debug)]
pub(super) struct Widths {
    single: BTreeMap<u32, f64>,
    /// By first code: the last code and the width.
    ranges: BTreeMap<u32, (u32, f64)>,
    default: f64,
}

impl Widths {
    /// The widths of a font with codes of one byte.
    pub(super) fn simple(font: &Dictionary, document: &Document) -> Self {
        // Only fonts drawn with operators of their own measure in another unit.
        let unit = font
            .get_deref(b"FontMatrix", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|matrix| number(matrix.first()?))
            .map_or(1.0, |scale| scale * 1000.0);
        let first = font.get_deref(b"FirstChar", document).ok().and_then(code).unwrap_or(0);
        let single = array(font, b"Widths", document)
            .iter()
            .take(256)
            .zip(first..)
            .filter_map(|(width, code)| Some((code, number(resolve(width, document))? * unit)))
            .collect();
        Self { single, ranges: BTreeMap::new(), default: USUAL }
    }

    /// The widths of a font with a descendant, whose codes are its glyphs.
    pub(super) fn composite(descendant: &Dictionary, document: &Document) -> Self {
        let default = descendant.get_deref(b"DW", document).ok().and_then(number).unwrap_or(FULL);
        let mut widths = Self { single: BTreeMap::new(), ranges: BTreeMap::new(), default };
        let mut rest = array(descendant, b"W", document);
        // Either `first [w w w]` or `first last w`.
        while let [first, second, tail @ ..] = rest {
            let Some(first) = code(resolve(first, document)) else {
                break;
            };
            rest = match (resolve(second, document), tail) {
                (Object::Array(listed), _) => {
                    let listed = listed.iter().filter_map(|width| number(resolve(width, document)));
                    widths.single.extend((first..).zip(listed));
                    tail
                }
                (last, [width, tail @ ..]) => {
                    if let (Some(last), Some(width)) = (code(last), number(resolve(width, document))) {
                        widths.ranges.insert(first, (last, width));
                    }
                    tail
                }
                _ => break,
            };
        }
        widths
    }

    pub(super) fn of(&self, code: u32) -> f64 {
        if let Some(width) = self.single.get(&code) {
            return *width;
        }
        match self.ranges.range(..=code).next_back() {
            Some((_, (last, width))) if code <= *last => *width,
            _ => self.default,
        }
    }

    /// How many entries were read, because many fonts may share one long table.
    pub(super) fn len(&self) -> usize {
        self.single.len() + self.ranges.len()
    }
}

/// The width of a character of a font whose glyphs are not known by their codes.
pub(super) fn by_character(text: &str) -> f64 {
    if text.is_ascii() { USUAL } else { FULL }
}

fn array<'d>(dictionary: &'d Dictionary, key: &[u8], document: &'d Document) -> &'d [Object] {
    dictionary.get_deref(key, document).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn resolve<'d>(object: &'d Object, document: &'d Document) -> &'d Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

fn code(object: &Object) -> Option<u32> {
    u32::try_from(object.as_i64().ok()?).ok()
}
