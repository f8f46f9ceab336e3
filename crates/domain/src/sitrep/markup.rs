use std::collections::BTreeSet;

use crate::Lang;

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SitrepBlock {
    /// `# …`
    Title(Vec<Part>),
    /// `## …` to `##### …`: levels 1 to 4.
    Heading {
        /// From 1 to 4.
        level: u8,
        /// Its words.
        parts: Vec<Part>,
    },
    /// Any other line.
    Paragraph(Vec<Part>),
    /// `{{表 甲 乙 按乡镇}}` on a line of its own.
    Table(TableSpec),
    /// `{{图 甲 14天}}` on a line of its own.
    Chart(ChartSpec),
    /// `{{文字 存在的问题}}` on a line of its own: what units wrote in answer to a question of their reports.
    Written(String),
    /// `附件：…`
    Attachment(String),
}

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words as they are.
    Text(String),
    /// `{{名称}}`: an indicator's figure, or a fact of the response.
    Figure {
        /// The name, code or fact as it is written.
        name: String,
        /// How it is said.
        form: FigureForm,
    },
}

/// How a figure is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureForm {
    /// With its unit: `1,752人`.
    Value,
    /// `{{名称 较昨日}}`: `增加12人`, `减少3人`, `持平`.
    Change,
}

/// A table of indicators, with yesterday beside it, or by the areas below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSpec {
    /// The indicators, as written.
    pub names: Vec<String>,
    /// Whether there is a row for each area below, instead of one for each indicator.
    pub by_part: bool,
}

/// A picture of an indicator over the last days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSpec {
    /// The indicator, as written.
    pub name: String,
    /// How many days, with the day of the report as the last.
    pub days: u8,
}

/// A place of the text that cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupFault {
    /// The line, from 1.
    pub line: usize,
    /// The character in it, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: MarkupFaultKind,
}

/// What is wrong with a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkupFaultKind {
    /// `{{` without `}}` on the same line.
    Open,
    /// `{{}}` names nothing.
    Empty,
    /// No indicator and no fact is called that; perhaps one of these is meant.
    NotKnown(String, Vec<String>),
    /// No report asks a question of that name; perhaps one of these is meant.
    NotAsked(String, Vec<String>),
    /// A table, a picture or what units wrote stands within a line.
    WithinLine,
    /// A picture shows one indicator over 2 to 60 days.
    BadDays,
}

impl MarkupFault {
    /// Where it is and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let (line, column) = (self.line, self.column);
        let what = match &self.kind {
            MarkupFaultKind::Open => lang.pick("“{{”没有配对的“}}”", "“{{” has no “}}” on its line").to_owned(),
            MarkupFaultKind::Empty => lang.pick("“{{}}”里没有写指标名称", "“{{}}” names no indicator").to_owned(),
            MarkupFaultKind::NotKnown(name, near) if near.is_empty() => lang.pick(
                format!("没有名为“{name}”的指标或情况，请从右侧选用"),
                format!("no indicator or fact is called “{name}”; choose one from the list"),
            ),
            MarkupFaultKind::NotKnown(name, near) => lang.pick(
                format!("没有名为“{name}”的指标，是否指“{}”", near.join("”“")),
                format!("no indicator is called “{name}”; perhaps “{}” is meant", near.join("”, “")),
            ),
            MarkupFaultKind::NotAsked(name, near) if near.is_empty() => lang.pick(
                format!("没有报表要求填写“{name}”，请从可以引用的名称中选用"),
                format!("no report asks for “{name}”; choose one from the list"),
            ),
            MarkupFaultKind::NotAsked(name, near) => lang.pick(
                format!("没有报表要求填写“{name}”，是否指“{}”", near.join("”“")),
                format!("no report asks for “{name}”; perhaps “{}” is meant", near.join("”, “")),
            ),
            MarkupFaultKind::WithinLine => lang
                .pick("表、图和单位填写的文字须单独成行", "a table, a picture or texts stand on a line of their own")
                .to_owned(),
            MarkupFaultKind::BadDays => lang.pick("图的天数应为 2 至 60 天", "a picture shows 2 to 60 days").to_owned(),
        };
        lang.pick(format!("第 {line} 行第 {column} 字：{what}。"), format!("Line {line}, character {column}: {what}."))
    }
}

