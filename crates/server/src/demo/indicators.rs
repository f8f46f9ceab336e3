use std::collections::BTreeMap;

use jiff::ToSpan;
use lianfang_domain::{
    IndicatorId, PartId, TargetId, UnitId,
    access::{Act, Scope},
    area::{AreaCode, AreaLevel},
    clock::{HOUR_MS, start_of_day_ms},
    indicator::{
        Amount, Balance, Comparator, Denominator, Figure, Indicator, IndicatorState, LostFigure, Period, Required,
        RollUp, Source, Target,
    },
};
use lianfang_store::FigureRow;

use super::{
    district::{DISTRICT, TOWNSHIPS},
    draw::Draw,
    incidents::Cast,
    lay_out::DemoFault,
    outlines::outlines,
};
use crate::{app::day_of, indicator::kept_outlines};

/// Days for which the figures of capacity stand.
const DAYS: i64 = 14;

/// Where an indicator of the demo comes from.
enum From {
    /// Every township reports it.
    Townships,
    /// Hospitals and other units report it.
    Units,
    /// Typed for the district as a whole.
    District,
    /// Computed.
    Formula(&'static str),
}

use From::{District, Formula, Townships, Units};
use Period::{Cumulative, Day, Moment};

/// Code and Chinese name, English name, what it is counted in, for which time, and where it comes from.
type Line = (&'static str, &'static str, (&'static str, &'static str), Period, From);

const PERSONS: (&str, &str) = ("人", "persons");
const TIMES: (&str, &str) = ("人次", "person-times");
const ROOMS: (&str, &str) = ("间", "rooms");
const SUITS: (&str, &str) = ("套", "suits");
const DOSES: (&str, &str) = ("剂", "doses");
const PERCENT: (&str, &str) = ("%", "%");

/// What is counted in a response from day to day. The codes of the supplied report forms are among them.
const LINES: [Line; 41] = [
    ("摸排人数", "Persons screened", PERSONS, Day, Townships),
    ("市外来人数", "Arrivals from outside", PERSONS, Day, Townships),
    ("风险地区来人数", "Arrivals from risk areas", PERSONS, Day, Townships),
    ("集中隔离人数", "In central isolation", PERSONS, Day, Townships),
    ("居家观察人数", "Under observation at home", PERSONS, Day, Townships),
    ("来人核酸检测人次", "Tests of arrivals", TIMES, Day, Townships),
    ("累计摸排管控人数", "Screened and controlled so far", PERSONS, Cumulative, Townships),
    ("发热门诊就诊人数", "Fever clinic patients", PERSONS, Day, Units),
    ("留观人数", "Kept under observation", PERSONS, Day, Units),
    ("转诊人数", "Referred", PERSONS, Day, Units),
    ("核酸采样人次", "Persons sampled", TIMES, Day, Units),
    ("核酸检测阳性数", "Positive results", PERSONS, Day, Units),
    ("药店实名登记人次", "Purchases registered by name", TIMES, Day, Units),
    ("退热药购买人次", "Purchases against fever", TIMES, Day, Units),
    ("隔离房间总数", "Isolation rooms", ROOMS, Moment, Townships),
    ("隔离房间在用", "Isolation rooms in use", ROOMS, Moment, Townships),
    ("隔离点工作人员", "Staff of isolation sites", PERSONS, Moment, Townships),
    ("防护服累计到货", "Protective suits arrived", SUITS, Cumulative, District),
    ("防护服累计使用", "Protective suits used", SUITS, Cumulative, District),
    ("防护服累计损耗", "Protective suits wasted", SUITS, Cumulative, District),
    ("防护服库存", "Protective suits in stock", SUITS, Moment, District),
    ("防护服日用量", "Protective suits used a day at full load", SUITS, Moment, District),
    ("疫苗累计到位", "Vaccine doses arrived", DOSES, Cumulative, District),
    ("疫苗累计接种", "Vaccine doses given", DOSES, Cumulative, District),
    ("疫苗第一剂", "First doses", DOSES, Cumulative, District),
    ("疫苗第二剂", "Second doses", DOSES, Cumulative, District),
    ("疫苗累计损耗", "Vaccine doses wasted", DOSES, Cumulative, District),
    ("疫苗库存", "Vaccine doses in stock", DOSES, Moment, District),
    ("医院床位", "Hospital beds", ("张", "beds"), Moment, District),
    ("院感专职人员", "Infection-control staff", PERSONS, Moment, District),
    ("传染病院感专职", "Infection-control staff, infectious hospital", PERSONS, Moment, District),
    ("救护车", "Ambulances", ("辆", "vehicles"), Moment, District),
    ("负压救护车", "Negative-pressure ambulances", ("辆", "vehicles"), Moment, District),
    ("采样人员", "Samplers", PERSONS, Moment, District),
    ("扩增仪", "PCR units", ("台", "units"), Moment, District),
    (
        "每万人房间数",
        "Rooms for 10,000 people",
        ("间/万人", "rooms/10,000"),
        Moment,
        Formula("每万(隔离房间总数, 人口)"),
    ),
    ("房间使用率", "Rooms in use", PERCENT, Moment, Formula("百分比(隔离房间在用, 隔离房间总数)")),
    ("房间余量", "Rooms free", ROOMS, Moment, Formula("隔离房间总数 − 隔离房间在用")),
    (
        "每万人采样",
        "Sampled for 10,000 people",
        ("人次/万人", "times/10,000"),
        Day,
        Formula("每万(核酸采样人次, 人口)"),
    ),
    ("防护服可用天数", "Days of protective suits", ("天", "days"), Moment, Formula("防护服库存 ÷ 防护服日用量")),
    ("负压救护车占比", "Share with negative pressure", PERCENT, Moment, Formula("百分比(负压救护车, 救护车)")),
];

/// Indicators with their rules and targets, the map, and what the district holds. What is counted every day comes with
/// the reports.
pub(super) async fn add_indicators(cast: &Cast, draw: &mut Draw) -> Result<(), DemoFault> {
    let indicators = define(cast).await?;
    set_rules(cast).await?;
    let units = units(cast).await?;
    for back in (0..DAYS).rev() {
        put_day(cast, &indicators, &units, draw, back).await?;
    }
    set_targets(cast, units.get(HEALTH).copied()).await
}

const HEALTH: &str = "清河区卫生健康局";

fn area(code: &str) -> Result<AreaCode, DemoFault> {
    code.parse().map_err(|_| DemoFault("no such area".to_owned()))
}

async fn define(cast: &Cast) -> Result<BTreeMap<&'static str, IndicatorId>, DemoFault> {
    let deed = cast.office(Act::ChangeIndicators, (DAYS + 20) * 24)?;
    let mut tx = deed.begin();
    let home = area(DISTRICT)?;
    tx.about("indicator", "demo", Some(&home));
    let mut known = BTreeMap::new();
    for (code, name_en, (unit_zh, unit_en), period, from) in LINES {
        let id = IndicatorId(cast.app.store().new_id(deed.actor.now_ms));
        let (source, level) = match from {
            Townships => (Source::RolledUp(RollUp::Sum), Some(AreaLevel::Township)),
            Units => (Source::RolledUp(RollUp::Sum), None),
            District => (Source::Typed, Some(AreaLevel::County)),
            Formula(text) => (Source::Formula(text.to_owned()), None),
        };
        let is_ratio = source.formula().is_some() && code != "房间余量";
        tx.add_indicator(&Indicator {
            id,
            area: home.clone(),
            code: code.to_owned(),
            name_zh: code.to_owned(),
            name_en: name_en.to_owned(),
            unit_zh: unit_zh.to_owned(),
            unit_en: unit_en.to_owned(),
            meaning: meaning(code).to_owned(),
            period,
            since_on: (period == Cumulative).then(|| day_of(cast.now_ms).saturating_sub(90.days())),
            decimals: u8::from(is_ratio),
            low: None,
            high: (code == "核酸采样人次").then(|| Amount::whole(200_000)),
            jump_percent: (period == Day && source.formula().is_none()).then_some(100),
            denominator: if code == "隔离房间在用" {
                Denominator::Indicator("隔离房间总数".to_owned())
            } else {
                Denominator::None
            },
            source,
            level,
            unit: None,
            state: IndicatorState::InUse,
            version: 1,
        })?;
        known.insert(code, id);
    }
    tx.commit().await?;
    Ok(known)
}

