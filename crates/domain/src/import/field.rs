use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Lang;

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// 必填.
    Required,
    /// 选填.
    #[default]
    Optional,
}

/// One of the values a field may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The text that is kept.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// How else it is written.
    pub synonyms: Vec<String>,
}

/// What may stand in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// Any text.
    Text {
        /// At most so many characters.
        most: usize,
    },
    /// The code of an area, filled up with zeros or not.
    AreaCode,
    /// A whole number.
    WholeNumber {
        /// At least.
        least: i64,
        /// At most.
        most: i64,
    },
    /// A day.
    Date {
        /// Not before; whoever makes the field knows what would be absurd.
        earliest: Date,
        /// Not after.
        latest: Date,
    },
    /// One telephone number.
    Phone,
    /// The name of a unit.
    UnitName {
        /// At most so many characters.
        most: usize,
    },
    /// Several names, separated by `、`, `；` or a line break.
    Names {
        /// Each at most so many characters.
        most: usize,
    },
    /// One of several values.
    Choice {
        /// The values.
        options: Vec<ChoiceOption>,
    },
    /// A column that is known and not needed: it may be there, is neither checked nor stored.
    Ignored,
}

/// A column of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name inside the program; it stays when headers change.
    pub key: String,
    /// The header in Chinese.
    pub zh: String,
    /// The header in English.
    pub en: String,
    /// How else the header is written.
    pub synonyms: Vec<String>,
    /// Whether it must be filled.
    pub need: Need,
    /// What may stand in it.
    pub kind: FieldKind,
}

impl Field {
    /// A field that may be left empty.
    pub fn new(key: &str, zh: &str, en: &str, kind: FieldKind) -> Field {
        Field {
            key: key.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            synonyms: Vec::new(),
            need: Need::Optional,
            kind,
        }
    }

    /// The field, to be filled.
    #[must_use]
    pub fn required(self) -> Field {
        Field { need: Need::Required, ..self }
    }

    /// The field with other headers under which it is known.
    #[must_use]
    pub fn or_called(mut self, synonyms: &[&str]) -> Field {
        self.synonyms.extend(synonyms.iter().map(|synonym| (*synonym).to_owned()));
        self
    }

    /// The header in one language.
    pub fn label(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}
