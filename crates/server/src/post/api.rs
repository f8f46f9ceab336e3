use axum::extract::Query;
use lianfang_domain::{PostId, UnitId, access::Act};
use lianfang_store::{IncumbencyRecord, PhoneSight, PostRecord, UnitRecord};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    add, appoint, close, correct, edit, export, hand_over,
    leave::{self, LeaveForm},
    read::{Here, HolderForm, PostForm},
};
use crate::{
    api::{Operation, Page, json, operation},
    at::At,
    fault::PageResult,
    form::Seen,
    route::Routes,
    unit::{self, Phones, may_reach},
    visit::Visit,
};

pub(super) fn routes(routes: Routes) -> Routes {
    let with = |id, summary| operation(id, summary).body::<HolderForm>();
    let seen = |id, summary| operation(id, summary).body::<Seen>();
    let form = |id, summary| operation(id, summary).body::<PostForm>();
    let routes = routes
        .get("/api/directory/export.xlsx", Act::ExportUnits, export::take_out)
        .api_get(
            "/api/units/{id}/posts",
            Act::ViewUnits,
            listed,
            read("listPosts", "The posts of a unit").answers::<Page<PostOut>>(),
        )
        .api_post("/api/units/{id}/posts", Act::ChangePosts, add::send, form("addPost", "Add a post").creates())
        .api_get("/api/units/{id}/posts/{post}", Act::ViewUnits, one, read("readPost", "A post").answers::<PostOut>())
        .api_post(
            "/api/units/{id}/posts/{post}/edit",
            Act::ChangePosts,
            edit::send,
            form("changePost", "Change a post"),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/close",
            Act::ChangePosts,
            close::close,
            seen("closePost", "Close a post"),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/reopen",
            Act::ChangePosts,
            close::reopen,
            seen("reopenPost", "Put a post to use again"),
        );
    routes
        .api_post(
            "/api/units/{id}/posts/{post}/appoint",
            Act::ChangePosts,
            appoint::send,
            with("appoint", "Put someone into a post"),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/hand-over",
            Act::ChangePosts,
            hand_over::send,
            with("handOver", "Hand a post over"),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/holders/{holder}/leave",
            Act::ChangePosts,
            leave::send,
            operation("leavePost", "End someone’s time in a post").body::<LeaveForm>(),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/holders/{holder}/correct",
            Act::ChangePosts,
            correct::send,
            with("correctTime", "Correct a record of a time in a post"),
        )
        .api_post(
            "/api/units/{id}/posts/{post}/holders/{holder}/withdraw",
            Act::ChangePosts,
            leave::withdraw,
            seen("withdrawTime", "Take back a record that was never true"),
        )
}

/// Something that is read with telephone numbers in full where `phones=full` asks for them.
fn read(id: &'static str, summary: &'static str) -> Operation {
    operation(id, summary).query::<Phones>()
}

/// A post with who held, holds and will hold it.
#[derive(Debug, Serialize, JsonSchema)]
struct PostOut {
    id: String,
    unit: String,
    title: String,
    rank_order: u16,
    duty_phone: Option<String>,
    /// open or closed.
    state: &'static str,
    holders: Vec<HolderOut>,
    /// To be sent back with a change.
    version: i64,
}

/// Someone's time in a post.
#[derive(Debug, Serialize, JsonSchema)]
struct HolderOut {
    id: String,
    person: String,
    /// Masked, unless it was asked for in full and may be seen.
    phone: Option<String>,
    from_on: String,
    until_on: Option<String>,
    /// full or acting.
    tenure: &'static str,
}

fn post_out(record: &PostRecord) -> PostOut {
    let post = &record.post;
    PostOut {
        id: post.id.to_string(),
        unit: post.unit.to_string(),
        title: post.title.clone(),
        rank_order: post.rank_order,
        duty_phone: post.duty_phone.as_ref().map(ToString::to_string),
        state: record.state.code(),
        holders: record.holders.iter().map(holder_out).collect(),
        version: record.version,
    }
}

fn holder_out(holder: &IncumbencyRecord) -> HolderOut {
    let time = &holder.incumbency;
    HolderOut {
        id: time.id.to_string(),
        person: time.person.clone(),
        phone: (!holder.phone.is_empty()).then(|| holder.phone.clone()),
        from_on: time.from_on.to_string(),
        until_on: time.until_on.map(|on| on.to_string()),
        tenure: time.tenure.code(),
    }
}

/// How much of the numbers is read; that they are read in full goes on record.
fn sight(visit: &Visit, record: &UnitRecord, phones: &Phones) -> PhoneSight {
    let sight = phones.sight(may_reach(visit, Act::ViewPhones, record));
    if sight == PhoneSight::Full {
        let target = format!("unit:{}", record.unit.id);
        visit.app.store().record_read(&visit.actor(), Act::ViewPhones, &target, Some(&record.unit.area), "");
    }
    sight
}

async fn listed(visit: Visit, At(id): At<UnitId>, Query(phones): Query<Phones>) -> PageResult {
    let record = unit::here(&visit, id).await?;
    let sight = sight(&visit, &record, &phones);
    let posts = visit.app.store().posts(&record, sight).await?;
    json(&Page { rows: posts.iter().map(post_out).collect(), next: None })
}

async fn one(visit: Visit, At((id, post)): At<(UnitId, PostId)>, Query(phones): Query<Phones>) -> PageResult {
    let record = unit::here(&visit, id).await?;
    let sight = sight(&visit, &record, &phones);
    json(&post_out(&Here::read(&visit, id, post, sight).await?.post))
}
