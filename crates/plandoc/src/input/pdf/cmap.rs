//! `ToUnicode` maps: which text the codes of a font stand for.

use std::collections::BTreeMap;

use super::lexer::{Lexer, Operand};

/// One code stands for a letter or a ligature, never for a page of text.
const LONGEST_TARGET: usize = 64;

#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    single: BTreeMap<u32, String>,
    /// By first code: the last code, and the UTF-16 of the first one's text.
    ranges: BTreeMap<u32, (u32, Vec<u16>)>,
}

impl ToUnicode {
    pub(super) fn parse(map: &[u8]) -> Self {
        let mut parsed = Self::default();
        let mut lexer = Lexer::new(map);
        while let Some(operator) = lexer.operator() {
            match operator {
                b"endbfchar" => parsed.add_single(&lexer.operands),
                b"endbfrange" => parsed.add_ranges(&lexer.operands),
                _ => {}
            }
        }
        parsed
    }

    /// The text that a code stands for.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let (first, (last, target)) = self.ranges.range(..=code).next_back()?;
        if code > *last {
            return None;
        }
        let mut target = target.clone();
        let end = target.last_mut()?;
        // Only the last unit counts on, and it may not run over.
        *end = end.wrapping_add(u16::try_from(code - first).ok()?);
        Some(String::from_utf16_lossy(&target))
    }

    fn add_single(&mut self, operands: &[Operand]) {
        for pair in operands.chunks(2) {
            if let [Operand::Text(code), Operand::Text(target)] = pair {
                let text = String::from_utf16_lossy(&units(target));
                self.single.insert(number(code), text);
            }
        }
    }

    fn add_ranges(&mut self, mut operands: &[Operand]) {
        while let [Operand::Text(first), Operand::Text(last), rest @ ..] = operands {
            let (first, last) = (number(first), number(last));
            operands = match rest {
                [Operand::Text(target), rest @ ..] => {
                    self.ranges.insert(first, (last, units(target)));
                    rest
                }
                [Operand::ArrayStart, rest @ ..] => self.add_listed(first, last, rest),
                _ => return,
            };
        }
    }

    /// Adds a range whose texts are listed one by one, and returns what follows it.
    fn add_listed<'o>(&mut self, first: u32, last: u32, targets: &'o [Operand]) -> &'o [Operand] {
        let end = targets.iter().position(|operand| *operand == Operand::ArrayEnd);
        let (targets, rest) = targets.split_at(end.unwrap_or(targets.len()));
        for (code, target) in (first..=last).zip(targets) {
            if let Operand::Text(target) = target {
                self.single.insert(code, String::from_utf16_lossy(&units(target)));
            }
        }
        rest.get(1..).unwrap_or_default()
    }
}

/// The UTF-16 of a target; some writers give a single byte for a Latin letter.
fn units(target: &[u8]) -> Vec<u16> {
    let target = target.get(..LONGEST_TARGET).unwrap_or(target);
    match target {
        [byte] => vec![u16::from(*byte)],
        _ => target.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect(),
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::ToUnicode;

    #[test]
    fn characters_ranges_and_lists_are_found() {
        let map = ToUnicode::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
            2 beginbfchar <0003> <0020> <0004> <D842DFB7> endbfchar
            2 beginbfrange <0010> <0012> <4E00> <0020><0021>[<7532><4E59>] endbfrange",
        );
        let cases = [(3, Some(" ")), (4, Some("𠮷")), (0x12, Some("丂")), (0x13, None), (0x21, Some("乙"))];
        for (code, text) in cases {
            assert_eq!(map.text(code).as_deref(), text, "{code:x}");
        }
    }

    #[test]
    fn a_range_over_all_codes_costs_nothing() {
        let map = ToUnicode::parse(b"<00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.text(1).as_deref(), Some("B"));
    }
}
