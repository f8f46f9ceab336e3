use serde::{Deserialize, Serialize};

/// A range of UTF-8 byte offsets into the plan's normalised text (`Plan::text`), end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The piece of `text` that this span names; empty if it does not fit.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// How sure the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The document says it in so many words.
    #[default]
    Certain,
    /// Read by a rule that holds in nearly all plans, such as a prefix inherited from the unit before.
    Likely,
    /// One of several readings; a person should look.
    Doubtful,
}

/// The reading rule that produced an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The main title line or lines.
    TitleLine,
    /// A document number such as `青卫发〔2026〕12号`.
    DocumentNumber,
    /// A line that names the issuer.
    IssuerLine,
    /// A date standing on a line of its own, or in a metadata table.
    DateLine,
    /// The addressee line of a notice, ended by a colon.
    AddresseeLine,
    /// A title in 《》 in the part on legal basis.
    BookTitle,
    /// A section recognised by its heading.
    SectionHeading,
    /// A numbered item of a list.
    NumberedItem,
    /// A sentence or clause of an unnumbered paragraph.
    Sentence,
    /// A heading that names a group.
    GroupHeading,
    /// A labelled line such as `组长：…` or `成员单位：…`.
    LabelledLine,
    /// Prose such as `由…牵头,…任组长,…为成员单位`.
    LeadershipSentence,
    /// A row of a table.
    TableRow,
    /// A list of groups such as `下设综合协调组、…`.
    GroupList,
    /// A responsibility bracket such as `(市卫健委、市财政局负责,2027年年底前完成)`.
    ResponsibilityBracket,
    /// A responsibility line such as `责任单位：…`.
    ResponsibilityLine,
    /// A unit named at the start of a duty.
    SubjectUnit,
    /// A heading that names a response level.
    LevelHeading,
    /// A sentence that names a response level and what it means.
    LevelSentence,
    /// A phrase such as `在做好四级响应工作的基础上`.
    InclusionPhrase,
    /// A sentence on proposing, reviewing, approving or filing a level.
    ProcedureSentence,
    /// A date or range of dates.
    DatePhrase,
    /// A duration, time of day or frequency.
    TimePhrase,
    /// A number with comparator and unit.
    QuantityPhrase,
    /// A named list such as `“十同”(同住、同餐…)`.
    NamedListPhrase,
    /// A sentence that says who reports what to whom.
    ReportSentence,
    /// A term followed by its meaning.
    DefinitionPhrase,
}

/// Where an item stands and how it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// Bytes in the normalised text.
    pub span: Span,
    /// Line in the original document, from 1.
    pub line: u32,
    /// Column in the original line, in characters, from 1.
    pub column: u32,
    /// The rule that read it.
    pub rule: Rule,
    /// How sure the reader is.
    #[serde(default)]
    pub confidence: Confidence,
    /// Indices into `Plan::repairs` of the repairs made inside the span.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<u32>,
}

/// Why a piece of the original was changed on the way to the normalised text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// Alignment spaces, no-break spaces and blank lines; too many to list, counted only.
    WhiteSpace,
    /// A sentence cut by a line or page break was joined.
    JoinedLine,
    /// A counter that a document site put inside the text was dropped.
    ChunkCounter,
    /// A page number or running header was dropped.
    PageNumber,
    /// A line of the web page around the document was dropped.
    WebFrame,
    /// A bookmark or field code of the word processor was dropped.
    WordLeftover,
    /// A letter that stood for a digit was replaced (`l4天` → `14天`).
    LetterForDigit,
    /// A sign that stood for a full stop was replaced (`O(三)` → `。(三)`).
    SignForStop,
}

/// A change made to the text before it was read. With these the original can be rebuilt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Repair {
    /// Why.
    pub kind: RepairKind,
    /// Bytes in the normalised text; empty where something was only dropped.
    pub span: Span,
    /// Line in the original document, from 1.
    pub line: u32,
    /// Column in the original line, in characters, from 1.
    pub column: u32,
    /// The original piece.
    pub before: String,
    /// What stands there now.
    pub after: String,
}
