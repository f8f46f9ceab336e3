use jiff::civil::Date;
use lianfang_domain::{
    Id, ReportId, ReportTemplateId, UnitId,
    access::Scope,
    report::{ReportContent, ReportState},
};

use super::{
    ReportKey, ReportRecord, ReportVersion,
    change::{content_at, version_at},
};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    CONTENT = "SELECT content FROM report WHERE area = $1 AND id = $2 AND content IS NOT NULL";
    VERSIONS = "SELECT id, number, template_version, content, reason, by_name, on_behalf, at_ms FROM report_version
        WHERE area = $1 AND report = $2 ORDER BY number DESC";
}

/// The columns of a report, in the order in which [`record`] reads them.
pub(super) const COLUMNS: &str =
    "SELECT r.id, r.template, r.template_version, r.unit, r.division, r.above, r.period_on,
    r.turn, r.due_at_ms, r.state, r.n_unknown, r.first_submitted_at_ms, r.last_submitted_at_ms, r.n_corrections,
    r.by_name, r.on_behalf, r.why_returned, r.changed_at_ms, r.version FROM report r WHERE";

/// The columns by which a scope restricts reports.
pub(super) const SCOPED: [&str; 3] = ["r.division", "r.unit", "r.above"];

/// A state that is kept, as what it stands for.
pub(super) fn state_of(code: &str) -> Result<ReportState, StoreError> {
    ReportState::from_code(code).ok_or_else(|| StoreError::Broken(format!("there is no state of reports “{code}”")))
}

pub(super) fn record(row: &Row<'_>) -> Result<ReportRecord, StoreError> {
    let above = row.int(5)?;
    Ok(ReportRecord {
        id: ReportId(row.id(0)?),
        key: ReportKey {
            template: ReportTemplateId(row.id(1)?),
            template_version: row.int(2)?,
            unit: UnitId(row.id(3)?),
            division: row.parsed(4)?,
            above: (above != 0).then(|| UnitId(Id::from_number(above))),
            period_on: row.parsed(6)?,
            turn: row.int(7)?,
            due_at_ms: row.int(8)?,
        },
        state: state_of(&row.text(9)?)?,
        n_unknown: row.int(10)?,
        first_submitted_at_ms: row.opt_int(11)?,
        last_submitted_at_ms: row.opt_int(12)?,
        n_corrections: row.int(13)?,
        by: row.text(14)?,
        on_behalf: row.text(15)?,
        why_returned: row.text(16)?,
        changed_at_ms: row.int(17)?,
        version: row.int(18)?,
    })
}

fn content_of(text: &str) -> Result<ReportContent, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Store {
    /// One report, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report(&self, id: ReportId, scope: &Scope) -> Result<Option<ReportRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within_units(SCOPED, scope).text(" AND r.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// The reports of a unit and period by a template: one, or of those that are due at once one for each time it was
    /// asked for, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn reports_of_unit(
        &self,
        template: ReportTemplateId,
        (unit, on): (UnitId, Date),
        scope: &Scope,
    ) -> Result<Vec<ReportRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within_units(SCOPED, scope).text(" AND r.template = ").value(template).text(" AND r.unit = ").value(unit);
        query.text(" AND r.period_on = ").value(on).text(" ORDER BY r.turn DESC");
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// What was filled into a report so far; nothing where nobody has begun.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or it does not open.
    pub async fn report_content(&self, report: &ReportRecord) -> Result<ReportContent, StoreError> {
        let (vault, at) = (self.vault(), content_at(report.id));
        let read = |row: &Row<'_>| content_of(&vault.unseal(&row.bytes(0)?, at)?);
        Ok(self.point(&CONTENT, &values![report.home(), report.id], read).await?.unwrap_or_default())
    }

    /// What was filled into the reports of a template whose figures stand under a day, as far as a scope goes and somebody
    /// has begun.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or one does not open.
    pub async fn report_contents(
        &self,
        template: ReportTemplateId,
        on: Date,
        scope: &Scope,
    ) -> Result<Vec<(ReportId, ReportContent)>, StoreError> {
        let mut query = Query::new("SELECT r.id, r.content FROM report r WHERE");
        query.within_units(SCOPED, scope).text(" AND r.template = ").value(template);
        query.text(" AND r.period_on = ").value(on).text(" AND r.content IS NOT NULL ORDER BY r.id");
        let (sql, values) = query.done();
        let vault = self.vault();
        let read = move |row: &Row<'_>| {
            let id = ReportId(row.id(0)?);
            Ok((id, content_of(&vault.unseal(&row.bytes(1)?, content_at(id))?)?))
        };
        self.scan(sql, values, read).await
    }

    /// Every version of a report that was handed in, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or a version does not open.
    pub async fn report_versions(&self, report: &ReportRecord) -> Result<Vec<ReportVersion>, StoreError> {
        let vault = self.vault();
        let read = move |row: &Row<'_>| {
            Ok(ReportVersion {
                number: row.int(1)?,
                template_version: row.int(2)?,
                content: content_of(&vault.unseal(&row.bytes(3)?, version_at(row.int(0)?))?)?,
                reason: row.text(4)?,
                by: row.text(5)?,
                on_behalf: row.text(6)?,
                at_ms: row.int(7)?,
            })
        };
        self.scan(&VERSIONS, values![report.home(), report.id], read).await
    }
}
