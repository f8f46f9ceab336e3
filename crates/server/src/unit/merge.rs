use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    UnitId,
    access::Scope,
    unit::{Choices, MergeField, MergeRefusal, Merged, Side, Unit, UnitTree, merge},
};
use lianfang_store::{PhoneSight, UnitRecord, UnitRow, UnitSearch};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{UnitFacts, close::refusals, here, href, register::Register, trail, words::UnitWords};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    frame::Choice,
    keep::keep,
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// How many units a search for the other one gives.
const N_FOUND: u32 = 25;

/// Choosing the unit that is merged into this one.
#[derive(Template)]
#[template(path = "unit/merge_choose.html")]
pub(crate) struct ChooseUnitPage {
    frame: Frame,
    t: UnitWords,
    facts: UnitFacts,
    q: String,
    /// What a search gave: id, name, kind and area.
    found: Vec<(String, String, &'static str, String)>,
    /// What may be the same without a search: id, name and why.
    alike: Vec<(String, String, String)>,
}

/// What will happen, before it does.
#[derive(Template)]
#[template(path = "unit/merge.html")]
pub(crate) struct MergeUnitsPage {
    frame: Frame,
    t: UnitWords,
    facts: UnitFacts,
    other: UnitFacts,
    form: MergeForm,
    errors: FormErrors,
    /// The fields in which they differ: name, label and the two values.
    conflicts: Vec<(&'static str, &'static str, Vec<Choice>)>,
    counts: Counts,
    names: Vec<String>,
}

form_page!(MergeUnitsPage);

/// What moves with a merge.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    children: usize,
    posts: usize,
    roles: i64,
}

/// What is asked for: a search, or one to be merged.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MergeQuery {
    q: String,
    with: String,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Merge")]
pub(super) struct MergeForm {
    with: String,
    version: i64,
    other_version: i64,
    kind: String,
    area: String,
    parent: String,
    duty_phone: String,
}

fn side(text: &str) -> Option<Side> {
    match text {
        "survivor" => Some(Side::Survivor),
        "other" => Some(Side::Other),
        _ => None,
    }
}

fn field_of(field: MergeField) -> &'static str {
    match field {
        MergeField::Kind => "kind",
        MergeField::Area => "area",
        MergeField::Parent => "parent",
        MergeField::DutyPhone => "duty_phone",
    }
}

impl MergeForm {
    fn choices(&self) -> Choices {
        Choices {
            kind: side(&self.kind),
            area: side(&self.area),
            parent: side(&self.parent),
            duty_phone: side(&self.duty_phone),
        }
    }

    fn chosen(&self, field: MergeField) -> &str {
        match field {
            MergeField::Kind => &self.kind,
            MergeField::Area => &self.area,
            MergeField::Parent => &self.parent,
            MergeField::DutyPhone => &self.duty_phone,
        }
    }
}

/// The two units and the tree in which they stand.
struct Pair {
    survivor: UnitRecord,
    other: UnitRecord,
    all: Vec<Unit>,
}

impl Pair {
    async fn read(visit: &Visit, survivor: UnitId, other: &str) -> Result<Pair, Fault> {
        let other = other.parse::<UnitId>().map_err(|_| Fault::NotFound)?;
        let register = visit.app.store().unit_register(&Scope::everywhere()).await?;
        Ok(Pair {
            survivor: here(visit, survivor).await?,
            other: here(visit, other).await?,
            all: register.into_iter().map(|record| record.unit).collect(),
        })
    }

    fn decide(&self, choices: Choices) -> Result<Merged, MergeRefusal> {
        merge(&self.survivor.unit, &self.other.unit, &UnitTree::new(&self.all), choices)
    }
}

pub(super) async fn show(visit: Visit, At(id): At<UnitId>, Query(query): Query<MergeQuery>) -> PageResult {
    if query.with.is_empty() {
        return choose(&visit, id, query.q).await;
    }
    let pair = Pair::read(&visit, id, &query.with).await?;
    let form = MergeForm {
        with: query.with,
        version: pair.survivor.version,
        other_version: pair.other.version,
        ..MergeForm::default()
    };
    let mut errors = FormErrors::default();
    match pair.decide(Choices::default()) {
        Ok(_) | Err(MergeRefusal::Undecided { .. }) => {}
        Err(refusal) => errors.add("", refusal.message(visit.lang)),
    }
    page(&merge_page(&visit, &pair, form, errors).await?)
}

