use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Assignment, Cadence, Covers};
use crate::{IndicatorId, Lang, ReportTemplateId, UnitId, area::AreaCode, indicator::Indicator};

/// Whether a template is in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// Reports fall due by it.
    #[default]
    InUse,
    /// Nothing falls due any more; what was reported stays.
    Stopped,
}

impl TemplateState {
    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            TemplateState::InUse => "in_use",
            TemplateState::Stopped => "stopped",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<TemplateState> {
        [TemplateState::InUse, TemplateState::Stopped].into_iter().find(|one| one.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            TemplateState::InUse => lang.pick("使用中", "In use"),
            TemplateState::Stopped => lang.pick("已停用", "Stopped"),
        }
    }
}

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum LineAsk {
    /// A figure of an indicator.
    Figure {
        /// The indicator.
        indicator: IndicatorId,
    },
    /// Some words.
    Text {
        /// What about, in Chinese.
        name_zh: String,
        /// The same in English.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name_en: String,
    },
}

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// By which its answers are kept; it stays the same when lines are moved.
    pub key: String,
    /// The heading under which it and the lines after it stand; empty where the one before goes on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section_zh: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section_en: String,
    /// What it asks for.
    pub ask: LineAsk,
    /// Whether a report is not handed in without it.
    pub required: bool,
}

impl ReportLine {
    /// The heading, if one begins here.
    pub fn section(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.section_en.is_empty() { &self.section_en } else { &self.section_zh }
    }

    /// The indicator, where it asks for a figure.
    pub fn indicator(&self) -> Option<IndicatorId> {
        match self.ask {
            LineAsk::Figure { indicator } => Some(indicator),
            LineAsk::Text { .. } => None,
        }
    }

    /// What it asks for, in words.
    pub fn name<'a>(&'a self, indicators: &'a [Indicator], lang: Lang) -> &'a str {
        match &self.ask {
            LineAsk::Figure { indicator } => {
                indicators.iter().find(|one| one.id == *indicator).map_or("", |one| one.name(lang))
            }
            LineAsk::Text { name_zh, name_en } => {
                if lang == Lang::En && !name_en.is_empty() {
                    name_en
                } else {
                    name_zh
                }
            }
        }
    }
}

/// What is asked, of whom, how often and until when. A change makes a new version; what was filled keeps its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTemplate {
    /// The template itself.
    pub id: ReportTemplateId,
    /// The area whose office receives the reports.
    pub area: AreaCode,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// What whoever fills it in has to know.
    #[serde(default)]
    pub guidance: String,
    /// How often and until when.
    pub cadence: Cadence,
    /// Of which period it tells.
    pub covers: Covers,
    /// What it asks, in order.
    pub lines: Vec<ReportLine>,
    /// Of whom.
    pub assigned: Vec<Assignment>,
    /// Units that are told who is missing, beside the headquarters office.
    #[serde(default)]
    pub told: Vec<UnitId>,
    /// Whether it is in use.
    pub state: TemplateState,
    /// The first day on which reports fall due by this version.
    pub from_on: Date,
    /// The number of the version, from 1.
    pub version: i64,
}

/// What keeps a template from being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// It has no name.
    NoName,
    /// It asks for nothing.
    NoLines,
    /// It is asked of nobody.
    NobodyAsked,
    /// An indicator is asked for twice: the number of the second line, from 1.
    AskedTwice(usize),
    /// A line for words that does not say what about.
    TextWithoutName(usize),
    /// An indicator that is computed, or is not there.
    NotTyped(usize),
    /// More lines than anybody fills in.
    TooManyLines,
}

/// Lines that a template may have at most.
const MOST_LINES: usize = 120;

