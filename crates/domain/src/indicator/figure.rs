use serde::{Deserialize, Serialize};

use super::amount::half_width;
use super::{Amount, NotAnAmount};
use crate::Lang;

/// What is known of a figure. These are four different things, and none of them turns into another on its way through
/// sums, formulas and files. That nobody has reported is not a figure at all: it is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "state", content = "amount", rename_all = "snake_case")]
pub enum Figure {
    /// So many; zero means that there are none.
    Known(Amount),
    /// 不详: reported as not known.
    Unknown,
    /// 隐去: it is known, but not to be told here.
    Redacted,
    /// 不适用: there is nothing to count here.
    NotApplicable,
}

/// The signs by which figures without an amount are typed, and those that are written.
const UNKNOWN: [&str; 6] = ["不详", "未知", "不清楚", "?", "unknown", "??"];
const REDACTED: [&str; 5] = ["*", "**", "***", "隐去", "redacted"];
const NOT_APPLICABLE: [&str; 8] = ["不适用", "—", "——", "-", "–", "/", "n/a", "not applicable"];

impl Figure {
    /// Reads what was typed or stands in a cell. Nothing typed is nothing reported, never zero.
    ///
    /// # Errors
    /// [`NotAnAmount`] says what is wrong with anything else.
    pub fn parse(text: &str) -> Result<Option<Figure>, NotAnAmount> {
        let plain = half_width(text.trim()).to_lowercase();
        let is = |signs: &[&str]| signs.contains(&plain.as_str());
        Ok(Some(match plain.as_str() {
            "" => return Ok(None),
            _ if is(&UNKNOWN) => Figure::Unknown,
            _ if is(&REDACTED) => Figure::Redacted,
            _ if is(&NOT_APPLICABLE) => Figure::NotApplicable,
            _ => Figure::Known(text.parse()?),
        }))
    }

    /// The text of its state, which is kept.
    pub fn state(self) -> &'static str {
        match self {
            Figure::Known(_) => "known",
            Figure::Unknown => "unknown",
            Figure::Redacted => "redacted",
            Figure::NotApplicable => "not_applicable",
        }
    }

    /// The figure of a state and, where it is known, an amount.
    pub fn from_state(state: &str, amount: Option<Amount>) -> Option<Figure> {
        match (state, amount) {
            ("known", Some(amount)) => Some(Figure::Known(amount)),
            ("unknown", None) => Some(Figure::Unknown),
            ("redacted", None) => Some(Figure::Redacted),
            ("not_applicable", None) => Some(Figure::NotApplicable),
            _ => None,
        }
    }

    /// The amount, where it is known.
    pub fn amount(self) -> Option<Amount> {
        match self {
            Figure::Known(amount) => Some(amount),
            Figure::Unknown | Figure::Redacted | Figure::NotApplicable => None,
        }
    }

    /// As it is shown: `1,752`, `不详`, `隐去`, `不适用`.
    pub fn words(self, decimals: u8, lang: Lang) -> String {
        match self {
            Figure::Known(amount) => amount.grouped(decimals),
            Figure::Unknown => lang.pick("不详", "unknown").to_owned(),
            Figure::Redacted => lang.pick("隐去", "redacted").to_owned(),
            Figure::NotApplicable => lang.pick("不适用", "not applicable").to_owned(),
        }
    }

    /// As it stands in a cell or form so that it is read again as the same: `1752`, `不详`, `*`, `—`.
    pub fn typed(self) -> String {
        match self {
            Figure::Known(amount) => amount.to_string(),
            Figure::Unknown => UNKNOWN[0].to_owned(),
            Figure::Redacted => REDACTED[0].to_owned(),
            Figure::NotApplicable => NOT_APPLICABLE[1].to_owned(),
        }
    }
}

/// A figure in words, or that nobody has reported one.
pub fn figure_words(figure: Option<Figure>, decimals: u8, lang: Lang) -> String {
    figure.map_or_else(|| lang.pick("未报", "not reported").to_owned(), |figure| figure.words(decimals, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_kinds_and_nothing_are_told_apart() {
        let known = |n| Ok(Some(Figure::Known(Amount::whole(n))));
        let cases = [
            ("", Ok(None)),
            ("  ", Ok(None)),
            ("0", known(0)),
            ("０", known(0)),
            ("12", known(12)),
            ("不详", Ok(Some(Figure::Unknown))),
            ("？", Ok(Some(Figure::Unknown))),
            ("Unknown", Ok(Some(Figure::Unknown))),
            ("*", Ok(Some(Figure::Redacted))),
            ("＊", Ok(Some(Figure::Redacted))),
            ("—", Ok(Some(Figure::NotApplicable))),
            ("不适用", Ok(Some(Figure::NotApplicable))),
            ("N/A", Ok(Some(Figure::NotApplicable))),
            ("若干", Err(NotAnAmount::NotANumber)),
        ];
        for (typed, figure) in cases {
            assert_eq!(Figure::parse(typed), figure, "{typed}");
        }
    }

    #[test]
    fn no_word_of_a_missing_figure_can_be_taken_for_zero() {
        for figure in [Figure::Unknown, Figure::Redacted, Figure::NotApplicable] {
            for lang in [Lang::Zh, Lang::En] {
                let shown = figure.words(0, lang);
                assert!(!shown.is_empty() && !shown.contains('0'), "{shown}");
            }
            assert_eq!(Figure::parse(&figure.typed()), Ok(Some(figure)));
        }
        assert_eq!(Figure::from_state("known", None), None);
        assert_eq!(Figure::from_state("unknown", Some(Amount::ZERO)), None);
    }
}
