use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChartSpec, FigureForm, Part, SitrepBlock, TableSpec, WrittenFact, numbering::Count, written};
use crate::{
    Lang,
    indicator::{Amount, Figure, Total},
};

/// What a figure is filled from.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureFact {
    /// The indicator's name.
    pub name: String,
    /// Its unit: 人次, 间.
    pub unit: String,
    /// Its decimals.
    pub decimals: u8,
    /// The figure of the day with what is missing from it.
    pub total: Total,
    /// That of the day before.
    pub before: Total,
    /// By the areas below, where it has parts.
    pub parts: Vec<PartFact>,
    /// Over the last days, the oldest first: the day as it is shown, and the figure.
    pub course: Vec<(String, Total)>,
    /// Area, period and as-of time, as they are shown.
    pub of: String,
    /// Where its rows are.
    pub href: String,
}

/// The figure of an area below.
#[derive(Clone, Debug, PartialEq)]
pub struct PartFact {
    /// The area's name.
    pub name: String,
    /// Its figure of the day.
    pub total: Total,
    /// That of the day before.
    pub before: Total,
}

/// A fact that is no indicator: the level, who has not reported, how many orders are late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordFact {
    /// As it is said; empty where it is not known.
    pub text: String,
    /// What it is taken from.
    pub of: String,
    /// Where that is shown.
    pub href: String,
}

/// Everything that a text may take, by the names under which it asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SitrepFacts {
    /// Indicators.
    pub figures: BTreeMap<String, FigureFact>,
    /// Facts.
    pub words: BTreeMap<String, WordFact>,
    /// What units wrote, by the questions as the text names them.
    pub written: BTreeMap<String, WrittenFact>,
}

/// A filled text. It is what is frozen when a report is issued.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title.
    pub title: Vec<Run>,
    /// What follows.
    pub blocks: Vec<DocBlock>,
    /// Where its figures come from; runs and cells count from 0 in it.
    pub sources: Vec<SourceLine>,
}

/// Words, or a figure with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where it comes from, if it was filled in.
    pub source: Option<usize>,
}

/// A part of a filled text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DocBlock {
    /// A heading with its number.
    Heading {
        /// From 1 to 4.
        level: u8,
        /// 一、 （一） 1. （1）
        number: String,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A table.
    Table {
        /// What it shows.
        caption: String,
        /// The head.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<TableCell>>,
    },
    /// A picture; its numbers stand in a table beside it.
    Chart {
        /// What it shows.
        caption: String,
        /// The unit of its axis.
        unit: String,
        /// Its points, the oldest first.
        points: Vec<ChartPoint>,
        /// Where they come from.
        source: usize,
    },
    /// An attachment by name.
    Attachment {
        /// Its number, from 1.
        number: usize,
        /// Its name.
        name: String,
    },
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableCell {
    /// As it is shown.
    pub text: String,
    /// The figure, where the cell holds one; none where nobody reported.
    pub figure: Option<Figure>,
    /// Where it comes from.
    pub source: Option<usize>,
}

/// A point of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPoint {
    /// The day as it is shown.
    pub label: String,
    /// The figure as it is said.
    pub text: String,
    /// The figure; none where nobody reported.
    pub figure: Option<Figure>,
    /// What is known of a sum from which parts are missing.
    pub at_least: Option<Amount>,
}

/// Where a figure of a report comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// The indicator or fact.
    pub name: String,
    /// What was filled in.
    pub text: String,
    /// Area, period, as-of time.
    pub of: String,
    /// Where its rows are.
    pub href: String,
}

/// Fills a text. What cannot be filled is said in its place, never left out: an unknown figure reads 不详, one that
/// nobody reported 未报, and a sum with missing parts says what is missing.
pub fn fill(blocks: &[SitrepBlock], facts: &SitrepFacts, lang: Lang) -> Document {
    let mut filling = Filling { facts, lang, document: Document::default(), known: BTreeMap::new() };
    let mut count = Count::default();
    let mut n_attachments = 0;
    for block in blocks {
        let filled = match block {
            SitrepBlock::Title(parts) => {
                let runs = filling.runs(parts);
                filling.document.title.extend(runs);
                continue;
            }
            SitrepBlock::Heading { level, parts } => {
                DocBlock::Heading { level: *level, number: count.next(*level), runs: filling.runs(parts) }
            }
            SitrepBlock::Paragraph(parts) => DocBlock::Paragraph(filling.runs(parts)),
            SitrepBlock::Table(table) if table.by_part => filling.table_by_part(table),
            SitrepBlock::Table(table) => filling.table(table),
            SitrepBlock::Chart(chart) => filling.chart(chart),
            SitrepBlock::Written(question) => {
                filling.written(question);
                continue;
            }
            SitrepBlock::Attachment(name) => {
                n_attachments += 1;
                DocBlock::Attachment { number: n_attachments, name: name.clone() }
            }
        };
        filling.document.blocks.push(filled);
    }
    filling.document
}

