use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Lang;

/// Millionths in one.
const ONE: i128 = 1_000_000;
/// Digits before the point that may be typed, so that what is kept fits 64 bits.
const MOST_DIGITS: usize = 12;
const MOST_DECIMALS: usize = 6;

/// An exact decimal number, in millionths. What is typed and kept fits 64 bits; sums of millions of them fit as well.
///
/// ```
/// use lianfang_domain::indicator::Amount;
///
/// let rooms: Amount = "1,752".parse()?;
/// assert_eq!(rooms, Amount::whole(1752));
/// assert_eq!("４０．５％".parse::<Amount>()?.to_string(), "40.5");
/// # Ok::<(), lianfang_domain::indicator::NotAnAmount>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i128);

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnAmount {
    /// Something stands there that is no number: `约三千`, `1.2万`.
    NotANumber,
    /// Thousands are not grouped by three: `1,75`.
    Grouping,
    /// More digits than anything that is counted.
    TooLarge,
    /// More than six decimals.
    TooFine,
}

impl NotAnAmount {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            NotAnAmount::NotANumber => lang.pick(
                "应为数字，如 1752 或 40.5；不清楚的填“不详”，不适用的填“—”，确实没有的填 0。",
                "A number is expected, such as 1752 or 40.5; write ? for unknown, - for not applicable, 0 only for none.",
            ),
            NotAnAmount::Grouping => lang.pick(
                "千位分隔符位置不对，请写作 1,752 或 1752。",
                "The thousands are grouped wrongly; write 1,752 or 1752.",
            ),
            NotAnAmount::TooLarge => {
                lang.pick("数字过大（整数部分最多 12 位），请核对。", "The number is too large (12 digits at most); check it.")
            }
            NotAnAmount::TooFine => lang.pick("小数最多 6 位。", "At most six decimals."),
        }
    }
}

impl fmt::Display for NotAnAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words(Lang::En))
    }
}

impl std::error::Error for NotAnAmount {}

impl Amount {
    /// None at all. Not to be taken for unknown.
    pub const ZERO: Amount = Amount(0);

    /// A whole number.
    pub fn whole(n: i64) -> Amount {
        Amount(i128::from(n) * ONE)
    }

    /// The amount kept as so many millionths.
    pub fn from_millionths(millionths: i64) -> Amount {
        Amount(i128::from(millionths))
    }

    /// The amount put together again from whole ones and millionths, as databases add them up apart.
    pub fn from_parts(whole: i64, millionths: i64) -> Amount {
        Amount(i128::from(whole) * ONE + i128::from(millionths))
    }

    /// The millionths; none where they do not fit.
    pub fn millionths(self) -> Option<i64> {
        i64::try_from(self.0).ok()
    }

