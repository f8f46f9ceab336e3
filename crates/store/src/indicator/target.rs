use lianfang_domain::{
    PartId, TargetId,
    access::Scope,
    area::AreaCode,
    indicator::{Balance, Target},
};

use crate::{
    Store, StoreError, Tx,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO target (area, id, division, body, state, by_name, at_ms, version)
        VALUES ($1, $2, $3, $4, 'in_force', $5, $6, 1)";
    CHANGE = "UPDATE target SET division = $4, body = $5, by_name = $6, at_ms = $7, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'in_force'";
    END = "UPDATE target SET state = 'ended', by_name = $4, at_ms = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'in_force'";
    ADD_BALANCE = "INSERT INTO balance (area, id, body, by_name, at_ms, version) VALUES ($1, $2, $3, $4, $5, 1)";
    CHANGE_BALANCE = "UPDATE balance SET body = $4, by_name = $5, at_ms = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    DROP_BALANCE = "DELETE FROM balance WHERE area = $1 AND id = $2 AND version = $3";
    BALANCES = "SELECT id, body, by_name, at_ms, version FROM balance WHERE area = $1 ORDER BY id";
    PUT_MAP = "INSERT INTO area_map (area, content, file, by_name, at_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (area) DO UPDATE SET content = excluded.content, file = excluded.file, by_name = excluded.by_name,
        at_ms = excluded.at_ms";
    MAP = "SELECT content, file, by_name, at_ms FROM area_map WHERE area = $1";
}

/// A target as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRecord {
    /// What it asks for.
    pub target: Target,
    /// Who set it.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

/// A rule of balance as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BalanceRecord {
    /// Its identifier.
    pub id: PartId,
    /// What should be equal.
    pub balance: Balance,
    /// Who laid it down.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

/// The outlines of a county's areas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaMap {
    /// GeoJSON, checked when it was put.
    pub content: String,
    /// The name of the file.
    pub file: String,
    /// Who put it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

fn broken(error: &serde_json::Error) -> StoreError {
    StoreError::Broken(error.to_string())
}

impl Tx<'_> {
    /// Sets a target.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn add_target(&mut self, new: &Target) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let body = serde_json::to_string(new).map_err(|error| broken(&error))?;
        self.changed("target", "", body.as_str());
        self.one(&ADD, "target", values![new.place.home(), new.id, &new.place, body, who, now_ms]);
        Ok(())
    }

    /// Changes a target; `new` has what it is to be.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn change_target(&mut self, seen: &TargetRecord, new: &Target) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let text = |target: &Target| serde_json::to_string(target).map_err(|error| broken(&error));
        let (was, body) = (text(&seen.target)?, text(new)?);
        self.changed("target", was, body.as_str());
        let values = values![seen.target.place.home(), seen.target.id, seen.version, &new.place, body, who, now_ms];
        self.one(&CHANGE, "target", values);
        Ok(())
    }

    /// Ends a target: it is asked for no more.
    pub fn end_target(&mut self, seen: &TargetRecord) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![seen.target.place.home(), seen.target.id, seen.version, who, now_ms];
        self.one(&END, "target", values);
        self.changed("state", "in_force", "ended");
    }

    /// Lays down a rule of balance for a county, or changes one that was seen in a version.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn put_balance(
        &mut self,
        area: &AreaCode,
        (id, seen): (PartId, Option<i64>),
        balance: &Balance,
    ) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let body = serde_json::to_string(balance).map_err(|error| broken(&error))?;
        self.changed("balance", "", body.as_str());
        match seen {
            None => self.one(&ADD_BALANCE, "rule of balance", values![area.home(), id, body, who, now_ms]),
            Some(seen) => {
                self.one(&CHANGE_BALANCE, "rule of balance", values![area.home(), id, seen, body, who, now_ms]);
            }
        }
        Ok(())
    }

    /// Takes a rule of balance away. What it was stands in the audit record.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn drop_balance(&mut self, area: &AreaCode, seen: &BalanceRecord) -> Result<(), StoreError> {
        let body = serde_json::to_string(&seen.balance).map_err(|error| broken(&error))?;
        self.changed("balance", body, "");
        self.one(&DROP_BALANCE, "rule of balance", values![area.home(), seen.id, seen.version]);
        Ok(())
    }

    /// Puts the map of a county in its place.
    pub fn put_area_map(&mut self, area: &AreaCode, content: &str, file: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&PUT_MAP, "map", values![area.home(), content, file, who, now_ms]);
        self.changed("map", "", file);
    }
}

fn target(row: &Row<'_>) -> Result<TargetRecord, StoreError> {
    Ok(TargetRecord {
        target: serde_json::from_str(&row.text(0)?).map_err(|error| broken(&error))?,
        by: row.text(1)?,
        at_ms: row.int(2)?,
        version: row.int(3)?,
    })
}

const TARGETS: &str =
    "SELECT t.body, t.by_name, t.at_ms, t.version FROM target t WHERE t.state = 'in_force' AND t.area = ";

impl Store {
    /// The targets in force in a county that are for areas of the scope, in the order in which they were set.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn targets(&self, area: &AreaCode, scope: &Scope) -> Result<Vec<TargetRecord>, StoreError> {
        let mut query = Query::new(TARGETS);
        query.value(area.home()).text(" AND").within("t.division", scope).text(" ORDER BY t.id");
        let (sql, values) = query.done();
        self.scan(sql, values, target).await
    }

    /// One target in force, if the scope holds its area.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn target(&self, id: TargetId, scope: &Scope) -> Result<Option<TargetRecord>, StoreError> {
        let mut query = Query::new(
            "SELECT t.body, t.by_name, t.at_ms, t.version FROM target t WHERE t.state = 'in_force' AND t.id = ",
        );
        query.value(id).text(" AND").within("t.division", scope);
        let (sql, values) = query.done();
        self.point(sql, &values, target).await
    }

    /// The rules of balance of a county.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn balances(&self, area: &AreaCode) -> Result<Vec<BalanceRecord>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(BalanceRecord {
                id: PartId(row.id(0)?),
                balance: serde_json::from_str(&row.text(1)?).map_err(|error| broken(&error))?,
                by: row.text(2)?,
                at_ms: row.int(3)?,
                version: row.int(4)?,
            })
        };
        self.scan(&BALANCES, values![area.home()], read).await
    }

    /// The map of a county, if one was put.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn area_map(&self, area: &AreaCode) -> Result<Option<AreaMap>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(AreaMap { content: row.text(0)?, file: row.text(1)?, by: row.text(2)?, at_ms: row.int(3)? })
        };
        self.point(&MAP, &values![area.home()], read).await
    }
}
