use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    Lang, ReportId, ReportTemplateId, UnitId,
    access::Scope,
    area::AreaCode,
    report::{Cell, CellState, Completeness, Due, ReportTemplate},
};
use lianfang_store::{ReportingUnit, Store, StoreError, TemplateRecord};

use crate::Fault;

/// A unit of the completeness board, with a cell for each day.
pub(crate) struct MatrixRow {
    /// The unit.
    pub(crate) unit: ReportingUnit,
    /// How it stands on each day, with the report where there is one.
    pub(crate) cells: Vec<(Cell, Option<ReportId>)>,
}

/// Who has reported and who has not, by unit and day.
pub(crate) struct Matrix {
    /// The days under which figures stand, the first first.
    pub(crate) days: Vec<Date>,
    /// The units of whom anything is asked.
    pub(crate) rows: Vec<MatrixRow>,
}

impl Matrix {
    /// Everything together.
    pub(crate) fn completeness(&self) -> Completeness {
        Completeness::of(self.rows.iter().flat_map(|row| row.cells.iter().map(|(cell, _)| cell)))
    }

    /// How complete one day is, and who is missing.
    pub(crate) fn on_day(&self, at: usize) -> (Completeness, Vec<String>) {
        let cells = || self.rows.iter().filter_map(|row| Some((row, row.cells.get(at)?)));
        let open = |state: CellState| matches!(state, CellState::Missing | CellState::Returned);
        let missing = cells().filter(|(_, (cell, _))| open(cell.state)).map(|(row, _)| row.unit.name.clone());
        (Completeness::of(cells().map(|(_, (cell, _))| cell)), missing.collect())
    }
}

/// Every version of a template that concerns a scope, the latest first; empty where there is none.
pub(crate) async fn versions_of(
    store: &Store,
    id: ReportTemplateId,
    scope: &Scope,
) -> Result<Vec<ReportTemplate>, Fault> {
    match store.report_template(id, scope).await? {
        Some(record) => Ok(versions_kept(store, &record).await?),
        None => Ok(Vec::new()),
    }
}

/// Every version of a template, the latest first.
pub(super) async fn versions_kept(store: &Store, record: &TemplateRecord) -> Result<Vec<ReportTemplate>, StoreError> {
    if record.template.version == 1 {
        return Ok(vec![record.template.clone()]);
    }
    let versions = store.report_template_versions(&record.template).await?;
    Ok(versions.into_iter().map(|one| one.template).collect())
}

/// Which part of the board is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'a> {
    /// The first day.
    pub(crate) from: Date,
    /// The last.
    pub(crate) to: Date,
    /// An area, with everything below it.
    pub(crate) under: Option<&'a AreaCode>,
    /// What counts as over its time.
    pub(crate) now_ms: i64,
}

impl Wanted<'_> {
    fn days(&self) -> Vec<Date> {
        self.from.series(1.day()).take_while(|day| *day <= self.to).collect()
    }
}

/// The board of a template's reports as far as a scope goes. What fell due before anybody was asked for it is not missing:
/// what was looked at already has a row where something was missing.
pub(crate) async fn matrix(
    store: &Store,
    id: ReportTemplateId,
    scope: &Scope,
    wanted: &Wanted<'_>,
) -> Result<Matrix, Fault> {
    let units = store.reporting_units(scope, wanted.under).await?;
    matrix_of(store, id, scope, wanted, &units).await
}

/// The same of units that were read already.
pub(crate) async fn matrix_of(
    store: &Store,
    id: ReportTemplateId,
    scope: &Scope,
    wanted: &Wanted<'_>,
    units: &[ReportingUnit],
) -> Result<Matrix, Fault> {
    let Some(record) = store.report_template(id, scope).await? else {
        return Ok(Matrix { days: wanted.days(), rows: Vec::new() });
    };
    let versions = versions_kept(store, &record).await?;
    Ok(matrix_by(store, (&record, &versions), scope, wanted, units).await?)
}

