use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    UnitId,
    access::Scope,
    unit::{Alias, AliasKind},
};

use super::{UnitRow, UnitSearch};
use crate::{Store, StoreError, query::Query};

impl Store {
    /// The next units of a list that is taken out whole, with their other names. It is read page by page, each after
    /// the place of the last row, so that a long list never lies in memory as a whole.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn units_to_take_out(
        &self,
        search: &UnitSearch,
        scope: &Scope,
        day: Date,
    ) -> Result<Vec<(UnitRow, Vec<Alias>)>, StoreError> {
        let rows = self.unit_rows(search, scope, day).await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(Vec::new()) };
        let mut query = Query::new("SELECT l.unit, l.alias, l.kind FROM unit_alias l WHERE l.unit IN (");
        // Always as many values, so that the statement is one and the same.
        let limit = usize::try_from(search.limit).unwrap_or(rows.len()).max(rows.len());
        let ids = rows.iter().map(|row| row.id).chain(std::iter::repeat(last)).take(limit);
        for (at, id) in ids.enumerate() {
            query.text(if at == 0 { "" } else { ", " }).value(id);
        }
        query.text(") ORDER BY l.unit, l.kind, l.noted_on, l.alias_key");
        let (sql, values) = query.done();
        let read = |row: &crate::value::Row<'_>| {
            let code = row.text(2)?;
            let kind = AliasKind::from_code(&code).unwrap_or(AliasKind::Learned);
            Ok((UnitId(row.id(0)?), Alias { text: row.text(1)?, kind }))
        };
        let mut aliases: BTreeMap<UnitId, Vec<Alias>> = BTreeMap::new();
        for (unit, alias) in self.scan(sql, values, read).await? {
            aliases.entry(unit).or_default().push(alias);
        }
        let mut whole = |row: UnitRow| {
            let named = aliases.remove(&row.id).unwrap_or_default();
            (row, named)
        };
        Ok(rows.into_iter().map(&mut whole).collect())
    }
}