fn meaning(code: &str) -> &'static str {
    match code {
        "摸排人数" => "前24小时本辖区摸排的全部人员，同一人只计一次。",
        "核酸采样人次" => "当日采样人次，混采按人数计，不含复采。",
        "隔离房间总数" => "符合“三区两通道”要求、可随时启用的隔离房间。",
        "防护服日用量" => "按满负荷运转测算的日用量。",
        _ => "",
    }
}

async fn set_rules(cast: &Cast) -> Result<(), DemoFault> {
    let deed = cast.office(Act::ChangeIndicators, (DAYS + 19) * 24)?;
    let home = area(DISTRICT)?;
    let rules = [
        ("防护服收支", "Protective suits", "防护服累计到货", "防护服累计使用 + 防护服库存 + 防护服累计损耗"),
        ("疫苗收支", "Vaccine", "疫苗累计到位", "疫苗累计接种 + 疫苗库存 + 疫苗累计损耗"),
        ("接种剂次", "Doses given", "疫苗累计接种", "疫苗第一剂 + 疫苗第二剂"),
    ];
    let mut tx = deed.begin();
    tx.about("balance", "demo", Some(&home));
    for (name_zh, name_en, left, right) in rules {
        let balance = Balance {
            name_zh: name_zh.to_owned(),
            name_en: name_en.to_owned(),
            left: left.to_owned(),
            right: right.to_owned(),
            tolerance: Amount::ZERO,
        };
        tx.put_balance(&home, (PartId(cast.app.store().new_id(deed.actor.now_ms)), None), &balance)?;
    }
    tx.put_area_map(&home, &kept_outlines(&outlines()?)?, "清河区乡镇街道（虚构）.geojson");
    Ok(tx.commit().await?)
}

