use lianfang_domain::{MeetingId, access::Act};
use lianfang_store::{Decision, Meeting};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    decide::{self, DecisionForm},
    here,
    open::{self, MeetingForm},
    order_all,
};
use crate::{
    api::{Page, json, operation},
    at::At,
    fault::PageResult,
    form::Nothing,
    route::Routes,
    visit::Visit,
};

/// Meetings listed at most.
const MOST: u32 = 200;

pub(super) fn routes(routes: Routes) -> Routes {
    let list = operation("listMeetings", "Meetings, the latest first").answers::<Page<MeetingOut>>();
    let hold = operation("holdMeeting", "Put a meeting down").body::<MeetingForm>().creates();
    let read = operation("readMeeting", "A meeting with its decisions").answers::<MeetingWhole>();
    let change = operation("changeMeeting", "Change a meeting: its minutes").body::<MeetingForm>();
    let note = operation("noteDecision", "Note a decision").body::<DecisionForm>();
    let order = operation("orderDecisions", "Make the decisions that name units orders").body::<Nothing>();
    routes
        .api_get("/api/meetings", Act::ViewMeetings, listed, list)
        .api_post("/api/meetings", Act::HoldMeetings, open::send, hold)
        .api_get("/api/meetings/{id}", Act::ViewMeetings, one, read)
        .api_post("/api/meetings/{id}", Act::HoldMeetings, open::change, change)
        .api_post("/api/meetings/{id}/decisions", Act::HoldMeetings, decide::send, note)
        .api_post("/api/meetings/{id}/orders", Act::HoldMeetings, order_all::send, order)
}

/// A meeting.
#[derive(Debug, Serialize, JsonSchema)]
struct MeetingOut {
    id: String,
    area: String,
    incident: Option<String>,
    name: String,
    held_at_ms: i64,
    chair: String,
    /// To be sent back with a change.
    version: i64,
}

/// A meeting with what was said and decided.
#[derive(Debug, Serialize, JsonSchema)]
struct MeetingWhole {
    #[serde(flatten)]
    meeting: MeetingOut,
    present: String,
    minutes: String,
    decisions: Vec<DecisionOut>,
}

/// A decision.
#[derive(Debug, Serialize, JsonSchema)]
struct DecisionOut {
    id: String,
    words: String,
    /// Registered names, one a line.
    units: String,
    due_at_ms: Option<i64>,
    /// The act of issuing in which it became orders.
    batch: Option<String>,
}

fn out(meeting: &Meeting) -> MeetingOut {
    MeetingOut {
        id: meeting.id.to_string(),
        area: meeting.area.to_string(),
        incident: meeting.incident.map(|id| id.to_string()),
        name: meeting.name.clone(),
        held_at_ms: meeting.held_at_ms,
        chair: meeting.chair.clone(),
        version: meeting.version,
    }
}

fn decision_out(one: Decision) -> DecisionOut {
    DecisionOut {
        id: one.id.to_string(),
        words: one.words,
        units: one.units,
        due_at_ms: one.due_at_ms,
        batch: one.batch.map(|batch| batch.to_string()),
    }
}

async fn listed(visit: Visit) -> PageResult {
    let found = visit.app.store().meetings(&visit.scope, MOST).await?;
    json(&Page { rows: found.iter().map(out).collect(), next: None })
}

async fn one(visit: Visit, At(id): At<MeetingId>) -> PageResult {
    let meeting = here(&visit, id).await?;
    let decisions = visit.app.store().decisions(&meeting).await?;
    json(&MeetingWhole {
        meeting: out(&meeting),
        present: meeting.present.clone(),
        minutes: meeting.minutes.clone(),
        decisions: decisions.into_iter().map(decision_out).collect(),
    })
}
