use lianfang_domain::{
    ReportTemplateId,
    access::Scope,
    area::AreaCode,
    report::{ReportTemplate, next_look_of},
};

use super::{TemplateRecord, TemplateVersion};
use crate::{
    Store, StoreError, Tx,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO report_template (area, id, division, body, state, looked_at_ms, next_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
    CHANGE = "UPDATE report_template SET division = $4, body = $5, state = $6, next_at_ms = $7, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    KEEP_VERSION = "INSERT INTO report_template_version (area, template, version, body, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6)";
    LOOKED = "UPDATE report_template SET looked_at_ms = $4, next_at_ms = $5
        WHERE area = $1 AND id = $2 AND looked_at_ms = $3";
    VERSIONS = "SELECT body, by_name, at_ms FROM report_template_version WHERE area = $1 AND template = $2
        ORDER BY version DESC";
    DUE = "SELECT body, looked_at_ms, next_at_ms FROM report_template WHERE next_at_ms <= $1 ORDER BY next_at_ms, id
        LIMIT $2";
    ANY_DUE = "SELECT count(*) FROM (SELECT id FROM report_template WHERE next_at_ms <= $1 LIMIT 1) t";
}

const COLUMNS: &str = "SELECT t.body, t.looked_at_ms, t.next_at_ms FROM report_template t WHERE";

fn template_of(text: &str) -> Result<ReportTemplate, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Broken(error.to_string()))
}

fn record(row: &Row<'_>) -> Result<TemplateRecord, StoreError> {
    Ok(TemplateRecord { template: template_of(&row.text(0)?)?, looked_at_ms: row.int(1)?, next_at_ms: row.opt_int(2)? })
}

/// Whoever sees anything in a county sees its templates: reports of a township or unit follow those of their county.
fn reached(query: &mut Query, scope: &Scope) {
    let homes = Scope { areas: scope.areas.iter().map(AreaCode::home).collect(), ..scope.clone() };
    if scope.units.is_empty() {
        query.within("t.area", &homes);
        return;
    }
    query.text(" (t.area IN (SELECT u.area FROM unit u WHERE u.id IN (");
    for (unit, n) in scope.units.iter().zip(0..) {
        query.text(if n == 0 { "" } else { ", " }).value(*unit);
    }
    query.text(")) OR").within("t.area", &homes).text(")");
}

impl Store {
    /// The templates that concern a scope, those in use first, in the order in which they were laid down.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_templates(&self, scope: &Scope) -> Result<Vec<TemplateRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        reached(&mut query, scope);
        query.text(" ORDER BY t.state, t.id");
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// One template, if it concerns the scope.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_template(
        &self,
        id: ReportTemplateId,
        scope: &Scope,
    ) -> Result<Option<TemplateRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        reached(&mut query, scope);
        query.text(" AND t.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// Every version of a template, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_template_versions(&self, of: &ReportTemplate) -> Result<Vec<TemplateVersion>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(TemplateVersion { template: template_of(&row.text(0)?)?, by: row.text(1)?, at_ms: row.int(2)? })
        };
        self.scan(&VERSIONS, values![of.area.home(), of.id], read).await
    }

    /// Templates at whose reports somebody must look, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn report_templates_due(&self, now_ms: i64, most: u32) -> Result<Vec<TemplateRecord>, StoreError> {
        self.scan(&DUE, values![now_ms, most], record).await
    }

    /// Whether there are any.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn is_report_template_due(&self, now_ms: i64) -> Result<bool, StoreError> {
        Ok(self.point(&ANY_DUE, &values![now_ms], |row| row.int(0)).await?.unwrap_or(0) > 0)
    }
}

impl Tx<'_> {
    /// Lays down a template; its first version is kept with it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn add_report_template(&mut self, new: &ReportTemplate) -> Result<(), StoreError> {
        let first = ReportTemplate { version: 1, ..new.clone() };
        let (text, now_ms) = (body(&first)?, self.now_ms);
        let next = next_look_of(std::slice::from_ref(&first), now_ms);
        let values = values![new.area.home(), new.id, &new.area, &text, new.state.code(), now_ms, next];
        self.one(&ADD, "report template", values);
        self.keep_template_version(&first, text);
        self.changed("template", "", new.name_zh.as_str());
        Ok(())
    }

    /// Changes a template: a new version, and the old one stays readable.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn change_report_template(&mut self, seen: &ReportTemplate, new: &ReportTemplate) -> Result<(), StoreError> {
        let next = ReportTemplate { version: seen.version + 1, ..new.clone() };
        let (text, now_ms) = (body(&next)?, self.now_ms);
        let look = next_look_of(&[seen.clone(), next.clone()], now_ms);
        let values = values![seen.area.home(), seen.id, seen.version, &next.area, &text, next.state.code(), look];
        self.one(&CHANGE, "report template", values);
        self.keep_template_version(&next, text);
        self.changed("template", seen.name_zh.as_str(), new.name_zh.as_str());
        self.changed("n_lines", seen.lines.len(), new.lines.len());
        self.changed("state", seen.state.code(), new.state.code());
        Ok(())
    }

    fn keep_template_version(&mut self, template: &ReportTemplate, text: String) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![template.area.home(), template.id, template.version, text, who, now_ms];
        self.one(&KEEP_VERSION, "version of a report template", values);
    }

    /// Notes until when it was looked at who has reported, and when it must be looked at next. Nothing is kept if
    /// someone else looked at the same moment.
    pub fn looked_at_reports(&mut self, record: &TemplateRecord, until_ms: i64, next_at_ms: Option<i64>) {
        let template = &record.template;
        let values = values![template.area.home(), template.id, record.looked_at_ms, until_ms, next_at_ms];
        self.one(&LOOKED, "report template", values);
    }
}

fn body(template: &ReportTemplate) -> Result<String, StoreError> {
    serde_json::to_string(template).map_err(|error| StoreError::Broken(error.to_string()))
}
