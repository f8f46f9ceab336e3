use lianfang_domain::{
    UnitId,
    plan::{PlanState, Severity, Verdict},
};

use super::{NewPlan, PlanContent, PlanRecord, sealed_at};
use crate::{StoreError, Tx, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO plan (area, id, division, title, kind, state, file, n_errors, n_findings, replaces, made_by_name,
        made_at_ms, settled_by_name, settled_at_ms, file_of, tier, parent, version)
        VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, '', NULL, $12, $13, $14, 1)";
    ADD_CONTENT = "INSERT INTO plan_content (area, id, content) VALUES ($1, $2, $3)";
    ANSWER = "INSERT INTO plan_answer (area, plan, finding, verdict, note, by_name, at_ms)
        SELECT p.area, p.id, $3, $4, $5, $6, $7 FROM plan p WHERE p.area = $1 AND p.id = $2 AND p.state = 'draft'
        ON CONFLICT (area, plan, finding) DO UPDATE SET verdict = excluded.verdict, note = excluded.note,
        by_name = excluded.by_name, at_ms = excluded.at_ms";
    MEAN_UNIT = "INSERT INTO plan_unit (area, plan, name, unit, by_name, at_ms)
        SELECT p.area, p.id, $3, $4, $5, $6 FROM plan p WHERE p.area = $1 AND p.id = $2 AND p.state <> 'dropped'
        ON CONFLICT (area, plan, name) DO UPDATE SET unit = excluded.unit, by_name = excluded.by_name,
        at_ms = excluded.at_ms";
    SETTLE = "UPDATE plan SET state = $4, settled_by_name = $5, settled_at_ms = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'draft'";
    REPLACE = "UPDATE plan SET state = 'replaced', version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'accepted'";
    DROP_CONTENT = "DELETE FROM plan_content WHERE area = $1 AND id = $2";
}

impl Tx<'_> {
    /// Keeps a plan that was just read, its text sealed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn add_plan(&mut self, new: &NewPlan, content: &PlanContent) -> Result<(), StoreError> {
        let home = new.area.home();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let n_errors = count(content.findings.iter().filter(|one| one.severity == Severity::Error).count());
        let n_findings = count(content.findings.len());
        let text = serde_json::to_string(content).map_err(|error| StoreError::Broken(error.to_string()))?;
        let sealed = self.store().vault().seal(&text, sealed_at(new.id))?;
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let NewPlan { id, area, title, kind, file, replaces, file_of, tier, parent } = new;
        let values = values![
            &home,
            *id,
            area,
            title,
            kind,
            file,
            n_errors,
            n_findings,
            *replaces,
            who,
            now_ms,
            *file_of,
            tier.code(),
            *parent,
        ];
        self.one(&ADD, "plan", values);
        self.one(&ADD_CONTENT, "plan", values![&home, *id, sealed]);
        self.changed("title", "", title.as_str()).changed("findings", 0, n_findings);
        Ok(())
    }

    /// Keeps what was said about a finding of a draft, in place of what was said before. The note may name people, so the
    /// audit record has the verdict alone.
    pub fn answer_finding(&mut self, plan: &PlanRecord, finding: usize, verdict: Verdict, note: &str) {
        let place = i64::try_from(finding).unwrap_or(i64::MAX);
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&ANSWER, "plan", values![plan.home(), plan.id, place, verdict.code(), note, who, now_ms]);
        self.changed(&format!("finding {}", finding + 1), "", verdict.code());
    }

    /// Keeps which unit a name in a plan means.
    pub fn mean_unit(&mut self, plan: &PlanRecord, name: &str, unit: Option<UnitId>) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&MEAN_UNIT, "plan", values![plan.home(), plan.id, name, unit, who, now_ms]);
        self.changed(name, "", unit.map(|unit| unit.to_string()).unwrap_or_default());
    }

    /// Accepts a draft. The version that it follows, if any, is replaced in the same act.
    pub fn accept_plan(&mut self, plan: &PlanRecord, follows: Option<&PlanRecord>) {
        self.settle_plan(plan, PlanState::Accepted);
        if let Some(old) = follows {
            self.one(&REPLACE, "plan", values![old.home(), old.id, old.version]);
            self.changed("replaces", "", old.id.to_string());
        }
    }

    /// Puts a draft aside; its text, its file and what was corrected are deleted.
    pub fn drop_plan(&mut self, plan: &PlanRecord) {
        self.settle_plan(plan, PlanState::Dropped);
        self.any(&DROP_CONTENT, "plan", values![plan.home(), plan.id]);
        self.drop_plan_edits(plan);
        self.drop_plan_file(plan);
    }

    fn settle_plan(&mut self, plan: &PlanRecord, state: PlanState) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&SETTLE, "plan", values![plan.home(), plan.id, plan.version, state.code(), who, now_ms]);
        self.changed("state", plan.state.code(), state.code());
    }
}
