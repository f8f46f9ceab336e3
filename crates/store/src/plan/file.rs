use lianfang_domain::{PlanId, area::AreaCode};

use super::PlanRecord;
use crate::{Store, StoreError, Tx, crypto::SealedAt, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO plan_file (area, id, content) VALUES ($1, $2, $3)";
    CONTENT = "SELECT f.id, f.content FROM plan_file f JOIN plan p ON p.area = f.area AND p.file_of = f.id
        WHERE p.area = $1 AND p.id = $2";
    /// The file of a plan that was put aside, unless another plan came in it.
    DROP = "DELETE FROM plan_file WHERE area = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM plan p
        WHERE p.area = $1 AND p.file_of = $2 AND p.state <> 'dropped')";
}

fn sealed_at(file: PlanId) -> SealedAt {
    SealedAt { table: "plan_file", column: "content", row: file.0.number() }
}

impl Store {
    /// The file as which a plan came; none when it was not kept.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or the file does not open.
    pub async fn plan_file(&self, plan: &PlanRecord) -> Result<Option<Vec<u8>>, StoreError> {
        let vault = self.vault();
        let read = move |row: &crate::value::Row<'_>| vault.unseal_bytes(&row.bytes(1)?, sealed_at(PlanId(row.id(0)?)));
        Ok(self.scan(&CONTENT, values![plan.home(), plan.id], read).await?.into_iter().next())
    }
}

impl Tx<'_> {
    /// Keeps the file as which plans came, sealed, under the first of them.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn keep_plan_file(&mut self, area: &AreaCode, first: PlanId, bytes: &[u8]) -> Result<(), StoreError> {
        let sealed = self.store().vault().seal_bytes(bytes, sealed_at(first))?;
        self.one(&ADD, "plan", values![area.home(), first, sealed]);
        Ok(())
    }

    pub(super) fn drop_plan_file(&mut self, plan: &PlanRecord) {
        if let Some(file) = plan.file_of {
            self.any(&DROP, "plan", values![plan.home(), file]);
        }
    }
}