const DEFAULT_DAYS: u8 = 14;
/// Names that are suggested at most.
const NEAR: usize = 3;

/// The names that can be filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownNames {
    /// Indicators by name and code, and facts of the response.
    pub figures: BTreeSet<String>,
    /// Questions that reports ask units to answer in words, alone and as `报表·问题`.
    pub questions: BTreeSet<String>,
}

/// Reads a text. What cannot be read is said with its place; the rest is there all the same.
pub fn read_template(text: &str, known: &KnownNames) -> (Vec<SitrepBlock>, Vec<MarkupFault>) {
    let mut reading = Reading { known, blocks: Vec::new(), faults: Vec::new() };
    for (line, number) in text.lines().zip(1..) {
        reading.line(line, number);
    }
    (reading.blocks, reading.faults)
}

/// The names that a text takes, each once.
pub fn figures_in(blocks: &[SitrepBlock]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for block in blocks {
        match block {
            SitrepBlock::Title(parts) | SitrepBlock::Heading { parts, .. } | SitrepBlock::Paragraph(parts) => {
                names.extend(parts.iter().filter_map(|part| match part {
                    Part::Figure { name, .. } => Some(name.clone()),
                    Part::Text(_) => None,
                }));
            }
            SitrepBlock::Table(table) => names.extend(table.names.iter().cloned()),
            SitrepBlock::Chart(chart) => _ = names.insert(chart.name.clone()),
            SitrepBlock::Written(_) | SitrepBlock::Attachment(_) => {}
        }
    }
    names
}

/// The questions whose answers a text takes, each once.
pub fn questions_in(blocks: &[SitrepBlock]) -> BTreeSet<String> {
    let question = |block: &SitrepBlock| match block {
        SitrepBlock::Written(name) => Some(name.clone()),
        _ => None,
    };
    blocks.iter().filter_map(question).collect()
}

struct Reading<'a> {
    known: &'a KnownNames,
    blocks: Vec<SitrepBlock>,
    faults: Vec<MarkupFault>,
}

