//! Compares what was read with a hand-made answer key, and lists every difference.

use std::collections::BTreeMap;

use lianfang_domain::plan::{
    Body, Comparator, DurationUnit, Number, Plan, Rank, ResponseLevel, ResponsibilityRole, TimeKind,
};
use serde_json::Value;

/// Differences between a plan and its key, and how many things the key asks for.
#[derive(Default)]
pub(crate) struct Comparison {
    pub(crate) asked: usize,
    pub(crate) differences: Vec<String>,
}

impl Comparison {
    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, read: &T, key: &T) {
        self.asked += 1;
        if read != key {
            self.differences.push(format!("{what}: read {read:?}, key {key:?}"));
        }
    }

    fn holds(&mut self, holds: bool, what: impl FnOnce() -> String) {
        self.asked += 1;
        if !holds {
            self.differences.push(what());
        }
    }
}

fn text<'a>(value: &'a Value, field: &str) -> Option<&'a str> {
    value.get(field).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn strings(value: &Value, field: &str) -> Vec<String> {
    list(value, field).iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn number(value: &Value, field: &str) -> Option<usize> {
    value.get(field).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok())
}

/// Names without brackets, signs and script: only these are compared.
pub(crate) fn plain(name: &str) -> String {
    let half: String = name
        .chars()
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            '“' | '”' => '"',
            c => c,
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    half
}

fn base(name: &str) -> String {
    let name = plain(name);
    // A collective is the same with and without its 各.
    let name = name.strip_prefix('各').map_or(name.clone(), str::to_owned);
    match name.split_once('(') {
        Some((base, rest)) if rest.ends_with(')') && !base.is_empty() => base.to_owned(),
        _ => name,
    }
}

/// Compares one document.
pub(crate) fn compare(plan: &Plan, key: &Value) -> Comparison {
    let mut c = Comparison::default();
    basics(plan, key, &mut c);
    headquarters(plan, key, &mut c);
    groups(plan, key, &mut c);
    levels(plan, key, &mut c);
    tasks(plan, key, &mut c);
    phases(plan, key, &mut c);
    times(plan, key, &mut c);
    quantities(plan, key, &mut c);
    rest(plan, key, &mut c);
    c
}

fn basics(plan: &Plan, key: &Value, c: &mut Comparison) {
    if let Some(kind) = text(key, "kind") {
        let read = serde_json::to_value(plan.kind).unwrap();
        let expected = if kind == "measures" { "regulation" } else { kind };
        c.equal("kind", &read.as_str().unwrap().to_owned(), &expected.to_owned());
    }
    if let Some(title) = text(key, "title").filter(|_| key.get("script").is_none()) {
        c.equal("title", &plan.title.as_ref().map(|t| plain(&t.text)).unwrap_or_default(), &plain(title));
    }
    if let Some(issuer) = text(key, "issuer") {
        c.equal("issuer", &plan.issuer.as_ref().map(|t| plain(&t.text)).unwrap_or_default(), &plain(issuer));
    }
    if let Some(number) = text(key, "number") {
        c.equal("number", &plan.document_number.as_ref().map(|t| plain(&t.text)).unwrap_or_default(), &plain(number));
    }
    if let Some(issued) = text(key, "issued_on") {
        let read: Vec<String> = plan.dates.iter().filter_map(|d| d.date.map(|d| d.to_string())).collect();
        c.holds(read.iter().any(|d| d == issued), || format!("issued_on: read {read:?}, key {issued}"));
    }
    if let Some(n) = number(key, "legal_basis") {
        c.equal("legal_basis", &plan.legal_basis.len(), &n);
    }
    if let Some(n) = number(key, "principles") {
        c.equal("principles", &plan.principles.len(), &n);
    }
}

fn names(members: impl IntoIterator<Item = String>) -> Vec<String> {
    members.into_iter().map(|name| base(&name)).collect()
}

