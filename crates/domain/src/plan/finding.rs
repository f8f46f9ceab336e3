use serde::{Deserialize, Serialize};

use crate::Lang;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The document contradicts itself or states the impossible.
    Error,
    /// Very likely a mistake in the document.
    Warning,
    /// Only the author can say.
    Question,
    /// Worth knowing; also every repair.
    Note,
}

/// What was found. Documented with examples in `docs/guides/findings.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// A number of a list is missing.
    NumberGap,
    /// A number of a list is used twice.
    NumberRepeated,
    /// Headings among numbered ones have lost their number.
    NumberLost,
    /// A number is written in another style than its neighbours.
    NumberStyle,
    /// A date is damaged.
    DateDamaged,
    /// A date does not exist.
    DateImpossible,
    /// A date or phase has no year and the document's own date does not settle it.
    YearMissing,
    /// Two year ranges of the document disagree.
    YearsDisagree,
    /// The document number is damaged.
    DocumentNumberDamaged,
    /// A unit has duties but is not a member.
    DutyWithoutMembership,
    /// A lead unit has no duty of its own.
    LeadWithoutDuty,
    /// A group has neither leader nor unit, or no duty.
    GroupIncomplete,
    /// A group is named where it acts but never defined.
    GroupUndefined,
    /// A group is listed and never described, or described and not in the list.
    GroupListMismatch,
    /// A body is said not to be set up yet.
    NotYetSetUp,
    /// A level has criteria but no measures.
    LevelWithoutMeasures,
    /// A level has measures but no criteria.
    LevelWithoutCriteria,
    /// A level of the four is missing.
    LevelMissing,
    /// A level heading has lost its numeral.
    LevelNumeralLost,
    /// Parts do not add up to the stated sum.
    SumMismatch,
    /// A percentage over 100.
    PercentageOver100,
    /// Parts of a whole add up to more than 100 %.
    SharesOver100,
    /// A stated count differs from what is listed.
    CountMismatch,
    /// A deadline lies before the day of reading.
    DeadlinePast,
    /// A task has a deadline in its text besides the one in its bracket.
    DeadlineTwice,
    /// A task has no responsible unit.
    TaskWithoutUnit,
    /// A task has no deadline while its neighbours have.
    TaskWithoutDeadline,
    /// One telephone number serves several bodies.
    PhoneShared,
    /// One person leads several groups.
    LeaderOfSeveral,
    /// A number is lost from the text.
    NumberMissing,
    /// A name or figure is redacted: unknown, not empty and not zero.
    Redacted,
    /// A list is sent separately.
    SentSeparately,
    /// A word looks doubled.
    WordDoubled,
    /// The text ends in the middle.
    EndsEarly,
    /// The text was repaired.
    Repaired,
    /// A phrase that closes every duty list is tagged, not made a task.
    BoilerplateDuty,
    /// The document is a report, not a plan.
    NotAPlan,
    /// Several documents were found in the file.
    SeveralDocuments,
    /// Nothing that a plan is made of was found.
    NothingFound,
    /// Something about how the file was decoded.
    Input,
}

/// Where a finding stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Index of the plan in the file.
    pub plan: u32,
    /// Line in the original document, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The words there.
    pub quote: String,
}

/// Something doubtful, with what to ask the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is the matter, in Chinese.
    pub message_zh: String,
    /// What is the matter, in English.
    pub message_en: String,
    /// What to ask the author, in Chinese; empty where there is nothing to ask.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question_zh: String,
    /// What to ask the author, in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question_en: String,
}

impl Finding {
    /// The message in one language.
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.message_zh, &self.message_en)
    }

    /// The question in one language; empty where there is nothing to ask.
    pub fn question(&self, lang: Lang) -> &str {
        lang.pick(&self.question_zh, &self.question_en)
    }
}
