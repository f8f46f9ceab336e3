use lianfang_domain::{
    ClockId, ReportTemplateId,
    clock::{Clock, Limit},
    notice::{About, Notice, NoticeKind, Urgency},
    order::ESCALATION,
    report::{ReportContent, ReportState, ReportTemplate},
};
use lianfang_store::{NewClock, NewContent, ReportKey};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{completeness::versions_of, href, keep_report::CLOCK, template_href, words::ReportWords};
use crate::{Fault, at::At, fault::PageResult, form::Sent, page::see_other, visit::Visit};

/// Asks for a report at once.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "ReportToAsk")]
pub(super) struct AskForm {
    /// What it is about.
    why: String,
}

/// Asks every unit of a template for a report at once: each gets a row, a clock and a notice, in one act.
pub(super) async fn send(visit: Visit, At(id): At<ReportTemplateId>, Sent(form): Sent<AskForm>) -> PageResult {
    let store = visit.app.store();
    let versions = versions_of(store, id, &visit.scope).await?;
    let template = ReportTemplate::in_force(&versions, visit.day()).ok_or(Fault::NotFound)?;
    let due = template
        .cadence
        .asked_at(visit.day(), visit.now_ms)
        .ok_or_else(|| Fault::BadInput(ReportWords(visit.lang).not_at_once().to_owned()))?;
    let units = store.reporting_units(&visit.scope, None).await?;
    let nothing = ReportContent::default();
    let new =
        NewContent { content: &nothing, template_version: template.version, reason: "", on_behalf: "", withdrawn: &[] };
    let mut asked = Vec::new();
    for unit in units.iter().filter(|unit| unit.is_asked(&template.assigned)) {
        let to = store.users_for_unit(unit.id, visit.day()).await?;
        asked.push((unit, to, lianfang_domain::ReportId(store.new_id(visit.now_ms))));
    }
    let mut tx = visit.begin();
    tx.about("report_template", id, Some(&template.area));
    tx.because(form.why.trim());
    tx.changed("n_asked", 0, asked.len());
    for (unit, to, report) in &asked {
        let key = ReportKey { turn: visit.now_ms, ..ReportKey::of(template, unit, due) };
        tx.add_report(*report, &key, ReportState::Draft, &new)?;
        let about =
            About { what: template.name_zh.clone(), more: form.why.trim().to_owned(), due_ms: Some(due.due_at_ms) };
        let area = unit.division.clone();
        let told = Notice { kind: NoticeKind::ReportAsked, about, href: href(*report), urgency: Urgency::Urgent, area };
        tx.notify(to, &told)?;
        tx.start_clock(&NewClock {
            id: ClockId(store.new_id(visit.now_ms)),
            area: unit.division.clone(),
            subject_kind: CLOCK,
            subject: report.to_string(),
            title: template.name_zh.clone(),
            href: href(*report),
            told_unit: Some(unit.id),
            clock: Clock::start(Limit::At { at_ms: due.due_at_ms }, visit.now_ms),
            escalation: ESCALATION,
        })?;
    }
    tx.commit().await?;
    Ok(see_other(&template_href(id)))
}
