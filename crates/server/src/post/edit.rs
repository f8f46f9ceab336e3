use lianfang_domain::{PostId, UnitId, post::Post};
use lianfang_store::PhoneSight;

use super::{
    add::PostFormPage,
    read::{Here, PostForm},
    words::PostWords,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, page, see_other},
    visit::Visit,
};

fn edit_page(visit: &Visit, here: &Here, form: PostForm, errors: FormErrors) -> PostFormPage {
    let t = PostWords(visit.lang);
    let back = here.href();
    let action = format!("{back}/edit");
    PostFormPage { frame: visit.frame(t.edit(), here.trail(visit)), t, form, errors, action, back }
}

pub(super) async fn show(visit: Visit, At((id, post)): At<(UnitId, PostId)>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let post = &here.post.post;
    let form = PostForm {
        version: here.post.version,
        title: post.title.clone(),
        rank_order: post.rank_order.to_string(),
        duty_phone: post.duty_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    page(&edit_page(&visit, &here, form, FormErrors::default()))
}

pub(super) async fn send(visit: Visit, At((id, post)): At<(UnitId, PostId)>, Sent(form): Sent<PostForm>) -> PageResult {
    let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
    let typed = match form.read(&visit) {
        Ok(typed) => typed,
        Err(errors) => return again(&edit_page(&visit, &here, form, errors)),
    };
    let (href, area) = (here.href(), here.unit.unit.area.clone());
    let seen = here.seen(form.version);
    let to =
        Post { title: typed.title, rank_order: typed.rank_order, duty_phone: typed.duty_phone, ..seen.post.clone() };
    let mut tx = visit.begin();
    tx.about("post", post, Some(&area));
    tx.change_post(&seen, &to);
    match keep(tx, Refusals::changed("")).await? {
        Ok(()) => Ok(see_other(&href)),
        Err(_) => {
            let here = Here::read(&visit, id, post, PhoneSight::Masked).await?;
            let now = &here.post.post;
            let mut errors = FormErrors::default();
            errors.add("", PostWords(visit.lang).changed_to(&now.title, now.rank_order));
            let form = PostForm { version: here.post.version, ..form };
            again(&edit_page(&visit, &here, form, errors))
        }
    }
}
