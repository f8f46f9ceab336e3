use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use lianfang_domain::{
    Lang,
    indicator::{
        Amount, Bounds, LostFigure, days_of_stock, infection_control, part_time_infection_control, proportion,
        reckoned_for,
    },
};

use super::{trail, words::TargetWords};
use crate::{Frame, fault::PageResult, form::FormErrors, indicator::area_of, page::page, visit::Visit};

/// The calculator: numbers in, what the capacity programme asks for out, with the reckoning.
#[derive(Template)]
#[template(path = "target/calculator.html")]
pub(crate) struct CalculatorPage {
    frame: Frame,
    t: TargetWords,
    fields: Vec<(&'static str, &'static str, String)>,
    rows: Vec<Line>,
    errors: FormErrors,
}

struct Line {
    rule: &'static str,
    worked: String,
    result: String,
    tone: &'static str,
}

/// The numbers of the programme itself, by which the calculator can be tried: 1752 rooms were reckoned for 438,000 people.
const EXAMPLE: [(&str, &str); 8] = [
    ("population", "438000"),
    ("rooms", "1752"),
    ("places", "100"),
    ("ambulances", "12"),
    ("beds", "800"),
    ("department_beds", "60"),
    ("stock", "30000"),
    ("used", "1000"),
];

type Numbers = BTreeMap<&'static str, Amount>;

pub(super) async fn show(visit: Visit, Query(mut typed): Query<BTreeMap<String, String>>) -> PageResult {
    let (t, mut errors) = (TargetWords(visit.lang), FormErrors::default());
    if typed.contains_key("example") {
        typed.extend(EXAMPLE.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    let is_first = EXAMPLE.iter().all(|(name, _)| !typed.contains_key(*name));
    if is_first && let Some(area) = area_of(&visit, typed.get("area").map_or("", String::as_str), &visit.scope).await? {
        let people = area.population.map(|n| n.to_string()).unwrap_or_default();
        typed.insert("population".to_owned(), people);
    }
    let mut numbers = Numbers::new();
    for (name, _) in EXAMPLE {
        let text = typed.get(name).map_or("", |text| text.trim());
        match text.parse::<Amount>() {
            Ok(amount) if amount >= Amount::ZERO => {
                numbers.insert(name, amount);
            }
            _ if text.is_empty() => {}
            _ => errors.add(name, t.bad_number()),
        }
    }
    let labels =
        [t.population(), t.rooms(), t.places(), t.ambulances(), t.beds(), t.department_beds(), t.stock(), t.used()];
    let fields = EXAMPLE.iter().zip(labels);
    page(&CalculatorPage {
        frame: visit.frame(t.calculator(), trail(&visit)),
        fields: fields
            .map(|((name, _), label)| (*name, label, typed.get(*name).cloned().unwrap_or_default()))
            .collect(),
        rows: [by_people(&numbers, t), by_beds(&numbers, t), by_stock(&numbers, t)].into_iter().flatten().collect(),
        t,
        errors,
    })
}

fn shown(amount: Amount) -> String {
    Bounds::exactly(amount).words()
}

/// A line of the form of a proportion, with what is held against it where that is known.
fn ratio(t: TargetWords, rule: &'static str, of: Option<Amount>, (n, per): (i64, i64), held: Option<Amount>) -> Line {
    let (n, per) = (Amount::whole(n), Amount::whole(per));
    let Some((of, asked)) = of.and_then(|of| Some((of, proportion(of, n, per)?))) else { return open(t, rule) };
    let worked = format!("{} × {} ÷ {} = {}", shown(of), shown(n), shown(per), shown(asked));
    let gap = held.map(|held| asked.minus(held).unwrap_or(asked).max(Amount::ZERO));
    let (result, tone) = match gap {
        None => (shown(asked), "neutral"),
        Some(Amount::ZERO) => (format!("{} · {}", shown(asked), t.met()), "good"),
        Some(gap) => (format!("{} · {} {}", shown(asked), t.gap_is(), shown(gap)), "bad"),
    };
    Line { rule, worked, result, tone }
}

fn open(t: TargetWords, rule: &'static str) -> Line {
    Line { rule, worked: t.not_filled().to_owned(), result: String::new(), tone: "unknown" }
}

fn by_people(numbers: &Numbers, t: TargetWords) -> Vec<Line> {
    let of = |name: &str| numbers.get(name).copied();
    let people = of("population");
    let ambulances = of("ambulances");
    let implied = of("rooms").and_then(|rooms| {
        let people = reckoned_for(rooms, Amount::whole(40), Amount::whole(10_000))?;
        let worked = format!("{} × 10,000 ÷ 40 = {}", shown(rooms), shown(people));
        Some(Line {
            rule: t.rule_implied(),
            worked,
            result: format!("{} {}", shown(people), t.people()),
            tone: "neutral",
        })
    });
    let asked = people.and_then(|people| proportion(people, Amount::whole(1), Amount::whole(10_000)));
    vec![
        ratio(t, t.rule_rooms(), people, (40, 10_000), of("rooms")),
        implied.unwrap_or_else(|| open(t, t.rule_implied())),
        ratio(t, t.rule_staff(), of("places"), (25, 100), None),
        ratio(t, t.rule_city_ambulances(), people, (1, 30_000), ambulances),
        ratio(t, t.rule_county_ambulances(), people, (1, 10_000), ambulances),
        ratio(t, t.rule_negative(), ambulances.or(asked), (40, 100), None),
        ratio(t, t.rule_samplers(), people, (1, 360), None),
    ]
}

fn by_beds(numbers: &Numbers, t: TargetWords) -> Vec<Line> {
    let span = |name: &str, rule: &'static str, reckon: &dyn Fn(Amount) -> Option<Bounds>| {
        let found = numbers.get(name).and_then(|beds| Some((*beds, reckon(*beds)?)));
        found.map_or_else(
            || open(t, rule),
            |(beds, span)| {
                let worked = format!("{} → {}", shown(beds), span.words());
                Line { rule, worked, result: format!("{} {}", span.words(), t.people()), tone: "neutral" }
            },
        )
    };
    let question = LostFigure::InfectiousHospitalFactor.question(t.0).to_owned();
    vec![
        span("beds", t.rule_infection(), &infection_control),
        Line {
            rule: t.rule_infectious(),
            worked: question,
            result: t.0.pick("待核实", "to be asked").to_owned(),
            tone: "unknown",
        },
        span("department_beds", t.rule_part_time(), &|beds| part_time_infection_control(beds).map(Bounds::exactly)),
    ]
}

fn by_stock(numbers: &Numbers, t: TargetWords) -> Vec<Line> {
    let (stock, used) = (numbers.get("stock").copied(), numbers.get("used").copied());
    let found = stock.zip(used).and_then(|(stock, used)| Some((stock, used, days_of_stock(stock, used)?)));
    let Some((stock, used, days)) = found else { return vec![open(t, t.rule_stock())] };
    let days = days.rounded_to(1);
    let worked = format!("{} ÷ {} = {} {}", shown(stock), shown(used), shown(days), t.days());
    let enough = days >= Amount::whole(30);
    let colon = if t.0 == Lang::Zh { " · " } else { ", " };
    let verdict = if enough {
        t.met().to_owned()
    } else {
        format!("{} {} {}", t.gap_is(), shown(Amount::whole(30).minus(days).unwrap_or(days)), t.days())
    };
    let result = format!("{} {}{colon}{verdict}", shown(days), t.days());
    vec![Line { rule: t.rule_stock(), worked, result, tone: if enough { "good" } else { "bad" } }]
}
