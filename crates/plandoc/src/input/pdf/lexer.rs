//! Takes the operators of a page, or of a character map, apart.

/// More operands than this belong to no operator that matters.
const MOST_OPERANDS: usize = 65_536;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    ArrayStart,
    ArrayEnd,
}

/// A content stream being read.
pub(super) struct Lexer<'c> {
    rest: &'c [u8],
    /// The operands of the operator that was read last.
    pub(super) operands: Vec<Operand>,
}

impl<'c> Lexer<'c> {
    pub(super) fn new(content: &'c [u8]) -> Self {
        Self { rest: content, operands: Vec::new() }
    }

    /// The next operator; its operands are in `operands`.
    pub(super) fn operator(&mut self) -> Option<&'c [u8]> {
        self.operands.clear();
        loop {
            self.skip_blanks();
            match *self.rest.first()? {
                b'(' => {
                    let text = self.literal();
                    self.push(Operand::Text(text));
                }
                b'<' if self.rest.get(1) != Some(&b'<') => {
                    let text = self.hexadecimal();
                    self.push(Operand::Text(text));
                }
                // Dictionaries only describe marked content, so their entries pass as operands.
                b'<' | b'>' | b'{' | b'}' | b')' => self.advance(1),
                b'[' => {
                    self.advance(1);
                    self.push(Operand::ArrayStart);
                }
                b']' => {
                    self.advance(1);
                    self.push(Operand::ArrayEnd);
                }
                b'/' => {
                    self.advance(1);
                    let name = self.word();
                    self.push(Operand::Name(unescaped(name)));
                }
                _ => {
                    let word = self.word();
                    match number(word) {
                        Some(number) => self.push(Operand::Number(number)),
                        None if word == b"ID" => self.skip_image(),
                        None => return Some(word),
                    }
                }
            }
        }
    }

    /// The operand at this place, if it is a number.
    pub(super) fn number(&self, index: usize) -> Option<f64> {
        match self.operands.get(index)? {
            Operand::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The last `N` operands, if they are all numbers.
    pub(super) fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let first = self.operands.len().checked_sub(N)?;
        let mut numbers = [0.0; N];
        for (offset, number) in numbers.iter_mut().enumerate() {
            *number = self.number(first + offset)?;
        }
        Some(numbers)
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        self.operands.iter().find_map(|operand| match operand {
            Operand::Name(name) => Some(name.as_slice()),
            _ => None,
        })
    }

    fn push(&mut self, operand: Operand) {
        if self.operands.len() < MOST_OPERANDS {
            self.operands.push(operand);
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.rest.first() {
            if is_blank(*byte) {
                self.advance(1);
            } else if *byte == b'%' {
                let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                self.advance(end.unwrap_or(self.rest.len()));
            } else {
                break;
            }
        }
    }

    /// A run of ordinary characters; a lone odd byte is a run of its own, so that reading goes on.
    fn word(&mut self) -> &'c [u8] {
        let end = self.rest.iter().position(|byte| is_blank(*byte) || is_delimiter(*byte));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0_usize;
        while let Some(byte) = self.rest.first().copied() {
            self.advance(1);
            match byte {
                b'(' => {
                    depth += 1;
                    if depth > 1 {
                        text.push(byte);
                    }
                }
                b')' if depth <= 1 => break,
                b')' => {
                    depth -= 1;
                    text.push(byte);
                }
                b'\\' => self.escape(&mut text),
                _ => text.push(byte),
            }
        }
        text
    }

    /// What follows a backslash in a literal string.
    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.rest.first().copied() else {
            return;
        };
        self.advance(1);
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.rest.first() == Some(&b'\n') {
                    self.advance(1);
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.rest.first().copied() else {
                        break;
                    };
                    self.advance(1);
                    code = code * 8 + u32::from(digit - b'0');
                }
                // Only the low eight bits of an octal code count.
                text.extend(u8::try_from(code & 0xFF));
            }
            _ => text.push(byte),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.advance(1);
        let end = self.rest.iter().position(|byte| *byte == b'>');
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        self.advance(1);
        let mut text = Vec::with_capacity(digits.len() / 2);
        let mut high = None;
        for digit in digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)) {
            let digit = u8::try_from(digit).unwrap_or_default();
            match high.take() {
                Some(high) => text.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        text.extend(high.map(|high| high << 4));
        text
    }

    /// Passes over the data of an image that is written into the page.
    fn skip_image(&mut self) {
        let end = self
            .rest
            .windows(4)
            .position(|window| matches!(window, [before, b'E', b'I', after] if is_blank(*before) && is_blank(*after)));
        match end {
            // What remains is the operator `EI`.
            Some(end) => self.advance(end + 1),
            None => self.rest = &[],
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn number(word: &[u8]) -> Option<f64> {
    let first = word.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let number: f64 = std::str::from_utf8(word).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// A name with its `#20` turned into characters.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        let code = tail
            .get(..2)
            .filter(|_| *byte == b'#')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                plain.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => plain.push(*byte),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Operand};

    #[test]
    fn operators_come_with_their_operands() {
        let mut lexer = Lexer::new(b"% note\n/F#31 12 Tf [(a\\)(b)\\101)-250<4>]TJ");
        assert_eq!(lexer.operator(), Some(b"Tf".as_slice()));
        assert_eq!(lexer.name(), Some(b"F1".as_slice()));
        assert_eq!(lexer.numbers(), Some([12.0]));
        assert_eq!(lexer.operator(), Some(b"TJ".as_slice()));
        let expected = [
            Operand::ArrayStart,
            Operand::Text(b"a)(b)A".to_vec()),
            Operand::Number(-250.0),
            Operand::Text(b"@".to_vec()),
            Operand::ArrayEnd,
        ];
        assert_eq!(lexer.operands, expected);
        assert_eq!(lexer.operator(), None);
    }

    #[test]
    fn the_data_of_an_image_is_passed_over() {
        let mut lexer = Lexer::new(b"BI /W 1 ID \x00(EI<<\n EI Q");
        let operators: Vec<&[u8]> = std::iter::from_fn(|| lexer.operator()).collect();
        assert_eq!(operators, [b"BI".as_slice(), b"EI", b"Q"]);
    }
}
