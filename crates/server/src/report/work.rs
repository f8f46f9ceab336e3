use lianfang_domain::{access::Act, clock::DAY_MS, report::ReportState};
use lianfang_store::ReportSearch;

use super::{
    owed::{OwedLine, owed, own_scope},
    words::ReportWords,
};
use crate::{Fault, order::OrderLine, visit::Visit, work::Section};

/// Reports shown in a section.
const SHOWN: usize = 8;

/// What reports ask of the user: to be handed in by their units, and for those who receive them what is missing today.
pub(crate) async fn sections(visit: &Visit) -> Result<Vec<Section>, Fault> {
    let (t, mut sections) = (ReportWords(visit.lang), Vec::new());
    let own = own_scope(visit);
    if !own.is_nothing() {
        let (late, next): (Vec<OwedLine>, Vec<OwedLine>) =
            owed(visit, &own).await?.into_iter().partition(|line| line.is_late || !line.why.is_empty());
        sections.push(section(t.work_late(), "bad", late, t.title()));
        sections.push(section(t.work_next(), "warning", next, t.title()));
    }
    let receives = visit.scope_of(Act::ReturnReports);
    if !receives.is_nothing() {
        let search = ReportSearch {
            states: vec![ReportState::Omitted],
            since_ms: Some(visit.now_ms - DAY_MS),
            before_ms: Some(visit.now_ms),
            ..ReportSearch::default()
        };
        let n = visit.app.store().count_reports(&search, &receives).await?;
        let href = "/reports".to_owned();
        sections.push(Section { title: t.work_missing(), tone: "bad", n, lines: Vec::new(), href, all: t.board() });
    }
    Ok(sections)
}

fn section(title: &'static str, tone: &'static str, lines: Vec<OwedLine>, all: &'static str) -> Section {
    let n = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let lines = lines.into_iter().take(SHOWN).map(line).collect();
    Section { title, tone, n, lines, href: "/reports".to_owned(), all }
}

fn line(owed: OwedLine) -> OrderLine {
    OrderLine {
        href: owed.href,
        words: format!("{} {}", owed.title, owed.period),
        unit: owed.unit,
        heading: owed.why,
        state: "",
        tone: owed.tone,
        light: owed.light,
        light_tone: owed.light_tone,
        role: "",
        supervision: "",
        urgent: "",
        choice: (String::new(), 0, owed.state),
    }
}
