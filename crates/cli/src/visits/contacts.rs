use std::io::{self, Write};
use std::sync::Arc;

use lianfang_domain::Lang;
use lianfang_trace::query::{
    Case, ContactList, Encounter, Grade, Isolation, Listed, SecondOrder, expected, first_order, second_order,
};
use lianfang_trace::rules::RuleSet;
use lianfang_trace::{PersonId, Snapshot};
use serde_json::json;

use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::progress;
use crate::visits::args::ContactsArgs;
use crate::visits::look::{class_words, times};
use crate::visits::{open, rules};

/// Finds contacts, and contacts of contacts if asked.
pub(super) fn run(args: &ContactsArgs, lang: Lang) -> Exit {
    match found(args, lang) {
        Ok(found) => out::write(&Destination::Screen, lang, |out| {
            if args.json { write_json(out, &found) } else { write(out, &found, args, lang) }
        }),
        Err(exit) => exit,
    }
}

struct Found {
    snapshot: Arc<Snapshot>,
    rules: RuleSet,
    cases: usize,
    expected: usize,
    list: ContactList,
    second: Option<SecondOrder>,
}

fn found(args: &ContactsArgs, lang: Lang) -> Result<Found, Exit> {
    let window = open::window(&args.window, lang)?;
    let rules = rules::choose(&args.rules, window.until.minus(1).day(), lang)?;
    let isolated = args.isolated.map(|at| open::minute(at, lang)).transpose()?.unwrap_or(window.until);
    let snapshot = open::snapshot(&args.data, lang)?;
    let cases: Vec<Case> =
        args.persons.iter().map(|person| Case { person: PersonId(*person), infectious: window }).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (expected, list, second) = progress::while_busy(lang.pick("查找", "search"), || {
        let list = first_order(&snapshot, &cases, &rules, threads);
        let isolation = Isolation::of_all(isolated);
        let second = args.second.then(|| second_order(&snapshot, &cases, &list, &rules, &isolation, threads));
        (expected(&snapshot, &cases, &rules).persons, list.by_urgency(args.limit), second)
    });
    Ok(Found { snapshot, rules, cases: cases.len(), expected, list, second })
}

fn write_json(out: &mut dyn Write, found: &Found) -> io::Result<()> {
    let totals = found.list.totals;
    let second = found.second.as_ref();
    let counts = json!({
        "rules": found.rules.name,
        "cases": found.cases,
        "unknown": found.list.unknown.iter().map(|person| person.0).collect::<Vec<_>>(),
        "expected": found.expected,
        "contacts": totals.contacts,
        "low_risk": totals.low_risk,
        "encounters": totals.encounters,
        "notices": totals.notices,
        "contacts_of_contacts": second.map(SecondOrder::len),
        "notices_of_contacts": second.map(|second| second.notices.len()),
        "losses": found.list.losses.iter().map(|loss| loss.stays).sum::<u64>(),
    });
    writeln!(out, "{counts:#}")
}

fn write(out: &mut dyn Write, found: &Found, args: &ContactsArgs, lang: Lang) -> io::Result<()> {
    for person in &found.list.unknown {
        writeln!(
            out,
            "{}",
            lang.pick(format!("没有{}的记录。", person.0), format!("Nothing is known of {}.", person.0))
        )?;
    }
    let totals = found.list.totals;
    let rules = &found.rules.name;
    let sum = lang.pick(
        format!(
            "规则：{rules}。密接{}人，一般接触者{}人，需公告的场所时段{}个。",
            totals.contacts, totals.low_risk, totals.notices
        ),
        format!(
            "Rules: {rules}. Contacts {}, low-risk contacts {}, notice zones {}.",
            totals.contacts, totals.low_risk, totals.notices
        ),
    );
    writeln!(out, "{sum}")?;
    if let Some(second) = &found.second {
        let (n, zones) = (second.len(), second.notices.len());
        let words = lang.pick(
            format!("次密接{n}人，密接到过、需公告的场所时段{zones}个。"),
            format!("Contacts of contacts {n}; notice zones of contacts {zones}."),
        );
        writeln!(out, "{words}")?;
    }
    for listed in found.list.persons(&found.snapshot) {
        write_person(out, &listed, lang)?;
        if args.why {
            for met in found.list.why(&found.snapshot, &listed) {
                writeln!(out, "    {}", encounter(&met, lang))?;
            }
        }
    }
    if let Some(shown) = found.list.cut_to {
        let all = totals.contacts + totals.low_risk;
        let words = lang.pick(
            format!("列出{shown}人，共{all}人；用 --limit 多列。"),
            format!("{shown} of {all} listed; --limit lists more."),
        );
        writeln!(out, "{words}")?;
    }
    for zone in found.list.notices.iter().take(args.limit) {
        let class = class_words(zone.class, lang);
        let words = lang.pick(
            format!("公告：{class} {}，在场{}人", zone.venue.0, zone.persons),
            format!("Notice: {class} {}, {} persons", zone.venue.0, zone.persons),
        );
        writeln!(out, "{words}，{}", times(zone.window))?;
    }
    let judged = lang.pick("名单是建议；由现场调查后判定。", "The list is a proposal; people on site judge.");
    writeln!(out, "{judged}")
}

fn write_person(out: &mut dyn Write, listed: &Listed, lang: Lang) -> io::Result<()> {
    let grade = match listed.grade {
        Grade::Contact => lang.pick("密接", "contact"),
        Grade::LowRisk => lang.pick("一般接触者", "low-risk"),
    };
    let (first, last) = (listed.first_exposure, listed.last_exposure);
    let words = lang.pick(format!("首次{first}，末次{last}"), format!("first {first}, last {last}"));
    writeln!(out, "{}  {grade}  {words}", listed.person.0)
}

fn encounter(met: &Encounter, lang: Lang) -> String {
    let (class, assumed) =
        (class_words(met.class, lang), if met.assumed { lang.pick("，推定", ", assumed") } else { "" });
    lang.pick(
        format!(
            "{class} {}  {}  与{}同在{}分钟，其中近距离{}分钟{assumed}",
            met.venue.0,
            times(met.window),
            met.case.0,
            met.overlap,
            met.near_overlap
        ),
        format!(
            "{class} {}  {}  with {} for {} min, near {} min{assumed}",
            met.venue.0,
            times(met.window),
            met.case.0,
            met.overlap,
            met.near_overlap
        ),
    )
}
