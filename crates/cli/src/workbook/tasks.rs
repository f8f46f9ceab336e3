use lianfang_domain::Lang;
use lianfang_domain::plan::{Deadline, ResponsibilityRole, Task};

use super::{Cell, Column, Origin, Rows, Sheet, line_of, not_stated, or_not_stated};
use crate::load::FileReading;

/// One row for each task; a further deadline of the same task stands in a row of its own.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    rows.each_plan(files, |rows, plan| {
        plan.tasks.iter().for_each(|task| task_rows(rows, task, lang));
    });
    let columns = vec![
        Column::new(lang.pick("编号", "number"), 8),
        Column::new(lang.pick("任务", "task"), 30),
        Column::new(lang.pick("所在标题", "under"), 24),
        Column::new(lang.pick("内容", "text"), 70),
        Column::new(lang.pick("牵头单位", "lead"), 20),
        Column::new(lang.pick("配合单位", "support"), 24),
        Column::new(lang.pick("负责单位", "responsible"), 28),
        Column::new(lang.pick("完成时限", "due on"), 16),
        Column::new(lang.pick("时限原文", "as written"), 22),
        Column::new(lang.pick("长期坚持", "kept up"), 9),
        Column::new(lang.pick("行", "line"), 7),
    ];
    rows.into_sheet(lang.pick("任务清单", "Tasks"), columns, lang)
}

fn task_rows(rows: &mut Rows, task: &Task, lang: Lang) {
    match task.deadlines.as_slice() {
        [] => rows.push(task_cells(task, lang).into_iter().chain([
            not_stated(lang),
            Cell::Blank,
            Cell::Blank,
            line_of(&task.source),
        ])),
        deadlines => {
            for deadline in deadlines {
                rows.push(task_cells(task, lang).into_iter().chain([
                    due(deadline, lang),
                    Cell::text(&deadline.text),
                    ongoing(deadline, lang),
                    line_of(&task.source),
                ]));
            }
        }
    }
}

fn task_cells(task: &Task, lang: Lang) -> [Cell; 7] {
    use ResponsibilityRole::{Lead, Responsible, Shared, Support};
    let lead = units(task, &[Lead]);
    let mut responsible = units(task, &[Responsible, Shared]);
    if task.units_open {
        responsible.push_str(lang.pick("等", " and others"));
    }
    if task.shared_by_duty && !responsible.is_empty() {
        responsible.push_str(lang.pick("（按职责分工）", " (own share each)"));
    }
    let nobody = task.responsible.is_empty();
    let responsible = if nobody { or_not_stated(responsible, lang) } else { Cell::text(&responsible) };
    [
        Cell::text(task.number.as_deref().unwrap_or_default()),
        Cell::text(&task.title),
        Cell::text(&task.path.join(" › ")),
        Cell::text(&task.text),
        if nobody { not_stated(lang) } else { Cell::text(&lead) },
        Cell::text(&units(task, &[Support])),
        responsible,
    ]
}

fn units(task: &Task, roles: &[ResponsibilityRole]) -> String {
    let of_roles = task.responsible.iter().filter(|one| roles.contains(&one.role));
    of_roles.map(|one| one.unit.as_str()).collect::<Vec<_>>().join("、")
}

fn due(deadline: &Deadline, lang: Lang) -> Cell {
    match deadline.date {
        Some(date) => Cell::partial_date(date, lang),
        None if deadline.ongoing => Cell::text(lang.pick("长期", "no end")),
        None => Cell::Missing(lang.pick("未知", "unknown")),
    }
}

fn ongoing(deadline: &Deadline, lang: Lang) -> Cell {
    Cell::text(if deadline.ongoing { lang.pick("是", "yes") } else { lang.pick("否", "no") })
}