/// The units that report, by their names: the health bureau for the district, its own government for each township.
async fn units(cast: &Cast) -> Result<BTreeMap<String, UnitId>, DemoFault> {
    let all = cast.app.store().unit_register(&Scope::everywhere()).await?;
    Ok(all.into_iter().map(|one| (one.unit.name, one.unit.id)).collect())
}

/// Rooms of a township: a share of what its people would need. One township does not know, another has not reported.
fn rooms(at: usize) -> Option<Figure> {
    let rooms = [210, 195, 180, 160, 150, 120, 140, 90];
    rooms.get(at).map_or(Some(Figure::Unknown), |rooms| Some(Figure::Known(Amount::whole(*rooms))))
}

async fn put_day(
    cast: &Cast,
    indicators: &BTreeMap<&'static str, IndicatorId>,
    units: &BTreeMap<String, UnitId>,
    draw: &mut Draw,
    back: i64,
) -> Result<(), DemoFault> {
    let on = day_of(cast.now_ms).saturating_sub(back.days());
    let as_of_ms = (start_of_day_ms(on).unwrap_or(0) + 8 * HOUR_MS).min(cast.now_ms);
    let deed = cast.office(Act::ChangeIndicators, (cast.now_ms - as_of_ms).max(0) / HOUR_MS)?;
    let home = area(DISTRICT)?;
    let mut rows = Vec::new();
    let mut put = |code: &str, place: &AreaCode, unit: &str, figure: Option<Figure>| {
        let (Some(indicator), Some(unit), Some(figure)) = (indicators.get(code), units.get(unit), figure) else {
            return;
        };
        rows.push(FigureRow {
            area: home.clone(),
            indicator: *indicator,
            on,
            place: place.clone(),
            unit: *unit,
            figure,
            as_of_ms,
            report: None,
            version: 1,
            by: String::new(),
            at_ms: 0,
        });
    };
    for (at, township) in TOWNSHIPS.iter().enumerate() {
        let office = if township.name.ends_with("街道") { "办事处" } else { "人民政府" };
        let (place, unit) = (area(township.code)?, format!("{}{office}", township.name));
        let total = rooms(at);
        let used = total.and_then(Figure::amount).map(|total| {
            let share = i64::try_from(draw.number(18, 30)).unwrap_or(20) + (DAYS - back) * 2;
            Figure::Known(
                total.times(Amount::whole(share)).and_then(|n| n.over(Amount::whole(100))).unwrap_or(total).up(),
            )
        });
        // One township is a day late with what it uses.
        let used = if back == 0 && at == 5 { None } else { used.or(Some(Figure::Unknown)) };
        put("隔离房间总数", &place, &unit, total);
        put("隔离房间在用", &place, &unit, used);
        let staff = i64::try_from(draw.number(20, 44)).unwrap_or(30);
        put("隔离点工作人员", &place, &unit, Some(Figure::Known(Amount::whole(staff))));
    }
    for (code, figure) in held(back) {
        put(code, &home, HEALTH, Some(figure));
    }
    let mut tx = deed.begin();
    tx.about("figure", on, Some(&home));
    tx.put_figures(&rows);
    Ok(tx.commit().await?)
}

