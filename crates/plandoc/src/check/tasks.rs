use lianfang_domain::plan::{Deadline, DeadlinePlace, FindingCode, Severity};

use super::{Checked, finding::Words};

/// Deadlines in the past or given twice, tasks without unit or deadline.
pub(super) fn check(checked: &mut Checked<'_>) {
    past(checked);
    twice(checked);
    without(checked);
}

fn day(deadline: &Deadline) -> Option<jiff::civil::Date> {
    deadline.date.and_then(lianfang_domain::plan::PartialDate::date)
}

/// One finding for all deadlines before the day of reading.
fn past(checked: &mut Checked<'_>) {
    let as_of = checked.options.as_of;
    let plan = checked.plan;
    let all: Vec<&Deadline> = plan.tasks.iter().flat_map(|task| &task.deadlines).collect();
    let past: Vec<&&Deadline> = all.iter().filter(|deadline| day(deadline).is_some_and(|date| date < as_of)).collect();
    let Some(first) = past.first() else { return };
    let (count, total) = (past.len(), all.len());
    checked.report(
        FindingCode::DeadlinePast,
        Severity::Warning,
        &first.source.clone(),
        Words::new(
            format!("{total} 个时限中有 {count} 个早于 {as_of}"),
            format!("{count} of {total} deadlines lie before {as_of}"),
        )
        .ask("是否沿用、延期或已完成？", "Do they still hold, were they moved, or are they done?"),
    );
}

fn twice(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for task in &plan.tasks {
        let outer = task.deadlines.iter().find(|deadline| deadline.place == DeadlinePlace::Responsibility);
        for inner in task.deadlines.iter().filter(|deadline| deadline.place == DeadlinePlace::Text) {
            let Some(outer) = outer else { continue };
            let same = inner.date.map(|d| (d.year, d.month, d.day)) == outer.date.map(|d| (d.year, d.month, d.day));
            let (severity, zh, en) = if same {
                (Severity::Note, "相同", "the same as")
            } else {
                (Severity::Question, "不同", "different from")
            };
            checked.report(
                FindingCode::DeadlineTwice,
                severity,
                &inner.source,
                Words::new(
                    format!("任务“{}”文中另有时限“{}”，与括号内“{}”{zh}", task.title, inner.text, outer.text),
                    format!(
                        "“{}” has a deadline in its text (“{}”), {en} the one given with its units (“{}”)",
                        task.title, inner.text, outer.text
                    ),
                )
                .ask("两个时限分别针对什么？", "What does each of them apply to?"),
            );
        }
    }
}

fn without(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let dated = plan.tasks.iter().filter(|task| !task.deadlines.is_empty()).count();
    if dated * 2 < plan.tasks.len() || plan.tasks.len() < 3 {
        return;
    }
    for task in plan.tasks.iter().filter(|task| task.deadlines.is_empty()) {
        checked.report(
            FindingCode::TaskWithoutDeadline,
            Severity::Question,
            &task.source,
            Words::new(format!("任务“{}”没有完成时限", task.title), format!("“{}” has no deadline", task.title))
                .ask("何时完成？", "By when?"),
        );
    }
    for task in plan.tasks.iter().filter(|task| task.responsible.is_empty()) {
        checked.report(
            FindingCode::TaskWithoutUnit,
            Severity::Question,
            &task.source,
            Words::new(
                format!("任务“{}”没有责任单位", task.title),
                format!("“{}” has no responsible unit", task.title),
            )
            .ask("由谁负责？", "Who answers for it?"),
        );
    }
}
