//! Data keys: a new one from time to time, and what was sealed with an older one sealed anew.

use std::sync::Arc;

use lianfang_domain::access::Act;

use crate::{
    Actor, Store, StoreError,
    crypto::{SealedAt, Vault},
    open::{ADD_DATA_KEY, data_keys},
    sql::{Sql, statements},
    value::values,
};

statements! {
    TOTP_SECRETS = "SELECT id, totp FROM users WHERE totp IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    RESEAL_TOTP = "UPDATE users SET totp = $2 WHERE id = $1 AND totp = $3";
    PHONES = "SELECT id, phone FROM incumbency WHERE phone IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    RESEAL_PHONE = "UPDATE incumbency SET phone = $2 WHERE id = $1 AND phone = $3";
    CELLS = "SELECT id, cells FROM import_part WHERE id > $1 ORDER BY id LIMIT $2";
    PLANS = "SELECT id, content FROM plan_content WHERE id > $1 ORDER BY id LIMIT $2";
    PLAN_FILES = "SELECT id, content FROM plan_file WHERE id > $1 ORDER BY id LIMIT $2";
    RESEAL_PLAN_FILE = "UPDATE plan_file SET content = $2 WHERE id = $1 AND content = $3";
    PLAN_EDITS = "SELECT id, body FROM plan_edit WHERE id > $1 ORDER BY id LIMIT $2";
    RESEAL_PLAN_EDIT = "UPDATE plan_edit SET body = $2 WHERE id = $1 AND body = $3";
    RESEAL_PLAN = "UPDATE plan_content SET content = $2 WHERE id = $1 AND content = $3";
    REPORTS = "SELECT id, content FROM report WHERE content IS NOT NULL AND id > $1 ORDER BY id LIMIT $2";
    RESEAL_REPORT = "UPDATE report SET content = $2 WHERE id = $1 AND content = $3";
    REPORT_VERSIONS = "SELECT id, content FROM report_version WHERE id > $1 ORDER BY id LIMIT $2";
    RESEAL_REPORT_VERSION = "UPDATE report_version SET content = $2 WHERE id = $1 AND content = $3";
    FILES = "SELECT id, content FROM order_file WHERE id > $1 ORDER BY id LIMIT $2";
    RESEAL_FILE = "UPDATE order_file SET content = $2 WHERE id = $1 AND content = $3";
    RESEAL_CELLS = "UPDATE import_part SET cells = $2 WHERE id = $1 AND cells = $3";
}

/// Table and column that are sealed, the statements that read and renew it, and how many rows together.
type Sealed = (&'static str, &'static str, &'static Sql, &'static Sql, i64);

/// Every column that is sealed.
static SEALED: &[Sealed] = &[
    ("users", "totp", &TOTP_SECRETS, &RESEAL_TOTP, PAGE),
    ("incumbency", "phone", &PHONES, &RESEAL_PHONE, PAGE),
    ("import_part", "cells", &CELLS, &RESEAL_CELLS, PAGE),
    ("plan_content", "content", &PLANS, &RESEAL_PLAN, PAGE),
    ("order_file", "content", &FILES, &RESEAL_FILE, FEW),
    ("report", "content", &REPORTS, &RESEAL_REPORT, PAGE),
    ("report_version", "content", &REPORT_VERSIONS, &RESEAL_REPORT_VERSION, PAGE),
    ("plan_edit", "body", &PLAN_EDITS, &RESEAL_PLAN_EDIT, PAGE),
    ("plan_file", "content", &PLAN_FILES, &RESEAL_PLAN_FILE, FEW),
];

/// Rows renewed together.
const PAGE: i64 = 500;
/// The same where each may be a file of megabytes.
const FEW: i64 = 8;

impl Store {
    /// Makes a new data key and seals every sealed field anew with it. It can be broken off and run again.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or a field does not open.
    pub async fn rotate_keys(&self, actor: &Actor) -> Result<u64, StoreError> {
        let known = data_keys(&self.inner.engine).await?;
        let number = known.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
        let wrapped = Vault::new_key(self.master(), number)?;
        let mut tx = self.begin(actor, Act::ViewSystem);
        tx.about("data_key", number, None);
        tx.one(&ADD_DATA_KEY, "data key", values![number, wrapped.as_slice(), actor.now_ms]);
        tx.commit().await?;
        let vault = Vault::open(self.master(), &data_keys(&self.inner.engine).await?)?;
        *self.inner.vault.write() = Arc::new(vault);
        let mut n_renewed = 0;
        for column in SEALED {
            n_renewed += self.renew(actor, *column).await?;
        }
        Ok(n_renewed)
    }

    async fn renew(&self, actor: &Actor, (table, column, read, write, page): Sealed) -> Result<u64, StoreError> {
        let (vault, mut last, mut n_renewed) = (self.vault(), i64::MIN, 0);
        loop {
            let rows = self.scan(read, values![last, page], |row| Ok((row.int(0)?, row.bytes(1)?))).await?;
            let Some((newest, _)) = rows.last() else { return Ok(n_renewed) };
            last = *newest;
            let mut tx = self.begin(actor, Act::ViewSystem);
            tx.about("data_key", format!("{table}.{column}"), None);
            for (row, sealed) in rows.iter().filter(|(_, sealed)| vault.is_old(sealed)) {
                let at = SealedAt { table, column, row: *row };
                let renewed = vault.seal_bytes(&vault.unseal_bytes(sealed, at)?, at)?;
                tx.any(write, "sealed field", values![*row, renewed, sealed.as_slice()]);
                n_renewed += 1;
            }
            tx.commit().await?;
        }
    }

    /// The blind index of a value for one purpose: equal values have equal indexes, and nothing else shows.
    pub fn blind_index(&self, purpose: &str, value: &str) -> Vec<u8> {
        self.vault().blind_index(purpose, value)
    }
}
