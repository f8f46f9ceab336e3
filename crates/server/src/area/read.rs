use jiff::civil::Date;
use lianfang_domain::{Lang, area::PopulationFrom};

use super::words::AreaWords;
use crate::form::FormErrors;

/// More people than the country has are a slip of the finger.
const MOST_PEOPLE: u64 = 2_000_000_000;

/// Reads the fields of a form on areas, collecting what is wrong.
pub(super) struct Typed {
    t: AreaWords,
    pub(super) errors: FormErrors,
}

impl Typed {
    pub(super) fn new(lang: Lang) -> Typed {
        Typed { t: AreaWords(lang), errors: FormErrors::default() }
    }

    pub(super) fn name(&mut self, field: &'static str, text: &str) -> Option<String> {
        let text = text.trim();
        match text.chars().count() {
            0 => self.errors.add(field, self.t.needed()),
            1..=80 => return Some(text.to_owned()),
            _ => self.errors.add(field, self.t.too_long()),
        }
        None
    }

    pub(super) fn short(&mut self, field: &'static str, text: &str) -> Option<String> {
        let text = text.trim();
        if text.chars().count() > 80 {
            self.errors.add(field, self.t.too_long());
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn date(&mut self, field: &'static str, text: &str) -> Option<Date> {
        match text.trim().parse::<Date>() {
            Err(_) => self.errors.add(field, self.t.date_bad()),
            Ok(date) if !(1949..=2100).contains(&date.year()) => self.errors.add(field, self.t.date_far()),
            Ok(date) => return Some(date),
        }
        None
    }

    /// A number of people; none where nothing was typed.
    fn people(&mut self, field: &'static str, text: &str) -> Option<u64> {
        let digits: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        if digits.is_empty() {
            return None;
        }
        match digits.parse::<u64>() {
            Err(_) => self.errors.add(field, self.t.number_bad()),
            Ok(n) if n > MOST_PEOPLE => self.errors.add(field, self.t.number_big()),
            Ok(n) => return Some(n),
        }
        None
    }
}

/// The count that was typed; none where no figure was.
pub(super) fn count_of(typed: &mut Typed, n: &str, on: &str, source: &str) -> Option<PopulationFrom> {
    let n = typed.people("population", n)?;
    let source = typed.short("source", source).unwrap_or_default();
    let on = typed.date("counted_on", on)?;
    Some(PopulationFrom { on, n: Some(n), source })
}
