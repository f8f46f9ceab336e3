use askama::Template;
use lianfang_domain::{
    Lang, PlanId,
    area::{AreaCode, AreaLevel},
    plan::{PlanState, PlanTier, Reading},
};
use lianfang_plandoc::Options;
use lianfang_store::{NewPlan, PlanContent};

use super::{href, kind_code, place, trail, words::PlanWords};
use crate::{
    Fault, Frame,
    deed::Deed,
    fault::PageResult,
    file::Upload,
    form::FormErrors,
    frame::Choice,
    page::{again, form_page, page, see_other},
    unit::area_choices,
    visit::Visit,
};

/// Accepted plans offered as predecessors at most.
const OFFERED: u32 = 200;

/// The form that uploads a document.
#[derive(Template)]
#[template(path = "plan/upload.html")]
pub(crate) struct UploadPlanPage {
    frame: Frame,
    t: PlanWords,
    areas: Vec<Choice>,
    follows: Vec<Choice>,
    tiers: Vec<Choice>,
    parents: Vec<Choice>,
    errors: FormErrors,
}

form_page!(UploadPlanPage);

/// What was chosen beside the file.
#[derive(Default)]
struct Chosen {
    area: String,
    follows: String,
    tier: String,
    parent: String,
}

async fn upload_page(visit: &Visit, chosen: &Chosen, errors: FormErrors) -> Result<UploadPlanPage, Fault> {
    let t = PlanWords(visit.lang);
    let mut areas = area_choices(visit, &visit.scope, AreaLevel::Township, &chosen.area).await?;
    // Most have one area, and that is the one meant.
    if let Some(first) = areas.first_mut().filter(|_| chosen.area.is_empty()) {
        first.chosen = true;
    }
    let plans = visit.app.store().plans(&visit.scope, None, OFFERED).await?;
    let accepted = plans.into_iter().filter(|plan| plan.state == PlanState::Accepted);
    let follows = Choice::all(accepted.map(|plan| (plan.id.to_string(), plan.title)), &chosen.follows);
    let tiers = place::tiers(visit, if chosen.tier.is_empty() { PlanTier::default().code() } else { &chosen.tier });
    let parents = place::offered(visit, None, &chosen.parent).await?;
    Ok(UploadPlanPage { frame: visit.frame(t.upload(), trail(visit)), t, areas, follows, tiers, parents, errors })
}

pub(super) async fn show(visit: Visit) -> PageResult {
    page(&upload_page(&visit, &Chosen::default(), FormErrors::default()).await?)
}

pub(super) async fn send(visit: Visit, upload: Upload) -> PageResult {
    let field = |name: &str| upload.fields.get(name).cloned().unwrap_or_default();
    let chosen =
        Chosen { area: field("area"), follows: field("follows"), tier: field("tier"), parent: field("parent") };
    let mut errors = FormErrors::default();
    let t = PlanWords(visit.lang);
    let area = chosen.area.parse::<AreaCode>().ok().filter(|area| visit.scope.holds_area(area));
    let Some(area) = area else {
        errors.add("area", t.area_none());
        return again(&upload_page(&visit, &chosen, errors).await?);
    };
    let follows = match follows(&visit, &chosen.follows, &area).await? {
        Ok(follows) => follows,
        Err(why) => {
            errors.add("follows", why);
            return again(&upload_page(&visit, &chosen, errors).await?);
        }
    };
    let parent = match place::parent_of(&visit, &chosen.parent, None).await? {
        Ok(parent) => parent,
        Err(why) => {
            errors.add("parent", why);
            return again(&upload_page(&visit, &chosen, errors).await?);
        }
    };
    let tier = PlanTier::from_code(&chosen.tier).unwrap_or_default();
    match read(&visit, upload.name.clone(), upload.bytes.clone()).await? {
        Ok(reading) => {
            let arrived = Arrived { follows, tier, parent, ..Arrived::new(&upload.name, &upload.bytes, &area) };
            let kept = keep_reading(&visit.deed()?, &arrived, reading).await?;
            // A program is told of a plan, not of a list.
            Ok(see_other(&if visit.wants_json { href(kept.first) } else { kept.shown_at }))
        }
        Err(why) => {
            errors.add("file", why);
            again(&upload_page(&visit, &chosen, errors).await?)
        }
    }
}