fn members(what: &str, body: &Body, key: &Value, field: &str, c: &mut Comparison) {
    if key.get(field).is_none() {
        return;
    }
    let read: Vec<String> = if field == "lead_units" {
        names(body.lead_units.iter().map(|m| m.name.clone()))
    } else {
        names(body.members.iter().map(|m| m.name.clone()))
    };
    let expected = names(strings(key, field));
    for name in &expected {
        c.holds(read.contains(name), || format!("{what} {field}: missing {name}; read {read:?}"));
    }
    for name in &read {
        if !expected.contains(name) {
            c.holds(false, || format!("{what} {field}: invented {name}"));
        }
    }
}

fn count(body: &Body, ranks: &[Rank]) -> usize {
    body.leaders.iter().filter(|l| ranks.contains(&l.rank)).count()
}

fn headquarters(plan: &Plan, key: &Value, c: &mut Comparison) {
    for expected in list(key, "headquarters") {
        let name = plain(text(expected, "name").unwrap_or(""));
        let found = plan.organisation.headquarters.iter().find(|b| plain(&b.name) == name).or_else(|| {
            plan.organisation
                .headquarters
                .iter()
                .find(|b| name.ends_with(&plain(&b.name)) || plain(&b.name).ends_with(&name))
        });
        let Some(body) = found else {
            let read: Vec<&str> = plan.organisation.headquarters.iter().map(|b| b.name.as_str()).collect();
            c.holds(false, || format!("headquarters {name}: not found in {read:?}"));
            continue;
        };
        for (field, ranks) in [
            ("commanders", &[Rank::Commander, Rank::Leader][..]),
            ("executive_deputies", &[Rank::ExecutiveDeputyCommander, Rank::ExecutiveDeputyLeader][..]),
            ("deputies", &[Rank::DeputyCommander, Rank::DeputyLeader][..]),
        ] {
            if let Some(n) = number(expected, field) {
                c.equal(&format!("{name} {field}"), &count(body, ranks), &n);
            }
        }
        members(&name, body, expected, "members", c);
        if let Some(office) = text(expected, "office_in") {
            let host = body.office.as_ref().and_then(|o| o.host.clone()).unwrap_or_default();
            c.equal(&format!("{name} office_in"), &plain(&host), &plain(office));
        }
    }
}

fn groups(plan: &Plan, key: &Value, c: &mut Comparison) {
    let expected = list(key, "groups");
    for group in expected {
        let name = plain(text(group, "name").unwrap_or(""));
        let Some(body) = plan.organisation.groups.iter().find(|b| plain(&b.name) == name) else {
            let read: Vec<&str> = plan.organisation.groups.iter().map(|b| b.name.as_str()).collect();
            c.holds(false, || format!("group {name}: not found in {read:?}"));
            continue;
        };
        if let Some(n) = number(group, "leaders") {
            c.equal(&format!("{name} leaders"), &count(body, &[Rank::Leader]), &n);
        }
        if let Some(n) = number(group, "deputies") {
            c.equal(&format!("{name} deputies"), &count(body, &[Rank::DeputyLeader, Rank::ExecutiveDeputyLeader]), &n);
        }
        members(&name, body, group, "lead_units", c);
        members(&name, body, group, "members", c);
        if let Some(n) = number(group, "duties") {
            let all = body.duties.len();
            let real = body.duties.iter().filter(|d| !d.boilerplate).count();
            c.holds(all == n || real == n, || {
                format!(
                    "{name} duties: read {all}, key {n}: {:?}",
                    body.duties.iter().map(|d| &d.text).collect::<Vec<_>>()
                )
            });
        }
    }
    if !expected.is_empty() {
        for body in &plan.organisation.groups {
            let known = expected.iter().any(|g| text(g, "name").is_some_and(|n| plain(n) == plain(&body.name)));
            if !known {
                c.holds(false, || format!("group invented: {}", body.name));
            }
        }
    }
    for name in strings(key, "expert_groups") {
        let read: Vec<String> = plan.organisation.expert_groups.iter().map(|b| plain(&b.name)).collect();
        c.holds(read.contains(&plain(&name)), || format!("expert group {name}: not in {read:?}"));
    }
}

fn level_name(level: ResponseLevel) -> &'static str {
    ["I", "II", "III", "IV"][usize::from(level.number()) - 1]
}

