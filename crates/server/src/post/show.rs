use askama::Template;
use axum::extract::Query;
use lianfang_domain::{PostId, UnitId, access::Act, post::vacancies};
use lianfang_store::{PhoneSight, PostState};

use super::{
    lines::{PersonLine, PostLine, post_line},
    read::Here,
    words::PostWords,
};
use crate::{
    Frame,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::date,
    unit::{self, Phones, may_reach},
    visit::Visit,
};

/// A post with everyone who held, holds or will hold it.
#[derive(Template)]
#[template(path = "post/show.html")]
pub(crate) struct PostPage {
    frame: Frame,
    t: PostWords,
    href: String,
    unit: String,
    unit_href: String,
    post: PostLine,
    version: i64,
    /// Latest first.
    times: Vec<PersonLine>,
    /// Days on which nobody was there, since someone first was.
    gaps: Vec<[String; 2]>,
    may_change: bool,
    may_see_phones: bool,
    sight: PhoneSight,
    errors: FormErrors,
}

form_page!(PostPage);

pub(super) async fn show(
    visit: Visit,
    At((id, post)): At<(UnitId, PostId)>,
    Query(phones): Query<Phones>,
) -> PageResult {
    let record = unit::here(&visit, id).await?;
    let sight = phones.sight(may_reach(&visit, Act::ViewPhones, &record));
    let here = Here::read(&visit, id, post, sight).await?;
    if sight == PhoneSight::Full {
        let target = format!("post:{post}");
        visit.app.store().record_read(&visit.actor(), Act::ViewPhones, &target, Some(&record.unit.area), "");
    }
    page(&post_page(&visit, &here, sight, FormErrors::default()))
}

/// The page of a post, with what went wrong if something did.
pub(super) fn post_page(visit: &Visit, here: &Here, sight: PhoneSight, errors: FormErrors) -> PostPage {
    let t = PostWords(visit.lang);
    let record = &here.post;
    let times = record.holders.iter().rev().map(|holder| PersonLine::of(holder, visit)).collect();
    PostPage {
        frame: visit.frame(&record.post.title, unit::trail(visit, &here.unit)),
        t,
        href: here.href(),
        unit: here.unit.unit.name.clone(),
        unit_href: unit::href(here.unit.unit.id),
        post: post_line(record, visit),
        version: record.version,
        times,
        gaps: gaps(here, visit),
        may_change: may_reach(visit, Act::ChangePosts, &here.unit),
        may_see_phones: may_reach(visit, Act::ViewPhones, &here.unit),
        sight,
        errors,
    }
}

fn gaps(here: &Here, visit: &Visit) -> Vec<[String; 2]> {
    let times = here.post.incumbencies();
    let Some(first) = times.iter().map(|time| time.from_on).min().filter(|first| *first <= visit.day()) else {
        return Vec::new();
    };
    if here.post.state == PostState::Closed {
        return Vec::new();
    }
    let found = vacancies(&times, here.post.post.id, first, visit.day());
    found.into_iter().map(|gap| [date(gap.from_on, visit.lang), date(gap.until_on, visit.lang)]).collect()
}
