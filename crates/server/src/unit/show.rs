use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    UnitId,
    access::Act,
    unit::{AliasKind, normal_name},
};
use lianfang_store::{PhoneSight, UnitOrder, UnitRecord, UnitRow, UnitSearch};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{UnitFacts, href, may_reach, words::UnitWords};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    frame::Choice,
    page::{form_page, page, see_other},
    post::{PostLine, PostWords, post_lines},
    shown::date,
    visit::Visit,
};

/// How many of the units below are shown on the page of the one above.
const N_CHILDREN: u32 = 50;

/// A unit with its names, its posts and what stands under it.
#[derive(Template)]
#[template(path = "unit/show.html")]
pub(crate) struct UnitPage {
    frame: Frame,
    t: UnitWords,
    p: PostWords,
    facts: UnitFacts,
    posts: Vec<PostLine>,
    n_vacant: usize,
    children: Vec<UnitRow>,
    n_children: i64,
    has_more_children: bool,
    aliases: Vec<AliasLine>,
    history: Vec<[String; 2]>,
    alias_kinds: Vec<Choice>,
    forms: UnitForms,
    errors: FormErrors,
    may: May,
    sight: PhoneSight,
}

form_page!(UnitPage);

/// Which buttons are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct May {
    change: bool,
    merge: bool,
    posts: bool,
    phones: bool,
}

struct AliasLine {
    text: String,
    kind: &'static str,
    noted_on: String,
}

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitForms {
    pub(super) alias: String,
    pub(super) alias_kind: String,
}

/// How much of the telephone numbers the address asks for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Phones {
    /// `full` for whole numbers; anything else masks them.
    phones: String,
}

impl Phones {
    /// In full where that is asked for and allowed.
    pub(crate) fn sight(&self, allowed: bool) -> PhoneSight {
        if allowed && self.phones == "full" { PhoneSight::Full } else { PhoneSight::Masked }
    }
}

pub(super) async fn show(visit: Visit, At(id): At<UnitId>, Query(phones): Query<Phones>) -> PageResult {
    let store = visit.app.store();
    let Some(record) = store.unit(id, &visit.scope).await? else {
        // The old address of one that was merged leads to the one that stayed.
        let survivor = store.survivor(id, &visit.scope).await?;
        return survivor.map(|survivor| see_other(&href(survivor))).ok_or(Fault::NotFound);
    };
    let sight = phones.sight(may_reach(&visit, Act::ViewPhones, &record));
    if sight == PhoneSight::Full {
        store.record_read(&visit.actor(), Act::ViewPhones, &format!("unit:{id}"), Some(&record.unit.area), "");
    }
    page(&unit_page(&visit, &record, sight, UnitForms::default(), FormErrors::default()).await?)
}

/// The page of a unit, with what was typed if it was.
pub(super) async fn unit_page(
    visit: &Visit,
    record: &UnitRecord,
    sight: PhoneSight,
    forms: UnitForms,
    errors: FormErrors,
) -> Result<UnitPage, Fault> {
    let (t, lang) = (UnitWords(visit.lang), visit.lang);
    let store = visit.app.store();
    let below =
        UnitSearch { parent: Some(record.unit.id), order: UnitOrder::Name, limit: N_CHILDREN, ..UnitSearch::default() };
    let below = store.units(&below, &visit.scope_of(Act::ViewUnits), visit.day()).await?;
    let posts = post_lines(&store.posts(record, sight).await?, visit);
    let kinds = AliasKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(lang)));
    let trail = vec![Link { name: t.title().to_owned(), href: "/units".to_owned() }];
    Ok(UnitPage {
        frame: visit.frame(&record.unit.name, trail),
        t,
        p: PostWords(lang),
        facts: UnitFacts::of(visit, record).await?,
        n_vacant: posts.iter().filter(|post| post.is_open && post.is_vacant()).count(),
        posts,
        n_children: below.n_found,
        has_more_children: below.has_after,
        children: below.rows,
        aliases: aliases(record, visit),
        history: history(record, visit),
        alias_kinds: Choice::all(kinds, &forms.alias_kind),
        forms,
        errors,
        may: May {
            change: may_reach(visit, Act::ChangeUnits, record),
            merge: may_reach(visit, Act::MergeUnits, record),
            posts: may_reach(visit, Act::ChangePosts, record),
            phones: may_reach(visit, Act::ViewPhones, record),
        },
        sight,
    })
}

fn aliases(record: &UnitRecord, visit: &Visit) -> Vec<AliasLine> {
    let line = |noted: &lianfang_store::NotedAlias| AliasLine {
        text: noted.alias.text.clone(),
        kind: noted.alias.kind.words(visit.lang),
        noted_on: date(noted.noted_on, visit.lang),
    };
    record.aliases.iter().map(line).collect()
}

/// The names that the unit bore one after the other, the present one first, each with until when it was the name.
fn history(record: &UnitRecord, visit: &Visit) -> Vec<[String; 2]> {
    let t = UnitWords(visit.lang);
    let mut former: Vec<_> = record.aliases.iter().filter(|noted| noted.alias.kind == AliasKind::Former).collect();
    former.sort_by_key(|noted| std::cmp::Reverse((noted.noted_on, normal_name(&noted.alias.text))));
    let now = [record.unit.name.clone(), t.name_now().to_owned()];
    let until = former.into_iter().map(|noted| [noted.alias.text.clone(), t.name_until(noted.noted_on)]);
    std::iter::once(now).chain(until).collect()
}
