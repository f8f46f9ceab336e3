use std::collections::{BTreeMap, BTreeSet};

use lianfang_domain::{
    Lang, ReportId,
    access::Scope,
    area::AreaCode,
    report::{Answer, Cell, CellState, LineAsk, ReportContent, ReportLine, ReportTemplate},
    sitrep::{Said, WrittenAnswer, WrittenFact},
};
use lianfang_store::NewSitrep;

use super::gather::Asking;
use crate::{
    Fault,
    report::completeness::{Matrix, Wanted, matrix, versions_of},
    shown::date,
};

/// A question that reports ask units to answer in words.
pub(super) struct Question {
    /// `工作情况日报·存在的问题`, in each language.
    pub(super) full: [String; 2],
    /// `存在的问题`, in each language.
    alone: [String; 2],
}

impl Question {
    fn of(template: &ReportTemplate, line: &ReportLine) -> Option<Question> {
        if !matches!(line.ask, LineAsk::Text { .. }) {
            return None;
        }
        let named = [Lang::Zh, Lang::En].map(|lang| (template.name(lang), line.name(&[], lang)));
        Some(Question {
            full: named.map(|(template, line)| format!("{template}·{line}")),
            alone: named.map(|(_, line)| line.to_owned()),
        })
    }

    fn is_called(&self, name: &str) -> bool {
        self.full.iter().chain(&self.alone).any(|known| known == name)
    }

    /// Everything that it is called.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.full.iter().chain(&self.alone)
    }
}

fn county(area: &AreaCode) -> Scope {
    Scope { areas: vec![area.home()], ..Scope::default() }
}

/// The questions that the reports of an area's county ask.
pub(super) async fn questions(asking: &Asking<'_>, area: &AreaCode) -> Result<Vec<Question>, Fault> {
    let templates = asking.store.report_templates(&county(area)).await?;
    let of = |record: &lianfang_store::TemplateRecord| -> Vec<Question> {
        let template = &record.template;
        template.lines.iter().filter_map(|line| Question::of(template, line)).collect()
    };
    Ok(templates.iter().flat_map(of).collect())
}

/// What units wrote on the day in answer to the questions that a text takes.
pub(super) async fn written(
    asking: &Asking<'_>,
    sitrep: &NewSitrep,
    taken: &BTreeSet<String>,
) -> Result<BTreeMap<String, WrittenFact>, Fault> {
    let mut facts: BTreeMap<String, WrittenFact> = BTreeMap::new();
    if taken.is_empty() {
        return Ok(facts);
    }
    for record in asking.store.report_templates(&county(&sitrep.area)).await? {
        let versions = versions_of(asking.store, record.template.id, &county(&sitrep.area)).await?;
        // A report that is asked for at once falls due on no day; what it asks now holds.
        let held = ReportTemplate::due_for(&versions, sitrep.on).map_or(&record.template, |(held, _)| held);
        let lines = held.lines.iter().filter_map(|line| Some((line, Question::of(held, line)?)));
        let asked: Vec<(&ReportLine, Vec<&String>)> = lines
            .map(|(line, question)| (line, taken.iter().filter(|name| question.is_called(name)).collect()))
            .filter(|(_, names): &(_, Vec<_>)| !names.is_empty())
            .collect();
        if asked.is_empty() {
            continue;
        }
        let day = Day::read(asking, sitrep, held).await?;
        for (line, names) in asked {
            let answers = day.answers(asking, sitrep, line);
            for name in names {
                let fact = facts.entry(name.clone()).or_default();
                line.name(&[], asking.lang).clone_into(&mut fact.question);
                fact.answers.extend(answers.iter().cloned());
            }
        }
    }
    Ok(facts)
}

/// The reports of a day by a template.
struct Day<'a> {
    template: &'a ReportTemplate,
    matrix: Matrix,
    contents: BTreeMap<ReportId, ReportContent>,
}

impl<'a> Day<'a> {
    async fn read(asking: &Asking<'_>, sitrep: &NewSitrep, template: &'a ReportTemplate) -> Result<Day<'a>, Fault> {
        let within = Scope { areas: vec![sitrep.area.clone()], ..Scope::default() };
        let wanted = Wanted { from: sitrep.on, to: sitrep.on, under: Some(&sitrep.area), now_ms: asking.now_ms };
        let matrix = matrix(asking.store, template.id, &within, &wanted).await?;
        let contents = asking.store.report_contents(template.id, sitrep.on, &within).await?;
        Ok(Day { template, matrix, contents: contents.into_iter().collect() })
    }

    fn answers(&self, asking: &Asking<'_>, sitrep: &NewSitrep, line: &ReportLine) -> Vec<WrittenAnswer> {
        let lang = asking.lang;
        let of = |cell: &Cell| {
            let when = if cell.n_corrections > 0 { lang.pick("，已更正", ", corrected") } else { "" };
            let state = cell.state.words(lang);
            format!("{} {} {state}{when}", self.template.name(lang), date(sitrep.on, lang))
        };
        let board = format!("/reports/board?template={}&to={}&days=1", self.template.id, sitrep.on);
        let answer = |row: &crate::report::completeness::MatrixRow| {
            let (cell, report) = row.cells.first()?;
            let content = report.and_then(|report| self.contents.get(&report));
            let words = match content.and_then(|content| content.answers.get(&line.key)) {
                Some(Answer::Text(words)) => Some(words.clone()),
                _ => None,
            };
            let said = match (cell.state, words) {
                (CellState::NotAsked, _) => return None,
                (CellState::OnTime | CellState::Late(_), Some(words)) => Said::Words(words),
                (CellState::Returned, Some(words)) => Said::SentBack(words),
                (CellState::OnTime | CellState::Late(_) | CellState::Returned, None) => Said::LeftOpen,
                // What is being written is not said yet.
                (CellState::NotYetDue | CellState::Draft, _) => Said::NotYetDue,
                (CellState::Missing, _) => Said::Missing,
            };
            let href = report.map_or_else(|| board.clone(), |report| format!("/reports/{report}"));
            Some(WrittenAnswer { unit: row.unit.name.clone(), said, of: of(cell), href })
        };
        self.matrix.rows.iter().filter_map(answer).collect()
    }
}