    /// The sum; none where it does not fit.
    #[must_use]
    pub fn plus(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).map(Amount)
    }

    /// The difference; none where it does not fit.
    #[must_use]
    pub fn minus(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    /// The product, rounded to a millionth; none where it does not fit.
    #[must_use]
    pub fn times(self, other: Amount) -> Option<Amount> {
        self.0.checked_mul(other.0).map(|product| Amount(rounded(product, ONE)))
    }

    /// The quotient, rounded to a millionth; none where it does not fit or the other is zero.
    #[must_use]
    pub fn over(self, other: Amount) -> Option<Amount> {
        let scaled = self.0.checked_mul(ONE)?;
        (other.0 != 0).then(|| Amount(rounded(scaled, other.0)))
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn up(self) -> Amount {
        Amount(self.0.div_euclid(ONE) * ONE + if self.0.rem_euclid(ONE) > 0 { ONE } else { 0 })
    }

    /// Rounded to so many decimals, halves away from zero.
    #[must_use]
    pub fn rounded_to(self, decimals: u8) -> Amount {
        let step = 10_i128.pow(u32::try_from(MOST_DECIMALS).unwrap_or(6).saturating_sub(u32::from(decimals)));
        Amount(rounded(self.0, step) * step)
    }

    /// How many decimals it has.
    pub fn decimals(self) -> usize {
        (0..=MOST_DECIMALS).find(|&n| self.rounded_to(u8::try_from(n).unwrap_or(6)) == self).unwrap_or(MOST_DECIMALS)
    }

    /// For drawing only: positions on a chart.
    pub fn approximately(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Rounded, with thousands grouped: `1,752`, `40.50`.
    pub fn grouped(self, decimals: u8) -> String {
        let plain = self.rounded_to(decimals).to_string();
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let width = usize::from(decimals).min(MOST_DECIMALS);
        let fraction = if width == 0 { String::new() } else { format!(".{fraction:0<width$}") };
        format!("{sign}{grouped}{fraction}")
    }
}

/// Divided, halves away from zero.
fn rounded(n: i128, by: i128) -> i128 {
    let (quotient, rest) = (n / by, n % by);
    let away = if (n < 0) == (by < 0) { 1 } else { -1 };
    if rest.unsigned_abs() >= by.unsigned_abs().div_ceil(2) { quotient + away } else { quotient }
}

impl fmt::Display for Amount {
    /// Plain digits without needless zeros: `1752`, `-40.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) =
            (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs() % ONE.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = format!("{fraction:06}");
        match fraction.trim_end_matches('0') {
            "" => f.pad(&format!("{sign}{whole}")),
            fraction => f.pad(&format!("{sign}{whole}.{fraction}")),
        }
    }
}

/// Full-width digits and signs as half-width ones.
pub(super) fn half_width(text: &str) -> String {
    let one = |c: char| match c {
        '０'..='９' | '．' | '，' | '％' | '－' | '＋' | '？' | '＊' | '（' | '）' | '／' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        '−' => '-',
        _ => c,
    };
    text.chars().map(one).collect()
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    /// Reads what people type: full-width digits, thousands grouped by commas, a percent sign at the end.
    fn from_str(text: &str) -> Result<Amount, NotAnAmount> {
        let text = half_width(text.trim());
        let text = text.strip_suffix('%').map_or(text.as_str(), str::trim_end);
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = ungrouped(whole)?;
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(&plain) || !all_digits(fraction) {
            return Err(NotAnAmount::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if plain.trim_start_matches('0').len() > MOST_DIGITS {
            return Err(NotAnAmount::TooLarge);
        }
        if fraction.len() > MOST_DECIMALS {
            return Err(NotAnAmount::TooFine);
        }
        let digits = format!("{}{fraction:0<MOST_DECIMALS$}", plain.trim_start_matches('0'));
        digits.parse::<i128>().map(|millionths| Amount(sign * millionths)).map_err(|_| NotAnAmount::NotANumber)
    }
}

/// The digits without commas, which must stand before groups of three.
fn ungrouped(whole: &str) -> Result<String, NotAnAmount> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    if !rest.is_empty() && (first.is_empty() || first.len() > 3 || rest.iter().any(|group| group.len() != 3)) {
        return Err(NotAnAmount::Grouping);
    }
    Ok(format!("{first}{}", rest.concat()))
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Amount, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_and_what_is_no_number_is_refused() {
        let cases = [
            ("0", "0"),
            ("1752", "1752"),
            ("１７５２", "1752"),
            ("1,752", "1752"),
            ("1，234，567.50", "1234567.5"),
            (" 40% ", "40"),
            ("−3.25", "-3.25"),
            ("007", "7"),
            ("0.000001", "0.000001"),
        ];
        for (typed, shown) in cases {
            assert_eq!(typed.parse::<Amount>().map(|amount| amount.to_string()), Ok(shown.to_owned()), "{typed}");
        }
        let refused = [
            ("约三千", NotAnAmount::NotANumber),
            ("1.2万", NotAnAmount::NotANumber),
            ("", NotAnAmount::NotANumber),
            ("-", NotAnAmount::NotANumber),
            ("1 752", NotAnAmount::NotANumber),
            ("1e5", NotAnAmount::NotANumber),
            ("1,75", NotAnAmount::Grouping),
            (",752", NotAnAmount::Grouping),
            ("1234567890123", NotAnAmount::TooLarge),
            ("0.0000001", NotAnAmount::TooFine),
        ];
        for (typed, why) in refused {
            assert_eq!(typed.parse::<Amount>(), Err(why), "{typed}");
        }
    }

    #[test]
    fn arithmetic_is_exact_and_rounds_halves_away_from_zero() {
        let amount = |text: &str| text.parse::<Amount>().unwrap();
        assert_eq!(amount("0.1").plus(amount("0.2")), Some(amount("0.3")));
        assert_eq!(amount("1").over(amount("3")), Some(amount("0.333333")));
        assert_eq!(amount("2").over(amount("3")), Some(amount("0.666667")));
        assert_eq!(amount("-2").over(amount("3")), Some(amount("-0.666667")));
        assert_eq!(amount("5").over(Amount::ZERO), None);
        assert_eq!(amount("43.8").times(amount("40")), Some(amount("1752")));
        assert_eq!(
            (amount("2.1").up(), amount("-2.1").up(), amount("2").up()),
            (amount("3"), amount("-2"), amount("2"))
        );
        assert_eq!((amount("1234.567").grouped(1), amount("-1752").grouped(0)), ("1,234.6".into(), "-1,752".into()));
        assert_eq!((amount("0.5").grouped(2), amount("12.5").decimals()), ("0.50".into(), 1));
    }
}
