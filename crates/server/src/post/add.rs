use askama::Template;
use lianfang_domain::{PostId, UnitId, post::Post};
use lianfang_store::{PhoneSight, UnitRecord};

use super::{read::PostForm, words::PostWords};
use crate::{
    Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, form_page, page, see_other},
    unit,
    visit::Visit,
};

/// The form for a post's title, rank and duty phone.
#[derive(Template)]
#[template(path = "post/edit.html")]
pub(crate) struct PostFormPage {
    pub(super) frame: Frame,
    pub(super) t: PostWords,
    pub(super) form: PostForm,
    pub(super) errors: FormErrors,
    /// Where it is sent.
    pub(super) action: String,
    /// The way back.
    pub(super) back: String,
}

form_page!(PostFormPage);

fn add_page(visit: &Visit, record: &UnitRecord, form: PostForm, errors: FormErrors) -> PostFormPage {
    let t = PostWords(visit.lang);
    let back = unit::href(record.unit.id);
    let action = format!("{back}/posts/new");
    PostFormPage { frame: visit.frame(t.add_new(), unit::trail(visit, record)), t, form, errors, action, back }
}

pub(super) async fn show(visit: Visit, At(id): At<UnitId>) -> PageResult {
    let record = unit::here(&visit, id).await?;
    // The next after those that are there.
    let posts = visit.app.store().posts(&record, PhoneSight::Masked).await?;
    let last = posts.iter().map(|post| post.post.rank_order).max().unwrap_or(0);
    let form = PostForm { rank_order: last.saturating_add(1).min(999).to_string(), ..PostForm::default() };
    page(&add_page(&visit, &record, form, FormErrors::default()))
}

pub(super) async fn send(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<PostForm>) -> PageResult {
    let record = unit::here(&visit, id).await?;
    let typed = match form.read(&visit) {
        Ok(typed) => typed,
        Err(errors) => return again(&add_page(&visit, &record, form, errors)),
    };
    let post = Post {
        id: PostId(visit.app.store().new_id(visit.now_ms)),
        unit: id,
        title: typed.title,
        rank_order: typed.rank_order,
        duty_phone: typed.duty_phone,
    };
    let mut tx = visit.begin();
    let href = format!("{}/posts/{}", unit::href(id), post.id);
    tx.about("post", post.id, Some(&record.unit.area)).makes(&href);
    tx.add_post(&record, &post);
    tx.commit().await?;
    Ok(see_other(&href))
}