fn levels(plan: &Plan, key: &Value, c: &mut Comparison) {
    let expected = list(key, "levels");
    for level in expected {
        let name = text(level, "level").unwrap_or("");
        let Some(read) = plan.levels.iter().find(|l| level_name(l.level) == name) else {
            c.holds(false, || format!("level {name}: not found"));
            continue;
        };
        if let Some(n) = number(level, "criteria") {
            let grade = plan.event_grades.iter().find(|g| g.grade == read.level).map_or(0, |g| g.criteria.len());
            c.holds(read.criteria.len() == n || (read.criteria.is_empty() && grade == n), || {
                format!(
                    "level {name} criteria: read {} (grade {grade}), key {n}: {:?}",
                    read.criteria.len(),
                    read.criteria.iter().map(|m| &m.text).collect::<Vec<_>>()
                )
            });
        }
        if let Some(n) = number(level, "measures") {
            c.holds(read.measures.len() == n, || {
                format!(
                    "level {name} measures: read {}, key {n}: {:?}",
                    read.measures.len(),
                    read.measures.iter().map(|m| &m.text).collect::<Vec<_>>()
                )
            });
        }
        if level.get("includes").is_some() {
            let includes = read.includes.map(level_name);
            c.equal(&format!("level {name} includes"), &includes, &text(level, "includes"));
        }
    }
    if !expected.is_empty() {
        for level in &plan.levels {
            let known = expected.iter().any(|l| text(l, "level") == Some(level_name(level.level)));
            c.holds(known, || format!("level {} invented", level_name(level.level)));
        }
    }
}

fn tasks(plan: &Plan, key: &Value, c: &mut Comparison) {
    let expected = list(key, "tasks");
    if !expected.is_empty() {
        c.equal("number of tasks", &plan.tasks.len(), &expected.len());
    }
    for (index, task) in expected.iter().enumerate() {
        let title = plain(text(task, "title").unwrap_or(""));
        let close = |read: &str| {
            let read = plain(read);
            !title.is_empty() && (read.contains(&title) || title.contains(&read) && read.chars().count() >= 4)
        };
        let found = plan
            .tasks
            .iter()
            .find(|t| plain(&t.title) == title)
            .or_else(|| plan.tasks.iter().find(|t| close(&t.title) || close(&t.text)))
            .or_else(|| plan.tasks.get(index));
        let Some(read) = found else {
            c.holds(false, || format!("task {title}: not found"));
            continue;
        };
        for (field, roles) in [
            ("lead", &[ResponsibilityRole::Lead][..]),
            ("support", &[ResponsibilityRole::Support][..]),
            ("units", &[ResponsibilityRole::Responsible, ResponsibilityRole::Shared][..]),
        ] {
            if task.get(field).is_some() {
                let units: Vec<String> = read
                    .responsible
                    .iter()
                    .filter(|r| roles.contains(&r.role) || (field == "units" && task.get("lead").is_none()))
                    .map(|r| base(&r.unit))
                    .collect();
                let expected = names(strings(task, field));
                c.equal(&format!("task {title} {field}"), &units, &expected);
            }
        }
        if let Some(deadline) = text(task, "deadline") {
            let read: Vec<String> = read.deadlines.iter().filter_map(|d| d.date.map(|d| d.to_string())).collect();
            c.holds(read.iter().any(|d| d == deadline), || {
                format!("task {title} deadline: read {read:?}, key {deadline}")
            });
        }
        if let Some(ongoing) = task.get("ongoing").and_then(Value::as_bool) {
            c.equal(&format!("task {title} ongoing"), &read.deadlines.iter().any(|d| d.ongoing), &ongoing);
        }
        if let Some(shared) = task.get("shared").and_then(Value::as_bool) {
            c.equal(&format!("task {title} shared"), &read.shared_by_duty, &shared);
        }
    }
}

