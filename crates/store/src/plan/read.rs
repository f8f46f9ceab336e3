use std::collections::BTreeMap;

use lianfang_domain::{
    PlanId, UnitId,
    access::Scope,
    plan::{Edit, PlanState, PlanTier, Verdict},
};

use super::{PlanAnswer, PlanContent, PlanRecord, PlanUnit, sealed_at};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    CONTENT = "SELECT content FROM plan_content WHERE area = $1 AND id = $2";
    ANSWERS = "SELECT finding, verdict, note, by_name, at_ms FROM plan_answer WHERE area = $1 AND plan = $2 ORDER BY finding";
    UNITS = "SELECT name, unit FROM plan_unit WHERE area = $1 AND plan = $2 ORDER BY name";
}

const COLUMNS: &str = "SELECT p.id, p.division, p.title, p.kind, p.state, p.file, p.n_errors, p.n_findings, p.replaces,
    p.made_by_name, p.made_at_ms, p.settled_by_name, p.settled_at_ms, p.version, p.file_of,
    p.tier, p.parent FROM plan p WHERE";

fn record(row: &Row<'_>) -> Result<PlanRecord, StoreError> {
    let (state, tier) = (row.text(4)?, row.text(15)?);
    Ok(PlanRecord {
        id: PlanId(row.id(0)?),
        area: row.parsed(1)?,
        title: row.text(2)?,
        kind: row.text(3)?,
        state: PlanState::from_code(&state)
            .ok_or_else(|| StoreError::Broken(format!("there is no state of plans “{state}”")))?,
        file: row.text(5)?,
        n_errors: row.int(6)?,
        n_findings: row.int(7)?,
        replaces: row.opt_id(8)?.map(PlanId),
        made_by: row.text(9)?,
        made_at_ms: row.int(10)?,
        settled_by: row.text(11)?,
        settled_at_ms: row.opt_int(12)?,
        version: row.int(13)?,
        file_of: row.opt_id(14)?.map(PlanId),
        tier: PlanTier::from_code(&tier).ok_or_else(|| StoreError::Broken(format!("there is no tier “{tier}”")))?,
        parent: row.opt_id(16)?.map(PlanId),
    })
}

fn answer(row: &Row<'_>) -> Result<PlanAnswer, StoreError> {
    let verdict = row.text(1)?;
    Ok(PlanAnswer {
        finding: usize::try_from(row.int(0)?).unwrap_or(usize::MAX),
        verdict: Verdict::from_code(&verdict)
            .ok_or_else(|| StoreError::Broken(format!("there is no verdict “{verdict}”")))?,
        note: row.text(2)?,
        by: row.text(3)?,
        at_ms: row.int(4)?,
    })
}

impl Store {
    /// The plans that the scope holds and that were not put aside, the latest first: at most so many, before one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plans(
        &self,
        scope: &Scope,
        before: Option<PlanId>,
        limit: u32,
    ) -> Result<Vec<PlanRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("p.division", scope).text(" AND p.state <> 'dropped'");
        if let Some(before) = before {
            query.text(" AND p.id < ").value(before);
        }
        query.text(" ORDER BY p.id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// The plans that belong to one and were not put aside, as far as the scope holds them, in the order of their titles.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plans_under(&self, parent: PlanId, scope: &Scope) -> Result<Vec<PlanRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("p.division", scope).text(" AND p.state IN ('draft', 'accepted') AND p.parent = ").value(parent);
        query.text(" ORDER BY p.title, p.id");
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// The accepted plan that took the place of another, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plan_after(&self, older: PlanId, scope: &Scope) -> Result<Option<PlanRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("p.division", scope).text(" AND p.state = 'accepted' AND p.replaces = ").value(older);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// One plan, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plan(&self, id: PlanId, scope: &Scope) -> Result<Option<PlanRecord>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("p.division", scope).text(" AND p.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// What was read from a plan's document, as people corrected it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or the text does not open.
    pub async fn plan_content(&self, plan: &PlanRecord) -> Result<PlanContent, StoreError> {
        let PlanContent { plan: read, findings } = self.plan_as_read(plan).await?;
        let edits: Vec<Edit> = self.plan_edits(plan).await?.into_iter().map(|one| one.edit).collect();
        Ok(PlanContent { plan: read.edited(&edits), findings })
    }

    /// What was read from a plan's document, without what people corrected.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or the text does not open.
    pub async fn plan_as_read(&self, plan: &PlanRecord) -> Result<PlanContent, StoreError> {
        let (vault, at) = (self.vault(), sealed_at(plan.id));
        let read = move |row: &Row<'_>| {
            let text = vault.unseal(&row.bytes(0)?, at)?;
            serde_json::from_str(&text).map_err(|error| StoreError::Broken(error.to_string()))
        };
        let found = self.scan(&CONTENT, values![plan.home(), plan.id], read).await?;
        found.into_iter().next().ok_or_else(|| StoreError::Broken(format!("plan {} has no text", plan.id)))
    }

    /// What was said about the findings of a plan.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plan_answers(&self, plan: &PlanRecord) -> Result<BTreeMap<usize, PlanAnswer>, StoreError> {
        let answers = self.scan(&ANSWERS, values![plan.home(), plan.id], answer).await?;
        Ok(answers.into_iter().map(|answer| (answer.finding, answer)).collect())
    }

    /// What was said the names in a plan mean.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn plan_units(&self, plan: &PlanRecord) -> Result<Vec<PlanUnit>, StoreError> {
        let read = |row: &Row<'_>| Ok(PlanUnit { name: row.text(0)?, unit: row.opt_id(1)?.map(UnitId) });
        self.scan(&UNITS, values![plan.home(), plan.id], read).await
    }
}
