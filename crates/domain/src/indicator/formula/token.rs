use super::{FormulaFault, FormulaFaultKind, Sign};
use crate::indicator::Amount;

/// The longest formula in characters.
const LONGEST: usize = 500;

/// A word or sign of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(Amount, String),
    Name(String),
    Sign(Sign),
    Percent,
    Open,
    Close,
    Comma,
}

impl Token {
    /// As it may be shown in a message.
    pub(super) fn written(&self) -> String {
        match self {
            Token::Number(_, text) | Token::Name(text) => text.clone(),
            Token::Sign(sign) => sign.written().to_owned(),
            Token::Percent => "%".to_owned(),
            Token::Open => "(".to_owned(),
            Token::Close => ")".to_owned(),
            Token::Comma => ",".to_owned(),
        }
    }
}

pub(super) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(super) fn goes_on_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit()
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

/// Cuts a formula into its words and signs, each with its column.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, FormulaFault> {
    let letters: Vec<char> = crate::indicator::amount::half_width(text).chars().collect();
    if letters.len() > LONGEST {
        return Err(FormulaFault { column: LONGEST, kind: FormulaFaultKind::TooLong });
    }
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(&letter) = letters.get(at) {
        let length = match letter {
            _ if digit(letter) => run(&letters[at..], digit),
            _ if begins_name(letter) => run(&letters[at..], goes_on_name),
            _ => 1,
        };
        let word: String = letters[at..at + length].iter().collect();
        let fault = |kind| FormulaFault { column: at + 1, kind };
        let token = match letter {
            _ if letter.is_whitespace() => None,
            _ if digit(letter) => {
                let amount = word.parse().map_err(|_| fault(FormulaFaultKind::Number(word.clone())))?;
                Some(Token::Number(amount, word))
            }
            _ if begins_name(letter) => Some(Token::Name(word)),
            _ => Some(sign(letter).ok_or_else(|| fault(FormulaFaultKind::Sign(letter)))?),
        };
        found.extend(token.map(|token| (at + 1, token)));
        at += length;
    }
    Ok(found)
}

fn run(letters: &[char], is: impl Fn(char) -> bool) -> usize {
    letters.iter().take_while(|&&letter| is(letter)).count()
}

fn sign(letter: char) -> Option<Token> {
    Some(match letter {
        '+' => Token::Sign(Sign::Plus),
        '-' => Token::Sign(Sign::Minus),
        '×' | '*' => Token::Sign(Sign::Times),
        '÷' | '/' => Token::Sign(Sign::Over),
        '%' => Token::Percent,
        '(' => Token::Open,
        ')' => Token::Close,
        ',' | '、' | ';' => Token::Comma,
        _ => return None,
    })
}
