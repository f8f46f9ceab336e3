use lianfang_domain::{
    Id,
    plan::{Edit, PlanTier},
};

use super::PlanRecord;
use crate::{
    Store, StoreError, Tx,
    crypto::SealedAt,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO plan_edit (area, id, plan, body, by_name, at_ms)
        SELECT p.area, $3, p.id, $4, $5, $6 FROM plan p WHERE p.area = $1 AND p.id = $2 AND p.state = 'draft'";
    OF_PLAN = "SELECT id, body, by_name, at_ms FROM plan_edit WHERE area = $1 AND plan = $2 ORDER BY id";
    DROP = "DELETE FROM plan_edit WHERE area = $1 AND plan = $2";
    PLACE = "UPDATE plan SET tier = $4, parent = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'draft'";
}

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanEdit {
    /// What was done.
    pub edit: Edit,
    /// Who did it.
    pub by: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// The words of a plan may name officials with their telephone numbers, so a correction is sealed too.
fn sealed_at(edit: Id) -> SealedAt {
    SealedAt { table: "plan_edit", column: "body", row: edit.number() }
}

impl Store {
    /// What people corrected in a plan, in the order in which they did.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or a correction does not open.
    pub async fn plan_edits(&self, plan: &PlanRecord) -> Result<Vec<PlanEdit>, StoreError> {
        let vault = self.vault();
        let read = move |row: &Row<'_>| {
            let text = vault.unseal(&row.bytes(1)?, sealed_at(row.id(0)?))?;
            let edit = serde_json::from_str(&text).map_err(|error| StoreError::Broken(error.to_string()))?;
            Ok(PlanEdit { edit, by: row.text(2)?, at_ms: row.int(3)? })
        };
        self.scan(&OF_PLAN, values![plan.home(), plan.id], read).await
    }
}

impl Tx<'_> {
    /// Keeps a correction of a draft beside those before it. The audit record has its kind and place, not its words.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn edit_plan(&mut self, plan: &PlanRecord, edit: &Edit) -> Result<(), StoreError> {
        let id = self.store().new_id(self.now_ms);
        let text = serde_json::to_string(edit).map_err(|error| StoreError::Broken(error.to_string()))?;
        let sealed = self.store().vault().seal(&text, sealed_at(id))?;
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&ADD, "plan", values![plan.home(), plan.id, id, sealed, who, now_ms]);
        self.changed(&format!("item at {}", edit.key.span.start), "", edit.kind.code());
        Ok(())
    }

    /// Says what a draft is among the plans of its area, and to which it belongs.
    pub fn place_plan(&mut self, plan: &PlanRecord, tier: PlanTier, parent: Option<lianfang_domain::PlanId>) {
        self.one(&PLACE, "plan", values![plan.home(), plan.id, plan.version, tier.code(), parent]);
        self.changed("tier", plan.tier.code(), tier.code());
        let name = |id: Option<lianfang_domain::PlanId>| id.map(|id| id.to_string()).unwrap_or_default();
        self.changed("parent", name(plan.parent), name(parent));
    }

    pub(super) fn drop_plan_edits(&mut self, plan: &PlanRecord) {
        self.any(&DROP, "plan", values![plan.home(), plan.id]);
    }
}