async fn choose(visit: &Visit, id: UnitId, q: String) -> PageResult {
    let record = here(visit, id).await?;
    let t = UnitWords(visit.lang);
    let search = UnitSearch { text: q.clone(), limit: N_FOUND, ..UnitSearch::default() };
    let mut found = if q.trim().is_empty() {
        Vec::new()
    } else {
        visit.app.store().units(&search, &visit.scope, visit.day()).await?.rows
    };
    found.retain(|row| row.id != id);
    let line = |row: UnitRow| (row.id.to_string(), row.name, row.kind.words(visit.lang), row.area_name);
    let found = found.into_iter().map(line).collect();
    let register = Register::read(visit).await?;
    let alike = register.suggest(&record.unit.name).into_iter().filter(|found| found.unit != id);
    let alike = alike.map(|found| (found.unit.to_string(), found.name, found.reason.words(visit.lang))).collect();
    let facts = UnitFacts::of(visit, &record).await?;
    page(&ChooseUnitPage { frame: visit.frame(t.merge(), trail(visit, &record)), t, facts, q, found, alike })
}

async fn merge_page(visit: &Visit, pair: &Pair, form: MergeForm, errors: FormErrors) -> Result<MergeUnitsPage, Fault> {
    let t = UnitWords(visit.lang);
    let (facts, other) = (UnitFacts::of(visit, &pair.survivor).await?, UnitFacts::of(visit, &pair.other).await?);
    let undecided = match pair.decide(Choices::default()) {
        Err(MergeRefusal::Undecided { fields }) => fields,
        _ => Vec::new(),
    };
    let conflict = |field: MergeField| {
        let values = [("survivor", value(&facts, field, t)), ("other", value(&other, field, t))];
        (field_of(field), field.words(visit.lang), Choice::all(values, form.chosen(field)))
    };
    let conflicts = undecided.into_iter().map(conflict).collect();
    let store = visit.app.store();
    let counts = Counts {
        children: UnitTree::new(&pair.all).children(pair.other.unit.id).len(),
        posts: store.posts(&pair.other, PhoneSight::Masked).await?.len(),
        roles: store.n_unit_roles(pair.other.unit.id, visit.day()).await?,
    };
    let names = pair.other.unit.names().filter(|name| !pair.survivor.unit.is_called(name)).map(str::to_owned).collect();
    let frame = visit.frame(t.merge(), trail(visit, &pair.survivor));
    Ok(MergeUnitsPage { frame, t, facts, other, form, errors, conflicts, counts, names })
}

/// A unit's value in a field, in words.
fn value(facts: &UnitFacts, field: MergeField, t: UnitWords) -> String {
    let value = match field {
        MergeField::Kind => facts.kind.to_owned(),
        MergeField::Area => format!("{} {}", facts.area, facts.area_code),
        MergeField::Parent => {
            facts.parent.as_ref().map_or_else(|| t.parent_outside().to_owned(), |above| above.name.clone())
        }
        MergeField::DutyPhone => facts.duty_phone.clone(),
    };
    format!("{value}（{}）", facts.name)
}

pub(super) async fn send(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<MergeForm>) -> PageResult {
    let t = UnitWords(visit.lang);
    let pair = Pair::read(&visit, id, &form.with).await?;
    let mut errors = FormErrors::default();
    let merged = match pair.decide(form.choices()) {
        Ok(merged) => merged,
        Err(MergeRefusal::Undecided { fields }) => {
            fields.iter().for_each(|field| errors.add(field_of(*field), t.choose_one()));
            return again(&merge_page(&visit, &pair, form, errors).await?);
        }
        Err(refusal) => {
            errors.add("", refusal.message(visit.lang));
            return again(&merge_page(&visit, &pair, form, errors).await?);
        }
    };
    let survivor = UnitRecord { version: form.version, ..pair.survivor };
    let other = UnitRecord { version: form.other_version, ..pair.other };
    let mut tx = visit.begin();
    tx.about("unit", id, Some(&survivor.unit.area));
    tx.merge_units(&survivor, &other, &merged, visit.day());
    match keep(tx, refusals(&visit, "area")).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let pair = Pair::read(&visit, id, &form.with).await?;
            let form = MergeForm { version: pair.survivor.version, other_version: pair.other.version, ..form };
            again(&merge_page(&visit, &pair, form, errors).await?)
        }
    }
}

impl ChooseUnitPage {
    fn has_searched(&self) -> bool {
        !self.q.trim().is_empty()
    }
}
