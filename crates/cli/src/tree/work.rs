use lianfang_domain::plan::{Phase, Plan, ResponsibilityRole, Task};

use super::{Node, View, heading};

/// Tasks with who does them and until when.
pub(super) fn tasks(plan: &Plan, view: &View) -> Option<Node> {
    let nodes: Vec<Node> = plan.tasks.iter().map(|task| task_node(task, view)).collect();
    heading(view.pick("任务", "Tasks"), plan.tasks.len(), view).children(view.first(20, nodes)).unless_bare()
}

fn task_node(task: &Task, view: &View) -> Node {
    let roles = [
        ResponsibilityRole::Lead,
        ResponsibilityRole::Support,
        ResponsibilityRole::Responsible,
        ResponsibilityRole::Shared,
    ];
    let units = roles.into_iter().filter_map(|role| {
        let units: Vec<&String> = task.responsible.iter().filter(|one| one.role == role).map(|one| &one.unit).collect();
        (!units.is_empty()).then(|| Node::new(role.words(view.lang)).list(units))
    });
    let deadlines: Vec<String> = task.deadlines.iter().map(|one| one.words(view.lang)).collect();
    let due = (!deadlines.is_empty()).then(|| Node::new(view.pick("完成时限", "due")).text(&deadlines.join("；")));
    view.text(Node::new(task.number.clone().unwrap_or_default()), &task.title).children(units).children(due)
}

/// Phases of the work with their dates.
pub(super) fn phases(plan: &Plan, view: &View) -> Option<Node> {
    heading(view.pick("阶段", "Phases"), plan.phases.len(), view)
        .children(plan.phases.iter().map(|phase| {
            let items = phase.items.iter().map(|item| view.text(Node::new(""), &item.text));
            Node::new(&phase.name).text(&phase_words(phase, view)).children(view.first(3, items.collect()))
        }))
        .unless_bare()
}

fn phase_words(phase: &Phase, view: &View) -> String {
    let open = || view.pick("未写明", "not stated").to_owned();
    let from = match (phase.from, phase.from_issue) {
        (Some(day), _) => day.words(view.lang),
        (None, true) => view.pick("即日起", "from issue").to_owned(),
        (None, false) => open(),
    };
    let to = phase.to.map_or_else(open, |day| day.words(view.lang));
    format!("{from} – {to}")
}
