use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{
    Lang, PlanId, UnitId,
    access::Act,
    unit::{Alias, AliasKind, Matcher, Suggestion, Unit, UnitKind},
};
use lianfang_store::{PlanRecord, StoreError, UnitRecord};

use super::{here, href, trail, words::PlanWords};
use crate::{
    Fault, Frame, Link,
    at::At,
    fault::{FaultWords, PageResult},
    form::{FormErrors, Sent},
    frame::Choice,
    page::{again, form_page, page, see_other},
    unit::register::Register,
    visit::Visit,
};

/// From this score on a suggestion is chosen beforehand, if the next one lies so far behind; a person still saves it.
const SURE: u16 = 850;
const AHEAD: u16 = 40;

/// The names of units in a plan and the registered units that they mean.
#[derive(Template)]
#[template(path = "plan/units.html")]
pub(crate) struct PlanUnitsPage {
    frame: Frame,
    t: PlanWords,
    href: String,
    n_settled: String,
    rows: Vec<NameLine>,
    may_change: bool,
    errors: FormErrors,
}

form_page!(PlanUnitsPage);

struct NameLine {
    place: usize,
    name: String,
    n_times: String,
    choices: Vec<Choice>,
    /// What was settled, in words; empty while it is open.
    settled: String,
}

pub(super) async fn show(visit: Visit, At(id): At<PlanId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&units_page(&visit, &record, FormErrors::default()).await?)
}

async fn units_page(visit: &Visit, record: &PlanRecord, errors: FormErrors) -> Result<PlanUnitsPage, Fault> {
    let (t, store) = (PlanWords(visit.lang), visit.app.store());
    let content = store.plan_content(record).await?;
    let names = content.plan.unit_names();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let clauses = content.plan.clauses(Lang::Zh);
    clauses.iter().flat_map(|clause| &clause.units).for_each(|name| *times.entry(name).or_default() += 1);
    let settled: BTreeMap<String, Option<UnitId>> =
        store.plan_units(record).await?.into_iter().map(|one| (one.name, one.unit)).collect();
    let register = Register::read(visit).await?;
    let matcher = register.matcher();
    let line = |(place, name): (usize, &String)| NameLine {
        place,
        name: name.clone(),
        n_times: t.count(times.get(name.as_str()).copied().unwrap_or(0)),
        choices: choices(name, settled.get(name), &register, &matcher, record, t),
        settled: match settled.get(name) {
            None => String::new(),
            Some(None) => t.means_none().to_owned(),
            Some(Some(unit)) => register.label(*unit),
        },
    };
    let rows: Vec<NameLine> = names.iter().enumerate().map(line).collect();
    let n_settled = names.iter().filter(|name| settled.contains_key(*name)).count();
    let mut trail = trail(visit);
    trail.push(Link { name: record.title.clone(), href: href(record.id) });
    Ok(PlanUnitsPage {
        frame: visit.frame(t.units(), trail),
        href: href(record.id),
        n_settled: t.n_settled(n_settled, names.len()),
        rows,
        may_change: visit.may(Act::ChangePlans),
        errors,
        t,
    })
}

/// What a name may mean: what was settled or is all but certain is chosen, the user saves it.
fn choices(
    name: &str,
    settled: Option<&Option<UnitId>>,
    register: &Register,
    matcher: &Matcher,
    record: &PlanRecord,
    t: PlanWords,
) -> Vec<Choice> {
    let suggested = matcher.suggest_near(name, &record.area);
    let mut offers: Vec<(String, String)> =
        suggested.iter().map(|one| (one.unit.to_string(), register.label(one.unit))).collect();
    let chosen = match settled {
        Some(None) => "none".to_owned(),
        Some(Some(unit)) => {
            if !offers.iter().any(|(value, _)| *value == unit.to_string()) {
                offers.insert(0, (unit.to_string(), register.label(*unit)));
            }
            unit.to_string()
        }
        None => sure(&suggested).map(|unit| unit.to_string()).unwrap_or_default(),
    };
    offers.push(("new".to_owned(), t.means_new().to_owned()));
    offers.push(("none".to_owned(), t.means_none().to_owned()));
    Choice::all(offers, &chosen)
}

