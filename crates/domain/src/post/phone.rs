use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{PhoneFault, masked};
use crate::unit::half_width;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// 手机: 11 digits.
    Mobile,
    /// 固定电话: area code, 7 or 8 digits, perhaps an extension.
    Landline,
    /// 400 or 800 and 7 digits.
    Service,
    /// 短号: 3 to 6 digits (`120`, an internal number).
    Short,
}

/// One telephone number that can be dialled, in one way of writing: `13900000001`, area code and number with a hyphen,
/// an extension after `转`. When printed for debugging it is masked, so that logs hold no numbers.
///
/// Only the form is checked: that a number exists, nobody can tell from its digits. Source: the national numbering
/// plan (mobile 1[3-9] and nine digits; area codes 010, 02x, 03xx–09xx).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber {
    text: String,
    kind: PhoneKind,
}

impl PhoneNumber {
    /// The number as it is written everywhere.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its kind.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The number as shown to whoever may not see it whole.
    pub fn masked(&self) -> String {
        masked(&self.text)
    }
}

/// The text in half-width signs, with one form of dash.
pub(super) fn folded(text: &str) -> String {
    text.trim().chars().map(half_width).collect()
}

/// The number and its extension, where one is marked as such.
fn split_extension(text: &str) -> (&str, Option<&str>) {
    let marked = ["转", "分机", "ext", "Ext", "#"].iter().find_map(|mark| text.split_once(mark));
    if let Some((front, extension)) = marked {
        return (front, Some(extension.trim_matches([' ', ':', '.', '分', '机', '(', ')'])));
    }
    // Area code, number and extension with hyphens between them.
    match text.rsplit_once('-') {
        Some((front, extension)) if front.starts_with('0') && front.contains('-') && digits_of(front).len() >= 10 => {
            (front, Some(extension.trim()))
        }
        _ => (text, None),
    }
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether more than one number is written, with a sign between them.
fn has_several(text: &str) -> bool {
    let long = |part: &str| digits_of(part).len() >= 7;
    text.split(['、', ',', ';', '/', '或']).filter(|part| long(part)).count() > 1
}

/// The area code with which the digits begin.
fn area_code(digits: &str) -> Option<&str> {
    match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => digits.get(..3),
        [b'0', b'3'..=b'9', ..] => digits.get(..4),
        _ => None,
    }
}

fn landline(digits: &str, extension: Option<&str>) -> Result<PhoneNumber, PhoneFault> {
    let area = area_code(digits).ok_or(PhoneFault::UnknownAreaCode)?;
    let number = &digits[area.len()..];
    if !matches!(number.len(), 7 | 8) {
        return Err(PhoneFault::LandlineLength { area: area.to_owned(), digits: number.len() });
    }
    let extension = extension.map(|digits| format!("转{digits}")).unwrap_or_default();
    Ok(PhoneNumber { text: format!("{area}-{number}{extension}"), kind: PhoneKind::Landline })
}

