use jiff::civil::Date;
use lianfang_domain::{
    Lang,
    area::AreaCode,
    post::{PhoneFault, PhoneNumber},
};

use super::words::UnitWords;
use crate::form::FormErrors;

/// The longest name that is taken.
const LONGEST: usize = 80;

/// Reads the fields of a form on units and posts, collecting what is wrong.
pub(crate) struct Typed {
    lang: Lang,
    t: UnitWords,
    pub(crate) errors: FormErrors,
}

impl Typed {
    pub(crate) fn new(lang: Lang) -> Typed {
        Typed { lang, t: UnitWords(lang), errors: FormErrors::default() }
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, field: &'static str, text: &str) -> Option<String> {
        let text = text.trim();
        match text.chars().count() {
            0 => self.errors.add(field, self.t.needed()),
            1..=LONGEST => return Some(text.to_owned()),
            _ => self.errors.add(field, self.t.too_long()),
        }
        None
    }

    /// A telephone number; none where nothing was typed.
    pub(crate) fn phone(&mut self, field: &'static str, text: &str) -> Option<PhoneNumber> {
        match text.parse::<PhoneNumber>() {
            Ok(number) => Some(number),
            Err(PhoneFault::Empty) => None,
            Err(fault) => {
                self.errors.add(field, fault.message(self.lang));
                None
            }
        }
    }

    /// A civil date that must be there.
    pub(crate) fn date(&mut self, field: &'static str, text: &str) -> Option<Date> {
        match text.trim().parse::<Date>() {
            Err(_) => self.errors.add(field, self.t.date_bad()),
            Ok(date) if !(1949..=2100).contains(&date.year()) => self.errors.add(field, self.t.date_far()),
            Ok(date) => return Some(date),
        }
        None
    }

    /// A civil date; none where nothing was typed.
    pub(crate) fn maybe_date(&mut self, field: &'static str, text: &str) -> Option<Date> {
        if text.trim().is_empty() { None } else { self.date(field, text) }
    }

    /// The code of an area.
    pub(crate) fn area(&mut self, field: &'static str, text: &str) -> Option<AreaCode> {
        if text.trim().is_empty() {
            self.errors.add(field, self.t.needed());
            return None;
        }
        let code = AreaCode::parse_padded(text.trim());
        code.map_err(|fault| self.errors.add(field, fault.message(self.lang))).ok()
    }
}
