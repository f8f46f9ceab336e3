use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    IndicatorId, UnitId,
    access::Scope,
    area::AreaLevel,
    indicator::{
        Amount, Denominator, Formula, FormulaFault, FormulaFaultKind, Indicator, IndicatorState, Period, Source,
        cycle_among, is_code,
    },
};

use super::words::IndicatorWords;
use crate::{Fault, form::FormErrors, visit::Visit};

/// What was filled into the form of an indicator.
pub(super) type Fields = BTreeMap<String, String>;

/// A form as it is filled in for an indicator that is there.
pub(super) fn fields_of(one: &Indicator) -> Fields {
    let bound = |bound: Option<Amount>| bound.map(|amount| amount.to_string()).unwrap_or_default();
    let denominator = match &one.denominator {
        Denominator::Indicator(code) => code.clone(),
        other => other.code(),
    };
    [
        ("code", one.code.clone()),
        ("name_zh", one.name_zh.clone()),
        ("name_en", one.name_en.clone()),
        ("unit_zh", one.unit_zh.clone()),
        ("unit_en", one.unit_en.clone()),
        ("meaning", one.meaning.clone()),
        ("period", one.period.code().to_owned()),
        ("since_on", one.since_on.map(|day| day.to_string()).unwrap_or_default()),
        ("decimals", one.decimals.to_string()),
        ("source", one.source.code().to_owned()),
        ("formula", one.source.formula().unwrap_or_default().to_owned()),
        ("level", one.level.map(|level| level.code().to_owned()).unwrap_or_default()),
        ("unit", one.unit.map(|unit| unit.to_string()).unwrap_or_default()),
        ("low", bound(one.low)),
        ("high", bound(one.high)),
        ("jump_percent", one.jump_percent.map(|percent| percent.to_string()).unwrap_or_default()),
        ("denominator", denominator),
        ("state", one.state.code().to_owned()),
        ("version", one.version.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Reads the form. `was` is the indicator that is changed; `all` are those of its county.
pub(super) async fn indicator_of(
    visit: &Visit,
    fields: &Fields,
    (id, area): (IndicatorId, &lianfang_domain::area::AreaCode),
    all: &[Indicator],
) -> Result<Result<Indicator, FormErrors>, Fault> {
    let (t, mut errors) = (IndicatorWords(visit.lang), FormErrors::default());
    let others: Vec<&Indicator> = all.iter().filter(|one| one.id != id).collect();
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    for (name, why) in [("name_zh", t.name_none()), ("unit_zh", t.unit_none())] {
        if field(name).is_empty() {
            errors.add(name, why);
        }
    }
    if !is_code(field("code")) {
        errors.add("code", t.code_bad());
    } else if others.iter().any(|one| one.code == field("code")) {
        errors.add("code", t.code_taken());
    }
    let period = Period::from_code(field("period")).unwrap_or(Period::Day);
    let since_on = field("since_on").parse::<Date>().ok();
    if period == Period::Cumulative && since_on.is_none() {
        errors.add("since_on", t.since_bad());
    }
    let decimals = if field("decimals").is_empty() { Some(0) } else { field("decimals").parse().ok() };
    let decimals = decimals.filter(|n: &u8| *n <= 6);
    if decimals.is_none() {
        errors.add("decimals", t.decimals_bad());
    }
    let source = Source::from_code(field("source"), field("formula"));
    if source.is_none() {
        errors.add("source", t.source_none());
    }
    let (low, high) = (bound(field("low"), "low", t, &mut errors), bound(field("high"), "high", t, &mut errors));
    if low.zip(high).is_some_and(|(low, high)| low > high) {
        errors.add("low", t.range_bad());
    }
    let jump_percent = field("jump_percent").parse::<u32>().ok().filter(|percent| *percent > 0);
    if jump_percent.is_none() && !field("jump_percent").is_empty() {
        errors.add("jump_percent", t.jump_bad());
    }
    let read = Indicator {
        id,
        area: area.clone(),
        code: field("code").to_owned(),
        name_zh: field("name_zh").to_owned(),
        name_en: field("name_en").to_owned(),
        unit_zh: field("unit_zh").replace('％', "%"),
        unit_en: field("unit_en").to_owned(),
        meaning: field("meaning").to_owned(),
        period,
        since_on: since_on.filter(|_| period == Period::Cumulative),
        decimals: decimals.unwrap_or(0),
        source: source.unwrap_or(Source::Typed),
        level: level_of(field("level")),
        unit: unit(visit, field("unit"), &mut errors).await?,
        low,
        high,
        jump_percent,
        denominator: denominator(field("denominator"), &others, t, &mut errors),
        state: IndicatorState::from_code(field("state")).unwrap_or(IndicatorState::InUse),
        version: field("version").parse().unwrap_or(1),
    };
    if let Err(fault) = check_formula(&read, &others) {
        errors.add("formula", fault.words(visit.lang));
    }
    if let Some(used) = used_by(&read, all, &others) {
        errors.add("code", format!("{}{}", t.code_used(), used.join(visit.lang.pick("、", ", "))));
    }
    Ok(if errors.is_empty() { Ok(read) } else { Err(errors) })
}

/// The levels at which areas report.
pub(super) const LEVELS: [AreaLevel; 3] = [AreaLevel::County, AreaLevel::Township, AreaLevel::Village];

fn level_of(code: &str) -> Option<AreaLevel> {
    LEVELS.into_iter().find(|level| level.code() == code)
}

fn bound(text: &str, name: &'static str, t: IndicatorWords, errors: &mut FormErrors) -> Option<Amount> {
    if text.is_empty() {
        return None;
    }
    let amount = text.parse().ok();
    if amount.is_none() {
        errors.add(name, t.number_bad());
    }
    amount
}

async fn unit(visit: &Visit, text: &str, errors: &mut FormErrors) -> Result<Option<UnitId>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let found = match text.parse::<UnitId>() {
        Ok(id) => visit.app.store().unit(id, &Scope::everywhere()).await?.map(|_| id),
        Err(_) => None,
    };
    if found.is_none() {
        errors.add("unit", IndicatorWords(visit.lang).unit_bad());
    }
    Ok(found)
}

fn denominator(text: &str, others: &[&Indicator], t: IndicatorWords, errors: &mut FormErrors) -> Denominator {
    match text {
        "" => Denominator::None,
        "population" => Denominator::Population,
        code if others.iter().any(|one| one.code == code) => Denominator::Indicator(code.to_owned()),
        _ => {
            errors.add("denominator", t.denominator_bad());
            Denominator::None
        }
    }
}

/// Checks a formula: that it can be read, that its parts are there and go together, and that no circle comes of it.
fn check_formula(read: &Indicator, others: &[&Indicator]) -> Result<(), FormulaFault> {
    let Some(text) = read.source.formula() else { return Ok(()) };
    let formula = Formula::read(text)?;
    let all = || others.iter().copied().chain([read]);
    let takes: BTreeMap<String, Vec<String>> =
        all().filter_map(|one| Some((one.code.clone(), Formula::read(one.source.formula()?).ok()?.codes()))).collect();
    if let Some(chain) = cycle_among(&read.code, &takes) {
        return Err(FormulaFault { column: 1, kind: FormulaFaultKind::Cycle(chain) });
    }
    let unit_of = |code: &str| all().find(|one| one.code == code).map(|one| one.unit_zh.clone());
    formula.check(&read.unit_zh, &unit_of).map(|_| ())
}

/// Whose formulas would be left without what they take, were the code changed.
fn used_by(read: &Indicator, all: &[Indicator], others: &[&Indicator]) -> Option<Vec<String>> {
    let was = all.iter().find(|one| one.id == read.id).filter(|was| was.code != read.code)?;
    let takes = |one: &&&Indicator| {
        let formula = one.source.formula().and_then(|text| Formula::read(text).ok());
        formula.is_some_and(|formula| formula.codes().contains(&was.code))
            || one.denominator == Denominator::Indicator(was.code.clone())
    };
    let names: Vec<String> = others.iter().filter(takes).map(|one| one.name_zh.clone()).collect();
    (!names.is_empty()).then_some(names)
}