fn phases(plan: &Plan, key: &Value, c: &mut Comparison) {
    for phase in list(key, "phases") {
        let name = plain(text(phase, "name").unwrap_or(""));
        let Some(read) = plan.phases.iter().find(|p| plain(&p.name).contains(&name) || name.contains(&plain(&p.name)))
        else {
            c.holds(false, || {
                format!("phase {name}: not found in {:?}", plan.phases.iter().map(|p| &p.name).collect::<Vec<_>>())
            });
            continue;
        };
        for (field, date) in [("from", read.from), ("to", read.to)] {
            if let Some(expected) = phase.get(field) {
                let shown = date.map(|d| d.to_string());
                let fits = match expected.as_str() {
                    Some(e) => shown.as_deref().is_some_and(|s| s.ends_with(e)),
                    None => shown.is_none(),
                };
                c.holds(fits, || format!("phase {name} {field}: read {shown:?}, key {expected}"));
            }
        }
    }
}

fn times(plan: &Plan, key: &Value, c: &mut Comparison) {
    let clock = |text: &str| text.to_owned();
    for time in list(key, "times") {
        let what = text(time, "what").unwrap_or("?");
        let wanted = |kind: &TimeKind| -> bool {
            let within = |field: &str, wanted: DurationUnit| {
                time.get(field).and_then(Value::as_f64).is_some_and(|n| matches!(kind, TimeKind::Within { amount, unit, .. } if *unit == wanted && *amount == Number(n)))
            };
            if text(time, "daily_by")
                .is_some_and(|t| matches!(kind, TimeKind::DailyBy { by } if by.to_string() == clock(t)))
            {
                return true;
            }
            if text(time, "daily_at")
                .or(text(time, "at"))
                .is_some_and(|t| matches!(kind, TimeKind::DailyAt { at } if at.to_string() == clock(t)))
            {
                return true;
            }
            if text(time, "by").is_some_and(|t| matches!(kind, TimeKind::DailyBy { by } if by.to_string() == clock(t)))
            {
                return true;
            }
            if within("within_hours", DurationUnit::Hour)
                || within("within_minutes", DurationUnit::Minute)
                || within("within_days", DurationUnit::Day)
                || within("within_working_days", DurationUnit::WorkingDay)
            {
                return true;
            }
            if let Some(n) = number(time, "per_day") {
                let days = number(time, "days");
                return matches!(kind, TimeKind::TimesPerDay { times, days: read } if *times as usize == n && (days.is_none() || read.map(|d| d as usize) == days));
            }
            if let Some(n) = number(time, "hours") {
                return matches!(kind, TimeKind::Standing { hours } if *hours as usize == n)
                    || matches!(kind, TimeKind::Within { amount, .. } if *amount == Number(n as f64));
            }
            if let Some(n) = number(time, "every_hours") {
                return matches!(kind, TimeKind::Every { amount, unit: DurationUnit::Hour, .. } if *amount == Number(n as f64));
            }
            if let Some(n) = number(time, "days") {
                return matches!(kind, TimeKind::For { amount, unit: DurationUnit::Day } | TimeKind::LookBack { amount, unit: DurationUnit::Day } if *amount == Number(n as f64));
            }
            false
        };
        let checkable = [
            "daily_by",
            "daily_at",
            "at",
            "by",
            "within_hours",
            "within_minutes",
            "within_days",
            "within_working_days",
            "per_day",
            "hours",
            "every_hours",
            "days",
        ]
        .iter()
        .any(|f| time.get(f).is_some());
        if checkable {
            c.holds(plan.times.iter().any(|t| wanted(&t.kind)), || format!("time {what}: {time} not found"));
        }
    }
}

fn quantities(plan: &Plan, key: &Value, c: &mut Comparison) {
    let expected = list(key, "quantities");
    if expected.is_empty() {
        return;
    }
    let mut left: Vec<_> = plan.quantities.iter().collect();
    for quantity in expected {
        let sign = quantity[0].as_str().unwrap_or("");
        let unit = quantity[2].as_str().unwrap_or("");
        let position = left.iter().position(|q| fits(q, sign, &quantity[1], unit));
        match position {
            Some(position) => {
                c.asked += 1;
                left.remove(position);
            }
            None => c.holds(false, || format!("quantity {quantity} not found")),
        }
    }
    for extra in left.into_iter().filter(|_| std::env::var("NOTES").is_ok()) {
        c.differences.push(format!(
            "note: quantity beyond the key: {} [{:?}] in {}",
            extra.words(),
            extra.role,
            extra.subject
        ));
    }
}