/// What the district as a whole holds, so many days ago. The vaccine does not balance on the last day, and what it has
/// lost is not known.
fn held(back: i64) -> Vec<(&'static str, Figure)> {
    let known = |n: i64| Figure::Known(Amount::whole(n));
    let day = DAYS - 1 - back;
    let (suits, used, wasted) = (24_000 + 2_000 * (day / 5), 4_200 + 610 * day, 30 + 3 * day);
    let (doses, given) = (60_000 + 12_000 * (day / 4), 31_000 + 2_350 * day);
    let off = if back == 0 { 400 } else { 0 };
    vec![
        ("防护服累计到货", known(suits)),
        ("防护服累计使用", known(used)),
        ("防护服累计损耗", known(wasted)),
        ("防护服库存", known(suits - used - wasted)),
        ("防护服日用量", known(650)),
        ("疫苗累计到位", known(doses)),
        ("疫苗累计接种", known(given)),
        ("疫苗第一剂", known(given * 6 / 10)),
        ("疫苗第二剂", known(given - given * 6 / 10)),
        ("疫苗累计损耗", known(12 + day)),
        ("疫苗库存", known(doses - given - 12 - day - off)),
        ("医院床位", known(800)),
        ("院感专职人员", known(5)),
        ("传染病院感专职", Figure::NotApplicable),
        ("救护车", known(24)),
        ("负压救护车", known(8)),
        ("采样人员", known(1_020)),
        ("扩增仪", if back == 0 { Figure::Redacted } else { known(52) }),
    ]
}

async fn set_targets(cast: &Cast, unit: Option<UnitId>) -> Result<(), DemoFault> {
    let deed = cast.office(Act::ChangeIndicators, DAYS * 24)?;
    let home = area(DISTRICT)?;
    let whole = Amount::whole;
    let of = |n, per, of: &str| Required::PerIndicator { n: whole(n), per: whole(per), of: of.to_owned() };
    let people = |n, per| Required::PerPopulation { n: whole(n), per: whole(per) };
    let beds = Required::InfectionControl { beds: "医院床位".to_owned() };
    let lost = Required::Lost(LostFigure::InfectiousHospitalFactor.question(cast.lang).to_owned());
    let at_least = Comparator::AtLeast;
    let targets = [
        ("隔离房间总数", at_least, people(40, 10_000), 40, "每万人不少于40间"),
        ("隔离点工作人员", at_least, of(25, 100, "隔离房间在用"), 40, "容纳100人的隔离点不少于25名"),
        ("救护车", at_least, people(1, 10_000), 100, "每1万人1辆"),
        ("负压救护车", at_least, of(40, 100, "救护车"), 100, "负压比例不低于40%"),
        ("院感专职人员", at_least, beds, 100, "按床位配备，500张以上每增150–200张加1名"),
        ("传染病院感专职", at_least, lost, 100, "传染病医院按以上标准的倍配备"),
        ("采样人员", at_least, people(1, 360), -5, "采样人员=人口÷360"),
        ("扩增仪", at_least, Required::Amount(whole(60)), 100, "96通道扩增仪不少于60台"),
        ("防护服可用天数", at_least, Required::Amount(whole(30)), 20, "满足30天满负荷运转"),
        ("房间使用率", Comparator::AtMost, Required::Amount(whole(70)), 20, "使用率超过七成启用备用点"),
    ];
    let mut tx = deed.begin();
    tx.about("target", "demo", Some(&home));
    for (indicator, comparator, required, days, basis) in targets {
        tx.add_target(&Target {
            id: TargetId(cast.app.store().new_id(deed.actor.now_ms)),
            place: home.clone(),
            indicator: indicator.to_owned(),
            comparator,
            required,
            deadline_on: Some(day_of(cast.now_ms).saturating_add(i64::from(days).days())),
            unit,
            basis: format!("公共卫生应急处置能力建设方案（演示）：{basis}"),
        })?;
    }
    Ok(tx.commit().await?)
}
