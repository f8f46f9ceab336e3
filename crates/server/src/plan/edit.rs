use askama::Template;
use lianfang_domain::{
    Lang, PlanId,
    plan::{
        Clause, ClauseKey, ClauseKind, Edit, EditKind, PlanState, Quantity, Reread, edit_in_force, is_editable,
        may_edit,
    },
};
use lianfang_store::{PlanEdit, PlanRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{here, href, trail, upload::read, words::PlanWords};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    shown::instant,
    visit::Visit,
};

/// An item of a plan and what is done to it.
#[derive(Template)]
#[template(path = "plan/edit.html")]
pub(crate) struct EditItemPage {
    frame: Frame,
    t: PlanWords,
    href: String,
    back: String,
    kind: &'static str,
    under: String,
    was: String,
    history: Vec<EditLine>,
    kinds: Vec<Choice>,
    text: String,
    errors: FormErrors,
}

form_page!(EditItemPage);

/// What was done to an item, by whom and when.
pub(super) struct EditLine {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// The time limits and figures that were read in the new words.
    pub(super) means: String,
    pub(super) by: String,
}

/// What is done to an item.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PlanItemEdit")]
pub(super) struct EditForm {
    /// correct, drop, split, join_next or restore.
    kind: String,
    /// The new words; for a split one line each.
    text: String,
}

/// An item of a draft by its place among all that was read, with what was done to it so far.
struct Found {
    plan: PlanRecord,
    clause: Clause,
    /// Its words, to be changed: of a figure the figure alone.
    words: String,
    edits: Vec<PlanEdit>,
}

async fn found(visit: &Visit, id: PlanId, place: usize) -> Result<Found, Fault> {
    let (plan, store) = (here(visit, id).await?, visit.app.store());
    let content = store.plan_as_read(&plan).await?;
    let clause = content.plan.clauses(visit.lang).into_iter().nth(place);
    let clause = clause.filter(|clause| is_editable(clause.kind) && plan.state == PlanState::Draft);
    let clause = clause.ok_or(Fault::NotFound)?;
    store.record_read(&visit.actor(), visit.act, &format!("plan:{id}"), Some(&plan.area), "");
    let key = ClauseKey::of(&clause);
    let edits = store.plan_edits(&plan).await?.into_iter().filter(|one| one.edit.key == key).collect();
    let is_it = |figure: &&Quantity| figure.source.span == clause.span && figure.subject_and_figure() == clause.text;
    let figure = content.plan.quantities.iter().filter(|_| clause.kind == ClauseKind::Quantity).find(is_it);
    let words = figure.map_or_else(|| clause.text.clone(), |figure| figure.text.clone());
    Ok(Found { plan, clause, words, edits })
}

fn means(edit: &Edit, lang: Lang) -> String {
    let figures = matches!(edit.key.kind, ClauseKind::Quantity);
    let of = |read: &Reread| -> Vec<String> {
        if figures {
            read.quantities.first().map(Quantity::subject_and_figure).into_iter().collect()
        } else {
            read.times.iter().map(|time| time.kind.words(lang)).collect()
        }
    };
    edit.read.iter().flat_map(of).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

/// What was done, as it is shown.
pub(super) fn edit_line(one: &PlanEdit, visit: &Visit) -> EditLine {
    EditLine {
        kind: one.edit.kind.words(visit.lang),
        text: one.edit.text.clone(),
        means: means(&one.edit, visit.lang),
        by: format!("{} {}", instant(one.at_ms, visit.lang), one.by),
    }
}

pub(super) async fn show(visit: Visit, At((id, place)): At<(PlanId, usize)>) -> PageResult {
    let found = found(&visit, id, place).await?;
    let edits: Vec<Edit> = found.edits.iter().map(|one| one.edit.clone()).collect();
    let in_force = edit_in_force(&edits, &ClauseKey::of(&found.clause));
    let form = EditForm {
        kind: in_force.map_or(EditKind::Correct, |edit| edit.kind).code().to_owned(),
        text: in_force
            .map(|edit| edit.text.clone())
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| found.words.clone()),
    };
    page(&edit_page(&visit, &found, place, form, FormErrors::default()))
}

fn edit_page(visit: &Visit, found: &Found, place: usize, form: EditForm, errors: FormErrors) -> EditItemPage {
    let t = PlanWords(visit.lang);
    let plan = href(found.plan.id);
    let mut trail = trail(visit);
    trail.push(Link { name: found.plan.title.clone(), href: plan.clone() });
    trail.push(Link { name: t.text().to_owned(), href: format!("{plan}/text") });
    EditItemPage {
        frame: visit.frame(t.edit(), trail),
        t,
        href: format!("{plan}/clauses/{place}"),
        back: format!("{plan}/text#c{place}"),
        kind: found.clause.kind.words(visit.lang),
        under: found.clause.under.clone(),
        was: found.clause.text.clone(),
        history: found.edits.iter().rev().map(|one| edit_line(one, visit)).collect(),
        kinds: Choice::all(EditKind::ALL.into_iter().map(|kind| (kind.code(), kind.words(visit.lang))), &form.kind),
        text: form.text,
        errors,
    }
}

/// What the reader finds in words that a person wrote, so that a clock runs by what is to be read.
async fn read_again(visit: &Visit, line: String) -> Result<Result<Reread, String>, Fault> {
    let reading = read(visit, "words.txt".to_owned(), line.into_bytes()).await?;
    Ok(reading.map(|reading| {
        let plan = reading.plans.into_iter().next().unwrap_or_default();
        Reread { times: plan.times, quantities: plan.quantities }
    }))
}

pub(super) async fn send(visit: Visit, At((id, place)): At<(PlanId, usize)>, Sent(form): Sent<EditForm>) -> PageResult {
    let found = found(&visit, id, place).await?;
    let t = PlanWords(visit.lang);
    let mut errors = FormErrors::default();
    let Some(kind) = EditKind::from_code(&form.kind) else {
        errors.add("kind", t.edit_none());
        return again(&edit_page(&visit, &found, place, form, errors));
    };
    let needs_words = matches!(kind, EditKind::Correct | EditKind::Split);
    let text = if needs_words { form.text.replace("\r\n", "\n").trim().to_owned() } else { String::new() };
    let mut edit = Edit { key: ClauseKey::of(&found.clause), kind, text, read: Vec::new() };
    for line in edit.lines().into_iter().map(str::to_owned).collect::<Vec<_>>() {
        match read_again(&visit, line).await? {
            Ok(read) => edit.read.push(read),
            Err(why) => errors.add("text", &why),
        }
    }
    if !errors.is_empty() {
        return again(&edit_page(&visit, &found, place, form, errors));
    }
    if let Err(why) = may_edit(&edit) {
        errors.add("text", why.words(visit.lang));
        return again(&edit_page(&visit, &found, place, form, errors));
    }
    let mut tx = visit.begin();
    tx.about("plan", id, Some(&found.plan.area));
    tx.edit_plan(&found.plan, &edit)?;
    match keep(tx, Refusals::changed(t.changed())).await? {
        Ok(()) => Ok(see_other(&format!("{}/text#c{place}", href(id)))),
        Err(errors) => again(&edit_page(&visit, &found, place, form, errors)),
    }
}
