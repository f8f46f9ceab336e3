use askama::Template;
use lianfang_domain::{
    PlanId,
    plan::{Change, ChangeKind, Plan, diff},
};
use lianfang_store::PlanRecord;

use super::{
    here, href,
    touched::{Touched, touched},
    trail,
    words::PlanWords,
};
use crate::{Fault, Frame, Link, at::At, fault::PageResult, page::page, shown::grouped, visit::Visit};

/// How a plan differs from the one whose place it takes.
#[derive(Template)]
#[template(path = "plan/changes.html")]
pub(crate) struct PlanChangesPage {
    frame: Frame,
    t: PlanWords,
    old: Link,
    new: Link,
    counts: Vec<(&'static str, String)>,
    rows: Vec<ChangeLine>,
    /// The incidents that go by the older version.
    touched: Vec<Touched>,
    new_id: String,
}

struct ChangeLine {
    kind: &'static str,
    tone: &'static str,
    text: String,
    /// Where it stands in the old text and in the new one.
    places: Vec<Link>,
}

/// A plan and the one whose place it takes, with what is different.
pub(super) struct Compared {
    pub(super) new: PlanRecord,
    pub(super) old: PlanRecord,
    pub(super) texts: [Plan; 2],
    pub(super) changes: Vec<Change>,
}

/// Compares a plan with the one whose place it takes, away from the threads that answer requests.
pub(super) async fn compared(visit: &Visit, id: PlanId) -> Result<Compared, Fault> {
    let store = visit.app.store();
    let new = here(visit, id).await?;
    let old = here(visit, new.replaces.ok_or(Fault::NotFound)?).await?;
    let (before, after) = (store.plan_content(&old).await?.plan, store.plan_content(&new).await?.plan);
    for plan in [&old, &new] {
        store.record_read(&visit.actor(), visit.act, &format!("plan:{}", plan.id), Some(&plan.area), "");
    }
    let work = tokio::task::spawn_blocking(move || {
        let changes = diff(&before, &after);
        ([before, after], changes)
    });
    let (texts, changes) = work.await.map_err(|error| Fault::Broken(error.to_string()))?;
    Ok(Compared { new, old, texts, changes })
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let t = PlanWords(visit.lang);
    let compared = compared(&visit, id).await?;
    let mut trail = trail(&visit);
    let link = |plan: &PlanRecord| Link { name: plan.title.clone(), href: href(plan.id) };
    let (old, new) = (link(&compared.old), link(&compared.new));
    trail.push(new.clone());
    let n = |kind: ChangeKind| compared.changes.iter().filter(|change| change.kind == kind).count();
    let count = |kind: ChangeKind| (kind.words(visit.lang), grouped(i64::try_from(n(kind)).unwrap_or(i64::MAX)));
    page(&PlanChangesPage {
        frame: visit.frame(t.changes(), trail),
        t,
        counts: ChangeKind::ALL.into_iter().map(count).collect(),
        touched: touched(&visit, &compared).await?,
        new_id: compared.new.id.to_string(),
        rows: compared.changes.iter().map(|change| line(change, &compared, t)).collect(),
        old,
        new,
    })
}

fn line(change: &Change, compared: &Compared, t: PlanWords) -> ChangeLine {
    let [before, after] = &compared.texts;
    let place = |line: Option<u32>, plan: &Plan, id: PlanId, name: &str| {
        line.map(|line| Link { name: format!("{name}{}", t.at_line(&line)), href: in_text(plan, id, line) })
    };
    let places = [
        place(change.old_line, before, compared.old.id, t.old_text()),
        place(change.new_line, after, compared.new.id, t.new_text()),
    ];
    ChangeLine {
        kind: change.kind.words(t.0),
        tone: match change.kind {
            ChangeKind::Added => "good",
            ChangeKind::Removed => "bad",
            ChangeKind::Renamed | ChangeKind::Reworded => "neutral",
            ChangeKind::Changed => "warning",
        },
        text: change.sentence(t.0).to_owned(),
        places: places.into_iter().flatten().collect(),
    }
}

/// The place of a line in the page that shows the text of a plan.
pub(super) fn in_text(plan: &Plan, id: PlanId, line: u32) -> String {
    let block = plan.blocks.iter().rposition(|block| block.line <= line).unwrap_or(0);
    format!("{}/text#b{block}", href(id))
}
