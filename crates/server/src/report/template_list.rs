use askama::Template;
use lianfang_domain::{
    access::Act,
    report::{SUPPLIED, TemplateState},
};

use super::{template_href, trail, words::ReportWords};
use crate::{Frame, fault::PageResult, page::page, visit::Visit};

/// The list of templates.
#[derive(Template)]
#[template(path = "report/templates.html")]
pub(crate) struct TemplatesPage {
    frame: Frame,
    t: ReportWords,
    rows: Vec<Row>,
    supplied: Vec<(String, &'static str)>,
    may_change: bool,
}

struct Row {
    href: String,
    name: String,
    cadence: String,
    covers: &'static str,
    n_lines: usize,
    version: i64,
    state: &'static str,
    tone: &'static str,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let (t, lang) = (ReportWords(visit.lang), visit.lang);
    let records = visit.app.store().report_templates(&visit.scope).await?;
    let row = |record: lianfang_store::TemplateRecord| {
        let one = record.template;
        Row {
            href: template_href(one.id),
            name: one.name(lang).to_owned(),
            cadence: one.cadence.words(lang),
            covers: one.covers.words(lang),
            n_lines: one.lines.len(),
            version: one.version,
            state: one.state.words(lang),
            tone: if one.state == TemplateState::InUse { "good" } else { "neutral" },
        }
    };
    let mut steps = trail(&visit);
    if !visit.may(Act::ViewReports) {
        steps.clear();
    }
    page(&TemplatesPage {
        frame: visit.frame(t.templates(), steps),
        t,
        rows: records.into_iter().map(row).collect(),
        supplied: SUPPLIED
            .iter()
            .map(|one| (format!("/reports/templates/new?supplied={}", one.code), one.name(lang)))
            .collect(),
        may_change: visit.may(Act::ChangeReportTemplates),
    })
}