/// Whether a quantity is the one the key means; ratios may be written `间/万人`, `1/30000`, `名/100人`.
pub(crate) fn fits(read: &lianfang_domain::plan::Quantity, sign: &str, value: &Value, unit: &str) -> bool {
    let comparator = match sign {
        "≥" => Comparator::AtLeast,
        "≤" => Comparator::AtMost,
        ">" => Comparator::Above,
        "<" => Comparator::Below,
        "=" => Comparator::Exactly,
        "≈" => Comparator::About,
        "?" => Comparator::Unknown,
        _ if sign.starts_with('+') => Comparator::Increment,
        _ => return false,
    };
    let comparator_fits = read.comparator == comparator || (value.is_null() && read.comparator == Comparator::Unknown);
    let unit_name = unit.split('/').next().unwrap_or(unit);
    let value_fits = match value {
        Value::Null => read.value.is_none(),
        Value::Array(range) if sign.starts_with('+') => {
            let per = read.per.as_ref();
            return comparator_fits
                && per
                    .is_some_and(|p| Some(p.value.0) == range[0].as_f64() && p.high.map(|h| h.0) == range[1].as_f64());
        }
        Value::Array(range) => {
            read.value.map(|v| v.0) == range[0].as_f64() && read.high.map(|v| v.0) == range[1].as_f64()
        }
        Value::String(ratio) if ratio.contains(':') => {
            let (top, base) = ratio.split_once(':').unwrap();
            return comparator_fits
                && read.value.map(|v| v.0) == top.parse().ok()
                && read.per.as_ref().map(|p| p.value.0) == base.parse().ok();
        }
        Value::String(ratio) if ratio == "2/3" => {
            return comparator_fits && read.value.is_some_and(|v| (v.0 - 66.67).abs() < 0.01);
        }
        Value::String(ratio) => {
            let base = ratio.split('/').nth(1).and_then(|b| b.parse::<f64>().ok());
            read.per.as_ref().map(|p| p.value.0) == base && base.is_some()
        }
        _ => read.value.map(|v| v.0) == value.as_f64(),
    };
    let unit_fits = read.unit == unit_name
        || (unit_name == "人" && read.unit == "名")
        || (unit_name == "名" && read.unit == "人")
        || value.is_string();
    comparator_fits && value_fits && unit_fits
}

fn rest(plan: &Plan, key: &Value, c: &mut Comparison) {
    let lists: BTreeMap<String, &Vec<String>> = plan.named_lists.iter().map(|l| (plain(&l.name), &l.items)).collect();
    let named = key.get("named_lists").or_else(|| key.get("lists")).and_then(Value::as_object);
    for (name, items) in named.into_iter().flatten() {
        let expected: Vec<String> =
            items.as_array().map(|a| a.iter().filter_map(|v| v.as_str().map(plain)).collect()).unwrap_or_default();
        let read = lists.get(&plain(name)).map(|items| items.iter().map(|i| plain(i)).collect::<Vec<_>>());
        c.holds(read.as_ref() == Some(&expected), || format!("named list {name}: read {read:?}, key {expected:?}"));
    }
    for name in strings(key, "mechanisms") {
        let read: Vec<String> = plan.mechanisms.iter().map(|m| plain(&m.name)).collect();
        c.holds(read.iter().any(|m| *m == plain(&name)), || format!("mechanism {name}: not in {read:?}"));
    }
    for duty in list(key, "unit_duties") {
        let unit = plain(text(duty, "unit").unwrap_or(""));
        let written = plain(text(duty, "as_written").unwrap_or("\0"));
        let read: Vec<String> = plan.unit_duties.iter().map(|d| plain(&d.unit)).collect();
        c.holds(read.iter().any(|u| *u == unit || *u == written || u.contains(&unit)), || {
            format!("unit duty {unit}: not in {read:?}")
        });
    }
    if let Some(n) = number(key, "termination_conditions")
        .or_else(|| key.get("termination_conditions").and_then(Value::as_array).map(Vec::len))
    {
        c.equal("termination conditions", &plan.level_procedure.termination.conditions.len(), &n);
    }
}