impl Reading<'_> {
    fn fault(&mut self, line: usize, column: usize, kind: MarkupFaultKind) {
        self.faults.push(MarkupFault { line, column, kind });
    }

    fn line(&mut self, line: &str, number: usize) {
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        if let Some(inside) = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"))
            && !inside.contains("{{")
            && let Some(block) = of_block(inside)
        {
            let column = column_of(line, text);
            return match block {
                Inside::Table(words) => self.block((false, words), number, column),
                Inside::Chart(words) => self.block((true, words), number, column),
                Inside::Written(name) => self.written(name, number, column),
            };
        }
        let n_signs = text.chars().take_while(|sign| *sign == '#').count();
        if let Some(rest) = ["附件：", "附件:"].iter().find_map(|word| text.strip_prefix(word)) {
            return self.blocks.push(SitrepBlock::Attachment(rest.trim().to_owned()));
        }
        let rest = text[n_signs..].trim();
        let parts = self.parts(rest, number, column_of(line, rest));
        self.blocks.push(match n_signs {
            0 => SitrepBlock::Paragraph(parts),
            1 => SitrepBlock::Title(parts),
            n => SitrepBlock::Heading { level: u8::try_from(n.min(5) - 1).unwrap_or(4), parts },
        });
    }

    fn block(&mut self, (is_chart, words): (bool, Vec<&str>), line: usize, column: usize) {
        let by_part = |word: &&str| ["按乡镇", "按辖区", "by_area", "by_township"].contains(word);
        let days = |word: &str| word.trim_end_matches('天').trim_end_matches("days").parse::<u8>().ok();
        let names: Vec<String> = words
            .iter()
            .filter(|word| !(by_part(word) || is_chart && days(word).is_some()))
            .map(|word| (*word).to_owned())
            .collect();
        if names.is_empty() {
            return self.fault(line, column, MarkupFaultKind::Empty);
        }
        for name in &names {
            self.look_up(name, line, column);
        }
        if !is_chart {
            let by_part = words.iter().any(by_part);
            return self.blocks.push(SitrepBlock::Table(TableSpec { names, by_part }));
        }
        let days = words.iter().find_map(|word| days(word)).unwrap_or(DEFAULT_DAYS);
        if !(2..=60).contains(&days) || names.len() > 1 {
            return self.fault(line, column, MarkupFaultKind::BadDays);
        }
        let name = names.into_iter().next().unwrap_or_default();
        self.blocks.push(SitrepBlock::Chart(ChartSpec { name, days }));
    }

    fn written(&mut self, name: &str, line: usize, column: usize) {
        if name.is_empty() {
            return self.fault(line, column, MarkupFaultKind::Empty);
        }
        if !self.known.questions.contains(name) {
            let near = near(name, &self.known.questions);
            self.fault(line, column, MarkupFaultKind::NotAsked(name.to_owned(), near));
        }
        self.blocks.push(SitrepBlock::Written(name.to_owned()));
    }

    fn parts(&mut self, text: &str, line: usize, column: usize) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let here = column + text[..text.len() - rest.len() + at].chars().count();
            if at > 0 {
                parts.push(Part::Text(rest[..at].to_owned()));
            }
            let inside = &rest[at + 2..];
            let Some(end) = inside.find("}}") else {
                self.fault(line, here, MarkupFaultKind::Open);
                parts.push(Part::Text(rest[at..].to_owned()));
                return parts;
            };
            parts.extend(self.placeholder(&inside[..end], line, here));
            rest = &inside[end + 2..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        parts
    }

    fn placeholder(&mut self, inside: &str, line: usize, column: usize) -> Option<Part> {
        if of_block(inside).is_some() {
            self.fault(line, column, MarkupFaultKind::WithinLine);
            return None;
        }
        let inside = inside.trim();
        let change = ["较昨日", "change"].iter().find_map(|word| inside.strip_suffix(word));
        let (name, form) = match change {
            Some(name) => (name.trim(), FigureForm::Change),
            None => (inside, FigureForm::Value),
        };
        if name.is_empty() {
            self.fault(line, column, MarkupFaultKind::Empty);
            return None;
        }
        self.look_up(name, line, column);
        Some(Part::Figure { name: name.to_owned(), form })
    }

    fn look_up(&mut self, name: &str, line: usize, column: usize) {
        if !self.known.figures.contains(name) {
            let near = near(name, &self.known.figures);
            self.fault(line, column, MarkupFaultKind::NotKnown(name.to_owned(), near));
        }
    }
}

/// Known names that may be meant.
fn near(name: &str, known: &BTreeSet<String>) -> Vec<String> {
    let shares = |known: &&String| known.contains(name) || name.contains(known.as_str()) && known.chars().count() > 1;
    known.iter().filter(shares).take(NEAR).cloned().collect()
}

/// What stands between braces that have a line of their own.
enum Inside<'a> {
    Table(Vec<&'a str>),
    Chart(Vec<&'a str>),
    Written(&'a str),
}

/// A table, a picture or a question, if that is what stands between the braces.
fn of_block(inside: &str) -> Option<Inside<'_>> {
    let between = |sign: char| [' ', '\u{3000}', '、', ',', '，'].contains(&sign);
    let inside = inside.trim_matches(between);
    let (first, rest) = inside.split_once(between).unwrap_or((inside, ""));
    let words = || rest.split(between).map(str::trim).filter(|word| !word.is_empty()).collect();
    match first.trim() {
        "表" | "table" => Some(Inside::Table(words())),
        "图" | "chart" => Some(Inside::Chart(words())),
        // Names of questions may hold spaces.
        "文字" | "texts" => Some(Inside::Written(rest.trim_matches(between))),
        _ => None,
    }
}

/// The character at which a part of a line begins, from 1.
fn column_of(line: &str, part: &str) -> usize {
    let at = line.find(part).unwrap_or(0);
    line[..at].chars().count() + 1
}
