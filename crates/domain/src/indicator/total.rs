use super::{Amount, Figure};
use crate::Lang;

/// A sum that knows what is missing from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of what is known: a lower bound when something is missing and nothing can be negative.
    pub known: Amount,
    /// How many parts are known.
    pub n_known: u64,
    /// How many were reported as not known.
    pub n_unknown: u64,
    /// How many are not to be told.
    pub n_redacted: u64,
    /// How many have nothing to count. They are left out, and nothing is missing by that.
    pub n_not_applicable: u64,
    /// How many have not reported.
    pub n_not_reported: u64,
}

impl Total {
    /// Adds a part; none is one that has not reported.
    pub fn add(&mut self, part: Option<Figure>) {
        match part {
            Some(Figure::Known(amount)) => {
                // Amounts that are kept have 64 bits; 2^63 of them fit.
                self.known = self.known.plus(amount).unwrap_or(self.known);
                self.n_known += 1;
            }
            Some(Figure::Unknown) => self.n_unknown += 1,
            Some(Figure::Redacted) => self.n_redacted += 1,
            Some(Figure::NotApplicable) => self.n_not_applicable += 1,
            None => self.n_not_reported += 1,
        }
    }

    /// Adds another sum with what is missing from it.
    pub fn merge(&mut self, other: &Total) {
        self.known = self.known.plus(other.known).unwrap_or(self.known);
        self.n_known += other.n_known;
        self.n_unknown += other.n_unknown;
        self.n_redacted += other.n_redacted;
        self.n_not_applicable += other.n_not_applicable;
        self.n_not_reported += other.n_not_reported;
    }

    /// How many parts are missing.
    pub fn n_missing(&self) -> u64 {
        self.n_unknown + self.n_redacted + self.n_not_reported
    }

    /// How many parts there are.
    pub fn n_parts(&self) -> u64 {
        self.n_known + self.n_not_applicable + self.n_missing()
    }

    /// Whether nothing is missing. A sum of no parts is not complete: nothing is known of it.
    pub fn is_complete(&self) -> bool {
        self.n_missing() == 0 && self.n_parts() > 0
    }

    /// The sum as a figure: known only if nothing is missing, not applicable if there is nothing to count anywhere.
    /// None if nobody has reported.
    pub fn figure(&self) -> Option<Figure> {
        if self.n_parts() == self.n_not_reported {
            return None;
        }
        Some(match self {
            Total { n_unknown: 0, n_redacted: 0, n_not_reported: 0, n_known: 0, .. } => Figure::NotApplicable,
            Total { n_unknown: 0, n_redacted: 0, n_not_reported: 0, .. } => Figure::Known(self.known),
            Total { n_unknown: 0, n_not_reported: 0, .. } => Figure::Redacted,
            _ => Figure::Unknown,
        })
    }

    /// `1,752`; `至少 123（缺 2 个：1 未报，1 不详）`; `不适用`; `未报`.
    pub fn words(&self, decimals: u8, lang: Lang) -> String {
        let known = self.known.grouped(decimals);
        if self.n_known == 0 {
            let nothing = super::figure_words(self.figure(), decimals, lang);
            return if self.n_missing() > 1 { format!("{nothing}{}", self.missing_words(lang)) } else { nothing };
        }
        if self.is_complete() {
            return known;
        }
        // With negative parts what is known bounds nothing, and the words for a part of a sum hold for both.
        format!("{}{}", lang.pick(format!("至少 {known}"), format!("at least {known}")), self.missing_words(lang))
    }

    /// `（缺 3 个：2 未报，1 不详）`; empty when nothing is missing.
    pub fn missing_words(&self, lang: Lang) -> String {
        if self.n_missing() == 0 {
            return String::new();
        }
        let kinds = [
            (self.n_not_reported, lang.pick("未报", "not reported")),
            (self.n_unknown, lang.pick("不详", "unknown")),
            (self.n_redacted, lang.pick("隐去", "redacted")),
        ];
        let kinds: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
        let n = self.n_missing();
        lang.pick(format!("（缺 {n} 个：{}）", kinds.join("，")), format!(" ({n} missing: {})", kinds.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(parts: &[Option<Figure>]) -> Total {
        let mut total = Total::default();
        parts.iter().for_each(|part| total.add(*part));
        total
    }

    fn known(n: i64) -> Option<Figure> {
        Some(Figure::Known(Amount::whole(n)))
    }

    #[test]
    fn a_sum_is_known_only_if_no_part_is_missing() {
        assert_eq!(total(&[known(710), known(1042)]).figure(), known(1752));
        assert_eq!(total(&[known(710), Some(Figure::NotApplicable)]).figure(), known(710));
        assert_eq!(total(&[known(710), Some(Figure::Unknown)]).figure(), Some(Figure::Unknown));
        assert_eq!(total(&[known(710), Some(Figure::Redacted)]).figure(), Some(Figure::Redacted));
        assert_eq!(total(&[known(710), None]).figure(), Some(Figure::Unknown));
        assert_eq!(total(&[Some(Figure::NotApplicable)]).figure(), Some(Figure::NotApplicable));
        assert_eq!(total(&[None, None]).figure(), None);
        assert_eq!(total(&[]).figure(), None);
        assert_eq!(total(&[known(0)]).figure(), known(0));
    }

    #[test]
    fn what_is_missing_is_said_beside_what_is_known() {
        let one = total(&[known(123), None, Some(Figure::Unknown), Some(Figure::NotApplicable)]);
        assert_eq!(one.words(0, Lang::Zh), "至少 123（缺 2 个：1 未报，1 不详）");
        assert_eq!(one.words(0, Lang::En), "at least 123 (2 missing: 1 not reported, 1 unknown)");
        assert_eq!(total(&[None, None]).words(0, Lang::Zh), "未报（缺 2 个：2 未报）");
        assert_eq!(total(&[known(0)]).words(0, Lang::Zh), "0");
    }
}
