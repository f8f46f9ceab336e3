use std::collections::BTreeMap;

use lianfang_domain::{
    UnitId,
    access::Scope,
    unit::{Alias, AliasKind, Unit},
};

use super::{NotedAlias, UnitRecord, filled, kind_of, state_of};
use crate::{Store, StoreError, query::Query, value::Row};

const UNITS: &str = "SELECT u.id, u.name, u.kind, u.division, u.parent, u.duty_phone, u.state, u.version
    FROM unit u WHERE";
const ALIASES: &str = "SELECT l.unit, l.alias, l.kind, l.noted_on
    FROM unit_alias l JOIN unit u ON u.area = l.area AND u.id = l.unit WHERE";

fn restricted(text: &'static str, scope: &Scope, only: Option<UnitId>) -> Query {
    let mut query = Query::new(text);
    query.within_units(["u.division", "u.id", "u.parent"], scope).text(" AND u.state <> 'merged'");
    if let Some(only) = only {
        query.text(" AND u.id = ").value(only);
    }
    query
}

fn record(row: &Row<'_>) -> Result<UnitRecord, StoreError> {
    let unit = Unit {
        id: UnitId(row.id(0)?),
        name: row.text(1)?,
        kind: kind_of(row, 2)?,
        area: row.parsed(3)?,
        parent: row.opt_id(4)?.map(UnitId),
        aliases: Vec::new(),
        duty_phone: filled(row, 5)?,
        merged_into: None,
    };
    Ok(UnitRecord { unit, aliases: Vec::new(), state: state_of(row, 6)?, version: row.int(7)? })
}

fn alias(row: &Row<'_>) -> Result<(UnitId, NotedAlias), StoreError> {
    let code = row.text(2)?;
    let kind = AliasKind::from_code(&code)
        .ok_or_else(|| StoreError::Broken(format!("there is no kind of other name “{code}”")))?;
    let noted = NotedAlias { alias: Alias { text: row.text(1)?, kind }, noted_on: row.parsed(3)? };
    Ok((UnitId(row.id(0)?), noted))
}

impl Store {
    /// One unit, if the scope holds it. One that was merged into another is not there; see [`Store::survivor`].
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn unit(&self, id: UnitId, scope: &Scope) -> Result<Option<UnitRecord>, StoreError> {
        Ok(self.unit_records(scope, Some(id)).await?.into_iter().next())
    }

    /// Every unit that the scope holds, at work or closed, with all its names: for finding the one that a written name
    /// means, and for the tree of units.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn unit_register(&self, scope: &Scope) -> Result<Vec<UnitRecord>, StoreError> {
        self.unit_records(scope, None).await
    }

    async fn unit_records(&self, scope: &Scope, only: Option<UnitId>) -> Result<Vec<UnitRecord>, StoreError> {
        let mut query = restricted(UNITS, scope, only);
        query.text(" ORDER BY u.division, u.name_key, u.id");
        let (sql, values) = query.done();
        // One unit is read where it is asked for; a whole register on a thread of its own.
        let mut records = match only {
            Some(_) => self.inner.engine.point(sql, &values, record).await?,
            None => self.scan(sql, values, record).await?,
        };
        let mut query = restricted(ALIASES, scope, only);
        query.text(" ORDER BY l.unit, l.kind, l.noted_on, l.alias_key");
        let (sql, values) = query.done();
        let found = match only {
            Some(_) => self.inner.engine.point(sql, &values, alias).await?,
            None => self.scan(sql, values, alias).await?,
        };
        let mut aliases: BTreeMap<UnitId, Vec<NotedAlias>> = BTreeMap::new();
        for (unit, noted) in found {
            aliases.entry(unit).or_default().push(noted);
        }
        for record in &mut records {
            record.aliases = aliases.remove(&record.unit.id).unwrap_or_default();
            record.unit.aliases = record.aliases.iter().map(|noted| noted.alias.clone()).collect();
        }
        Ok(records)
    }

    /// The unit that another was merged into, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn survivor(&self, retired: UnitId, scope: &Scope) -> Result<Option<UnitId>, StoreError> {
        let mut query = Query::new("SELECT u.id FROM unit r JOIN unit u ON u.id = r.merged_into WHERE");
        query.within_units(["u.division", "u.id", "u.parent"], scope).text(" AND u.state <> 'merged' AND r.id = ");
        query.value(retired);
        let (sql, values) = query.done();
        self.point(sql, &values, |row| row.id(0).map(UnitId)).await
    }
}
