use lianfang_domain::{
    IndicatorId, ReportId,
    access::Role,
    notice::{About, Notice, NoticeKind, Urgency},
    report::{Filled, ReportContent, ReportState, ReportStep},
};
use lianfang_store::{ClockRecord, ClockState, FigureRow, NewContent, Recipient, StoreError, Tx};

use super::{ground::Ground, href};
use crate::{Fault, visit::Visit};

/// Under which kind the clocks of reports that are due at once run.
pub(super) const CLOCK: &str = "report";

/// A report that is about to be kept: what was filled in, the step, and why.
pub(super) struct Keeping<'a> {
    pub(super) ground: &'a Ground,
    pub(super) filled: &'a Filled,
    pub(super) step: ReportStep,
    pub(super) state: ReportState,
    pub(super) why: &'a str,
}

/// The figures of a report as they are kept for sums and trends.
pub(super) fn figures(
    ground: &Ground,
    content: &ReportContent,
    id: ReportId,
    number: i64,
    now_ms: i64,
) -> Vec<FigureRow> {
    let key = &ground.key;
    let row = |(indicator, figure)| FigureRow {
        area: key.division.home(),
        indicator,
        on: key.period_on,
        place: key.division.clone(),
        unit: key.unit,
        figure,
        as_of_ms: ground.period.until_ms.min(now_ms),
        report: Some(id),
        version: number,
        by: String::new(),
        at_ms: now_ms,
    };
    content.figures(&ground.template.lines).map(row).collect()
}

/// Keeps a report in one act: its content, its figures, and who is told. Gives back its identifier.
///
/// # Errors
/// [`StoreError`] when somebody was faster, or it cannot be kept.
pub(super) async fn keep(visit: &Visit, keeping: &Keeping<'_>) -> Result<ReportId, Fault> {
    let (ground, content) = (keeping.ground, &keeping.filled.content);
    let store = visit.app.store();
    let is_in = keeping.step != ReportStep::Save;
    let told = told(visit, keeping).await?;
    let id = ground.record.as_ref().map_or_else(|| ReportId(store.new_id(visit.now_ms)), |record| record.id);
    let clocks = clocks(visit, ground).await?;
    let on_behalf = ground.on_behalf(visit);
    let withdrawn = withdrawn(ground, content);
    let new = NewContent {
        content,
        template_version: ground.template.version,
        reason: keeping.why,
        on_behalf: &on_behalf,
        withdrawn: &withdrawn,
    };
    let mut tx = visit.begin();
    tx.about("report", id, Some(&ground.key.division));
    tx.because(keeping.why);
    match &ground.record {
        None => tx.add_report(id, &ground.key, keeping.state, &new)?,
        Some(record) if is_in => tx.submit_report(record, &new)?,
        Some(record) => tx.save_report(record, &new)?,
    }
    if is_in {
        let number = match &ground.record {
            Some(record) if record.first_submitted_at_ms.is_some() => record.n_corrections + 2,
            _ => 1,
        };
        tx.put_figures(&figures(ground, content, id, number, visit.now_ms));
        clocks.iter().try_for_each(|clock| tx.stop_clock(clock, Some(visit.now_ms)))?;
    }
    tell(&mut tx, &told, id, ground)?;
    tx.commit().await?;
    Ok(id)
}

/// The indicators of which the version before said something, and this one nothing.
fn withdrawn(ground: &Ground, content: &ReportContent) -> Vec<IndicatorId> {
    let now: Vec<IndicatorId> = content.figures(&ground.template.lines).map(|(one, _)| one).collect();
    let was = ground.content.figures(&ground.template.lines).map(|(one, _)| one);
    was.filter(|one| !now.contains(one)).collect()
}

/// The clocks that run until the report is handed in.
async fn clocks(visit: &Visit, ground: &Ground) -> Result<Vec<ClockRecord>, Fault> {
    let Some(record) = ground.record.as_ref().filter(|record| record.key.turn != 0) else { return Ok(Vec::new()) };
    let mut clocks = visit.app.store().clocks_of(CLOCK, &record.id.to_string()).await?;
    clocks.retain(|clock| clock.state != ClockState::Stopped);
    Ok(clocks)
}

/// Who is told: of a correction, and of one that was asked for at once, those who receive it.
async fn told(visit: &Visit, keeping: &Keeping<'_>) -> Result<Vec<(Vec<Recipient>, NoticeKind, String)>, Fault> {
    let ground = keeping.ground;
    let again = keeping.step == ReportStep::Correct
        || keeping.step == ReportStep::Submit
            && ground.record.as_ref().is_some_and(|record| record.first_submitted_at_ms.is_some());
    if !again {
        return Ok(Vec::new());
    }
    let store = visit.app.store();
    let mut to = store.users_with_role(Role::Office, &ground.template.area, visit.day()).await?;
    for unit in &ground.template.told {
        to.extend(store.users_for_unit(*unit, visit.day()).await?);
    }
    to.sort_by_key(|one| one.user);
    to.dedup_by_key(|one| one.user);
    let more = format!("{} {}", ground.unit.name, keeping.why);
    Ok(vec![(to, NoticeKind::ReportCorrected, more)])
}

fn tell(
    tx: &mut Tx<'_>,
    told: &[(Vec<Recipient>, NoticeKind, String)],
    id: ReportId,
    ground: &Ground,
) -> Result<(), StoreError> {
    for (to, kind, more) in told {
        let about = About { what: ground.title(), more: more.trim().to_owned(), due_ms: Some(ground.key.due_at_ms) };
        let area = ground.key.division.clone();
        tx.notify(to, &Notice { kind: *kind, about, href: href(id), urgency: Urgency::Ordinary, area })?;
    }
    Ok(())
}