/// The plan that the new one is a version of.
async fn follows(visit: &Visit, chosen: &str, area: &AreaCode) -> Result<Result<Option<PlanId>, &'static str>, Fault> {
    if chosen.is_empty() {
        return Ok(Ok(None));
    }
    let bad = PlanWords(visit.lang).follows_bad();
    let Ok(id) = chosen.parse::<PlanId>() else { return Ok(Err(bad)) };
    let plan = visit.app.store().plan(id, &visit.scope).await?;
    let fits = plan.is_some_and(|plan| plan.state == PlanState::Accepted && plan.area == *area);
    Ok(if fits { Ok(Some(id)) } else { Err(bad) })
}

/// Reads the document, away from the threads that answer requests; why not, where it cannot be read.
pub(super) async fn read(visit: &Visit, name: String, bytes: Vec<u8>) -> Result<Result<Reading, String>, Fault> {
    if name.is_empty() {
        return Ok(Err(PlanWords(visit.lang).file_none().to_owned()));
    }
    let (day, chinese) = (visit.day(), visit.lang == Lang::Zh);
    let work = tokio::task::spawn_blocking(move || {
        lianfang_plandoc::read(&name, &bytes, &Options::new(day)).map_err(|error| error.message(chinese))
    });
    work.await.map_err(|error| Fault::Broken(error.to_string()))
}

/// A file on its way in.
pub(crate) struct Arrived<'a> {
    /// Its name.
    pub(crate) file: &'a str,
    /// What is in it.
    pub(crate) bytes: &'a [u8],
    /// The area that it is for.
    pub(crate) area: &'a AreaCode,
    /// The plan of which it is a new version.
    pub(crate) follows: Option<PlanId>,
    /// What it is among the plans of its area.
    pub(crate) tier: PlanTier,
    /// The plan to which it belongs.
    pub(crate) parent: Option<PlanId>,
}

impl<'a> Arrived<'a> {
    /// A file that follows nothing and belongs to nothing.
    pub(crate) fn new(file: &'a str, bytes: &'a [u8], area: &'a AreaCode) -> Arrived<'a> {
        Arrived { file, bytes, area, follows: None, tier: PlanTier::default(), parent: None }
    }
}

/// Keeps each document of a file as a draft, and the file; gives back the first.
pub(crate) async fn keep_reading(deed: &Deed, arrived: &Arrived<'_>, reading: Reading) -> Result<Kept, Fault> {
    let Reading { plans, findings } = reading;
    let (file, area) = (arrived.file, arrived.area);
    let only = plans.len() == 1;
    let mut tx = deed.begin();
    let mut first = None;
    for (plan, place) in plans.into_iter().zip(0_u32..) {
        let id = PlanId(deed.app.store().new_id(deed.actor.now_ms));
        let new = NewPlan {
            id,
            area: area.clone(),
            title: plan.title.as_ref().map_or_else(|| file.to_owned(), |title| title.text.clone()),
            kind: kind_code(plan.kind),
            file: file.to_owned(),
            // A new version is one document; of several, nobody can say which.
            replaces: arrived.follows.filter(|_| only),
            file_of: Some(first.unwrap_or(id)),
            tier: arrived.tier,
            parent: arrived.parent,
        };
        let findings = findings.iter().filter(|finding| finding.place.plan == place).cloned().collect();
        tx.add_plan(&new, &PlanContent { plan, findings })?;
        first.get_or_insert(id);
    }
    let Some(first) = first else { return Err(Fault::Broken("a reading without a document".to_owned())) };
    tx.keep_plan_file(area, first, arrived.bytes)?;
    let shown_at = if only { href(first) } else { "/plans".to_owned() };
    tx.about("plan", first, Some(area)).makes(&href(first));
    tx.commit().await?;
    Ok(Kept { first, shown_at })
}

/// The drafts that a file gave.
pub(crate) struct Kept {
    /// The first.
    pub(crate) first: PlanId,
    /// Where they are shown: a single one by itself.
    shown_at: String,
}
