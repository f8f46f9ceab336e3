use lianfang_domain::ImportId;

use crate::{Store, StoreError, Tx, crypto::SealedAt, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO import_part (import, id, cells) VALUES ($1, $2, $3)";
    PARTS = "SELECT id, cells FROM import_part WHERE import = $1 ORDER BY id";
    DROP = "DELETE FROM import_part WHERE import = $1";
    FORGET = "DELETE FROM import_part WHERE import IN (SELECT i.id FROM import i WHERE i.made_at_ms < $1)";
}

/// How many rows are sealed together.
const ROWS: usize = 1000;

fn sealed_at(part: i64) -> SealedAt {
    SealedAt { table: "import_part", column: "cells", row: part }
}

impl Store {
    /// The uploaded table row by row; empty once it is deleted.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or a part does not open.
    pub async fn import_cells(&self, id: ImportId) -> Result<Vec<Vec<String>>, StoreError> {
        let vault = self.vault();
        let read = move |row: &crate::value::Row<'_>| vault.unseal(&row.bytes(1)?, sealed_at(row.int(0)?));
        let mut cells = Vec::new();
        for part in self.scan(&PARTS, values![id], read).await? {
            let rows: Vec<Vec<String>> =
                serde_json::from_str(&part).map_err(|error| StoreError::Broken(error.to_string()))?;
            cells.extend(rows);
        }
        Ok(cells)
    }
}

impl Tx<'_> {
    pub(super) fn put_parts(&mut self, import: ImportId, cells: &[Vec<String>]) -> Result<(), StoreError> {
        let vault = self.store().vault();
        for rows in cells.chunks(ROWS) {
            let part = self.store().new_id(self.now_ms);
            let text = serde_json::to_string(rows).map_err(|error| StoreError::Broken(error.to_string()))?;
            let sealed = vault.seal(&text, sealed_at(part.number()))?;
            self.one(&ADD, "import", values![import, part, sealed]);
        }
        Ok(())
    }

    /// Deletes the tables that were uploaded before an instant; what the imports did stays on record.
    pub fn forget_uploads(&mut self, before_ms: i64) {
        self.any(&FORGET, "uploads", values![before_ms]);
    }

    pub(super) fn drop_parts(&mut self, import: ImportId) {
        self.any(&DROP, "import", values![import]);
    }
}
