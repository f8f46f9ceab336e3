use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    IndicatorId, Lang, ReportId,
    access::{Act, Scope},
    indicator::{Figure, Indicator},
    report::{Answer, Cell, CellState, LineAsk, ReportContent, ReportState, ReportTemplate},
};
use lianfang_store::ReportVersion;

use super::{
    completeness::versions_of,
    ground::{Ground, Place},
    template_href, trail,
    words::ReportWords,
};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::instant,
    visit::Visit,
};

/// A report as it stands, with every version that was handed in.
#[derive(Template)]
#[template(path = "report/show.html")]
pub(crate) struct ReportPage {
    frame: Frame,
    t: ReportWords,
    href: String,
    state: String,
    tone: &'static str,
    marks: Vec<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
    template: Option<Link>,
    board: Link,
    why_returned: String,
    lines: Vec<LineShown>,
    versions: Vec<VersionShown>,
    version: i64,
    fill: Option<(String, &'static str)>,
    may_return: bool,
    why: String,
    errors: FormErrors,
}

form_page!(ReportPage);

struct LineShown {
    section: String,
    name: String,
    value: String,
    is_unknown: bool,
    is_text: bool,
    before: String,
    change: String,
    reason: String,
    trend: Option<String>,
}

struct VersionShown {
    when: String,
    who: String,
    title: String,
    reason: String,
    differences: Vec<(String, String, String)>,
}

/// The colour of a cell.
pub(super) fn tone(state: CellState) -> &'static str {
    match state {
        CellState::OnTime => "good",
        CellState::Late(_) | CellState::Draft => "warning",
        CellState::Missing | CellState::Returned => "bad",
        CellState::NotYetDue | CellState::NotAsked => "neutral",
    }
}

/// An answer in words.
pub(super) fn answer_words(answer: Option<&Answer>, indicator: Option<&Indicator>, lang: Lang) -> String {
    match (answer, indicator) {
        (Some(Answer::Text(words)), _) => words.clone(),
        (Some(Answer::Figure(figure)), Some(one)) => one.words(Some(*figure), lang),
        (Some(Answer::Figure(figure)), None) => figure.words(0, lang),
        (None, _) => lang.pick("未填", "not answered").to_owned(),
    }
}

pub(super) async fn show(visit: Visit, At(id): At<ReportId>) -> PageResult {
    let ground = Ground::read(&visit, &visit.scope, Place::Kept(id)).await?;
    page(&report_page(&visit, &ground, "", FormErrors::default()).await?)
}

pub(super) async fn report_page(
    visit: &Visit,
    ground: &Ground,
    why: &str,
    errors: FormErrors,
) -> Result<ReportPage, Fault> {
    let (t, lang, key) = (ReportWords(visit.lang), visit.lang, &ground.key);
    let record = ground.record.as_ref().ok_or(Fault::NotFound)?;
    let cell = Cell::of(&record.facts(), visit.now_ms);
    let facts = ground.facts(visit, "");
    let at = |at_ms: Option<i64>| at_ms.map(|at_ms| instant(at_ms, lang)).unwrap_or_default();
    let mut shown = vec![
        (t.unit(), ground.unit.name.clone()),
        (t.period_title(), t.period(ground.period, lang)),
        (t.due_at(), instant(key.due_at_ms, lang)),
    ];
    if record.first_submitted_at_ms.is_some() {
        shown.push((t.first_in(), at(record.first_submitted_at_ms)));
        shown.push((t.by(), record.by.clone()));
    }
    if record.n_corrections > 0 {
        shown.push((t.last_in(), at(record.last_submitted_at_ms)));
    }
    if !record.on_behalf.is_empty() {
        shown.push((t.behalf_title(), t.on_behalf_was(&record.on_behalf)));
    }
    let mut marks = Vec::new();
    if record.n_corrections > 0 {
        marks.push(("warning", t.n_corrected(record.n_corrections)));
    }
    if record.n_unknown > 0 {
        marks.push(("unknown", t.n_unknown(record.n_unknown)));
    }
    let may_fill = facts.is_reporter;
    let verb = match record.state {
        ReportState::Submitted => t.correct(),
        ReportState::Returned => t.fill_again(),
        ReportState::Draft | ReportState::Omitted => t.fill(),
    };
    let may_see_template = visit.may(Act::ViewReportTemplates);
    Ok(ReportPage {
        frame: visit.frame(&ground.name(visit), trail(visit)),
        t,
        href: super::href(record.id),
        state: cell.state.words(lang),
        tone: tone(cell.state),
        marks,
        facts: shown,
        template: may_see_template.then(|| Link {
            name: t.template_version(&ground.name(visit), ground.template.version),
            href: template_href(key.template),
        }),
        board: Link { name: t.board().to_owned(), href: format!("/reports/board?template={}", key.template) },
        why_returned: record.why_returned.clone(),
        lines: lines(ground, lang),
        versions: versions(visit, ground).await?,
        version: record.version,
        fill: may_fill.then(|| (format!("/reports/fill?report={}", record.id), verb)),
        may_return: facts.is_receiver && record.state == ReportState::Submitted,
        why: why.to_owned(),
        errors,
    })
}

