use lianfang_domain::{
    Lang, PlanId, UserId,
    access::Act,
    area::AreaCode,
    notice::{About, Notice, NoticeKind, Urgency},
    plan::Reading,
};
use lianfang_plandoc::Options;
use lianfang_store::Recipient;

use super::{
    district::DISTRICT,
    lay_out::{DemoFault, deed},
};
use crate::{
    App,
    deed::Deed,
    plan::{Arrived, keep_reading},
};

/// The plan of the district. It says what two figures add up to wrongly, as plans do.
const PLAN: &str = include_str!("plan.txt");

/// Adds two plans as the office would: one without the wrong sum, accepted; and a later draft with it, to be checked, of
/// which the office is told.
pub(super) async fn add_plans(app: &App, office: UserId, lang: Lang) -> Result<PlanId, DemoFault> {
    let deed = deed(app, office, Act::ChangePlans, lang)?;
    let area = DISTRICT.parse::<AreaCode>().map_err(|error| DemoFault(error.to_string()))?;
    let right = PLAN.replace("调查队员120人", "调查队员130人");
    let file = lang.pick("清河区应急预案.txt", "plan.txt");
    let accepted = keep_reading(&deed, &Arrived::new(file, right.as_bytes(), &area), read(&deed, &right)?).await?.first;
    let store = app.store();
    let plan = store.plan(accepted, &deed.scope).await?.ok_or_else(|| DemoFault("the plan is gone".to_owned()))?;
    let mut tx = store.begin(&deed.actor, Act::AcceptPlans);
    tx.about("plan", plan.id, Some(&area));
    tx.accept_plan(&plan, None);
    tx.commit().await?;
    let file = lang.pick("清河区应急预案（修订稿）.txt", "plan-draft.txt");
    let arrived = Arrived { follows: Some(accepted), ..Arrived::new(file, PLAN.as_bytes(), &area) };
    let draft = keep_reading(&deed, &arrived, read(&deed, PLAN)?).await?.first;
    let notice = Notice {
        kind: NoticeKind::ToDecide,
        about: About { what: plan.title, ..About::default() },
        href: format!("/plans/{draft}"),
        urgency: Urgency::Ordinary,
        area,
    };
    let mut tx = store.begin(&deed.actor, Act::ChangePlans);
    tx.about("plan", draft, Some(&notice.area));
    tx.notify(&[Recipient { user: office, quiet: None }], &notice)?;
    tx.commit().await?;
    Ok(accepted)
}

fn read(deed: &Deed, text: &str) -> Result<Reading, DemoFault> {
    lianfang_plandoc::read("plan.txt", text.as_bytes(), &Options::new(deed.day()))
        .map_err(|error| DemoFault(error.message(deed.lang == Lang::Zh)))
}
