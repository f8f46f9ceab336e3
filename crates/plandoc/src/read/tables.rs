//! Tables of tasks, groups and duties.

use lianfang_domain::plan::{
    Body, BodyKind, Deadline, DeadlinePlace, Organisation, Responsibility, ResponsibilityRole, Rule, Task,
};

use super::{
    Ctx,
    bodies::{fill, kind_of_name},
    duties::duties_of_text,
    leadership::Leadership,
    responsibility::{Responsible, deadline, read_responsible},
};
use crate::{
    input::HintKind,
    outline::NodeId,
    units::{is_unit_like, read_units},
};

/// What a column holds, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Task,
    Lead,
    Support,
    Responsible,
    Deadline,
    Group,
    Unit,
    Leader,
    Members,
    Duties,
    Other,
}

fn column(heading: &str) -> Column {
    const WORDS: &[(&str, Column)] = &[
        ("牵头", Column::Lead),
        ("主责", Column::Lead),
        ("主办", Column::Lead),
        ("配合", Column::Support),
        ("协办", Column::Support),
        ("协助", Column::Support),
        ("责任单位", Column::Responsible),
        ("责任部门", Column::Responsible),
        ("负责单位", Column::Responsible),
        ("负责部门", Column::Responsible),
        ("责任主体", Column::Responsible),
        ("时限", Column::Deadline),
        ("完成时间", Column::Deadline),
        ("时间节点", Column::Deadline),
        ("期限", Column::Deadline),
        ("工作职责", Column::Duties),
        ("主要职责", Column::Duties),
        ("职责", Column::Duties),
        ("任务", Column::Task),
        ("工作内容", Column::Task),
        ("措施", Column::Task),
        ("工作事项", Column::Task),
        ("重点工作", Column::Task),
        ("目标", Column::Task),
        ("成员", Column::Members),
        ("组成", Column::Members),
        ("组长", Column::Leader),
        ("负责人", Column::Leader),
        ("组别", Column::Group),
        ("工作组", Column::Group),
        ("小组", Column::Group),
        ("单位", Column::Unit),
        ("部门", Column::Unit),
    ];
    let heading: String = heading.chars().filter(|c| *c != ' ').collect();
    if heading.chars().count() > 12 {
        return Column::Other;
    }
    WORDS.iter().find(|(word, _)| heading.contains(word)).map_or(Column::Other, |&(_, column)| column)
}

/// A table: the columns of its heading row, and its rows as cell ranges.
struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<(usize, usize)>>,
    node: Option<NodeId>,
}

/// All tables whose first row is a heading row.
fn tables(ctx: &Ctx<'_>) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut current: Option<(u32, Table)> = None;
    let bars = ctx.doc.folded.contains('|');
    for piece in &ctx.outline.pieces {
        let key = match piece.hint {
            Some(HintKind::TableRow { table, .. }) => Some(table),
            _ if bars && ctx.text((piece.start, piece.end)).matches('|').count() >= 2 => Some(u32::MAX),
            _ => None,
        };
        let Some(key) = key else {
            tables.extend(current.take().map(|(_, table)| table));
            continue;
        };
        let row = cells(ctx, (piece.start, piece.end));
        match &mut current {
            Some((open, table)) if *open == key => table.rows.push(row),
            _ => {
                tables.extend(current.take().map(|(_, table)| table));
                let columns = row.iter().map(|&cell| column(ctx.text(cell))).collect();
                current = Some((key, Table { columns, rows: Vec::new(), node: piece.owner }));
            }
        }
    }
    tables.extend(current.take().map(|(_, table)| table));
    tables
}

fn cells(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let mut from = range.0;
    for (at, _) in ctx.text(range).match_indices('|') {
        cells.push(ctx.trimmed((from, range.0 + at)));
        from = range.0 + at + 1;
    }
    cells.push(ctx.trimmed((from, range.1)));
    cells
}

impl Table {
    fn cell(&self, row: &[(usize, usize)], wanted: Column) -> Option<(usize, usize)> {
        let index = self.columns.iter().position(|&column| column == wanted)?;
        row.get(index).copied().filter(|cell| cell.1 > cell.0)
    }

    fn has(&self, wanted: Column) -> bool {
        self.columns.contains(&wanted)
    }
}

/// Tasks from tables with a task column and a column of units.
pub(crate) fn tasks_from_tables(ctx: &Ctx<'_>) -> Vec<Task> {
    let mut tasks = Vec::new();
    for table in tables(ctx) {
        let units = table.has(Column::Lead)
            || table.has(Column::Responsible)
            || (table.has(Column::Unit) && table.has(Column::Deadline));
        if !table.has(Column::Task) || !units {
            continue;
        }
        for row in &table.rows {
            tasks.extend(task_of_row(ctx, &table, row));
        }
    }
    tasks
}

