use lianfang_domain::{
    PartId, PlanId, ProposalId,
    plan::ResponseLevel,
    response::{Assessment, LevelChange, ProposalState},
};

use super::{JudgementRecord, OpinionRecord, ProposalRecord, Written};
use crate::{IncidentRecord, StoreError, Tx, sql::statements, value::values};

statements! {
    BEGIN = "INSERT INTO level_proposal (area, incident, id, from_level, to_level, state, plan, plan_version, assessment,
        made_by_name, made_at_ms, proposed_by, proposed_by_name, proposed_at_ms, approver, decided_by_name, decided_at_ms,
        decision_words, filed_with, filed_number, filed_at_ms, receipt_number, receipt_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, 'assessing', $6, $7, $8, $9, $10, NULL, '', NULL, '', '', NULL, '', '', '', NULL, '',
        NULL, 1)";
    ASSESS = "UPDATE level_proposal SET assessment = $5, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND state = 'assessing'";
    PROPOSE = "UPDATE level_proposal SET state = 'proposed', proposed_by = $5, proposed_by_name = $6,
        proposed_at_ms = $7, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND state = 'assessing'";
    DECIDE = "UPDATE level_proposal SET state = $5, approver = $6, decided_by_name = $7, decided_at_ms = $8,
        decision_words = $9, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND state = 'proposed'";
    WITHDRAW = "UPDATE level_proposal SET state = 'withdrawn', decided_by_name = $5, decided_at_ms = $6,
        decision_words = $7, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND state IN ('assessing', 'proposed')";
    SET_LEVEL = "UPDATE incident SET level = $4, level_since_ms = $5,
        began_at_ms = CASE WHEN level IS NULL THEN $5 ELSE began_at_ms END, version = version + 1
        WHERE area = $1 AND id = $2 AND state = 'open' AND COALESCE(level, '') = $3 AND version = $6";
    FILE = "UPDATE level_proposal SET filed_with = $5, filed_number = $6, filed_at_ms = $7, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND state = 'approved' AND filed_at_ms IS NULL";
    RECEIPT = "UPDATE level_proposal SET receipt_number = $5, receipt_at_ms = $6, version = version + 1
        WHERE area = $1 AND incident = $2 AND id = $3 AND version = $4 AND filed_at_ms IS NOT NULL
        AND receipt_at_ms IS NULL";
    SIGN = "INSERT INTO level_opinion (area, incident, id, proposal, tier, expert, verdict, words, signed, by_name, at_ms)
        SELECT p.area, p.incident, $4, p.id, $5, $6, $7, $8, $9, $10, $11 FROM level_proposal p
        WHERE p.area = $1 AND p.incident = $2 AND p.id = $3 AND p.state IN ('assessing', 'proposed', 'approved')";
    JUDGE = "INSERT INTO level_judgement (area, incident, id, proposal, condition, verdict, person, words, by_name, at_ms)
        SELECT p.area, p.incident, $4, p.id, $5, $6, $7, $8, $9, $10 FROM level_proposal p
        WHERE p.area = $1 AND p.incident = $2 AND p.id = $3 AND p.state IN ('assessing', 'proposed')";
}

