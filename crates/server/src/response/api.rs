use std::collections::BTreeMap;

use lianfang_domain::{IncidentId, access::Act};
use lianfang_store::ProposalRecord;
use schemars::JsonSchema;
use serde::Serialize;

use super::{assess, begin, decide, file, judge, opine, propose};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Seen,
    incident::here,
    route::Routes,
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listProposals", "Every proposal to change the level, oldest first");
    let begin = operation("beginProposal", "Begin the assessment of a change of level").body::<begin::BeginForm>();
    let assess = operation("assessProposal", "Keep what was assessed").body::<AssessmentIn>();
    let opine = operation("signOpinion", "Sign an expert's opinion").body::<opine::OpinionForm>();
    let judge = operation("judgeCondition", "Judge a condition for ending").body::<judge::JudgeForm>();
    let withdraw = operation("withdrawProposal", "Withdraw a proposal").body::<propose::WithdrawForm>();
    let approve = operation("approveProposal", "Approve a change of level").body::<decide::DecideForm>();
    let refuse = operation("refuseProposal", "Refuse a change of level").body::<decide::DecideForm>();
    let file = operation("fileProposal", "Note that a change was filed").body::<file::FileForm>();
    let receipt = operation("noteReceipt", "Note the receipt of a filing").body::<file::FileForm>();
    let propose = operation("proposeLevel", "Propose the change").body::<Seen>();
    routes
        .api_get("/api/incidents/{id}/level", Act::ViewIncidents, listed, list.answers::<Page<ProposalOut>>())
        .api_post("/api/incidents/{id}/level", Act::ProposeLevel, begin::send, begin.creates())
        .api_post("/api/incidents/{id}/level/{proposal}/assessment", Act::ProposeLevel, assess::send, assess)
        .api_post("/api/incidents/{id}/level/{proposal}/opinions", Act::GiveOpinion, opine::send, opine)
        .api_post("/api/incidents/{id}/level/{proposal}/judgements", Act::GiveOpinion, judge::send, judge)
        .api_post("/api/incidents/{id}/level/{proposal}/propose", Act::ProposeLevel, propose::send, propose)
        .api_post("/api/incidents/{id}/level/{proposal}/withdraw", Act::ProposeLevel, propose::withdraw, withdraw)
        .api_post("/api/incidents/{id}/level/{proposal}/approve", Act::ApproveLevel, decide::approve, approve)
        .api_post("/api/incidents/{id}/level/{proposal}/refuse", Act::ApproveLevel, decide::refuse, refuse)
        .api_post("/api/incidents/{id}/level/{proposal}/file", Act::ProposeLevel, file::send, file)
        .api_post("/api/incidents/{id}/level/{proposal}/receipt", Act::ProposeLevel, file::receipt, receipt)
}

/// `factor_N` for the factors by their place from 0, `trend`, `effect`, `urgent`, and the version that was seen.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used, in the document")]
struct AssessmentIn {
    version: i64,
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

/// A proposal to change the level.
#[derive(Debug, Serialize, JsonSchema)]
struct ProposalOut {
    id: String,
    /// 1 (gravest) to 4; null where no response runs.
    from: Option<u8>,
    to: Option<u8>,
    /// assessing, proposed, approved, refused or withdrawn.
    state: &'static str,
    plan: Option<String>,
    made_by: String,
    made_at_ms: i64,
    proposed_by: String,
    proposed_at_ms: Option<i64>,
    approver: String,
    decided_by: String,
    decided_at_ms: Option<i64>,
    filed_with: Option<String>,
    filed_at_ms: Option<i64>,
    /// To be sent back with a change.
    version: i64,
}

fn out(one: ProposalRecord) -> ProposalOut {
    ProposalOut {
        id: one.id.to_string(),
        from: one.change.from.map(|level| level.number()),
        to: one.change.to.map(|level| level.number()),
        state: one.state.code(),
        plan: one.plan.map(|(plan, _)| plan.to_string()),
        made_by: one.made_by,
        made_at_ms: one.made_at_ms,
        proposed_by: one.proposed_by_name,
        proposed_at_ms: one.proposed_at_ms,
        approver: one.approver,
        decided_by: one.decided_by,
        decided_at_ms: one.decided_at_ms,
        filed_at_ms: one.filing.as_ref().map(|filing| filing.at_ms),
        filed_with: one.filing.map(|filing| filing.with),
        version: one.version,
    }
}

async fn listed(visit: Visit, At(id): At<IncidentId>) -> PageResult {
    let record = here(&visit, id).await?;
    let proposals = visit.app.store().proposals(&record).await?;
    json(&Page { rows: proposals.into_iter().map(out).collect(), next: None })
}
