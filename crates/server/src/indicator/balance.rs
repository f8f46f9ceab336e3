use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use jiff::civil::Date;
use lianfang_domain::{
    PartId,
    access::Act,
    area::AreaCode,
    indicator::{Amount, Balance, Figure, Formula, FormulaFault, Input, Measure},
};
use lianfang_store::{AreaRow, BalanceRecord};

use super::{Asked, Ledger, Window, area_of, trail, words::IndicatorWords};
use crate::{
    Fault, Frame,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    keep::{Refusals, keep},
    page::{again, form_page, page, see_other},
    shown::date,
    visit::Visit,
};

/// What was sent: the sides of a rule, or that it is to be taken away.
type Fields = BTreeMap<String, String>;

/// The rules of balance of a county, and how they stand on a day.
#[derive(Template)]
#[template(path = "indicator/balance.html")]
pub(crate) struct BalancePage {
    frame: Frame,
    t: IndicatorWords,
    area: String,
    area_name: String,
    on_words: String,
    rows: Vec<BalanceLine>,
    typed: Fields,
    may_change: bool,
    errors: FormErrors,
}

form_page!(BalancePage);

impl BalancePage {
    fn field(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

struct BalanceLine {
    id: String,
    version: i64,
    balance: Balance,
    name: String,
    tone: &'static str,
    verdict: &'static str,
    said: String,
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    page(&balance_page(&visit, &asked, Fields::new(), FormErrors::default()).await?)
}

async fn balance_page(visit: &Visit, asked: &Asked, typed: Fields, errors: FormErrors) -> Result<BalancePage, Fault> {
    let (t, store) = (IndicatorWords(visit.lang), visit.app.store());
    let area = area_of(visit, &asked.area, &visit.scope).await?.ok_or(Fault::NotFound)?;
    let on = asked.day(visit).unwrap_or_else(|| visit.day());
    let rules = store.balances(&area.code).await?;
    let codes: Vec<String> = rules.iter().filter_map(|one| one.balance.codes().ok()).flatten().collect();
    let window = Window { under: &area, from: on, to: on, codes: Some(&codes) };
    let ledger = Ledger::load_whole(store, &visit.scope, window, on, visit.lang).await?;
    let home = area.code.home();
    Ok(BalancePage {
        frame: visit.frame(t.balance_title(), trail(visit)),
        t,
        area: area.code.to_string(),
        area_name: area.name.clone(),
        on_words: date(on, visit.lang),
        rows: rules.iter().map(|one| line(visit, one, &ledger, (&area, on))).collect(),
        typed,
        may_change: visit.scope_of(Act::ChangeIndicators).holds_area(&home),
        errors,
    })
}

/// What the figures of an area say to a formula's inputs.
fn input_of(ledger: &Ledger, input: &Input, (area, on): (&AreaCode, Date)) -> Option<Figure> {
    match input {
        Input::Indicator(code) => ledger.value(code, on, area).figure,
        Input::Population(of) => Some(ledger.population(of.as_ref().unwrap_or(area))),
    }
}

fn line(visit: &Visit, one: &BalanceRecord, ledger: &Ledger, (area, on): (&AreaRow, Date)) -> BalanceLine {
    let (t, lang) = (IndicatorWords(visit.lang), visit.lang);
    let value_of = |input: &Input| input_of(ledger, input, (&area.code, on));
    let known = |side: &str| {
        let worked = Formula::read(side).ok().map(|formula| formula.work(&value_of, lang));
        worked.map(|worked| (matches!(worked.figure, Ok(Some(Figure::Known(_)))), worked.shown)).unwrap_or_default()
    };
    let (left, right) = (known(&one.balance.left), known(&one.balance.right));
    let off = one.balance.check(&value_of, lang);
    let (tone, verdict, said) = match off {
        Ok(Some(warning)) => ("bad", t.off(), warning.words(lang)),
        Ok(None) if left.0 && right.0 => ("good", t.balanced(), format!("{} = {}", left.1, right.1)),
        Ok(None) => ("unknown", t.cannot_tell(), format!("{} = {}", left.1, right.1)),
        Err(fault) => ("unknown", t.cannot_tell(), fault.words(lang)),
    };
    BalanceLine {
        id: one.id.to_string(),
        version: one.version,
        name: one.balance.name(lang).to_owned(),
        balance: one.balance.clone(),
        tone,
        verdict,
        said,
    }
}

async fn own_county(visit: &Visit, fields: &Fields) -> Result<AreaCode, Fault> {
    let asked = fields.get("area").map_or("", String::as_str);
    let area = area_of(visit, asked, &visit.scope).await?.ok_or(Fault::NotFound)?;
    Some(area.code.home()).filter(|home| visit.scope.holds_area(home)).ok_or(Fault::NotFound)
}

pub(super) async fn send(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let county = own_county(&visit, &fields).await?;
    let balance = match read(&visit, &county, &fields).await? {
        Ok(balance) => balance,
        Err(errors) => return refused(&visit, fields, errors).await,
    };
    let id = PartId(visit.app.store().new_id(visit.now_ms));
    let mut tx = visit.begin();
    tx.about("balance", id, Some(&county));
    tx.put_balance(&county, (id, None), &balance)?;
    tx.commit().await?;
    Ok(see_other(&format!("/indicators/balance?area={county}")))
}

/// Changes a rule, or takes it away where `drop` is sent.
pub(super) async fn change(visit: Visit, At(id): At<PartId>, Sent(fields): Sent<Fields>) -> PageResult {
    let county = own_county(&visit, &fields).await?;
    let found = visit.app.store().balances(&county).await?.into_iter().find(|one| one.id == id);
    let found = found.ok_or(Fault::NotFound)?;
    let seen = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(0);
    let mut tx = visit.begin();
    tx.about("balance", id, Some(&county));
    if fields.contains_key("drop") {
        tx.drop_balance(&county, &BalanceRecord { version: seen, ..found })?;
    } else {
        match read(&visit, &county, &fields).await? {
            Ok(balance) => tx.put_balance(&county, (id, Some(seen)), &balance)?,
            Err(errors) => return refused(&visit, fields, errors).await,
        }
    }
    match keep(tx, Refusals::changed(IndicatorWords(visit.lang).balance_changed())).await? {
        Ok(()) => Ok(see_other(&format!("/indicators/balance?area={county}"))),
        Err(errors) => refused(&visit, fields, errors).await,
    }
}

async fn refused(visit: &Visit, fields: Fields, errors: FormErrors) -> PageResult {
    let asked = Asked { area: fields.get("area").cloned().unwrap_or_default(), ..Asked::default() };
    again(&balance_page(visit, &asked, fields, errors).await?)
}

async fn read(visit: &Visit, county: &AreaCode, fields: &Fields) -> Result<Result<Balance, FormErrors>, Fault> {
    let (t, mut errors) = (IndicatorWords(visit.lang), FormErrors::default());
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    if field("name_zh").is_empty() {
        errors.add("name_zh", t.name_none());
    }
    let all = visit.app.store().indicators(county).await?;
    let unit_of = |code: &str| all.iter().find(|one| one.code == code).map(|one| one.unit_zh.clone());
    let mut measures = Vec::new();
    for name in ["left", "right"] {
        match measured(field(name), &unit_of) {
            Ok(measure) => measures.push(measure),
            Err(fault) => errors.add(if name == "left" { "left" } else { "right" }, fault.words(visit.lang)),
        }
    }
    if let [left, right] = measures.as_slice()
        && left != right
        && ![left, right].contains(&&Measure::Any)
    {
        errors.add("right", t.unlike());
    }
    let tolerance: Option<Amount> =
        if field("tolerance").is_empty() { Some(Amount::ZERO) } else { field("tolerance").parse().ok() };
    let Some(tolerance) = tolerance.filter(|amount| *amount >= Amount::ZERO) else {
        errors.add("tolerance", t.number_bad());
        return Ok(Err(errors));
    };
    let text = |name: &str| field(name).to_owned();
    let balance = Balance {
        name_zh: text("name_zh"),
        name_en: text("name_en"),
        left: text("left"),
        right: text("right"),
        tolerance,
    };
    Ok(if errors.is_empty() { Ok(balance) } else { Err(errors) })
}

fn measured(side: &str, unit_of: &dyn Fn(&str) -> Option<String>) -> Result<Measure, FormulaFault> {
    Formula::read(side)?.measure(unit_of)
}
