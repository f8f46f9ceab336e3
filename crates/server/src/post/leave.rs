use askama::Template;
use lianfang_domain::{IncumbencyId, PostId, UnitId, post::leave};
use lianfang_store::PhoneSight;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{close::save, lines::PersonLine, read::Here, words::PostWords};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    unit::Typed,
    visit::Visit,
};

/// The form for someone's last day in a post.
#[derive(Template)]
#[template(path = "post/leave.html")]
pub(crate) struct LeavePage {
    frame: Frame,
    t: PostWords,
    post: String,
    one: PersonLine,
    form: LeaveForm,
    errors: FormErrors,
    action: String,
    back: String,
}

form_page!(LeavePage);

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "LastDay")]
pub(super) struct LeaveForm {
    version: i64,
    until_on: String,
}

fn leave_page(
    visit: &Visit,
    here: &Here,
    holder: IncumbencyId,
    form: LeaveForm,
    errors: FormErrors,
) -> Result<LeavePage, Fault> {
    let t = PostWords(visit.lang);
    Ok(LeavePage {
        frame: visit.frame(t.leave(), here.trail(visit)),
        t,
        post: here.post.post.title.clone(),
        one: PersonLine::of(&here.holder(holder)?, visit),
        form,
        errors,
        action: format!("{}/holders/{holder}/leave", here.href()),
        back: here.href(),
    })
}

pub(super) async fn show(visit: Visit, At((id, post, holder)): At<(UnitId, PostId, IncumbencyId)>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let form = LeaveForm { version: here.post.version, until_on: visit.day().to_string() };
    page(&leave_page(&visit, &here, holder, form, FormErrors::default())?)
}

pub(super) async fn send(
    visit: Visit,
    At((id, post, holder)): At<(UnitId, PostId, IncumbencyId)>,
    Sent(form): Sent<LeaveForm>,
) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let was = here.holder(holder)?;
    let mut typed = Typed::new(visit.lang);
    let Some(last_on) = typed.date("until_on", &form.until_on) else {
        return again(&leave_page(&visit, &here, holder, form, typed.errors)?);
    };
    if let Err(refusal) = leave(&was.incumbency, last_on) {
        typed.errors.add("until_on", refusal.message(visit.lang));
        return again(&leave_page(&visit, &here, holder, form, typed.errors)?);
    }
    let (href, area) = (here.href(), here.unit.unit.area.clone());
    let mut tx = visit.begin();
    tx.about("post", post, Some(&area));
    tx.end_incumbency(&here.seen(form.version), &was, last_on);
    match keep(tx, Refusals::changed(PostWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&href)),
        Err(errors) => {
            let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
            let form = LeaveForm { version: here.post.version, ..form };
            again(&leave_page(&visit, &here, holder, form, errors)?)
        }
    }
}

/// Takes back a record that was never true.
pub(super) async fn withdraw(
    visit: Visit,
    At((id, post, holder)): At<(UnitId, PostId, IncumbencyId)>,
    Sent(seen): Sent<Seen>,
) -> PageResult {
    let take_back = |tx: &mut lianfang_store::Tx<'_>, post: &lianfang_store::PostRecord| {
        let was = post.holders.iter().find(|one| one.incumbency.id == holder).ok_or(Fault::NotFound)?;
        tx.withdraw_incumbency(post, was);
        Ok(())
    };
    save(&visit, id, post, seen.version, take_back).await
}