struct Filling<'a> {
    facts: &'a SitrepFacts,
    lang: Lang,
    document: Document,
    /// Sources that are noted already, by name and text.
    known: BTreeMap<(String, String), usize>,
}

impl Filling<'_> {
    fn source(&mut self, name: &str, text: &str, of: &str, href: &str) -> usize {
        let sources = &mut self.document.sources;
        *self.known.entry((format!("{name} {of}"), text.to_owned())).or_insert_with(|| {
            let (name, text, of, href) = (name.to_owned(), text.to_owned(), of.to_owned(), href.to_owned());
            sources.push(SourceLine { name, text, of, href });
            sources.len() - 1
        })
    }

    fn runs(&mut self, parts: &[Part]) -> Vec<Run> {
        let run = |part: &Part| match part {
            Part::Text(text) => Run { text: text.clone(), source: None },
            Part::Figure { name, form } => self.figure(name, *form),
        };
        parts.iter().map(run).collect()
    }

    fn figure(&mut self, name: &str, form: FigureForm) -> Run {
        let facts = self.facts;
        if let Some(fact) = facts.figures.get(name) {
            let text = match form {
                FigureForm::Value => value_words(fact, self.lang),
                FigureForm::Change => change_words(fact, self.lang),
            };
            let source = self.source(&fact.name, &text, &fact.of, &fact.href);
            return Run { text, source: Some(source) };
        }
        let unknown = || self.lang.pick("不详", "unknown").to_owned();
        let Some(fact) = facts.words.get(name) else { return Run { text: unknown(), source: None } };
        let text = if fact.text.is_empty() { unknown() } else { fact.text.clone() };
        let source = self.source(name, &text, &fact.of, &fact.href);
        Run { text, source: Some(source) }
    }

    fn cell(&mut self, fact: &FigureFact, total: &Total) -> TableCell {
        let text = total.words(fact.decimals, self.lang);
        let source = self.source(&fact.name, &text, &fact.of, &fact.href);
        TableCell { text, figure: total.figure(), source: Some(source) }
    }

    /// A row for each indicator: its figure, yesterday's, and the difference.
    fn table(&mut self, spec: &TableSpec) -> DocBlock {
        let lang = self.lang;
        let head = match lang {
            Lang::Zh => ["指标", "单位", "今日", "昨日", "增减"],
            Lang::En => ["Indicator", "Unit", "Today", "Yesterday", "Change"],
        };
        let mut rows = Vec::new();
        for fact in spec.names.iter().filter_map(|name| self.facts.figures.get(name)) {
            let (today, before) = (self.cell(fact, &fact.total), self.cell(fact, &fact.before));
            rows.push(vec![plain(&fact.name), plain(&fact.unit), today, before, plain(&signed(fact, lang))]);
        }
        let caption = lang.pick("主要指标情况", "Main figures").to_owned();
        DocBlock::Table { caption, head: head.map(str::to_owned).to_vec(), rows }
    }

    /// A row for each area below, a column for each indicator, and the sum with what is missing from it.
    fn table_by_part(&mut self, spec: &TableSpec) -> DocBlock {
        let lang = self.lang;
        let facts: Vec<&FigureFact> = spec.names.iter().filter_map(|name| self.facts.figures.get(name)).collect();
        let mut head = vec![lang.pick("辖区", "Area").to_owned()];
        let with_unit = |fact: &&FigureFact| match fact.unit.as_str() {
            "" => fact.name.clone(),
            unit => lang.pick(format!("{}（{unit}）", fact.name), format!("{} ({unit})", fact.name)),
        };
        head.extend(facts.iter().map(with_unit));
        let mut names: Vec<&str> = Vec::new();
        for part in facts.iter().flat_map(|fact| &fact.parts) {
            if !names.contains(&part.name.as_str()) {
                names.push(&part.name);
            }
        }
        let mut rows = Vec::new();
        for name in names {
            let mut row = vec![plain(name)];
            for fact in &facts {
                // An area that has no part in an indicator is asked nothing by it, which is not the same as missing.
                row.push(match fact.parts.iter().find(|part| part.name == name) {
                    Some(part) => self.cell(fact, &part.total),
                    None => plain(lang.pick("不需报送", "not asked")),
                });
            }
            rows.push(row);
        }
        let mut sum = vec![plain(lang.pick("合计", "Total"))];
        for fact in &facts {
            sum.push(self.cell(fact, &fact.total));
        }
        rows.push(sum);
        DocBlock::Table { caption: lang.pick("各辖区情况", "By area").to_owned(), head, rows }
    }

    fn written(&mut self, question: &str) {
        let (facts, lang) = (self.facts, self.lang);
        let nobody = WrittenFact { question: question.to_owned(), answers: Vec::new() };
        let fact = facts.written.get(question).unwrap_or(&nobody);
        let told = written::paragraphs(fact, lang, |line| self.source(&line.name, &line.text, &line.of, &line.href));
        self.document.blocks.extend(told.into_iter().map(DocBlock::Paragraph));
    }

    fn chart(&mut self, spec: &ChartSpec) -> DocBlock {
        let facts = self.facts;
        let Some(fact) = facts.figures.get(&spec.name) else {
            return DocBlock::Paragraph(vec![self.figure(&spec.name, FigureForm::Value)]);
        };
        let n = fact.course.len().saturating_sub(usize::from(spec.days));
        let point = |(label, total): &(String, Total)| ChartPoint {
            label: label.clone(),
            text: total.words(fact.decimals, self.lang),
            figure: total.figure(),
            at_least: (!total.is_complete() && total.n_known > 0).then_some(total.known),
        };
        let points: Vec<ChartPoint> = fact.course[n..].iter().map(point).collect();
        let n_days = points.len();
        let caption = self
            .lang
            .pick(format!("{}近{n_days}日变化", fact.name), format!("{} over the last {n_days} days", fact.name));
        let source = self.source(&fact.name, &caption, &fact.of, &fact.href);
        DocBlock::Chart { caption, unit: fact.unit.clone(), points, source }
    }
}

