use std::collections::{BTreeMap, BTreeSet};

use lianfang_domain::{
    UnitId,
    access::{Act, Role, Scope},
    notice::{About, Notice, NoticeKind, Urgency},
    report::{Cell, Completeness, Due, Look, LookKind, ReportState, ReportTemplate, looks_of, next_look_of},
};
use lianfang_store::{BoardCell, Recipient, ReportKey, ReportingUnit, StoreError, TemplateRecord};

use super::completeness::few;
use crate::{
    App,
    app::day_of,
    job::{JobFault, Work},
};

/// The kind of the job.
pub(crate) const SWEEP: &str = "report.sweep";
/// Templates that are read together.
const BATCH: u32 = 20;
/// How often a template is read again because someone changed it at the same moment.
const MOST_LOST: u32 = 50;
/// Units named in a notice.
const NAMES: usize = 12;

/// Whether anybody must be reminded or noted as missing.
pub(crate) async fn is_due(app: App) -> Result<bool, StoreError> {
    app.store().is_report_template_due(app.now_ms()).await
}

/// Looks at every template whose time has come: reminds, notes what is missing, tells those who receive the reports. What
/// another node did at the same moment makes the template be read again, so that nothing is told twice.
pub(crate) async fn sweep(work: Work) -> Result<(), JobFault> {
    let (mut n_lost, mut n_seen) = (0, 0_u64);
    loop {
        let now_ms = work.app.now_ms();
        let due = work.app.store().report_templates_due(now_ms, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for record in &due {
            match look_at(&work, record, now_ms).await {
                Ok(()) => n_seen += 1,
                Err(StoreError::Changed(_)) if n_lost < MOST_LOST => n_lost += 1,
                Err(error) => return Err(error.into()),
            }
        }
        work.progress(n_seen, None).await?;
    }
}

/// A notice about to be told, and to whom.
type Told = (Vec<Recipient>, Notice);

async fn look_at(work: &Work, record: &TemplateRecord, now_ms: i64) -> Result<(), StoreError> {
    let store = work.app.store();
    let home = Scope { areas: vec![record.template.area.clone()], ..Scope::default() };
    let versions: Vec<ReportTemplate> =
        store.report_template_versions(&record.template).await?.into_iter().map(|one| one.template).collect();
    let found = looks_of(&versions, record.looked_at_ms, now_ms);
    let units = store.reporting_units(&home, None).await?;
    let last_due = found.iter().map(|(_, look)| look.due.due_at_ms).max();
    let (mut omitted, mut told): (Vec<ReportKey>, Vec<Told>) = (Vec::new(), Vec::new());
    for (at, (template, look)) in found.iter().enumerate() {
        let on = look.due.period.on;
        let cells = store.report_cells(template.id, (on, on), &home, None).await?;
        let asked: Vec<&ReportingUnit> = units.iter().filter(|unit| unit.is_asked(&template.assigned)).collect();
        if look.kind == LookKind::Note {
            omitted.extend(nothing_of(template, &asked, &cells, look.due));
        }
        // Of what came and went while nobody looked, only the last is told.
        let is_last = !found[at + 1..].iter().any(|(_, later)| later.due == look.due);
        if is_last && Some(look.due.due_at_ms) == last_due {
            told.extend(tell(work, template, *look, (&asked, &cells), now_ms).await?);
        }
    }
    let next = next_look_of(&versions, now_ms);
    let mut tx = work.begin(Act::WatchClocks);
    tx.about("report_template", record.template.id, Some(&record.template.area));
    omitted.iter().for_each(|key| tx.expect_report(key, ReportState::Omitted));
    for (to, notice) in &told {
        tx.notify(to, notice)?;
    }
    tx.looked_at_reports(record, now_ms, next);
    tx.commit().await
}

/// The reports of which nothing is there.
fn nothing_of(template: &ReportTemplate, asked: &[&ReportingUnit], cells: &[BoardCell], due: Due) -> Vec<ReportKey> {
    let begun: BTreeSet<UnitId> = cells.iter().map(|cell| cell.unit).collect();
    let missing = asked.iter().filter(|unit| !begun.contains(&unit.id));
    missing.map(|unit| ReportKey::of(template, unit, due)).collect()
}

/// Who is told by a look, and what.
async fn tell(
    work: &Work,
    template: &ReportTemplate,
    look: Look,
    (asked, cells): (&[&ReportingUnit], &[BoardCell]),
    now_ms: i64,
) -> Result<Vec<Told>, StoreError> {
    let store = work.app.store();
    let day = day_of(now_ms);
    let stands: BTreeMap<UnitId, Cell> = cells.iter().map(|one| (one.unit, Cell::of(&one.facts, now_ms))).collect();
    let cell =
        |unit: UnitId| stands.get(&unit).copied().unwrap_or_else(|| Cell::of_nothing(Some(look.due.due_at_ms), now_ms));
    let open: Vec<&ReportingUnit> = asked.iter().copied().filter(|unit| !cell(unit.id).state.is_in()).collect();
    let due_ms = Some(look.due.due_at_ms);
    let what = template.name_zh.clone();
    let mut told = Vec::new();
    if matches!(look.kind, LookKind::Remind | LookKind::Note) {
        let kind = if look.kind == LookKind::Remind { NoticeKind::ReportDue } else { NoticeKind::ReportMissing };
        for unit in open {
            let about = About { what: what.clone(), more: String::new(), due_ms };
            let place = (template.id, unit.id, look.due.period.on);
            let href = format!("/reports/fill?template={}&unit={}&on={}", place.0, place.1, place.2);
            let notice = Notice { kind, about, href, urgency: Urgency::Ordinary, area: unit.division.clone() };
            told.push((store.users_for_unit(unit.id, day).await?, notice));
        }
        return Ok(told);
    }
    if open.is_empty() {
        return Ok(told);
    }
    let names: Vec<String> = open.iter().map(|unit| unit.name.clone()).collect();
    let cells: Vec<Cell> = asked.iter().map(|unit| cell(unit.id)).collect();
    let lang = lianfang_domain::Lang::Zh;
    let more = Completeness::of(&cells).words(&few(&names, NAMES, lang), lang);
    let roles: &[Role] =
        if look.kind == LookKind::TellReceivers { &[Role::Office] } else { &[Role::Office, Role::Commander] };
    let mut to = Vec::new();
    for role in roles {
        to.extend(store.users_with_role(*role, &template.area, day).await?);
    }
    for unit in &template.told {
        to.extend(store.users_for_unit(*unit, day).await?);
    }
    to.sort_by_key(|one| one.user);
    to.dedup_by_key(|one| one.user);
    let about = About { what, more, due_ms };
    let href = format!("/reports/board?template={}&to={}", template.id, look.due.period.on);
    let kind = NoticeKind::ReportsMissing;
    told.push((to, Notice { kind, about, href, urgency: Urgency::Ordinary, area: template.area.clone() }));
    Ok(told)
}