fn task_of_row(ctx: &Ctx<'_>, table: &Table, row: &[(usize, usize)]) -> Option<Task> {
    let text = table.cell(row, Column::Task)?;
    let mut read = Responsible::default();
    for (column, role) in [
        (Column::Lead, ResponsibilityRole::Lead),
        (Column::Support, ResponsibilityRole::Support),
        (Column::Responsible, ResponsibilityRole::Responsible),
        (Column::Unit, ResponsibilityRole::Responsible),
    ] {
        if let Some(cell) = table.cell(row, column) {
            let cell_read = read_responsible(ctx, cell, Rule::TableRow);
            read.shared_by_duty |= cell_read.shared_by_duty;
            read.open |= cell_read.open;
            read.units.extend(cell_read.units.into_iter().map(|unit| Responsibility { role, ..unit }));
        }
    }
    if let Some(cell) = table.cell(row, Column::Deadline) {
        read.deadlines.push(deadline(ctx, cell, DeadlinePlace::Responsibility, Rule::TableRow).unwrap_or_else(|| {
            Deadline {
                date: None,
                ongoing: ctx.text(cell).contains("长期"),
                place: DeadlinePlace::Responsibility,
                text: ctx.show(cell),
                source: ctx.source(cell, Rule::TableRow),
            }
        }));
    }
    if read.units.is_empty() || text == table.cell(row, Column::Lead).unwrap_or((0, 0)) || same_cells(ctx, row) {
        return None;
    }
    let first = row.first().filter(|&&cell| ctx.text(cell).chars().all(|c| c.is_ascii_digit()) && cell.1 > cell.0);
    Some(Task {
        number: first.map(|&cell| ctx.show(cell)),
        title: ctx.show(text),
        path: table
            .node
            .map(|id| [super::tasks::path(ctx, id), vec![ctx.show(ctx.node(id).title)]].concat())
            .unwrap_or_default(),
        text: ctx.show(text),
        responsible: read.units,
        shared_by_duty: read.shared_by_duty,
        units_open: read.open,
        deadlines: read.deadlines.into_iter().chain(super::tasks::inner_deadlines(ctx, text)).collect(),
        source: ctx.source(text, Rule::TableRow),
    })
}

/// A merged heading row inside a table repeats one text in every cell.
fn same_cells(ctx: &Ctx<'_>, row: &[(usize, usize)]) -> bool {
    let first = row.first().map(|&cell| ctx.text(cell));
    row.len() > 1 && row.iter().all(|&cell| Some(ctx.text(cell)) == first)
}

/// Groups from tables with a column of group names.
pub(crate) fn groups_from_tables(ctx: &Ctx<'_>, organisation: &mut Organisation) {
    for table in tables(ctx) {
        if !table.has(Column::Group)
            || !(table.has(Column::Leader)
                || table.has(Column::Members)
                || table.has(Column::Lead)
                || table.has(Column::Duties))
        {
            continue;
        }
        for row in &table.rows {
            group_of_row(ctx, &table, row, organisation);
        }
    }
}

fn group_of_row(ctx: &Ctx<'_>, table: &Table, row: &[(usize, usize)], organisation: &mut Organisation) {
    let Some(cell) = table.cell(row, Column::Group) else { return };
    let name = ctx.text(cell).replace(' ', "");
    let Some(kind) = kind_of_name(&name) else { return };
    let mut leadership = Leadership::default();
    let labelled = |label: &str, cell: Option<(usize, usize)>, leadership: &mut Leadership| {
        if let Some(cell) = cell {
            leadership.cell(ctx, label, cell);
        }
    };
    labelled("组长", table.cell(row, Column::Leader), &mut leadership);
    labelled("牵头单位", table.cell(row, Column::Lead), &mut leadership);
    labelled(
        "成员单位",
        table.cell(row, Column::Members).or_else(|| table.cell(row, Column::Support)),
        &mut leadership,
    );
    let mut body = Body::new(name, kind, ctx.source(cell, Rule::TableRow));
    fill(&mut body, organisation, leadership);
    if let Some(cell) = table.cell(row, Column::Duties) {
        body.duties = duties_of_text(ctx, cell);
    }
    let list = if kind == BodyKind::ExpertGroup { &mut organisation.expert_groups } else { &mut organisation.groups };
    if !list.iter().any(|known| known.name == body.name) {
        list.push(body);
    }
}

/// A row of duties: where the unit stands, its name, where the duties stand.
pub(crate) type UnitRow = ((usize, usize), String, (usize, usize));

/// Duties of units from tables with a column of units and one of duties: (unit range, unit name, duties range).
pub(crate) fn unit_duties_from_tables(ctx: &Ctx<'_>) -> Vec<UnitRow> {
    let mut found = Vec::new();
    for table in tables(ctx) {
        if !table.has(Column::Unit) || !table.has(Column::Duties) || table.has(Column::Group) {
            continue;
        }
        for row in &table.rows {
            let (Some(unit), Some(duties)) = (table.cell(row, Column::Unit), table.cell(row, Column::Duties)) else {
                continue;
            };
            let list = read_units(ctx.doc, unit.0, unit.1, &mut None);
            if list.items.iter().all(|item| is_unit_like(&item.name)) {
                found.push((unit, ctx.show(unit), duties));
            }
        }
    }
    found
}
