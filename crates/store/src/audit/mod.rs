//! The audit record: who did what, when, about what, and why. Rows are only ever added, each sealed with the one
//! before it.

mod chain;
mod verify;

pub(crate) use chain::{Chain, ChainKey, Link, LinkedEntry};
pub use verify::{AuditFault, FaultKind, Verified};

use crate::{
    AuditEntry, Store, StoreError,
    sql::statements,
    value::{Row, values},
};

statements! {
    INSERT = "INSERT INTO audit (day, chain, n, at_ms, who, who_name, act, area, target, why, detail, request, mac)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SAVE_HEAD = "INSERT INTO audit_chain (day, chain, n, mac, before_day, before_chain, before_n, seal)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (day, chain) DO UPDATE SET n = excluded.n, mac = excluded.mac, seal = excluded.seal";
    LAST_HEAD = "SELECT day, chain, n, mac FROM audit_chain ORDER BY day DESC, n DESC, chain DESC LIMIT 1";
    ONE_HEAD = "SELECT n FROM audit_chain WHERE day = $1 AND chain = $2";
    HEADS = "SELECT day, chain, n, mac, before_day, before_chain, before_n, seal FROM audit_chain ORDER BY day, chain";
    ROWS = "SELECT n, at_ms, who, who_name, act, area, target, why, detail, request, mac FROM audit
        WHERE day = $1 AND chain = $2 AND n > $3 ORDER BY n LIMIT $4";
    STRAY = "SELECT day, chain, n FROM audit a
        WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.day = a.day AND c.chain = a.chain)
        ORDER BY day, chain, n LIMIT 100";
    SEARCH = "SELECT n, at_ms, who, who_name, act, area, target, why, detail, request, mac, day, chain FROM audit
        WHERE at_ms >= $1 AND at_ms < $2 AND ($3 = '' OR who_name = $3) AND ($4 = '' OR act = $4)
        AND ($5 = '' OR target = $5) AND (at_ms < $6 OR (at_ms = $6 AND (chain < $7 OR (chain = $7 AND n < $8))))
        ORDER BY at_ms DESC, chain DESC, n DESC LIMIT $9";
}

/// What to look for in the audit record. Empty means any.
#[derive(Clone, Debug)]
pub struct AuditSearch {
    /// From this instant, in milliseconds.
    pub from_ms: i64,
    /// Before this instant.
    pub until_ms: i64,
    /// The user's name.
    pub who: String,
    /// The code of the act.
    pub act: String,
    /// What it was about, such as `unit:0m4…`.
    pub target: String,
    /// The place after which to go on, from the last row of the page before.
    pub after: Option<AuditPlace>,
}

/// Where a row stands, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPlace {
    /// Its instant.
    pub at_ms: i64,
    /// Its chain.
    pub chain: i64,
    /// Its number in the chain.
    pub n: i64,
}

/// A row of the audit record.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// Its place.
    pub place: AuditPlace,
    /// What it says.
    pub entry: AuditEntry,
}

impl Store {
    /// Rows that match, newest first, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn search_audit(&self, search: &AuditSearch, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        let after = search.after.unwrap_or(AuditPlace { at_ms: i64::MAX, chain: 0, n: 0 });
        let values = values![
            search.from_ms,
            search.until_ms,
            &search.who,
            &search.act,
            &search.target,
            after.at_ms,
            after.chain,
            after.n,
            limit
        ];
        self.scan(&SEARCH, values, |row| {
            let entry = entry_of(row)?;
            Ok(AuditRow { place: AuditPlace { at_ms: entry.at_ms, chain: row.int(12)?, n: row.int(0)? }, entry })
        })
        .await
    }
}

fn entry_of(row: &Row<'_>) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        at_ms: row.int(1)?,
        who: row.opt_int(2)?,
        who_name: row.text(3)?,
        act: row.text(4)?,
        area: row.text(5)?,
        target: row.text(6)?,
        why: row.text(7)?,
        detail: row.text(8)?,
        request: row.text(9)?,
    })
}

fn link_of(row: &Row<'_>) -> Result<Link, StoreError> {
    Ok(Link { day: row.text(0)?, chain: row.int(1)?, n: row.int(2)?, mac: row.bytes(3)? })
}

/// The last row that anyone wrote, from which a new chain goes on.
pub(crate) fn last_link(row: &Row<'_>) -> Result<Link, StoreError> {
    link_of(row)
}