impl TemplateFault {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            TemplateFault::NoName => say("请填写报表名称。", "Give the report a name."),
            TemplateFault::NoLines => say("请至少添加一个填报项。", "Add at least one line."),
            TemplateFault::NobodyAsked => say(
                "请选择由谁填报：一类单位、一个辖区，或写明单位。",
                "Choose who reports: a kind of unit, an area, or units by name.",
            ),
            TemplateFault::AskedTwice(n) => lang.pick(
                format!("第 {n} 项的指标已在前面出现，一张报表中每个指标只能出现一次。"),
                format!("Line {n}: this indicator stands above already; each can stand once."),
            ),
            TemplateFault::TextWithoutName(n) => {
                lang.pick(format!("请填写第 {n} 项的名称。"), format!("Line {n}: say what is to be written."))
            }
            TemplateFault::NotTyped(n) => lang.pick(
                format!("第 {n} 项的指标由公式计算或已停用，不能填报，请改选。"),
                format!("Line {n}: this indicator is computed or retired; choose another."),
            ),
            TemplateFault::TooManyLines => lang.pick(
                format!("一张报表最多 {MOST_LINES} 项，请拆分。"),
                format!("A report has at most {MOST_LINES} lines; split it."),
            ),
        }
    }
}

impl ReportTemplate {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name_zh }
    }

    /// What is asked by no line of it yet: a key for a new one.
    pub fn new_key(lines: &[ReportLine]) -> String {
        let number = |line: &ReportLine| line.key.strip_prefix('l').and_then(|n| n.parse::<u32>().ok());
        let last = lines.iter().filter_map(number).max().unwrap_or(0);
        format!("l{}", last + 1)
    }

    /// What keeps it from being used, everything at once.
    pub fn faults(&self, indicators: &[Indicator]) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        if self.name_zh.trim().is_empty() {
            faults.push(TemplateFault::NoName);
        }
        if self.lines.is_empty() {
            faults.push(TemplateFault::NoLines);
        }
        if self.lines.len() > MOST_LINES {
            faults.push(TemplateFault::TooManyLines);
        }
        let mut seen = BTreeSet::new();
        for (n, line) in (1..).zip(&self.lines) {
            match &line.ask {
                LineAsk::Text { name_zh, .. } if name_zh.trim().is_empty() => {
                    faults.push(TemplateFault::TextWithoutName(n));
                }
                LineAsk::Text { .. } => {}
                LineAsk::Figure { indicator } => {
                    let found = indicators.iter().find(|one| one.id == *indicator);
                    if found.is_none_or(|one| one.source.formula().is_some()) {
                        faults.push(TemplateFault::NotTyped(n));
                    }
                    if !seen.insert(*indicator) {
                        faults.push(TemplateFault::AskedTwice(n));
                    }
                }
            }
        }
        if self.assigned.is_empty() {
            faults.push(TemplateFault::NobodyAsked);
        }
        faults
    }

    /// The version by which reports fall due on a day, of versions in any order; none before the first.
    pub fn in_force(versions: &[ReportTemplate], day: Date) -> Option<&ReportTemplate> {
        let held = versions.iter().filter(|one| one.from_on <= day);
        held.max_by_key(|one| one.version).filter(|one| one.state == TemplateState::InUse)
    }

    /// What falls due for a day under which figures stand, by the version in force when it does.
    pub fn due_for(versions: &[ReportTemplate], on: Date) -> Option<(&ReportTemplate, super::Due)> {
        let found = versions.iter().filter_map(|one| Some((one, one.cadence.due_of(one.covers, on)?)));
        found.filter(|(one, due)| in_force_is(versions, due.day, one)).max_by_key(|(one, _)| one.version)
    }

    /// The indicators that it asks for.
    pub fn indicators(&self) -> Vec<IndicatorId> {
        self.lines.iter().filter_map(ReportLine::indicator).collect()
    }
}

/// Moves a line one place up or down; at an end it stays.
pub fn move_line(lines: &mut [ReportLine], at: usize, up: bool) {
    let other = if up { at.checked_sub(1) } else { at.checked_add(1) };
    if let Some(other) = other.filter(|other| *other < lines.len() && at < lines.len()) {
        lines.swap(at, other);
    }
}

fn in_force_is(versions: &[ReportTemplate], day: Date, one: &ReportTemplate) -> bool {
    ReportTemplate::in_force(versions, day).is_some_and(|held| held.version == one.version)
}
