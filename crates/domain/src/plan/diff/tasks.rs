//! Tasks and phases: who, until when.

use super::ChangeKind::{Added, Changed, Removed, Reworded};
use super::changes::{At, Changes, Words, focus, short};
use super::pair::Pairing;
use super::similar::{Score, normal};
use crate::Lang;
use crate::plan::{Deadline, PartialDate, Phase, Plan, Responsibility, Task};

/// Tasks at least this alike by title and words are one task.
const SAME_TASK: Score = 500;

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    let (before, after) = (&old.tasks, &new.tasks);
    let pairs = Pairing::new(before.len(), after.len())
        .by_key(before, after, |task| normal(&format!("{}{}", task.title, task.text)))
        .by_key(before, after, |task| normal(&task.title))
        .by_text(before, after, SAME_TASK, |task| task.title.clone())
        .by_text(before, after, SAME_TASK, |task| task.text.clone())
        .done();
    for (i, j) in pairs.both {
        task(changes, &before[i], &after[j]);
    }
    for j in pairs.only_new {
        let title = short(&after[j].title);
        let words = Words::new(format!("增加任务“{title}”"), format!("task added: “{title}”"));
        changes.push(Added, &["tasks", &title], At::new(&after[j].source), words);
    }
    for i in pairs.only_old {
        let title = short(&before[i].title);
        let words = Words::new(format!("删去任务“{title}”"), format!("task removed: “{title}”"));
        changes.push(Removed, &["tasks", &title], At::old(&before[i].source), words);
    }
    phases(changes, &old.phases, &new.phases);
}

fn task(changes: &mut Changes, old: &Task, new: &Task) {
    let name = short(&new.title);
    let at = At::both(&old.source, &new.source);
    let whole = |task: &Task| match normal(&task.text).starts_with(&normal(&task.title)) {
        true => task.text.clone(),
        false => format!("{} {}", task.title, task.text).trim().to_owned(),
    };
    let (before, after) = (whole(old), whole(new));
    if normal(&before) != normal(&after) {
        let (before, after) = focus(&before, &after);
        let words = Words::new(
            format!("任务“{name}”改写：“{before}”改为“{after}”"),
            format!("task “{name}” reworded: “{before}” is now “{after}”"),
        );
        changes.push(Reworded, &["tasks", &name], at, words);
    }
    responsible(changes, &name, &old.responsible, &new.responsible, at);
    deadlines(changes, &name, &old.deadlines, &new.deadlines, at);
}

fn responsible(changes: &mut Changes, task: &str, old: &[Responsibility], new: &[Responsibility], at: At<'_>) {
    let path = ["tasks", task, "responsible"];
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |one| format!("{:?} {}", one.role, normal(&one.unit)))
        .by_key(old, new, |one| normal(&one.unit))
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        if before.role != after.role {
            let (unit, from, to) = (&after.unit, before.role, after.role);
            let words = Words::new(
                format!("任务“{task}”中{unit}由{}改为{}", from.words(Lang::Zh), to.words(Lang::Zh)),
                format!(
                    "task “{task}”: part of {unit} changed from {} to {}",
                    from.words(Lang::En),
                    to.words(Lang::En)
                ),
            );
            changes.push(Changed, &path, at, words);
        }
    }
    for j in pairs.only_new {
        let Responsibility { unit, role, .. } = &new[j];
        let words = Words::new(
            format!("任务“{task}”增加单位：{unit}（{}）", role.words(Lang::Zh)),
            format!("task “{task}”: unit added: {unit} ({})", role.words(Lang::En)),
        );
        changes.push(Added, &path, at, words);
    }
    for i in pairs.only_old {
        let Responsibility { unit, role, .. } = &old[i];
        let words = Words::new(
            format!("任务“{task}”减少单位：{unit}（{}）", role.words(Lang::Zh)),
            format!("task “{task}”: unit removed: {unit} ({})", role.words(Lang::En)),
        );
        changes.push(Removed, &path, at, words);
    }
}

fn deadlines(changes: &mut Changes, task: &str, old: &[Deadline], new: &[Deadline], at: At<'_>) {
    let path = ["tasks", task, "deadlines"];
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |one| format!("{:?} {}", one.place, one.words(Lang::Zh)))
        .by_key(old, new, |one| one.words(Lang::Zh))
        .by_key(old, new, |_| String::new())
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        if before.words(Lang::Zh) == after.words(Lang::Zh) {
            continue;
        }
        let [zh, en] = moved(before.date, after.date);
        let words = Words::new(
            format!("任务“{task}”的完成时限由{}改为{}{zh}", before.words(Lang::Zh), after.words(Lang::Zh)),
            format!("task “{task}”: due {}, was {}{en}", after.words(Lang::En), before.words(Lang::En)),
        );
        changes.push(Changed, &path, At::both(&before.source, &after.source), words);
    }
    for j in pairs.only_new {
        let words = Words::new(
            format!("任务“{task}”增加完成时限：{}", new[j].words(Lang::Zh)),
            format!("task “{task}”: deadline added: {}", new[j].words(Lang::En)),
        );
        changes.push(Added, &path, At { old: at.old, new: Some(&new[j].source) }, words);
    }
    for i in pairs.only_old {
        let words = Words::new(
            format!("任务“{task}”删去完成时限：{}", old[i].words(Lang::Zh)),
            format!("task “{task}”: deadline removed: {}", old[i].words(Lang::En)),
        );
        changes.push(Removed, &path, At { old: Some(&old[i].source), new: at.new }, words);
    }
}

/// By how many days, where both dates are whole.
fn moved(old: Option<PartialDate>, new: Option<PartialDate>) -> [String; 2] {
    let day = |date: Option<PartialDate>| date.and_then(PartialDate::date);
    let days = day(old).zip(day(new)).and_then(|(old, new)| (new - old).get_days().into());
    match days {
        Some(days @ 1..) => [format!("（推后 {days} 天）"), format!(" ({days} days later)")],
        Some(days @ ..=-1) => [format!("（提前 {} 天）", -days), format!(" ({} days earlier)", -days)],
        _ => [String::new(), String::new()],
    }
}

fn phases(changes: &mut Changes, old: &[Phase], new: &[Phase]) {
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |phase| normal(&phase.name))
        .by_text(old, new, SAME_TASK, |phase| phase.name.clone())
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        if (before.from, before.to, before.from_issue) == (after.from, after.to, after.from_issue) {
            continue;
        }
        let name = &after.name;
        let words = Words::new(
            format!("“{name}”的起止时间由“{}”改为“{}”", before.text, after.text),
            format!("phase “{name}” moved from “{}” to “{}”", before.text, after.text),
        );
        changes.push(Changed, &["phases", name], At::both(&before.source, &after.source), words);
    }
    for j in pairs.only_new {
        let name = &new[j].name;
        let words = Words::new(format!("增加阶段“{name}”"), format!("phase added: “{name}”"));
        changes.push(Added, &["phases", name], At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let name = &old[i].name;
        let words = Words::new(format!("删去阶段“{name}”"), format!("phase removed: “{name}”"));
        changes.push(Removed, &["phases", name], At::old(&old[i].source), words);
    }
}
