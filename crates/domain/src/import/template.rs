use serde::{Deserialize, Serialize};

use super::{Field, Need};
use crate::Lang;

/// A field that must be filled where another is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requires {
    /// The key of the other.
    pub when: String,
    /// The key of the one that must then be filled.
    pub then: String,
}

/// What a table to be imported consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTemplate {
    /// What is imported, in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The fields, in the order of the empty form.
    pub fields: Vec<Field>,
    /// Keys of the fields by which two rows are about the same thing. The first of them must have a value.
    pub same_by: Vec<String>,
    /// Groups of keys; of each at least one must be filled.
    pub one_of: Vec<Vec<String>>,
    /// Fields that must be filled where another is.
    pub requires: Vec<Requires>,
}

impl ImportTemplate {
    /// What is imported, in one language.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// A field by its key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Fields that must be filled in every row.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.need == Need::Required)
    }

    /// The headers of an empty form.
    pub fn header(&self, lang: Lang) -> Vec<String> {
        self.fields.iter().map(|field| field.label(lang).to_owned()).collect()
    }

    /// Headers of fields in both languages.
    pub(super) fn labels(&self, keys: &[String]) -> (Vec<String>, Vec<String>) {
        keys.iter().filter_map(|key| self.field(key)).map(|field| (field.zh.clone(), field.en.clone())).unzip()
    }
}
