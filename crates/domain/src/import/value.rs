use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::unit::normal_name;
use crate::{area::AreaCode, post::PhoneNumber};

/// What a cell holds once it is read. An empty cell has no value: unknown is not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A text or a name.
    Text(String),
    /// The code of an area.
    Area(AreaCode),
    /// A whole number.
    Number(i64),
    /// A day.
    Date(Date),
    /// A telephone number.
    Phone(PhoneNumber),
    /// The code of a choice.
    Choice(String),
    /// Several names.
    Names(Vec<String>),
}

impl Value {
    /// The value as it is compared: names that differ only by the keyboard are the same.
    pub(super) fn normal(&self) -> String {
        match self {
            Value::Text(text) | Value::Choice(text) => normal_name(text),
            Value::Area(code) => code.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Phone(phone) => phone.to_string(),
            Value::Names(names) => names.iter().map(|name| normal_name(name)).collect::<Vec<_>>().join("、"),
        }
    }
}
