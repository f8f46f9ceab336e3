use lianfang_domain::{
    PlanId, ProposalId, UserId,
    response::{Assessment, Judgement, LevelChange, Opinion, OpinionVerdict, ProposalState},
};

use super::{Filing, JudgementRecord, OpinionRecord, ProposalRecord, Signed, Written};
use crate::{
    IncidentRecord, Store, StoreError,
    incident::level_at,
    sql::statements,
    value::{Row, values},
};

statements! {
    PROPOSALS = "SELECT id, from_level, to_level, state, plan, plan_version, assessment, made_by_name, made_at_ms,
        proposed_by, proposed_by_name, proposed_at_ms, approver, decided_by_name, decided_at_ms, decision_words,
        filed_with, filed_number, filed_at_ms, receipt_number, receipt_at_ms, version
        FROM level_proposal WHERE area = $1 AND incident = $2 ORDER BY id";
    OPINIONS = "SELECT tier, verdict, expert, words, signed, by_name, at_ms FROM level_opinion
        WHERE area = $1 AND incident = $2 AND proposal = $3 ORDER BY id";
    JUDGEMENTS = "SELECT condition, verdict, person, words, by_name, at_ms FROM level_judgement
        WHERE area = $1 AND incident = $2 AND proposal = $3 ORDER BY id";
}

fn proposal(row: &Row<'_>) -> Result<ProposalRecord, StoreError> {
    let (state, assessment) = (row.text(3)?, row.text(6)?);
    let written: Written = serde_json::from_str(&assessment).map_err(|error| StoreError::Broken(error.to_string()))?;
    let receipt = row.opt_int(20)?.map(|at_ms| row.text(19).map(|number| (number, at_ms))).transpose()?;
    let filing = match row.opt_int(18)? {
        Some(at_ms) => Some(Filing { with: row.text(16)?, number: row.text(17)?, at_ms, receipt }),
        None => None,
    };
    Ok(ProposalRecord {
        id: ProposalId(row.id(0)?),
        change: LevelChange { from: level_at(row, 1)?, to: level_at(row, 2)? },
        state: ProposalState::from_code(&state)
            .ok_or_else(|| StoreError::Broken(format!("there is no state of proposals “{state}”")))?,
        plan: row.opt_id(4)?.map(PlanId).zip(row.opt_int(5)?),
        assessment: Assessment::from(written),
        made_by: row.text(7)?,
        made_at_ms: row.int(8)?,
        proposed_by: row.opt_id(9)?.map(UserId),
        proposed_by_name: row.text(10)?,
        proposed_at_ms: row.opt_int(11)?,
        approver: row.text(12)?,
        decided_by: row.text(13)?,
        decided_at_ms: row.opt_int(14)?,
        decision_words: row.text(15)?,
        filing,
        version: row.int(21)?,
    })
}

fn opinion(row: &Row<'_>) -> Result<OpinionRecord, StoreError> {
    let (verdict, signed) = (row.text(1)?, row.text(4)?);
    let broken = |what: &str| StoreError::Broken(format!("an opinion cannot be “{what}”"));
    Ok(OpinionRecord {
        opinion: Opinion {
            tier: row.text(0)?,
            verdict: OpinionVerdict::from_code(&verdict).ok_or_else(|| broken(&verdict))?,
        },
        expert: row.text(2)?,
        words: row.text(3)?,
        signed: Signed::from_code(&signed).ok_or_else(|| broken(&signed))?,
        by: row.text(5)?,
        at_ms: row.int(6)?,
    })
}

fn judgement(row: &Row<'_>) -> Result<JudgementRecord, StoreError> {
    Ok(JudgementRecord {
        judgement: Judgement {
            condition: usize::try_from(row.int(0)?).unwrap_or(usize::MAX),
            holds: row.text(1)? == "holds",
            person: row.text(2)?,
        },
        words: row.text(3)?,
        by: row.text(4)?,
        at_ms: row.int(5)?,
    })
}

impl Store {
    /// Every proposal to change the level of an incident, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn proposals(&self, incident: &IncidentRecord) -> Result<Vec<ProposalRecord>, StoreError> {
        self.scan(&PROPOSALS, values![incident.home(), incident.id], proposal).await
    }

    /// The experts' opinions on a proposal, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn opinions(
        &self,
        incident: &IncidentRecord,
        proposal: ProposalId,
    ) -> Result<Vec<OpinionRecord>, StoreError> {
        self.scan(&OPINIONS, values![incident.home(), incident.id, proposal], opinion).await
    }

    /// What was judged of the conditions for ending, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn judgements(
        &self,
        incident: &IncidentRecord,
        proposal: ProposalId,
    ) -> Result<Vec<JudgementRecord>, StoreError> {
        self.scan(&JUDGEMENTS, values![incident.home(), incident.id, proposal], judgement).await
    }
}