fn lines(ground: &Ground, lang: Lang) -> Vec<LineShown> {
    let line = |line: &lianfang_domain::report::ReportLine| {
        let indicator = ground.indicator(&line.ask);
        let answer = ground.content.answers.get(&line.key);
        let figure = ground.content.figure(&line.key);
        let before = indicator.and_then(|one| ground.before.get(&one.id).copied());
        LineShown {
            section: line.section(lang).to_owned(),
            name: line.name(&ground.indicators, lang).to_owned(),
            value: answer_words(answer, indicator, lang),
            is_unknown: matches!(figure, Some(Figure::Unknown | Figure::Redacted)) || answer.is_none(),
            is_text: matches!(line.ask, LineAsk::Text { .. }),
            before: indicator.map(|one| one.words(before, lang)).unwrap_or_default(),
            change: change(indicator, figure, before),
            reason: ground.content.reasons.get(&line.key).cloned().unwrap_or_default(),
            trend: indicator.map(|one| format!("/indicators/{}", one.id)),
        }
    };
    ground.template.lines.iter().map(line).collect()
}

/// How much a figure has changed, with its sign; nothing where either is not known.
fn change(indicator: Option<&Indicator>, figure: Option<Figure>, before: Option<Figure>) -> String {
    let (Some(one), Some(now), Some(before)) =
        (indicator, figure.and_then(Figure::amount), before.and_then(Figure::amount))
    else {
        return String::new();
    };
    let Some(change) = now.minus(before) else { return String::new() };
    let shown = change.grouped(one.decimals);
    if now > before { format!("+{shown}") } else { shown }
}

/// The versions that were handed in, each with what it changed.
async fn versions(visit: &Visit, ground: &Ground) -> Result<Vec<VersionShown>, Fault> {
    let (store, lang, t) = (visit.app.store(), visit.lang, ReportWords(visit.lang));
    let Some(record) = &ground.record else { return Ok(Vec::new()) };
    let versions = store.report_versions(record).await?;
    let templates = versions_of(store, record.key.template, &Scope::everywhere()).await?;
    let indicators: BTreeMap<IndicatorId, Indicator> =
        store.indicators(&record.home()).await?.into_iter().map(|one| (one.id, one)).collect();
    let nothing = ReportContent::default();
    let shown = |(at, version): (usize, &ReportVersion)| {
        let was = versions.get(at + 1).map_or(&nothing, |before| &before.content);
        let is_first = at + 1 == versions.len();
        let template = templates.iter().find(|one| one.version == version.template_version);
        let found = if is_first { Vec::new() } else { version.content.differences(was) };
        let difference = |one: lianfang_domain::report::Difference| {
            let (name, indicator) = named(template, &one.key, &indicators, lang);
            let words = |answer: &Option<Answer>| answer_words(answer.as_ref(), indicator, lang);
            (name, words(&one.was), words(&one.is))
        };
        VersionShown {
            when: instant(version.at_ms, lang),
            who: match version.on_behalf.as_str() {
                "" => version.by.clone(),
                role => format!("{}（{}）", version.by, t.on_behalf_was(role)),
            },
            title: if is_first { t.first_in().to_owned() } else { t.nth_version(version.number) },
            reason: version.reason.clone(),
            differences: found.into_iter().map(difference).collect(),
        }
    };
    Ok(versions.iter().enumerate().map(shown).collect())
}

/// What a line is called, and its indicator.
fn named<'a>(
    template: Option<&ReportTemplate>,
    key: &str,
    indicators: &'a BTreeMap<IndicatorId, Indicator>,
    lang: Lang,
) -> (String, Option<&'a Indicator>) {
    let line = template.and_then(|one| one.lines.iter().find(|line| line.key == key));
    let indicator = line.and_then(lianfang_domain::report::ReportLine::indicator).and_then(|id| indicators.get(&id));
    let name = match (line, indicator) {
        (_, Some(one)) => one.name(lang).to_owned(),
        (Some(line), None) => line.name(&[], lang).to_owned(),
        (None, None) => key.to_owned(),
    };
    (name, indicator)
}