/// The same by a template that was read already, with its versions.
pub(super) async fn matrix_by(
    store: &Store,
    (record, versions): (&TemplateRecord, &[ReportTemplate]),
    scope: &Scope,
    wanted: &Wanted<'_>,
    units: &[ReportingUnit],
) -> Result<Matrix, StoreError> {
    let (id, days) = (record.template.id, wanted.days());
    let due = |day: &Date| ReportTemplate::due_for(versions, *day);
    // What was looked at has a row for everybody who was asked.
    let still_open = |(_, due): &(&ReportTemplate, Due)| due.due_at_ms > record.looked_at_ms;
    let asked: Vec<Option<(&ReportTemplate, Due)>> = days.iter().map(|day| due(day).filter(still_open)).collect();
    let nothing = (Cell::of_nothing(None, wanted.now_ms), None);
    let mut kept: BTreeMap<UnitId, Vec<(Cell, Option<ReportId>)>> = BTreeMap::new();
    for mark in store.report_marks(id, &days, scope, wanted.under).await? {
        let row = kept.entry(mark.unit).or_insert_with(|| vec![nothing; days.len()]);
        row[mark.day] = (Cell::of(&mark.facts, wanted.now_ms), Some(mark.report));
    }
    let mut rows = Vec::new();
    for unit in units {
        let mut cells = kept.remove(&unit.id);
        for (at, (template, due)) in asked.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_ref()?))) {
            if unit.is_asked(&template.assigned) {
                let cells = cells.get_or_insert_with(|| vec![nothing; days.len()]);
                if cells[at].1.is_none() {
                    cells[at].0 = Cell::of_nothing(Some(due.due_at_ms), wanted.now_ms);
                }
            }
        }
        rows.extend(cells.map(|cells| MatrixRow { unit: unit.clone(), cells }));
    }
    Ok(Matrix { days, rows })
}

/// One line on a day's reports by a template: how many of how many, and who is missing, at most so many by name.
pub(crate) async fn day_line(
    store: &Store,
    template: ReportTemplateId,
    (scope, units): (&Scope, &[ReportingUnit]),
    (day, now_ms): (Date, i64),
    (most, lang): (usize, Lang),
) -> Result<(Completeness, String), Fault> {
    let wanted = Wanted { from: day, to: day, under: None, now_ms };
    let (all, missing) = matrix_of(store, template, scope, &wanted, units).await?.on_day(0);
    Ok((all, all.words(&few(&missing, most, lang), lang)))
}

/// At most so many names, and how many there are.
pub(crate) fn few(names: &[String], most: usize, lang: Lang) -> Vec<String> {
    let mut few: Vec<String> = names.iter().take(most).cloned().collect();
    if names.len() > most {
        few.push(lang.pick(format!("等 {} 个单位", names.len()), format!("and {} more", names.len() - most)));
    }
    few
}

/// How the reports of a day stand by one template, and who is missing.
pub(crate) struct DayReports {
    /// The template.
    pub(crate) template: ReportTemplate,
    /// How complete they are.
    pub(crate) completeness: Completeness,
    /// Who is missing, by name.
    pub(crate) missing: Vec<String>,
}

/// How the reports of a day stand, by every template of which something was asked for an area.
pub(crate) async fn reports_of_day(
    store: &Store,
    scope: &Scope,
    under: &AreaCode,
    (day, now_ms): (Date, i64),
) -> Result<Vec<DayReports>, Fault> {
    let wanted = Wanted { from: day, to: day, under: Some(under), now_ms };
    let mut found = Vec::new();
    for record in store.report_templates(scope).await? {
        let (completeness, missing) = matrix(store, record.template.id, scope, &wanted).await?.on_day(0);
        if completeness.n_asked() > 0 {
            found.push(DayReports { template: record.template, completeness, missing });
        }
    }
    Ok(found)
}
