//! Clocks, numbers and named lists. Those that came or went with a sentence already told are not told again.

use super::ChangeKind::{Added, Changed, Removed};
use super::changes::{At, Changes, Words, short};
use super::members::{List, Name, names};
use super::pair::Pairing;
use super::similar::{Score, normal};
use crate::Lang;
use crate::plan::{NamedList, Plan, Quantity, Source, TimeRule};

/// Subjects at least this alike are one subject.
const SAME_SUBJECT: Score = 600;

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    facts(changes, "quantities", &of_quantities(old), &of_quantities(new));
    facts(changes, "times", &of_times(old), &of_times(new));
    named_lists(changes, &old.named_lists, &new.named_lists);
}

/// A number or clock: what it is about, and its value in words.
struct Fact<'a> {
    subject: String,
    value: [String; 2],
    source: &'a Source,
}

fn of_quantities(plan: &Plan) -> Vec<Fact<'_>> {
    fn fact(one: &Quantity) -> Fact<'_> {
        let whose = one.whose.as_deref().unwrap_or_default();
        let words = one.words();
        Fact { subject: format!("{whose}{}", one.subject), value: [words.clone(), words], source: &one.source }
    }
    plan.quantities.iter().map(fact).collect()
}

/// Clocks, but for the deadlines of tasks, which are told with the task.
fn of_times(plan: &Plan) -> Vec<Fact<'_>> {
    let deadlines: Vec<_> =
        plan.tasks.iter().flat_map(|task| &task.deadlines).map(|deadline| deadline.source.span).collect();
    let of_task = |time: &&TimeRule| deadlines.iter().any(|span| span.overlaps(time.source.span));
    plan.times
        .iter()
        .filter(|time| !of_task(time))
        .map(|time| Fact {
            subject: time.subject.clone(),
            value: [time.kind.words(Lang::Zh), time.kind.words(Lang::En)],
            source: &time.source,
        })
        .collect()
}

fn facts(changes: &mut Changes, field: &str, old: &[Fact<'_>], new: &[Fact<'_>]) {
    // The subject is a clause and may hold the number itself; without digits it stays the same when the number changes.
    let bare = |fact: &Fact<'_>| normal(&fact.subject).chars().filter(|c| !c.is_numeric()).collect::<String>();
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |fact| format!("{} {}", normal(&fact.subject), fact.value[0]))
        .by_key(old, new, |fact| format!("{} {}", bare(fact), fact.value[0]))
        .by_key(old, new, bare)
        .by_text(old, new, SAME_SUBJECT, |fact| fact.subject.clone())
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        if before.value == after.value {
            continue;
        }
        let subject = short(&after.subject);
        let words = Words::new(
            format!("“{subject}”由 {} 改为 {}", before.value[0], after.value[0]),
            format!("“{subject}”: {}, was {}", after.value[1], before.value[1]),
        );
        changes.push(Changed, &[field], At::both(before.source, after.source), words);
    }
    for fact in pairs.only_new.into_iter().map(|j| &new[j]) {
        if !changes.told_in_new(fact.source.span) {
            let words = came_or_went(fact, ["增加", "added"]);
            changes.push(Added, &[field], At::new(fact.source), words);
        }
    }
    for fact in pairs.only_old.into_iter().map(|i| &old[i]) {
        if !changes.told_in_old(fact.source.span) {
            let words = came_or_went(fact, ["删去", "removed"]);
            changes.push(Removed, &[field], At::old(fact.source), words);
        }
    }
}

fn came_or_went(fact: &Fact<'_>, [zh, en]: [&str; 2]) -> Words {
    let subject = short(&fact.subject);
    Words::new(format!("{zh}“{subject}”：{}", fact.value[0]), format!("{en}: “{subject}”: {}", fact.value[1]))
}

fn named_lists(changes: &mut Changes, old: &[NamedList], new: &[NamedList]) {
    let pairs = Pairing::new(old.len(), new.len()).by_key(old, new, |list| normal(&list.name)).done();
    for (i, j) in pairs.both {
        let name = new[j].name.as_str();
        let quoted = format!("“{name}”");
        let path = ["named_lists", name];
        let list = List { path: &path, of_zh: &quoted, of_en: &quoted, zh: "", en: "item" };
        names(changes, &list, &items(&old[i]), &items(&new[j]));
    }
    for j in pairs.only_new {
        let name = &new[j].name;
        let words = Words::new(format!("增加名单“{name}”"), format!("list added: “{name}”"));
        changes.push(Added, &["named_lists", name], At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let name = &old[i].name;
        let words = Words::new(format!("删去名单“{name}”"), format!("list removed: “{name}”"));
        changes.push(Removed, &["named_lists", name], At::old(&old[i].source), words);
    }
}

fn items(list: &NamedList) -> Vec<Name<'_>> {
    list.items.iter().map(|item| (item.as_str(), &list.source)).collect()
}