fn plain(text: &str) -> TableCell {
    TableCell { text: text.to_owned(), figure: None, source: None }
}

/// `1,752间`; `至少 123间（缺 2 个：…）`; `不详`.
fn value_words(fact: &FigureFact, lang: Lang) -> String {
    let total = &fact.total;
    if total.n_known == 0 {
        return total.words(fact.decimals, lang);
    }
    let unit = match (lang, fact.unit.as_str()) {
        (Lang::En, unit) if !unit.is_empty() && !unit.starts_with('%') => format!(" {unit}"),
        (_, unit) => unit.to_owned(),
    };
    let known = format!("{}{unit}", total.known.grouped(fact.decimals));
    if total.is_complete() {
        return known;
    }
    let least = lang.pick(format!("至少{known}"), format!("at least {known}"));
    format!("{least}{}", total.missing_words(lang))
}

/// Both days, where both are wholly known.
fn both(fact: &FigureFact) -> Option<(Amount, Amount)> {
    match (fact.total.figure(), fact.before.figure()) {
        (Some(Figure::Known(now)), Some(Figure::Known(before))) => Some((now, before)),
        _ => None,
    }
}

fn change_words(fact: &FigureFact, lang: Lang) -> String {
    let Some((now, before)) = both(fact) else {
        return lang.pick("与昨日不可比", "not comparable with yesterday").to_owned();
    };
    let unit = match lang {
        Lang::Zh => fact.unit.clone(),
        Lang::En => String::new(),
    };
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => lang.pick("与昨日持平", "as yesterday").to_owned(),
        std::cmp::Ordering::Greater => {
            let by = now.minus(before).map(|by| by.grouped(fact.decimals)).unwrap_or_default();
            lang.pick(format!("较昨日增加{by}{unit}"), format!("{by} more than yesterday"))
        }
        std::cmp::Ordering::Less => {
            let by = before.minus(now).map(|by| by.grouped(fact.decimals)).unwrap_or_default();
            lang.pick(format!("较昨日减少{by}{unit}"), format!("{by} less than yesterday"))
        }
    }
}

/// `+12`, `−3`, `0`; a dash where the days cannot be compared.
fn signed(fact: &FigureFact, lang: Lang) -> String {
    let Some((now, before)) = both(fact) else { return lang.pick("不可比", "—").to_owned() };
    let by = now.minus(before).unwrap_or(Amount::ZERO);
    let words = by.grouped(fact.decimals);
    if by > Amount::ZERO { format!("+{words}") } else { words.replace('-', "−") }
}
