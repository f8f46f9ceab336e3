use lianfang_domain::Lang;
use lianfang_domain::plan::{Number, Quantity, QuantityRole};

use super::{Cell, Column, Origin, Rows, Sheet, line_of};
use crate::load::FileReading;

/// One row for each number that the plan states.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    rows.each_plan(files, |rows, plan| {
        plan.quantities.iter().for_each(|quantity| rows.push(cells(quantity, lang)));
    });
    let columns = vec![
        Column::new(lang.pick("对象", "of what"), 36),
        Column::new(lang.pick("归属", "whose"), 16),
        Column::new(lang.pick("比较", "bound"), 7),
        Column::new(lang.pick("数值", "value"), 11),
        Column::new(lang.pick("数值上限", "upper end"), 11),
        Column::new(lang.pick("单位", "unit"), 8),
        Column::new(lang.pick("每", "per"), 10),
        Column::new(lang.pick("每（上限）", "per, upper end"), 11),
        Column::new(lang.pick("每（单位）", "per, unit"), 9),
        Column::new(lang.pick("作用", "role"), 11),
        Column::new(lang.pick("原文", "as written"), 60),
        Column::new(lang.pick("行", "line"), 7),
    ];
    rows.into_sheet(lang.pick("指标", "Quantities"), columns, lang)
}

fn cells(quantity: &Quantity, lang: Lang) -> [Cell; 12] {
    let number = |number: Option<Number>| number.map_or(Cell::Blank, |number| Cell::Number(number.0));
    let per = quantity.per.as_ref();
    let value = match quantity.value {
        Some(value) => Cell::Number(value.0),
        None => Cell::Missing(lang.pick("未知", "unknown")),
    };
    [
        Cell::text(&quantity.subject),
        Cell::text(quantity.whose.as_deref().unwrap_or_default()),
        Cell::text(quantity.comparator.sign()),
        value,
        number(quantity.high),
        Cell::text(&quantity.unit),
        number(per.map(|per| per.value)),
        number(per.and_then(|per| per.high)),
        Cell::text(per.map_or("", |per| &per.unit)),
        Cell::text(role(quantity.role, lang)),
        Cell::text(&quantity.text),
        line_of(&quantity.source),
    ]
}

fn role(role: QuantityRole, lang: Lang) -> &'static str {
    match role {
        QuantityRole::Target => lang.pick("目标", "target"),
        QuantityRole::Condition => lang.pick("适用条件", "condition"),
        QuantityRole::Threshold => lang.pick("判定标准", "threshold"),
        QuantityRole::Fact => lang.pick("陈述", "fact"),
    }
}
