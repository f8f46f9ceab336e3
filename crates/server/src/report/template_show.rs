use askama::Template;
use lianfang_domain::{
    ReportTemplateId,
    access::{Act, Scope},
    area::AreaCode,
    indicator::Indicator,
    report::{Assignment, Cadence, LineAsk, ReportLine, TemplateState},
};
use lianfang_store::TemplateVersion;

use super::{template_edit::of_home, template_href, trail, words::ReportWords};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    page::page,
    shown::{date, instant},
    visit::Visit,
};

/// A template: what it asks, of whom, and its versions.
#[derive(Template)]
#[template(path = "report/template.html")]
pub(crate) struct TemplatePage {
    frame: Frame,
    t: ReportWords,
    href: String,
    state: &'static str,
    tone: &'static str,
    facts: Vec<(&'static str, String)>,
    guidance: String,
    lines: Vec<LineShown>,
    asked: Vec<String>,
    units: Vec<String>,
    versions: Vec<(String, String, String)>,
    may_change: bool,
    may_ask: bool,
    copy: String,
    board: Option<String>,
}

struct LineShown {
    section: String,
    name: String,
    unit: String,
    required: bool,
}

pub(super) async fn show(visit: Visit, At(id): At<ReportTemplateId>) -> PageResult {
    let (t, lang, store) = (ReportWords(visit.lang), visit.lang, visit.app.store());
    let record = store.report_template(id, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let template = &record.template;
    let indicators = store.indicators(&template.area).await?;
    let mut steps = trail(&visit);
    steps.push(Link { name: t.templates().to_owned(), href: "/reports/templates".to_owned() });
    let units = store.reporting_units(&of_home(template), None).await?;
    let names = units.iter().filter(|unit| unit.is_asked(&template.assigned)).map(|unit| unit.name.clone());
    let units: Vec<String> = names.collect();
    let versions = store.report_template_versions(template).await?;
    let may_change = visit.scope_of(Act::ChangeReportTemplates).holds_area(&template.area);
    let at_once = matches!(template.cadence, Cadence::AtOnce { .. });
    let asked = visit.scope_of(Act::ReturnReports);
    page(&TemplatePage {
        frame: visit.frame(template.name(lang), steps),
        t,
        href: template_href(id),
        state: template.state.words(lang),
        tone: if template.state == TemplateState::InUse { "good" } else { "neutral" },
        facts: vec![
            (t.every(), template.cadence.words(lang)),
            (t.covers(), template.covers.words(lang).to_owned()),
            (t.holds_from(), date(template.from_on, lang)),
            (t.asked_of(), t.n_units(units.len())),
            (t.receives(), area_name(&visit, &template.area).await?),
        ],
        guidance: template.guidance.clone(),
        lines: template.lines.iter().map(|line| line_shown(line, &indicators, &visit)).collect(),
        asked: asked_words(&visit, &template.assigned).await?,
        units,
        versions: versions.iter().map(|one| version_shown(one, &visit)).collect(),
        may_change,
        may_ask: at_once && !asked.is_nothing() && asked.holds_area(&template.area),
        copy: format!("/reports/templates/new?copy={id}"),
        board: visit.may(Act::ViewReports).then(|| format!("/reports/board?template={id}")),
    })
}

fn line_shown(line: &ReportLine, indicators: &[Indicator], visit: &Visit) -> LineShown {
    let indicator = indicators.iter().find(|one| Some(one.id) == line.indicator());
    LineShown {
        section: line.section(visit.lang).to_owned(),
        name: line.name(indicators, visit.lang).to_owned(),
        unit: match (&line.ask, indicator) {
            (LineAsk::Text { .. }, _) => ReportWords(visit.lang).words_asked().to_owned(),
            (_, Some(one)) => one.unit_words(visit.lang).to_owned(),
            (_, None) => String::new(),
        },
        required: line.required,
    }
}

fn version_shown(one: &TemplateVersion, visit: &Visit) -> (String, String, String) {
    let t = ReportWords(visit.lang);
    let words =
        t.version_facts(one.template.version, one.template.lines.len(), &date(one.template.from_on, visit.lang));
    (instant(one.at_ms, visit.lang), one.by.clone(), words)
}

/// Of whom it is asked, in words.
async fn asked_words(visit: &Visit, assigned: &[Assignment]) -> Result<Vec<String>, Fault> {
    let (store, t) = (visit.app.store(), ReportWords(visit.lang));
    let mut words = Vec::new();
    for one in assigned {
        words.push(match one {
            Assignment::Kind { kind, area } => {
                let name = area_name(visit, area).await?;
                t.kind_in(kind.words(visit.lang), &name)
            }
            Assignment::Area { area } => {
                let name = area_name(visit, area).await?;
                t.all_in(&name)
            }
            Assignment::Unit { unit } => {
                let unit = store.reporting_unit(*unit, &Scope::everywhere()).await?;
                unit.map(|unit| unit.name).unwrap_or_default()
            }
        });
    }
    Ok(words)
}

async fn area_name(visit: &Visit, area: &AreaCode) -> Result<String, Fault> {
    let row = visit.app.store().area_row(area, &Scope::everywhere(), visit.day()).await?;
    Ok(row.map_or_else(|| area.to_string(), |row| row.name))
}
