//! Bodies: set up, dissolved, renamed; their leaders, units, office and duties.

use std::collections::BTreeSet;

use super::ChangeKind::{Added, Changed, Removed, Renamed};
use super::changes::{At, Changes, Words};
use super::leaders::leaders;
use super::members::{List, Name, names, units};
use super::office::{duties, office};
use super::pair::{Pairing, Pairs};
use super::similar::{Score, alike, normal};
use crate::Lang;
use crate::plan::{Body, BodyStatus, Plan, UnitDuty};

/// Bodies at least this alike by their units or by their name are one body renamed.
const SAME_UNITS: Score = 600;
const SAME_NAME: Score = 650;

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    let before: Vec<&Body> = old.organisation.bodies().collect();
    let after: Vec<&Body> = new.organisation.bodies().collect();
    let pairs = pair_bodies(&before, &after);
    for (i, j) in pairs.both {
        body(changes, before[i], after[j]);
    }
    for j in pairs.only_new {
        let Body { name, kind, source, .. } = after[j];
        let words = Words::new(
            format!("增加{}“{name}”", kind.words(Lang::Zh)),
            format!("{} added: “{name}”", kind.words(Lang::En)),
        );
        changes.push(Added, &["organisation", name], At::new(source), words);
    }
    for i in pairs.only_old {
        let Body { name, kind, source, .. } = before[i];
        let words = Words::new(
            format!("撤销{}“{name}”", kind.words(Lang::Zh)),
            format!("{} removed: “{name}”", kind.words(Lang::En)),
        );
        changes.push(Removed, &["organisation", name], At::old(source), words);
    }
    phones(changes, old, new);
    unit_duties(changes, &old.unit_duties, &new.unit_duties);
}

fn pair_bodies(old: &[&Body], new: &[&Body]) -> Pairs {
    let pairing = Pairing::new(old.len(), new.len())
        .by_key(old, new, |body| format!("{:?} {}", body.kind, normal(&body.name)))
        .by_key(old, new, |body| normal(&body.name));
    let (old_free, new_free) = pairing.free();
    let scored = old_free
        .iter()
        .flat_map(|i| new_free.iter().map(move |j| (*i, *j)))
        .filter_map(|(i, j)| Some((likeness(old[i], new[j])?, i, j)))
        .collect();
    pairing.by_score(scored).done()
}

fn likeness(old: &Body, new: &Body) -> Option<Score> {
    let by_units = shared_units(old, new).filter(|score| *score >= SAME_UNITS);
    let by_name = Some(alike(&old.name, &new.name)).filter(|score| *score >= SAME_NAME);
    (old.kind == new.kind).then_some(by_units.max(by_name)).flatten()
}

/// The share of units that both have; nothing where a body has fewer than two.
fn shared_units(old: &Body, new: &Body) -> Option<Score> {
    fn of(body: &Body) -> BTreeSet<&str> {
        body.lead_units.iter().chain(&body.members).map(|member| member.name.as_str()).collect()
    }
    let (a, b) = (of(old), of(new));
    let (shared, all) = (a.intersection(&b).count(), a.union(&b).count());
    (a.len().min(b.len()) >= 2).then(|| u32::try_from(1000 * shared / all).unwrap_or(0))
}

fn body(changes: &mut Changes, old: &Body, new: &Body) {
    let name = new.name.as_str();
    let at = At::both(&old.source, &new.source);
    if normal(&old.name) != normal(name) {
        let words = Words::new(format!("“{}”改称“{name}”", old.name), format!("“{}” is now called “{name}”", old.name));
        changes.push(Renamed, &["organisation", name], at, words);
    }
    if old.status != new.status {
        let words = Words::new(
            format!("“{name}”{}", status(new.status, Lang::Zh)),
            format!("“{name}” {}", status(new.status, Lang::En)),
        );
        changes.push(Changed, &["organisation", name, "status"], at, words);
    }
    let quoted = format!("“{name}”");
    let lists = [
        ("lead_units", "牵头单位", "lead unit", &old.lead_units, &new.lead_units),
        ("members", "成员单位", "member unit", &old.members, &new.members),
    ];
    for (field, zh, en, before, after) in lists {
        let path = ["organisation", name, field];
        units(changes, &List { path: &path, of_zh: &quoted, of_en: &quoted, zh, en }, before, after);
    }
    leaders(changes, name, &old.leaders, &new.leaders);
    office(changes, name, (old.office.as_deref(), new.office.as_deref()), at);
    duties(changes, &["organisation", name, "duties"], name, &old.duties, &new.duties);
}

fn status(status: BodyStatus, lang: Lang) -> &'static str {
    match status {
        BodyStatus::SetUp => lang.pick("改为已设立", "is now set up"),
        BodyStatus::NotYetSetUp => lang.pick("改为目前未成立", "is now said not to be set up yet"),
        BodyStatus::NamedOnly => lang.pick("改为仅列名", "is now only named"),
    }
}

fn phones(changes: &mut Changes, old: &Plan, new: &Plan) {
    fn of(plan: &Plan) -> Vec<Name<'_>> {
        plan.organisation.phones.iter().map(|phone| (phone.number.as_str(), &phone.source)).collect()
    }
    let path = ["organisation", "phones"];
    let list = List { path: &path, of_zh: "", of_en: "telephones", zh: "电话", en: "number" };
    names(changes, &list, &of(old), &of(new));
}

fn unit_duties(changes: &mut Changes, old: &[UnitDuty], new: &[UnitDuty]) {
    let pairs = Pairing::new(old.len(), new.len()).by_key(old, new, |one| normal(&one.unit)).done();
    for (i, j) in pairs.both {
        let unit = new[j].unit.as_str();
        duties(changes, &["unit_duties", unit], unit, &old[i].duties, &new[j].duties);
    }
    for j in pairs.only_new {
        let unit = new[j].unit.as_str();
        let words = Words::new(format!("增加“{unit}”的职责"), format!("duties of “{unit}” added"));
        changes.push(Added, &["unit_duties", unit], At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let unit = old[i].unit.as_str();
        let words = Words::new(format!("删去“{unit}”的职责"), format!("duties of “{unit}” removed"));
        changes.push(Removed, &["unit_duties", unit], At::old(&old[i].source), words);
    }
}
