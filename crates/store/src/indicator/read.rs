use lianfang_domain::{IndicatorId, access::Scope, area::AreaCode, indicator::Indicator};

use super::IndicatorVersion;
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    OF_AREA = "SELECT body FROM indicator WHERE area = $1 ORDER BY id";
    HISTORY = "SELECT body, why, by_name, at_ms FROM indicator_version WHERE area = $1 ORDER BY indicator, version";
    VERSIONS = "SELECT body, why, by_name, at_ms FROM indicator_version
        WHERE area = $1 AND indicator = $2 ORDER BY version DESC";
}

fn indicator(row: &Row<'_>) -> Result<Indicator, StoreError> {
    serde_json::from_str(&row.text(0)?).map_err(|error| StoreError::Broken(error.to_string()))
}

fn version(row: &Row<'_>) -> Result<IndicatorVersion, StoreError> {
    Ok(IndicatorVersion { indicator: indicator(row)?, why: row.text(1)?, by: row.text(2)?, at_ms: row.int(3)? })
}

impl Store {
    /// The indicators of a county, in the order in which they were laid down, those that are retired too.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn indicators(&self, area: &AreaCode) -> Result<Vec<Indicator>, StoreError> {
        self.scan(&OF_AREA, values![area.home()], indicator).await
    }

    /// One indicator, if the scope reaches into the county that defines it: whoever sees figures of a township sees
    /// what they mean.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn indicator(&self, id: IndicatorId, scope: &Scope) -> Result<Option<Indicator>, StoreError> {
        let homes = Scope { areas: scope.areas.iter().map(AreaCode::home).collect(), ..scope.clone() };
        let mut query = Query::new("SELECT i.body FROM indicator i WHERE i.id = ");
        query.value(id).text(" AND").within("i.area", &homes);
        let (sql, values) = query.done();
        self.point(sql, &values, indicator).await
    }

    /// Every version of an indicator's definition, the latest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn indicator_versions(&self, of: &Indicator) -> Result<Vec<IndicatorVersion>, StoreError> {
        self.scan(&VERSIONS, values![&of.area, of.id], version).await
    }

    /// Every version of every indicator of a county, the earliest of each first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn indicator_history(&self, area: &AreaCode) -> Result<Vec<IndicatorVersion>, StoreError> {
        self.scan(&HISTORY, values![area.home()], version).await
    }
}
