use serde::{Deserialize, Serialize};

use super::{Number, Source};

/// How the number bounds the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparator {
    /// 不少于、不低于、至少、达到…以上.
    #[serde(rename = "≥")]
    AtLeast,
    /// 不超过、不高于、以内.
    #[serde(rename = "≤")]
    AtMost,
    /// 超过、大于.
    #[serde(rename = ">")]
    Above,
    /// 少于、以下、低于.
    #[serde(rename = "<")]
    Below,
    /// A plain figure.
    #[serde(rename = "=")]
    Exactly,
    /// 约、左右.
    #[serde(rename = "≈")]
    About,
    /// 每增加…增配: so many more for each step.
    #[serde(rename = "+")]
    Increment,
    /// The number itself is lost or redacted.
    #[serde(rename = "?")]
    Unknown,
}

impl Comparator {
    /// The sign shown to people.
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::AtLeast => "≥",
            Comparator::AtMost => "≤",
            Comparator::Above => ">",
            Comparator::Below => "<",
            Comparator::Exactly => "=",
            Comparator::About => "≈",
            Comparator::Increment => "+",
            Comparator::Unknown => "?",
        }
    }
}

/// What the number does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuantityRole {
    /// Something to reach or to keep.
    Target,
    /// Says when or to what another number applies (`100张床位以下的医院`).
    Condition,
    /// Part of a criterion of a level or grade.
    Threshold,
    /// A plain statement.
    Fact,
}

/// The base of a ratio: `per 10000 人`, `per 100 人` (or a range, `per 150–200 张`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Per {
    /// How many.
    pub value: Number,
    /// Upper end where the base is a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
    /// Of what.
    pub unit: String,
}

/// A number the plan states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quantity {
    /// How it bounds.
    pub comparator: Comparator,
    /// The number; absent when it is lost or redacted. Unknown is not zero.
    pub value: Option<Number>,
    /// Upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
    /// Unit as written: `台`, `人`, `%`, `小时`, `倍`.
    pub unit: String,
    /// Base of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
    /// Of what, as the clause says it.
    pub subject: String,
    /// Whose, where the clause names an area or unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<String>,
    /// What the number does.
    pub role: QuantityRole,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// A list with a name that counts it: 十同, 四个查清, 三类人员.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NamedList {
    /// Its name.
    pub name: String,
    /// The number in its name.
    pub stated: Option<u32>,
    /// Its members, in order.
    pub items: Vec<String>,
    /// Where.
    pub source: Source,
}
