use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{LineAsk, ReportLine};
use crate::{
    IndicatorId, Lang,
    indicator::{Figure, Indicator, NotAFigure, Warning, check},
};

/// What stands in a line of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A figure: known, unknown, redacted or not applicable.
    Figure(Figure),
    /// Some words.
    Text(String),
}

/// What was filled into a report. A line without an answer was not answered, which is neither zero nor unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportContent {
    /// Answers by the keys of their lines.
    pub answers: BTreeMap<String, Answer>,
    /// Why a doubtful figure is right, by the keys of their lines.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// What was typed for a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The figure or the words.
    pub value: String,
    /// `unknown`, `redacted` or `not_applicable` where that was chosen instead of typing a figure.
    pub chosen: String,
    /// Why a doubtful figure is right.
    pub reason: String,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// It is no figure of this indicator.
    NotAFigure(NotAFigure),
    /// A figure was typed, and something else chosen.
    Both,
    /// It must be answered.
    Missing,
    /// The same, where words are asked for.
    TextMissing,
    /// It is doubtful; a reason is wanted.
    ReasonWanted,
    /// The words are too long.
    TooLong,
}

/// Longest words of an answer, in signs.
const LONGEST: usize = 4000;

impl AnswerFault {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            AnswerFault::NotAFigure(why) => why.words(lang),
            AnswerFault::Both => say(
                "既填了数又选了其他情况，请保留一个。",
                "There is a figure, and something else was chosen; keep one of them.",
            ),
            AnswerFault::Missing => say(
                "请填写。没有就填 0，不清楚请选“不详”，不涉及请选“不适用”。",
                "Fill this in: 0 if there are none, “unknown” if nobody knows, “not applicable” if it does not concern you.",
            ),
            AnswerFault::TextMissing => {
                say("请填写；没有可写“无”。", "Fill this in; write “none” if there is nothing.")
            }
            AnswerFault::ReasonWanted => say("请核对；属实请说明原因。", "Check it; if it is right, say why."),
            AnswerFault::TooLong => {
                lang.pick(format!("最多 {LONGEST} 字，请缩短。"), format!("At most {LONGEST} characters; shorten it."))
            }
        }
    }
}

/// What became of what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// What could be read.
    pub content: ReportContent,
    /// What is wrong, by the keys of the lines.
    pub faults: BTreeMap<String, AnswerFault>,
    /// What is doubtful, by the keys of the lines.
    pub warnings: BTreeMap<String, Vec<Warning>>,
}

/// What has to be known to read a report: the lines, what they ask for, and the figures of the period before.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The lines of the template.
    pub lines: &'a [ReportLine],
    /// The indicators that they ask for.
    pub indicators: &'a [Indicator],
    /// What the unit reported for the period before.
    pub before: &'a BTreeMap<IndicatorId, Figure>,
}

impl Asked<'_> {
    /// Reads what was typed. A draft may leave out what must be there; a report that is handed in may not.
    pub fn read(&self, typed: &BTreeMap<String, TypedAnswer>, is_draft: bool) -> Filled {
        let (nothing, mut filled) = (TypedAnswer::default(), Filled::default());
        for line in self.lines {
            let typed = typed.get(&line.key).unwrap_or(&nothing);
            let answer = match &line.ask {
                LineAsk::Text { .. } => text(typed),
                LineAsk::Figure { indicator } => {
                    let found = self.indicators.iter().find(|one| one.id == *indicator);
                    let read = figure(typed, found);
                    if let (Some(indicator), Ok(Some(Answer::Figure(figure)))) = (found, &read) {
                        let before = self.before.get(&indicator.id).copied();
                        let doubts = check(indicator, Some(*figure), before);
                        if !doubts.is_empty() {
                            filled.warnings.insert(line.key.clone(), doubts);
                        }
                    }
                    read
                }
            };
            filled.keep(line, typed, answer, is_draft);
        }
        filled
    }
}

impl Filled {
    fn keep(
        &mut self,
        line: &ReportLine,
        typed: &TypedAnswer,
        answer: Result<Option<Answer>, AnswerFault>,
        is_draft: bool,
    ) {
        let key = line.key.clone();
        let reason = typed.reason.trim();
        match answer {
            Err(fault) => drop(self.faults.insert(key.clone(), fault)),
            Ok(Some(answer)) => drop(self.content.answers.insert(key.clone(), answer)),
            Ok(None) if line.required && !is_draft => {
                let fault = if line.indicator().is_some() { AnswerFault::Missing } else { AnswerFault::TextMissing };
                self.faults.insert(key.clone(), fault);
            }
            Ok(None) => {}
        }
        if !reason.is_empty() {
            self.content.reasons.insert(key.clone(), reason.chars().take(LONGEST).collect());
        } else if self.warnings.contains_key(&key) && !is_draft {
            self.faults.insert(key, AnswerFault::ReasonWanted);
        }
    }

