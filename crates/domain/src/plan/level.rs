use serde::{Deserialize, Serialize};

use super::{Member, Source, Text};

/// A response level or event grade, Ⅰ the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ResponseLevel {
    /// Ⅰ, red, 特别重大.
    I,
    /// Ⅱ, orange, 重大.
    #[serde(rename = "II")]
    Ii,
    /// Ⅲ, yellow, 较大.
    #[serde(rename = "III")]
    Iii,
    /// Ⅳ, blue, 一般.
    #[serde(rename = "IV")]
    Iv,
}

impl ResponseLevel {
    /// All four, gravest first.
    pub const ALL: [ResponseLevel; 4] = [ResponseLevel::I, ResponseLevel::Ii, ResponseLevel::Iii, ResponseLevel::Iv];

    /// 1 for Ⅰ … 4 for Ⅳ.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// From 1–4.
    pub fn from_number(n: u32) -> Option<ResponseLevel> {
        Self::ALL.into_iter().find(|level| u32::from(level.number()) == n)
    }

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        ["I", "II", "III", "IV"][self as usize]
    }

    /// The level of a code.
    pub fn from_code(code: &str) -> Option<ResponseLevel> {
        ResponseLevel::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The numeral shown to people.
    pub fn numeral(self) -> &'static str {
        ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"][self as usize]
    }

    /// The next lower level.
    pub fn lower(self) -> Option<ResponseLevel> {
        Self::from_number(u32::from(self.number()) + 1)
    }
}

/// How several conditions combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConditionMode {
    /// 有下列情形之一.
    Any,
    /// 同时满足.
    All,
    /// The text does not say.
    #[default]
    Unstated,
}

/// One condition of a level or grade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// Number as written.
    pub number: Option<String>,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// One measure of a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Measure {
    /// Number as written.
    pub number: Option<String>,
    /// The heading it stands under inside its level, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
    /// The words.
    pub text: String,
    /// Units that the measure itself names as its subject.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// Where.
    pub source: Source,
}

/// A response level: its criteria and its measures, joined from wherever they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Level {
    /// Which.
    pub level: ResponseLevel,
    /// Its names in the document (`四级应急响应`).
    pub names: Vec<String>,
    /// 有下列情形之一 or 同时满足.
    pub criteria_mode: ConditionMode,
    /// When it applies.
    pub criteria: Vec<Criterion>,
    /// The level whose measures it includes (`在做好四级响应工作的基础上`).
    pub includes: Option<ResponseLevel>,
    /// What is done.
    pub measures: Vec<Measure>,
    /// Tiers of experts that must review it, lowest first (`区`, `市`, `省`, `国家`).
    pub review_chain: Vec<String>,
    /// Who decides or starts it, if the plan says so for this level.
    pub decided_by: Vec<String>,
    /// Since when it is active, in a plan that activates it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_from: Option<super::PartialDate>,
    /// Where: the headings.
    pub sources: Vec<Source>,
}

/// An event grade 事件分级 (特别重大…一般). Not the same as a response level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventGrade {
    /// Which.
    pub grade: ResponseLevel,
    /// Name as written.
    pub name: String,
    /// 有下列情形之一 or 同时满足.
    pub criteria_mode: ConditionMode,
    /// When it applies.
    pub criteria: Vec<Criterion>,
    /// Where.
    pub source: Source,
}

/// What must be assessed before a level is lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LoweringNeed {
    /// 疫情的发展趋势.
    Trend,
    /// 防控实际效果的评估.
    EffectAssessment,
}

/// How the response ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Termination {
    /// Whether all conditions must hold.
    pub mode: ConditionMode,
    /// The conditions.
    pub conditions: Vec<Criterion>,
    /// What happens afterwards.
    pub afterwards: Vec<Text>,
}

/// How a level is started, changed and ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelProcedure {
    /// Who proposes.
    pub proposes: Vec<Member>,
    /// Who may approve; either is enough where the plan says 或.
    pub approves: Vec<Member>,
    /// With whom it is filed.
    pub files_with: Vec<Member>,
    /// Factors of the assessment.
    pub assessment_factors: Vec<Text>,
    /// Whether raising may skip levels; absent if unsaid.
    pub jump_up: Option<bool>,
    /// Whether lowering may skip levels; absent if unsaid.
    pub jump_down: Option<bool>,
    /// What the text says on raising.
    pub raising: Vec<Text>,
    /// What the text says on lowering.
    pub lowering: Vec<Text>,
    /// What lowering needs.
    pub lowering_needs: Vec<LoweringNeed>,
    /// How it ends.
    pub termination: Termination,
}

impl LevelProcedure {
    /// Whether the plan says nothing about it.
    pub fn is_empty(&self) -> bool {
        *self == LevelProcedure::default()
    }
}

/// Measures that belong to no level: preparedness, safeguards, recovery, general response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeasureSet {
    /// The section's heading.
    pub title: String,
    /// What kind of section.
    pub kind: super::SectionKind,
    /// The measures.
    pub items: Vec<Measure>,
    /// Where: the heading.
    pub source: Source,
}