fn written(assessment: &Assessment) -> Result<String, StoreError> {
    serde_json::to_string(&Written::from(assessment)).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Tx<'_> {
    /// Begins a proposal. While one is open for an incident there is no second one.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn begin_proposal(
        &mut self,
        incident: &IncidentRecord,
        id: ProposalId,
        change: LevelChange,
        plan: Option<(PlanId, i64)>,
    ) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let (from, to) = (change.from.map(ResponseLevel::code), change.to.map(ResponseLevel::code));
        let nothing = written(&Assessment::default())?;
        let (plan, version) = plan.unzip();
        let values = values![incident.home(), incident.id, id, from, to, plan, version, nothing, who, now_ms];
        self.one(&BEGIN, "proposal", values);
        self.changed("level", from.unwrap_or_default(), to.unwrap_or_default());
        Ok(())
    }

    /// Keeps what was assessed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn assess(
        &mut self,
        incident: &IncidentRecord,
        seen: &ProposalRecord,
        assessment: &Assessment,
    ) -> Result<(), StoreError> {
        let text = written(assessment)?;
        self.one(&ASSESS, "proposal", values![incident.home(), incident.id, seen.id, seen.version, text]);
        Ok(())
    }

    /// Proposes the change.
    pub fn propose(&mut self, incident: &IncidentRecord, seen: &ProposalRecord) {
        let (who, name, now_ms) = (self.entry.who, self.entry.who_name.clone(), self.now_ms);
        let values = values![incident.home(), incident.id, seen.id, seen.version, who, name, now_ms];
        self.one(&PROPOSE, "proposal", values);
        self.changed("state", seen.state.code(), "proposed");
    }

    /// Approves the change: with it the level is another one, if it still is the one from which the change starts and
    /// nothing became known of the incident in the meantime.
    pub fn approve(&mut self, incident: &IncidentRecord, seen: &ProposalRecord, (approver, words): (&str, &str)) {
        self.decide(incident, seen, ProposalState::Approved, (approver, words));
        let (from, to) = (seen.change.from.map(ResponseLevel::code), seen.change.to.map(ResponseLevel::code));
        let now_ms = self.now_ms;
        let values = values![incident.home(), incident.id, from.unwrap_or_default(), to, now_ms, incident.version];
        self.one(&SET_LEVEL, "level", values);
        self.changed("level", from.unwrap_or_default(), to.unwrap_or_default());
    }

    /// Refuses the change.
    pub fn refuse(&mut self, incident: &IncidentRecord, seen: &ProposalRecord, (approver, words): (&str, &str)) {
        self.decide(incident, seen, ProposalState::Refused, (approver, words));
    }

    fn decide(
        &mut self,
        incident: &IncidentRecord,
        seen: &ProposalRecord,
        state: ProposalState,
        (approver, words): (&str, &str),
    ) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values =
            values![incident.home(), incident.id, seen.id, seen.version, state.code(), approver, who, now_ms, words,];
        self.one(&DECIDE, "proposal", values);
        self.changed("state", seen.state.code(), state.code()).changed("approver", "", approver);
    }

    /// Withdraws a proposal, with the reason.
    pub fn withdraw(&mut self, incident: &IncidentRecord, seen: &ProposalRecord, why: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![incident.home(), incident.id, seen.id, seen.version, who, now_ms, why];
        self.one(&WITHDRAW, "proposal", values);
        self.because(why).changed("state", seen.state.code(), "withdrawn");
    }

    /// Notes that an approved change was filed.
    pub fn file(&mut self, incident: &IncidentRecord, seen: &ProposalRecord, (with, number): (&str, &str)) {
        let now_ms = self.now_ms;
        let values = values![incident.home(), incident.id, seen.id, seen.version, with, number, now_ms];
        self.one(&FILE, "proposal", values);
        self.changed("filed_with", "", with).changed("filed_number", "", number);
    }

    /// Notes the receipt of a filing.
    pub fn note_receipt(&mut self, incident: &IncidentRecord, seen: &ProposalRecord, number: &str) {
        let now_ms = self.now_ms;
        let values = values![incident.home(), incident.id, seen.id, seen.version, number, now_ms];
        self.one(&RECEIPT, "proposal", values);
        self.changed("receipt_number", "", number);
    }

    /// Keeps an expert's opinion.
    pub fn sign_opinion(&mut self, incident: &IncidentRecord, proposal: ProposalId, new: &OpinionRecord) {
        let now_ms = self.now_ms;
        let id = PartId(self.store().new_id(now_ms));
        let OpinionRecord { opinion, expert, words, signed, by, .. } = new;
        let values = values![
            incident.home(),
            incident.id,
            proposal,
            id,
            &opinion.tier,
            expert,
            opinion.verdict.code(),
            words,
            signed.code(),
            by,
            now_ms,
        ];
        self.one(&SIGN, "opinion", values);
        self.changed("tier", "", opinion.tier.as_str()).changed("verdict", "", opinion.verdict.code());
    }

    /// Keeps what a named person judged of a condition.
    pub fn judge_condition(&mut self, incident: &IncidentRecord, proposal: ProposalId, new: &JudgementRecord) {
        let now_ms = self.now_ms;
        let id = PartId(self.store().new_id(now_ms));
        let JudgementRecord { judgement, words, by, .. } = new;
        let place = i64::try_from(judgement.condition).unwrap_or(i64::MAX);
        let verdict = if judgement.holds { "holds" } else { "does_not_hold" };
        let values =
            values![incident.home(), incident.id, proposal, id, place, verdict, &judgement.person, words, by, now_ms,];
        self.one(&JUDGE, "judgement", values);
        self.changed(&format!("condition {}", place + 1), "", verdict);
    }
}
