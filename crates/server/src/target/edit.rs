use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::civil::Date;
use lianfang_domain::{
    TargetId, UnitId,
    access::Scope,
    area::AreaCode,
    indicator::{Amount, Comparator, Indicator, Required, Target},
};
use lianfang_store::TargetRecord;

use super::{trail, words::TargetWords};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Seen, Sent},
    indicator::{Asked, area_of, choices},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// What was filled in.
type Fields = BTreeMap<String, String>;

/// The form of a target, new or changed.
#[derive(Template)]
#[template(path = "target/edit.html")]
pub(crate) struct EditTargetPage {
    frame: Frame,
    t: TargetWords,
    action: String,
    end: Option<(String, i64)>,
    typed: Fields,
    areas: Vec<Choice>,
    indicators: Vec<Choice>,
    comparators: Vec<Choice>,
    hows: Vec<Choice>,
    others: Vec<Choice>,
    errors: FormErrors,
}

form_page!(EditTargetPage);

impl EditTargetPage {
    fn field(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn form(
    visit: &Visit,
    seen: Option<&TargetRecord>,
    typed: Fields,
    errors: FormErrors,
) -> Result<EditTargetPage, Fault> {
    let (t, lang) = (TargetWords(visit.lang), visit.lang);
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let area = area_of(visit, "", &visit.scope).await?.ok_or(Fault::NotFound)?;
    let place = value("place").parse::<AreaCode>().unwrap_or_else(|_| area.code.clone());
    let all = visit.app.store().indicators(&place).await?;
    let named = |one: &Indicator| (one.code.clone(), one.name(lang).to_owned());
    let hows = [
        ("amount", t.by_amount()),
        ("per_population", t.by_population()),
        ("per_indicator", t.by_indicator()),
        ("infection_control", t.by_beds()),
        ("lost", t.by_lost()),
    ];
    Ok(EditTargetPage {
        frame: visit.frame(if seen.is_some() { t.edit() } else { t.add() }, trail(visit)),
        action: seen.map_or_else(|| "/targets/new".to_owned(), |seen| format!("/targets/{}", seen.target.id)),
        end: seen.map(|seen| (format!("/targets/{}/end", seen.target.id), seen.version)),
        areas: choices(visit, &place).await?,
        indicators: Choice::all(all.iter().map(named), &value("indicator")),
        comparators: Choice::all(Comparator::ALL.iter().map(|one| (one.code(), one.words(lang))), &value("comparator")),
        hows: Choice::all(hows, &value("how")),
        others: Choice::all(all.iter().map(named), &value("of")),
        t,
        typed,
        errors,
    })
}

fn fields_of(record: &TargetRecord) -> Fields {
    let target = &record.target;
    let (how, n, per, of, question) = match &target.required {
        Required::Amount(amount) => ("amount", amount.to_string(), String::new(), "", ""),
        Required::PerPopulation { n, per } => ("per_population", n.to_string(), per.to_string(), "", ""),
        Required::PerIndicator { n, per, of } => ("per_indicator", n.to_string(), per.to_string(), of.as_str(), ""),
        Required::InfectionControl { beds } => ("infection_control", String::new(), String::new(), beds.as_str(), ""),
        Required::Lost(question) => ("lost", String::new(), String::new(), "", question.as_str()),
    };
    [
        ("place", target.place.to_string()),
        ("indicator", target.indicator.clone()),
        ("comparator", target.comparator.code().to_owned()),
        ("how", how.to_owned()),
        ("n", n),
        ("per", per),
        ("of", of.to_owned()),
        ("question", question.to_owned()),
        ("deadline_on", target.deadline_on.map(|day| day.to_string()).unwrap_or_default()),
        ("unit", target.unit.map(|unit| unit.to_string()).unwrap_or_default()),
        ("basis", target.basis.clone()),
        ("version", record.version.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

pub(super) async fn add(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let usual = [("comparator", "at_least".to_owned()), ("how", "amount".to_owned()), ("place", asked.area)];
    let typed = usual.map(|(name, value)| (name.to_owned(), value)).into();
    page(&form(&visit, None, typed, FormErrors::default()).await?)
}

pub(super) async fn send_new(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let id = TargetId(visit.app.store().new_id(visit.now_ms));
    let new = match read(&visit, id, &fields).await? {
        Ok(new) => new,
        Err(errors) => return again(&form(&visit, None, fields, errors).await?),
    };
    let mut tx = visit.begin();
    tx.about("target", id, Some(&new.place));
    tx.add_target(&new)?;
    tx.commit().await?;
    Ok(see_other(&format!("/targets?area={}", new.place.home())))
}

async fn here(visit: &Visit, id: TargetId) -> Result<TargetRecord, Fault> {
    visit.app.store().target(id, &visit.scope).await?.ok_or(Fault::NotFound)
}

pub(super) async fn show(visit: Visit, At(id): At<TargetId>) -> PageResult {
    let record = here(&visit, id).await?;
    page(&form(&visit, Some(&record), fields_of(&record), FormErrors::default()).await?)
}

pub(super) async fn send(visit: Visit, At(id): At<TargetId>, Sent(fields): Sent<Fields>) -> PageResult {
    let found = here(&visit, id).await?;
    let new = match read(&visit, id, &fields).await? {
        // A target stays in its county, by which it is kept.
        Ok(new) if new.place.home() == found.target.place.home() => new,
        Ok(_) => return Err(Fault::NotFound),
        Err(errors) => return again(&form(&visit, Some(&found), fields, errors).await?),
    };
    let version = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let seen = TargetRecord { version, ..found };
    let mut tx = visit.begin();
    tx.about("target", id, Some(&new.place));
    tx.change_target(&seen, &new)?;
    match keep(tx, Refusals::changed(TargetWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("/targets?area={}", new.place.home()))),
        Err(errors) => {
            let present = here(&visit, id).await?;
            let mut fields = fields;
            fields.insert("version".to_owned(), present.version.to_string());
            again(&form(&visit, Some(&present), fields, errors).await?)
        }
    }
}

pub(super) async fn end(visit: Visit, At(id): At<TargetId>, Sent(seen): Sent<Seen>) -> PageResult {
    let found = here(&visit, id).await?;
    let home = found.target.place.home();
    let mut tx = visit.begin();
    tx.about("target", id, Some(&found.target.place));
    tx.end_target(&TargetRecord { version: seen.version, ..found.clone() });
    match keep(tx, Refusals::changed(TargetWords(visit.lang).changed())).await? {
        Ok(()) => Ok(see_other(&format!("/targets?area={home}"))),
        Err(errors) => again(&form(&visit, Some(&found), fields_of(&found), errors).await?),
    }
}

async fn read(visit: &Visit, id: TargetId, fields: &Fields) -> Result<Result<Target, FormErrors>, Fault> {
    let (t, mut errors) = (TargetWords(visit.lang), FormErrors::default());
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let place = field("place").parse::<AreaCode>().ok().filter(|place| visit.scope.holds_area(place));
    let Some(place) = place else {
        errors.add("place", t.area_none());
        return Ok(Err(errors));
    };
    let all = visit.app.store().indicators(&place).await?;
    if !all.iter().any(|one| one.code == field("indicator")) {
        errors.add("indicator", t.indicator_none());
    }
    let required = required(fields, &all, t, &mut errors);
    let deadline_on = field("deadline_on").parse::<Date>().ok();
    if deadline_on.is_none() && !field("deadline_on").is_empty() {
        errors.add("deadline_on", t.deadline_bad());
    }
    let unit = field("unit").parse::<UnitId>().ok();
    let is_there = match unit {
        Some(unit) => visit.app.store().unit(unit, &Scope::everywhere()).await?.is_some(),
        None => field("unit").is_empty(),
    };
    if !is_there {
        errors.add("unit", t.unit_bad());
    }
    if field("basis").is_empty() {
        errors.add("basis", t.basis_none());
    }
    Ok(match required {
        Some(required) if errors.is_empty() => Ok(Target {
            id,
            place,
            indicator: field("indicator").to_owned(),
            comparator: Comparator::from_code(field("comparator")).unwrap_or(Comparator::AtLeast),
            required,
            deadline_on,
            unit,
            basis: field("basis").to_owned(),
        }),
        _ => Err(errors),
    })
}

/// How much is asked for, by what was filled in.
fn required(fields: &Fields, all: &[Indicator], t: TargetWords, errors: &mut FormErrors) -> Option<Required> {
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let above_zero = |name: &'static str, errors: &mut FormErrors| {
        let amount = field(name).parse::<Amount>().ok().filter(|amount| *amount > Amount::ZERO);
        if amount.is_none() {
            errors.add(name, t.n_bad());
        }
        amount
    };
    let known = |errors: &mut FormErrors| {
        let of = Some(field("of").to_owned()).filter(|of| all.iter().any(|one| one.code == *of));
        if of.is_none() {
            errors.add("of", t.of_none());
        }
        of
    };
    match field("how") {
        "amount" => above_zero("n", errors).map(Required::Amount),
        "per_population" => {
            let (n, per) = (above_zero("n", errors), above_zero("per", errors));
            n.zip(per).map(|(n, per)| Required::PerPopulation { n, per })
        }
        "per_indicator" => {
            let (n, per, of) = (above_zero("n", errors), above_zero("per", errors), known(errors));
            n.zip(per).zip(of).map(|((n, per), of)| Required::PerIndicator { n, per, of })
        }
        "infection_control" => known(errors).map(|beds| Required::InfectionControl { beds }),
        "lost" if field("question").is_empty() => {
            errors.add("question", t.question_none());
            None
        }
        "lost" => Some(Required::Lost(field("question").to_owned())),
        _ => {
            errors.add("how", t.how_none());
            None
        }
    }
}