/// The unit that a name all but certainly means.
fn sure(suggested: &[Suggestion]) -> Option<UnitId> {
    let best = suggested.first().filter(|best| best.score >= SURE)?;
    let behind = suggested.get(1).is_none_or(|next| next.score + AHEAD <= best.score);
    behind.then_some(best.unit)
}

/// What was sent: `name_N` with `unit_N`, which is a unit, `new`, `none`, or nothing.
type Fields = BTreeMap<String, String>;

/// Keeps which units are meant, each name by itself: what cannot be kept is named and the others stand.
pub(super) async fn send(visit: Visit, At(id): At<PlanId>, Sent(fields): Sent<Fields>) -> PageResult {
    let record = here(&visit, id).await?;
    let known: Vec<String> = visit.app.store().plan_content(&record).await?.plan.unit_names();
    let register = Register::read(&visit).await?;
    let mut left = Vec::new();
    for (name, chosen) in chosen(&fields).filter(|(name, _)| known.iter().any(|one| one == name)) {
        match settle(&visit, &record, &register, name, chosen).await {
            Ok(()) => {}
            Err(Fault::Store(StoreError::Changed(_) | StoreError::Taken(_)) | Fault::NotFound) => left.push(name),
            Err(fault) => return Err(fault),
        }
    }
    if left.is_empty() {
        return Ok(see_other(&format!("{}/units", href(id))));
    }
    let (t, mut errors) = (PlanWords(visit.lang), FormErrors::default());
    errors.add("", format!("{}{}", t.not_kept(), left.join(visit.lang.pick("、", ", "))));
    errors.add("", FaultWords(visit.lang).changed_why());
    again(&units_page(&visit, &here(&visit, id).await?, errors).await?)
}

fn chosen(fields: &Fields) -> impl Iterator<Item = (&str, &str)> {
    fields.iter().filter_map(|(field, name)| {
        let place = field.strip_prefix("name_")?;
        let chosen = fields.get(&format!("unit_{place}"))?;
        (!chosen.is_empty()).then_some((name.as_str(), chosen.as_str()))
    })
}

/// Settles one name; a unit that is missing is added, and a name written differently is noted with its unit.
async fn settle(
    visit: &Visit,
    record: &PlanRecord,
    register: &Register,
    name: &str,
    chosen: &str,
) -> Result<(), Fault> {
    let mut tx = visit.begin();
    tx.about("plan", record.id, Some(&record.area));
    match chosen {
        "none" => tx.mean_unit(record, name, None),
        "new" => {
            let unit = new_unit(visit, record, name);
            tx.add_unit(&unit, visit.day());
            tx.mean_unit(record, name, Some(unit.id));
        }
        other => {
            let unit = other.parse().ok().and_then(|id| register.find(id)).ok_or(Fault::NotFound)?;
            tx.mean_unit(record, name, Some(unit.unit.id));
            if let Some(alias) = learned(visit, unit, name) {
                tx.learn_alias(unit, &alias, visit.day());
            }
        }
    }
    Ok(tx.commit().await?)
}

fn new_unit(visit: &Visit, record: &PlanRecord, name: &str) -> Unit {
    Unit {
        id: UnitId(visit.app.store().new_id(visit.now_ms)),
        name: name.to_owned(),
        kind: UnitKind::guess(name).unwrap_or(UnitKind::Department),
        area: record.area.clone(),
        parent: None,
        aliases: Vec::new(),
        duty_phone: None,
        merged_into: None,
    }
}

/// The name as another one of the unit, where it is new and the user may give it one.
fn learned(visit: &Visit, unit: &UnitRecord, name: &str) -> Option<Alias> {
    let may = visit.scope_of(Act::ChangeUnits).holds_area(&unit.unit.area);
    unit.unit.learn(name).filter(|_| may).map(|_| Alias { text: name.to_owned(), kind: AliasKind::Learned })
}
