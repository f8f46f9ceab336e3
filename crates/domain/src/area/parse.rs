use std::fmt;
use std::str::FromStr;

use super::code::trimmed;
use super::{AreaCode, AreaLevel};
use crate::{Lang, unit::half_width};

/// Why a text is not the code of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaCodeError {
    /// Nothing is written.
    Empty,
    /// Something other than digits stands in it.
    NotDigits {
        /// The text.
        text: String,
        /// The first character that is no digit.
        found: char,
    },
    /// A spreadsheet has shortened the number (`9.90101E+11`); the digits are lost.
    Shortened {
        /// The text.
        text: String,
    },
    /// No level has so many digits.
    WrongLength {
        /// The text.
        text: String,
        /// Its digits.
        digits: usize,
    },
    /// It ends in parts of zeros, which only fill it up.
    Padded {
        /// The text.
        text: String,
        /// The code itself.
        code: AreaCode,
    },
    /// It begins with a zero, which no province does.
    NoProvince {
        /// The text.
        text: String,
    },
}

impl AreaCodeError {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            AreaCodeError::Empty => "没有填区划代码，请填写。".to_owned(),
            AreaCodeError::NotDigits { text, found } => {
                format!("区划代码只能是数字，“{text}”中有“{found}”，请删去。")
            }
            AreaCodeError::Shortened { text } => {
                format!("“{text}”是被表格软件缩写的数字，原来的位数已丢失。请把该列设为文本格式后重新填写代码。")
            }
            AreaCodeError::WrongLength { text, digits } => format!(
                "区划代码“{text}”有{digits}位，应为2（省）、4（市）、6（县区）、9（乡镇街道）、12（村社区）、15（网格）、\
                 18（小区）、21（楼栋）或24位（单元）。请核对位数。"
            ),
            AreaCodeError::Padded { text, code } => {
                format!("区划代码“{text}”末尾的零只是补位，请写“{code}”（{}）。", code.level().words(Lang::Zh))
            }
            AreaCodeError::NoProvince { text } => {
                format!("区划代码“{text}”以零开头，没有这样的省级代码，请核对。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            AreaCodeError::Empty => "There is no area code; write one.".to_owned(),
            AreaCodeError::NotDigits { text, found } => {
                format!("An area code has digits only, but “{text}” has “{found}”; delete it.")
            }
            AreaCodeError::Shortened { text } => format!(
                "“{text}” was shortened by a spreadsheet and its digits are lost. Format the column as text and write \
                 the code again."
            ),
            AreaCodeError::WrongLength { text, digits } => format!(
                "The area code “{text}” has {digits} digits; it has 2 (province), 4 (city), 6 (county), 9 (township), \
                 12 (village), 15 (grid), 18 (compound), 21 (building) or 24 (entrance). Check its length."
            ),
            AreaCodeError::Padded { text, code } => format!(
                "The zeros at the end of the area code “{text}” only fill it up; write “{code}” ({}).",
                code.level().words(Lang::En)
            ),
            AreaCodeError::NoProvince { text } => {
                format!("The area code “{text}” begins with a zero, which no province does; check it.")
            }
        }
    }
}

impl fmt::Display for AreaCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::default()))
    }
}

impl std::error::Error for AreaCodeError {}

