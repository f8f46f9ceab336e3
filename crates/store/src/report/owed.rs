use lianfang_domain::{ReportTemplateId, access::Scope, report::ReportState};

use super::{
    ReportRecord,
    read::{COLUMNS, SCOPED, record},
};
use crate::{Store, StoreError, query::Query};

/// Which reports are listed, those due first before those due later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportSearch {
    /// In these states.
    pub states: Vec<ReportState>,
    /// By one template.
    pub template: Option<ReportTemplateId>,
    /// Due at or after this instant.
    pub since_ms: Option<i64>,
    /// Due before this instant.
    pub before_ms: Option<i64>,
    /// The latest due first.
    pub latest_first: bool,
    /// How many at most.
    pub limit: u32,
}

impl ReportSearch {
    fn restrict(&self, query: &mut Query, scope: &Scope) {
        query.within_units(SCOPED, scope).text(" AND r.state IN (");
        for (state, n) in self.states.iter().zip(0..) {
            query.text(if n == 0 { "" } else { ", " }).value(state.code());
        }
        query.text(")");
        if let Some(since) = self.since_ms {
            query.text(" AND r.due_at_ms >= ").value(since);
        }
        if let Some(before) = self.before_ms {
            query.text(" AND r.due_at_ms < ").value(before);
        }
        if let Some(template) = self.template {
            query.text(" AND r.template = ").value(template);
        }
    }
}

impl Store {
    /// Reports of a scope in some states.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn reports(&self, search: &ReportSearch, scope: &Scope) -> Result<Vec<ReportRecord>, StoreError> {
        if search.states.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Query::new(COLUMNS);
        search.restrict(&mut query, scope);
        query.text(if search.latest_first {
            " ORDER BY r.due_at_ms DESC, r.id"
        } else {
            " ORDER BY r.due_at_ms, r.id"
        });
        query.text(" LIMIT ").value(search.limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// How many there are.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn count_reports(&self, search: &ReportSearch, scope: &Scope) -> Result<i64, StoreError> {
        if search.states.is_empty() {
            return Ok(0);
        }
        let mut query = Query::new("SELECT count(*) FROM report r WHERE");
        search.restrict(&mut query, scope);
        let (sql, values) = query.done();
        Ok(self.scan(sql, values, |row| row.int(0)).await?.first().copied().unwrap_or(0))
    }
}