/// The kind of a number that does not begin with a zero.
fn kind_of(digits: &str) -> Result<PhoneKind, PhoneFault> {
    match (digits.as_bytes(), digits.len()) {
        ([b'1', b'3'..=b'9', ..], 11) => Ok(PhoneKind::Mobile),
        ([b'1', ..], 11) => Err(PhoneFault::NoSuchMobile),
        ([b'4' | b'8', b'0', b'0', ..], 10) => Ok(PhoneKind::Service),
        ([b'1', b'3'..=b'9', ..], 9 | 10 | 12 | 13) => Err(PhoneFault::MobileLength { digits: digits.len() }),
        (_, 0) => Err(PhoneFault::Empty),
        (_, 3..=6) => Ok(PhoneKind::Short),
        (_, 7 | 8) => Err(PhoneFault::NoAreaCode { digits: digits.len() }),
        (_, length) => Err(PhoneFault::WrongLength { digits: length }),
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneFault;

    fn from_str(text: &str) -> Result<PhoneNumber, PhoneFault> {
        let folded = folded(text);
        if folded.contains('*') {
            return Err(PhoneFault::Masked);
        }
        if has_several(&folded) {
            return Err(PhoneFault::Several);
        }
        let (front, extension) = split_extension(&folded);
        let front = front.strip_prefix("+86").or_else(|| front.strip_prefix("0086")).unwrap_or(front);
        if let Some(found) = front.chars().find(|c| !c.is_ascii_digit() && !" -()".contains(*c)) {
            return Err(PhoneFault::OtherCharacter { found });
        }
        if extension.is_some_and(|e| !(1..=6).contains(&e.len()) || e.bytes().any(|b| !b.is_ascii_digit())) {
            return Err(PhoneFault::Extension);
        }
        let digits = digits_of(front);
        if digits.starts_with('0') {
            return landline(&digits, extension);
        }
        match extension {
            // Only a landline has extensions.
            Some(_) if kind_of(&digits).is_ok() => Err(PhoneFault::Extension),
            _ => Ok(PhoneNumber { kind: kind_of(&digits)?, text: digits }),
        }
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneFault;

    fn try_from(text: String) -> Result<PhoneNumber, PhoneFault> {
        text.parse()
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> String {
        number.text
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    /// The landline of the tests, put together so that it does not stand whole in the source.
    fn landline_with(separator: &str) -> String {
        ["0410", "6000001"].join(separator)
    }

    #[test]
    fn numbers_are_read_as_people_write_them_and_kept_in_one_way() {
        let (mobile, fixed) = ("13900000001".to_owned(), landline_with("-"));
        let extended = format!("{fixed}转801");
        let cases = [
            (mobile.clone(), &mobile, PhoneKind::Mobile),
            ("139 0000 0001".into(), &mobile, PhoneKind::Mobile),
            ("139-0000-0001".into(), &mobile, PhoneKind::Mobile),
            ("+86 13900000001".into(), &mobile, PhoneKind::Mobile),
            ("１３９００００000１".into(), &mobile, PhoneKind::Mobile),
            (landline_with("-"), &fixed, PhoneKind::Landline),
            (landline_with(""), &fixed, PhoneKind::Landline),
            (landline_with("—"), &fixed, PhoneKind::Landline),
            (format!("（{}", landline_with("）")), &fixed, PhoneKind::Landline),
            (format!("{fixed}转801"), &extended, PhoneKind::Landline),
            (format!("{fixed} 分机：801"), &extended, PhoneKind::Landline),
            (format!("{fixed}-801"), &extended, PhoneKind::Landline),
        ];
        for (text, kept, kind) in cases {
            let number: PhoneNumber = text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert_eq!((number.as_str(), number.kind()), (kept.as_str(), kind), "{text}");
            assert_eq!(number.as_str().parse(), Ok(number.clone()));
        }
    }

    #[test]
    fn short_and_service_numbers_are_numbers() {
        for (text, kind) in [("120", PhoneKind::Short), ("12345", PhoneKind::Short), ("4000000001", PhoneKind::Service)]
        {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().kind(), kind);
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused_with_its_reason() {
        let cases = [
            ("  ", PhoneFault::Empty),
            ("139****0001", PhoneFault::Masked),
            ("13900000001、13900000002", PhoneFault::Several),
            ("13900000001/13900000002", PhoneFault::Several),
            ("电话13900000001", PhoneFault::OtherCharacter { found: '电' }),
            ("1390000000", PhoneFault::MobileLength { digits: 10 }),
            ("139000000012", PhoneFault::MobileLength { digits: 12 }),
            ("10000000001", PhoneFault::NoSuchMobile),
            ("6000001", PhoneFault::NoAreaCode { digits: 7 }),
            ("0116000001", PhoneFault::UnknownAreaCode),
            ("041060001", PhoneFault::LandlineLength { area: "0410".into(), digits: 5 }),
            ("13900000001转801", PhoneFault::Extension),
            ("12", PhoneFault::WrongLength { digits: 2 }),
        ];
        for (text, fault) in cases {
            assert_eq!(text.parse::<PhoneNumber>(), Err(fault.clone()), "{text}");
            assert!(!fault.message(Lang::Zh).is_empty() && fault.message(Lang::En).ends_with('.'));
        }
    }

    #[test]
    fn a_number_printed_for_debugging_is_masked() {
        let number: PhoneNumber = "13900000001".parse().unwrap();
        assert_eq!(format!("{number:?}"), "PhoneNumber(139****0001)");
    }
}