    /// Adds what is doubtful about several lines together; the reason may stand at any of them.
    pub fn doubt(&mut self, keys: &[String], warning: &Warning, is_draft: bool) {
        let said = keys.iter().any(|key| self.content.reasons.contains_key(key));
        if let Some(last) = keys.last() {
            self.warnings.entry(last.clone()).or_default().push(warning.clone());
            if !said && !is_draft {
                self.faults.entry(last.clone()).or_insert(AnswerFault::ReasonWanted);
            }
        }
    }
}

fn text(typed: &TypedAnswer) -> Result<Option<Answer>, AnswerFault> {
    let words = typed.value.trim();
    if words.chars().count() > LONGEST {
        return Err(AnswerFault::TooLong);
    }
    Ok((!words.is_empty()).then(|| Answer::Text(words.to_owned())))
}

fn figure(typed: &TypedAnswer, indicator: Option<&Indicator>) -> Result<Option<Answer>, AnswerFault> {
    let chosen = Figure::from_state(&typed.chosen, None);
    let read = match indicator {
        Some(indicator) => indicator.read(&typed.value).map_err(AnswerFault::NotAFigure)?,
        None => Figure::parse(&typed.value).map_err(|why| AnswerFault::NotAFigure(NotAFigure::Amount(why)))?,
    };
    match (read, chosen) {
        (Some(read), Some(chosen)) if read != chosen => Err(AnswerFault::Both),
        (read, chosen) => Ok(read.or(chosen).map(Answer::Figure)),
    }
}

/// A line whose answer is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key of the line.
    pub key: String,
    /// What stood there; none where nothing did.
    pub was: Option<Answer>,
    /// What stands there now.
    pub is: Option<Answer>,
}

impl ReportContent {
    /// The figure of a line; none where it was not answered.
    pub fn figure(&self, key: &str) -> Option<Figure> {
        match self.answers.get(key) {
            Some(Answer::Figure(figure)) => Some(*figure),
            _ => None,
        }
    }

    /// The words of a line; empty where there are none.
    pub fn text(&self, key: &str) -> &str {
        match self.answers.get(key) {
            Some(Answer::Text(words)) => words,
            _ => "",
        }
    }

    /// The figures by their indicators. What was not answered is not among them.
    pub fn figures<'a>(&'a self, lines: &'a [ReportLine]) -> impl Iterator<Item = (IndicatorId, Figure)> + 'a {
        lines.iter().filter_map(|line| Some((line.indicator()?, self.figure(&line.key)?)))
    }

    /// How many figures are unknown or redacted.
    pub fn n_unknown(&self) -> i64 {
        let unknown = |answer: &&Answer| matches!(answer, Answer::Figure(Figure::Unknown | Figure::Redacted));
        i64::try_from(self.answers.values().filter(unknown).count()).unwrap_or(i64::MAX)
    }

    /// What is not as it was, by the keys of the lines.
    pub fn differences(&self, was: &ReportContent) -> Vec<Difference> {
        let keys: BTreeSet<&String> = self.answers.keys().chain(was.answers.keys()).collect();
        let difference = |key: &String| {
            let (was, is) = (was.answers.get(key), self.answers.get(key));
            (was != is).then(|| Difference { key: key.clone(), was: was.cloned(), is: is.cloned() })
        };
        keys.into_iter().filter_map(difference).collect()
    }

    /// As it is typed into the form of a template again.
    pub fn typed(&self, line: &ReportLine) -> TypedAnswer {
        let reason = self.reasons.get(&line.key).cloned().unwrap_or_default();
        match self.answers.get(&line.key) {
            None => TypedAnswer { reason, ..TypedAnswer::default() },
            Some(Answer::Text(words)) => TypedAnswer { value: words.clone(), chosen: String::new(), reason },
            Some(Answer::Figure(Figure::Known(amount))) => {
                TypedAnswer { value: amount.to_string(), chosen: String::new(), reason }
            }
            Some(Answer::Figure(other)) => {
                TypedAnswer { value: String::new(), chosen: other.state().to_owned(), reason }
            }
        }
    }
}

/// A zero report: what was left empty among these lines is set to zero because a person says that there is nothing.
/// What was typed or chosen stays.
pub fn fill_zeros(lines: &[ReportLine], typed: &mut BTreeMap<String, TypedAnswer>) -> usize {
    let mut n_filled = 0;
    for line in lines.iter().filter(|line| line.indicator().is_some()) {
        let answer = typed.entry(line.key.clone()).or_default();
        if answer.value.trim().is_empty() && answer.chosen.is_empty() {
            "0".clone_into(&mut answer.value);
            n_filled += 1;
        }
    }
    n_filled
}

/// The lines of a section: from the one that begins it until before the next that begins one.
pub fn section_of(lines: &[ReportLine], at: usize) -> &[ReportLine] {
    let Some(rest) = lines.get(at..) else { return &[] };
    let next = rest.iter().skip(1).position(|line| !line.section_zh.is_empty()).map_or(rest.len(), |next| next + 1);
    &rest[..next]
}
