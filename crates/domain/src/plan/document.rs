use serde::{Deserialize, Serialize};

use super::{
    EventGrade, Finding, Level, LevelProcedure, MeasureSet, Mechanism, NamedList, Organisation, PartialDate, Phase,
    Quantity, Repair, ReportFlow, Source, Span, Task, TimeRule, UnitDuty,
};

/// A piece of text with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text {
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 应急预案.
    EmergencyPlan,
    /// 工作方案, 实施方案.
    WorkPlan,
    /// 能力建设方案: targets with deadlines.
    CapacityProgramme,
    /// 管理办法, 规定.
    Regulation,
    /// 情况汇报, 总结: reports what was done; no plan.
    StatusReport,
    /// A notice without a plan attached.
    Notice,
    /// None of these.
    #[default]
    Other,
}

/// Which date of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentDateRole {
    /// 印发、成文日期.
    Issued,
    /// 发布日期 on a web page.
    Published,
    /// 实施、施行日期.
    Effective,
}

/// A date of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DocumentDate {
    /// Which.
    pub role: DocumentDateRole,
    /// The date, if it is whole.
    pub date: Option<PartialDate>,
    /// What a damaged date may have been: a proposal, not a reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<PartialDate>,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// A law, regulation or plan that the document rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// Title without the 《》.
    pub title: String,
    /// Where.
    pub source: Source,
}

/// A working principle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Principle {
    /// Its heading (`以人为本,生命至上`).
    pub title: String,
    /// The words.
    pub text: String,
    /// Where.
    pub source: Source,
}

/// A term the document defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Definition {
    /// The term.
    pub term: String,
    /// Its meaning.
    pub meaning: String,
    /// Where.
    pub source: Source,
}

/// What a section is about, by its heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// 总则.
    General,
    /// 编制目的、指导思想、总体要求.
    Purpose,
    /// 编制依据.
    Basis,
    /// 适用范围.
    Scope,
    /// 工作原则.
    Principles,
    /// 工作目标.
    Goals,
    /// 名词术语.
    Definitions,
    /// 事件分级.
    Grading,
    /// 响应分级、分级标准、启动条件.
    Criteria,
    /// 组织体系.
    Organisation,
    /// 专家组.
    Experts,
    /// 职责.
    Duties,
    /// 监测、预警.
    Surveillance,
    /// 信息报告、信息发布.
    Reporting,
    /// 应急准备.
    Preparedness,
    /// 应急响应、响应措施.
    Response,
    /// 启动、调整程序.
    Procedure,
    /// 响应终止.
    Termination,
    /// 善后、后期处置、评估.
    Recovery,
    /// 保障措施.
    Safeguards,
    /// 重点任务.
    Tasks,
    /// 阶段安排、实施步骤.
    Phases,
    /// 工作机制、工作制度.
    Mechanisms,
    /// 工作要求.
    Requirements,
    /// 培训、演练、宣传.
    Exercises,
    /// 附则.
    Supplement,
    /// 附件.
    Annex,
    /// 目录.
    Contents,
    /// Anything else.
    #[default]
    Other,
}

/// A section of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// Index of the section it stands in.
    pub parent: Option<u32>,
    /// Depth from 1.
    pub depth: u8,
    /// Number as written (`（一）`, `2.1`).
    pub number: Option<String>,
    /// Heading or first clause.
    pub title: String,
    /// What it is about.
    pub kind: SectionKind,
    /// Where: heading and everything under it.
    pub source: Source,
}

/// What a block of the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Before the first section: title, notice, metadata.
    Front,
    /// A heading.
    Heading,
    /// A numbered item with its text.
    Item,
    /// A row of a table.
    TableRow,
    /// A line of a table of contents.
    Contents,
    /// Running text.
    #[default]
    Paragraph,
}

/// A piece of the normalised text. The blocks in order, joined, are the whole text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes in the normalised text, its line end included.
    pub span: Span,
    /// Index of its section; absent before the first.
    pub section: Option<u32>,
    /// Line in the original document, from 1.
    pub line: u32,
}

/// A plan document as structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// What kind of document.
    pub kind: DocumentKind,
    /// Title, its lines joined.
    pub title: Option<Text>,
    /// Who issued it.
    pub issuer: Option<Text>,
    /// Its number.
    pub document_number: Option<Text>,
    /// Its dates.
    pub dates: Vec<DocumentDate>,
    /// What it says on when it takes effect and ends, and who interprets it.
    pub validity: Vec<Text>,
    /// To whom it is addressed.
    pub distribution: Vec<Text>,
    /// Why it was made.
    pub purpose: Vec<Text>,
    /// What it rests on.
    pub legal_basis: Vec<Reference>,
    /// To what it applies.
    pub scope: Vec<Text>,
    /// Working principles.
    pub principles: Vec<Principle>,
    /// Goals.
    pub goals: Vec<Text>,
    /// Terms.
    pub definitions: Vec<Definition>,
    /// Who does it.
    pub organisation: Organisation,
    /// Event grades.
    pub event_grades: Vec<EventGrade>,
    /// Response levels, in the order Ⅳ–Ⅰ.
    pub levels: Vec<Level>,
    /// How levels are started, changed and ended.
    pub level_procedure: LevelProcedure,
    /// Measures outside the levels.
    pub measure_sets: Vec<MeasureSet>,
    /// Duties of units outside the groups.
    pub unit_duties: Vec<UnitDuty>,
    /// Tasks with responsible units.
    pub tasks: Vec<Task>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Every time limit in the text.
    pub times: Vec<TimeRule>,
    /// Every quantity in the text.
    pub quantities: Vec<Quantity>,
    /// Lists with a name.
    pub named_lists: Vec<NamedList>,
    /// Standing mechanisms.
    pub mechanisms: Vec<Mechanism>,
    /// Who reports what to whom.
    pub report_flows: Vec<ReportFlow>,
    /// The section tree, in the order of the text.
    pub sections: Vec<Section>,
    /// The text in pieces; together they are the whole of `text`.
    pub blocks: Vec<Block>,
    /// What was changed on the way to the normalised text (white space is only counted).
    pub repairs: Vec<Repair>,
    /// How many runs of white space and blank lines were folded.
    pub white_space_folded: u32,
    /// The normalised text that all spans point into.
    pub text: String,
}

/// What a file gave: the documents in it and what is doubtful. Reading never fails as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reading {
    /// The documents, in order.
    pub plans: Vec<Plan>,
    /// What is doubtful.
    pub findings: Vec<Finding>,
}
