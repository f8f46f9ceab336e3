use std::fmt;

use serde::{Deserialize, Serialize};

use super::AreaLevel;

/// The code of an area: 2, 4, 6, 9, 12, 15, 18, 21 or 24 digits, not padded with zeros at its end.
///
/// An area lies in another when its code begins with the other's. Parts of zeros in the middle are allowed: they mean
/// that the level is not there (a city without counties has townships such as `990500001`).
///
/// ```
/// use lianfang_domain::area::{AreaCode, AreaLevel};
///
/// let village: AreaCode = "990101003012".parse()?;
/// let county = village.home();
/// assert_eq!((county.as_str(), county.level()), ("990101", AreaLevel::County));
/// assert!(county.contains(&village));
/// # Ok::<(), lianfang_domain::area::AreaCodeError>(())
/// ```
///
/// Source: GB/T 2260; the 12-digit division codes for statistical use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode(pub(super) String);

impl AreaCode {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The level, which the number of digits tells.
    pub fn level(&self) -> AreaLevel {
        AreaLevel::of_digits(self.0.len()).unwrap_or(AreaLevel::Province)
    }

    /// The area directly above; none above a province. Levels that are not there (parts of zeros) are passed over.
    pub fn parent(&self) -> Option<AreaCode> {
        self.beginning(self.level().above()?)
    }

    /// The areas above, the nearest first.
    pub fn ancestors(&self) -> impl Iterator<Item = AreaCode> {
        std::iter::successors(self.parent(), AreaCode::parent)
    }

    /// The county by which records are kept together: the first six digits; the city where there are no counties
    /// (`990500001` → `9905`); the code itself for a city or province.
    pub fn home(&self) -> AreaCode {
        self.beginning(AreaLevel::County).unwrap_or_else(|| self.clone())
    }

    /// Whether the other is this area or lies in it.
    pub fn contains(&self, other: &AreaCode) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The end, itself excluded, of the range of codes in this area: `self <= code < upper_bound`. A colon sorts
    /// directly after the digit 9.
    pub fn upper_bound(&self) -> String {
        format!("{}:", self.0)
    }

    /// The area's beginning down to a level, without parts of zeros at the end.
    fn beginning(&self, level: AreaLevel) -> Option<AreaCode> {
        trimmed(self.0.get(..level.digits())?).map(|digits| AreaCode(digits.to_owned()))
    }
}

/// The digits without parts of zeros at the end; none if nothing else is there, or the length is that of no level.
pub(super) fn trimmed(digits: &str) -> Option<&str> {
    let level = AreaLevel::of_digits(digits.len())?;
    let above = level.above().map_or(0, AreaLevel::digits);
    let (higher, part) = digits.split_at(above);
    if part.bytes().all(|digit| digit == b'0') { trimmed(higher) } else { Some(digits) }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> String {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> AreaCode {
        text.parse().unwrap()
    }

    #[test]
    fn the_length_tells_the_level_and_the_beginning_the_area_above() {
        let cases = [
            ("99", AreaLevel::Province, None, "99"),
            ("9901", AreaLevel::City, Some("99"), "9901"),
            ("990101", AreaLevel::County, Some("9901"), "990101"),
            ("990101003", AreaLevel::Township, Some("990101"), "990101"),
            ("990101003012", AreaLevel::Village, Some("990101003"), "990101"),
            ("990101003012004", AreaLevel::Grid, Some("990101003012"), "990101"),
            ("990101003012004005", AreaLevel::Compound, Some("990101003012004"), "990101"),
            ("990101003012004005006", AreaLevel::Building, Some("990101003012004005"), "990101"),
            ("990101003012004005006002", AreaLevel::Door, Some("990101003012004005006"), "990101"),
        ];
        for (text, level, parent, home) in cases {
            let code = code(text);
            assert_eq!((code.level(), code.home().as_str()), (level, home), "{text}");
            assert_eq!(code.parent().as_ref().map(AreaCode::as_str), parent, "{text}");
        }
    }

    #[test]
    fn a_level_that_is_not_there_is_passed_over() {
        let township = code("990500001");
        assert_eq!(township.parent(), Some(code("9905")));
        assert_eq!(township.home(), code("9905"));
        assert_eq!(code("990101003000001").parent(), Some(code("990101003")));
    }

    #[test]
    fn an_area_contains_itself_and_what_is_below_and_nothing_beside_or_above() {
        let county = code("990101");
        for inside in ["990101", "990101003", "990101003012004"] {
            assert!(county.contains(&code(inside)), "{inside}");
        }
        for outside in ["9901", "99", "990102", "990102003", "980101003"] {
            assert!(!county.contains(&code(outside)), "{outside}");
        }
    }

    #[test]
    fn every_area_lies_in_each_of_its_ancestors_and_they_rise_to_the_province() {
        let door = code("990101003012004005006002");
        let ancestors: Vec<AreaCode> = door.ancestors().collect();
        assert_eq!(ancestors.len(), 8);
        assert!(ancestors.iter().all(|above| above.contains(&door) && !door.contains(above)));
        assert_eq!(ancestors.last(), Some(&code("99")));
    }

    #[test]
    fn a_range_scan_finds_the_same_areas_as_the_prefix_test() {
        let texts = ["99", "9901", "990101", "990101003", "990101999", "990101999999", "990102", "9902", "98"];
        let codes: Vec<AreaCode> = texts.iter().map(|text| code(text)).collect();
        for above in &codes {
            let end = above.upper_bound();
            for other in &codes {
                let in_range = above <= other && other.as_str() < end.as_str();
                assert_eq!(in_range, above.contains(other), "{above} {other}");
            }
        }
    }
}