impl AreaCode {
    /// Reads a code as tables write it: with spaces, full-width digits, a decimal point of a spreadsheet (`990101.0`)
    /// or filled up with zeros (`990101000000` → `990101`).
    ///
    /// # Errors
    /// Whatever [`AreaCodeError`] says, except `Padded`.
    pub fn parse_padded(text: &str) -> Result<AreaCode, AreaCodeError> {
        let folded: String = text.chars().filter(|c| !is_space(*c)).map(half_width).collect();
        let digits = folded.strip_suffix(".0").unwrap_or(&folded);
        match digits.parse() {
            Err(AreaCodeError::Padded { code, .. }) => Ok(code),
            other => other,
        }
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

/// Whether it is a number in the short form of spreadsheets.
fn is_shortened(text: &str) -> bool {
    let (front, power) = text.split_once(['E', 'e']).unwrap_or((text, ""));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(power.trim_start_matches('+')) && digits(&front.replacen('.', "", 1))
}

impl FromStr for AreaCode {
    type Err = AreaCodeError;

    fn from_str(text: &str) -> Result<AreaCode, AreaCodeError> {
        let owned = || text.to_owned();
        if text.is_empty() {
            return Err(AreaCodeError::Empty);
        }
        if is_shortened(text) {
            return Err(AreaCodeError::Shortened { text: owned() });
        }
        if let Some(found) = text.chars().find(|c| !c.is_ascii_digit()) {
            return Err(AreaCodeError::NotDigits { text: owned(), found });
        }
        if AreaLevel::of_digits(text.len()).is_none() {
            return Err(AreaCodeError::WrongLength { text: owned(), digits: text.len() });
        }
        match trimmed(text) {
            Some(_) if text.starts_with('0') => Err(AreaCodeError::NoProvince { text: owned() }),
            None => Err(AreaCodeError::NoProvince { text: owned() }),
            Some(code) if code.len() < text.len() => {
                Err(AreaCodeError::Padded { text: owned(), code: AreaCode(code.to_owned()) })
            }
            Some(code) => Ok(AreaCode(code.to_owned())),
        }
    }
}

impl TryFrom<String> for AreaCode {
    type Error = AreaCodeError;

    fn try_from(text: String) -> Result<AreaCode, AreaCodeError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    #[test]
    fn a_code_filled_up_with_zeros_is_trimmed_to_its_level() {
        let cases = [
            ("990101000000", "990101"),
            ("990101003000", "990101003"),
            ("990101003012", "990101003012"),
            ("990000", "99"),
            ("990100", "9901"),
            ("99000000000000000000 0000", "99"),
            (" ９９０１０１ ", "990101"),
            ("990101003000.0", "990101003"),
            ("990500001", "990500001"),
        ];
        for (text, code) in cases {
            assert_eq!(AreaCode::parse_padded(text).unwrap().as_str(), code, "{text}");
        }
    }

    #[test]
    fn trimming_twice_changes_nothing() {
        for text in ["990101000000", "990000", "990101003012"] {
            let once = AreaCode::parse_padded(text).unwrap();
            assert_eq!(AreaCode::parse_padded(once.as_str()), Ok(once.clone()));
            assert_eq!(once.as_str().parse(), Ok(once));
        }
    }

    #[test]
    fn the_error_says_what_is_wrong_and_what_to_do() {
        let cases = [
            ("", "没有填区划代码，请填写。"),
            ("9901O1", "区划代码只能是数字，“9901O1”中有“O”，请删去。"),
            ("990101000000", "区划代码“990101000000”末尾的零只是补位，请写“990101”（县（区））。"),
            ("010101", "区划代码“010101”以零开头，没有这样的省级代码，请核对。"),
            ("000000", "区划代码“000000”以零开头，没有这样的省级代码，请核对。"),
        ];
        for (text, message) in cases {
            assert_eq!(text.parse::<AreaCode>().unwrap_err().message(Lang::Zh), message);
        }
        let long = "9901010".parse::<AreaCode>().unwrap_err();
        assert_eq!(long, AreaCodeError::WrongLength { text: "9901010".into(), digits: 7 });
        assert!(long.message(Lang::Zh).contains("有7位") && long.message(Lang::En).contains("has 7 digits"));
    }

    #[test]
    fn a_number_shortened_by_a_spreadsheet_is_known_as_such() {
        for text in ["9.90101E+11", "9.90101e11", "9E+11"] {
            assert!(matches!(AreaCode::parse_padded(text), Err(AreaCodeError::Shortened { .. })), "{text}");
        }
        assert!(matches!("99E".parse::<AreaCode>(), Err(AreaCodeError::NotDigits { found: 'E', .. })));
    }

    #[test]
    fn a_stored_code_is_read_strictly() {
        let read = |text: &'static str| {
            let text: StrDeserializer<'_, Error> = text.into_deserializer();
            AreaCode::deserialize(text)
        };
        assert_eq!(read("990101").unwrap().as_str(), "990101");
        assert!(read("990101000000").unwrap_err().to_string().contains("补位"));
    }
}
