use askama::Template;
use lianfang_domain::{
    IndicatorId,
    area::AreaCode,
    indicator::{Indicator, IndicatorState, Period, RollUp, Source},
};

use super::{
    here, href,
    place::area_of,
    read::{Fields, LEVELS, fields_of, indicator_of},
    trail,
    words::IndicatorWords,
};
use crate::{
    Choice, Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    visit::Visit,
};

/// The form of an indicator, new or changed.
#[derive(Template)]
#[template(path = "indicator/edit.html")]
pub(crate) struct EditIndicatorPage {
    frame: Frame,
    t: IndicatorWords,
    action: String,
    back: String,
    is_new: bool,
    typed: Fields,
    periods: Vec<Choice>,
    sources: Vec<Choice>,
    levels: Vec<Choice>,
    denominators: Vec<Choice>,
    states: Vec<Choice>,
    codes: Vec<(String, String, String)>,
    errors: FormErrors,
}

form_page!(EditIndicatorPage);

impl EditIndicatorPage {
    fn field(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

/// The county for which indicators are laid down: one that the act reaches as a whole.
async fn own_county(visit: &Visit) -> Result<AreaCode, Fault> {
    let area = area_of(visit, "", &visit.scope).await?.ok_or(Fault::NotFound)?;
    Some(area.code.home()).filter(|home| visit.scope.holds_area(home)).ok_or(Fault::NotFound)
}

/// The same of an indicator that is changed.
async fn own(visit: &Visit, id: IndicatorId) -> Result<Indicator, Fault> {
    let found = here(visit, id).await?;
    if visit.scope.holds_area(&found.area) { Ok(found) } else { Err(Fault::NotFound) }
}

async fn form(
    visit: &Visit,
    (area, id): (&AreaCode, Option<IndicatorId>),
    typed: Fields,
    errors: FormErrors,
) -> Result<EditIndicatorPage, Fault> {
    let (t, lang) = (IndicatorWords(visit.lang), visit.lang);
    let all = visit.app.store().indicators(area).await?;
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let sources = [
        Source::RolledUp(RollUp::Sum),
        Source::RolledUp(RollUp::Max),
        Source::RolledUp(RollUp::Last),
        Source::Typed,
        Source::Formula(String::new()),
    ];
    let others = || all.iter().filter(|one| Some(one.id) != id);
    let denominators = [("population".to_owned(), t.population().to_owned())].into_iter();
    let denominators = denominators.chain(others().map(|one| (one.code.clone(), one.name(lang).to_owned())));
    let title = if id.is_some() { t.edit() } else { t.add() };
    Ok(EditIndicatorPage {
        frame: visit.frame(title, trail(visit)),
        action: id.map_or_else(|| "/indicators/new".to_owned(), |id| format!("{}/edit", href(id))),
        back: id.map_or_else(|| "/indicators".to_owned(), href),
        is_new: id.is_none(),
        periods: Choice::all(Period::ALL.iter().map(|one| (one.code(), one.words(lang))), &value("period")),
        sources: Choice::all(sources.iter().map(|one| (one.code(), one.words(lang))), &value("source")),
        levels: Choice::all(LEVELS.map(|level| (level.code(), level.words(lang))), &value("level")),
        denominators: Choice::all(denominators, &value("denominator")),
        states: Choice::all(IndicatorState::ALL.iter().map(|one| (one.code(), one.words(lang))), &value("state")),
        codes: others()
            .map(|one| (one.code.clone(), one.name(lang).to_owned(), one.unit_words(lang).to_owned()))
            .collect(),
        t,
        typed,
        errors,
    })
}

pub(super) async fn add(visit: Visit) -> PageResult {
    let area = own_county(&visit).await?;
    let usual = [("period", "day"), ("source", "sum"), ("level", "township"), ("decimals", "0"), ("state", "in_use")];
    let typed = usual.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    page(&form(&visit, (&area, None), typed, FormErrors::default()).await?)
}

pub(super) async fn send_new(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let area = own_county(&visit).await?;
    let all = visit.app.store().indicators(&area).await?;
    let id = IndicatorId(visit.app.store().new_id(visit.now_ms));
    let new = match indicator_of(&visit, &fields, (id, &area), &all).await? {
        Ok(new) => new,
        Err(errors) => return again(&form(&visit, (&area, None), fields, errors).await?),
    };
    let mut tx = visit.begin();
    tx.about("indicator", id, Some(&area));
    tx.add_indicator(&new)?;
    let t = IndicatorWords(visit.lang);
    match keep(tx, Refusals::changed(t.changed()).or_taken("code", t.code_taken())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => again(&form(&visit, (&area, None), fields, errors).await?),
    }
}

pub(super) async fn show(visit: Visit, At(id): At<IndicatorId>) -> PageResult {
    let found = own(&visit, id).await?;
    page(&form(&visit, (&found.area, Some(id)), fields_of(&found), FormErrors::default()).await?)
}

pub(super) async fn send(visit: Visit, At(id): At<IndicatorId>, Sent(fields): Sent<Fields>) -> PageResult {
    let (found, t) = (own(&visit, id).await?, IndicatorWords(visit.lang));
    let all = visit.app.store().indicators(&found.area).await?;
    let why = fields.get("why").map_or("", |why| why.trim()).to_owned();
    let mut read = indicator_of(&visit, &fields, (id, &found.area), &all).await?;
    if why.is_empty() {
        let mut errors = read.err().unwrap_or_default();
        errors.add("why", t.why_none());
        read = Err(errors);
    }
    let new = match read {
        Ok(new) => new,
        Err(errors) => return again(&form(&visit, (&found.area, Some(id)), fields, errors).await?),
    };
    // The version that the user saw, not the one that is there now.
    let seen = Indicator { version: new.version, ..found.clone() };
    let mut tx = visit.begin();
    tx.about("indicator", id, Some(&found.area)).because(&why);
    tx.change_indicator(&seen, &new, &why)?;
    match keep(tx, Refusals::changed(t.changed()).or_taken("code", t.code_taken())).await? {
        Ok(()) => Ok(see_other(&href(id))),
        Err(errors) => {
            let present = here(&visit, id).await?.version.to_string();
            let mut fields = fields;
            fields.insert("version".to_owned(), present);
            again(&form(&visit, (&found.area, Some(id)), fields, errors).await?)
        }
    }
}
