use lianfang_domain::{OrderId, access::Act, order::OrderAct};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    decide::decide,
    here, href,
    show::{Typed, order_page},
    side::facts,
    tell,
    words::OrderWords,
};
use crate::{
    api::operation,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, see_other},
    route::Routes,
    visit::Visit,
};

/// An act as it is asked for: where, under which right, and what the document of the interface says.
pub(super) struct Asked {
    pub(super) act: OrderAct,
    path: &'static str,
    api: &'static str,
    right: Act,
    id: &'static str,
    summary: &'static str,
}

/// Declares acts with their addresses.
macro_rules! asked {
    ($($act:ident $path:literal $right:ident $id:literal $summary:literal;)*) => {
        &[$(Asked {
            act: OrderAct::$act,
            path: concat!("/orders/{id}/", $path),
            api: concat!("/api/orders/{id}/", $path),
            right: Act::$right,
            id: $id,
            summary: $summary,
        }),*]
    };
}

/// The acts that need nothing but words.
const ACTS: &[Asked] = asked! {
    Sign "sign" DoOrders "signOrder" "Sign for an order";
    Start "start" DoOrders "startOrder" "Start to carry an order out";
    Answer "answer" DoOrders "answerNotice" "Answer a notice of supervision";
    Rectify "rectify" DoOrders "rectifyOrder" "Report that it was put right";
    Close "close" DirectOrders "closeOrder" "Close an order as done, or answer a request";
    Return "return" DirectOrders "returnOrder" "Send an order back to be done again";
    Recall "recall" DirectOrders "recallOrder" "Take an order back";
    Lift "lift" DirectOrders "liftOrder" "Lift an order that is no longer asked for";
    Remind "remind" DirectOrders "remindOrder" "Remind the unit of an order";
    Pause "pause" DirectOrders "pauseOrder" "Stop the clock of an order";
    Resume "resume" DirectOrders "resumeOrder" "Let the clock of an order run again";
    Notice "notice" SuperviseOrders "superviseOrder" "Send a notice on an overdue order";
    Pass "pass" SuperviseOrders "passRecheck" "Find an order put right";
    Fail "fail" SuperviseOrders "failRecheck" "Find an order not put right yet";
};

/// What is sent with an act.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "OrderActIn")]
pub(super) struct ActForm {
    /// The version that the user saw.
    pub(super) version: i64,
    /// The reason, or what was done.
    pub(super) words: String,
}

pub(super) fn routes(mut routes: Routes) -> Routes {
    for asked in ACTS {
        let act = asked.act;
        let page = move |visit, at, sent| done(visit, at, sent, act);
        let operation = operation(asked.id, asked.summary).body::<ActForm>();
        routes = routes.post(asked.path, asked.right, page).api_post(asked.api, asked.right, page, operation);
    }
    routes
}

/// Does an act with an order.
async fn done(visit: Visit, At(id): At<OrderId>, Sent(form): Sent<ActForm>, act: OrderAct) -> PageResult {
    let record = here(&visit, id).await?;
    let words = form.words.trim();
    let facts = facts(&visit, &record, words).await?;
    let decided = match decide(&record, act, &facts, words, visit.now_ms) {
        Ok(decided) => decided,
        Err(why) => return refused(&visit, id, act, &form, why.words(visit.lang)).await,
    };
    let told = tell::of_act(&visit, act, words, &[&record]).await?;
    let mut seen = record.clone();
    seen.version = form.version;
    let mut tx = visit.begin();
    tx.about("order", id, Some(&record.order.division)).because(words);
    tx.save_order(&seen, &decided.record, act, words);
    tell::tell(&mut tx, &told)?;
    match keep(tx, Refusals::changed(OrderWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&order_page(&visit, &here(&visit, id).await?, &typed(act, &form), errors).await?),
    }
}

fn typed(act: OrderAct, form: &ActForm) -> Typed {
    Typed { act: Some(act), words: form.words.clone(), unit: String::new() }
}

/// The page of the order again, with why it cannot be done and what was typed.
async fn refused(visit: &Visit, id: OrderId, act: OrderAct, form: &ActForm, why: String) -> PageResult {
    let mut errors = FormErrors::default();
    errors.add("words", why);
    again(&order_page(visit, &here(visit, id).await?, &typed(act, form), errors).await?)
}
