use lianfang_domain::Lang;
use lianfang_domain::plan::{
    Criterion, EventGrade, Level, LevelProcedure, MeasureSet, Member, ResponseLevel, Source, Text,
};

use super::{Cell, Column, Origin, Rows, Sheet, line_of};
use crate::load::FileReading;

/// Levels from Ⅳ to Ⅰ, then the procedure, then measures outside the levels; one row for each sentence.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    rows.each_plan(files, |rows, plan| {
        let mut levels: Vec<&Level> = plan.levels.iter().collect();
        levels.sort_by_key(|level| std::cmp::Reverse(level.level));
        levels.into_iter().for_each(|level| level_rows(rows, level, lang));
        plan.event_grades.iter().for_each(|grade| grade_rows(rows, grade, lang));
        procedure_rows(rows, &plan.level_procedure, lang);
        plan.measure_sets.iter().for_each(|set| set_rows(rows, set, lang));
    });
    let columns = vec![
        Column::new(lang.pick("级别", "level"), 10),
        Column::new(lang.pick("项目", "item"), 16),
        Column::new(lang.pick("小标题", "under"), 22),
        Column::new(lang.pick("编号", "number"), 8),
        Column::new(lang.pick("内容", "text"), 80),
        Column::new(lang.pick("单位", "units"), 24),
        Column::new(lang.pick("行", "line"), 7),
    ];
    rows.into_sheet(lang.pick("响应分级", "Response levels"), columns, lang)
}

/// A row before it has a level.
struct Row<'a> {
    item: &'a str,
    under: &'a str,
    number: &'a str,
    text: &'a str,
    units: &'a [String],
    source: Option<&'a Source>,
}

impl<'a> Row<'a> {
    fn new(item: &'a str, text: &'a str, source: Option<&'a Source>) -> Row<'a> {
        Row { item, under: "", number: "", text, units: &[], source }
    }

    fn criterion(item: &'a str, under: &'a str, criterion: &'a Criterion) -> Row<'a> {
        let number = criterion.number.as_deref().unwrap_or_default();
        Row { under, number, ..Row::new(item, &criterion.text, Some(&criterion.source)) }
    }
}

fn push(rows: &mut Rows, level: Option<ResponseLevel>, row: &Row<'_>, lang: Lang) {
    rows.push([
        level.map_or_else(|| Cell::text(lang.pick("不分级", "all")), |level| Cell::Level(level, level.words(lang))),
        Cell::text(row.item),
        Cell::text(row.under),
        Cell::text(row.number),
        Cell::text(row.text),
        Cell::text(&row.units.join("、")),
        row.source.map_or(Cell::Blank, line_of),
    ]);
}

fn level_rows(rows: &mut Rows, level: &Level, lang: Lang) {
    let here = Some(level.level);
    let heading = level.sources.first();
    let mode = level.criteria_mode.words(lang);
    for criterion in &level.criteria {
        push(rows, here, &Row::criterion(lang.pick("启动条件", "criterion"), mode, criterion), lang);
    }
    if let Some(lower) = level.includes {
        let item = lang.pick("包含", "includes");
        push(rows, here, &Row::new(item, &lower.words(lang), heading), lang);
    }
    for measure in &level.measures {
        let row = Row {
            under: measure.under.as_deref().unwrap_or_default(),
            number: measure.number.as_deref().unwrap_or_default(),
            units: &measure.units,
            ..Row::new(lang.pick("措施", "measure"), &measure.text, Some(&measure.source))
        };
        push(rows, here, &row, lang);
    }
    let lists = [
        (lang.pick("专家审核", "reviewed by experts of"), level.review_chain.join(" → ")),
        (lang.pick("决定", "decided by"), level.decided_by.join("、")),
    ];
    for (item, text) in lists.iter().filter(|(_, text)| !text.is_empty()) {
        push(rows, here, &Row::new(item, text, heading), lang);
    }
}

fn grade_rows(rows: &mut Rows, grade: &EventGrade, lang: Lang) {
    for criterion in &grade.criteria {
        let item = lang.pick("事件分级", "event grade");
        push(rows, Some(grade.grade), &Row::criterion(item, &grade.name, criterion), lang);
    }
}

fn procedure_rows(rows: &mut Rows, procedure: &LevelProcedure, lang: Lang) {
    let who = [
        (lang.pick("提出", "proposed by"), &procedure.proposes),
        (lang.pick("批准", "approved by"), &procedure.approves),
        (lang.pick("备案", "filed with"), &procedure.files_with),
    ];
    for (item, members) in who {
        members.iter().for_each(|member: &Member| {
            push(rows, None, &Row::new(item, &member.name, Some(&member.source)), lang);
        });
    }
    let said = [
        (lang.pick("评估因素", "factor"), &procedure.assessment_factors),
        (lang.pick("提升", "raising"), &procedure.raising),
        (lang.pick("降低", "lowering"), &procedure.lowering),
        (lang.pick("终止以后", "afterwards"), &procedure.termination.afterwards),
    ];
    for (item, texts) in said {
        texts.iter().for_each(|text: &Text| {
            push(rows, None, &Row::new(item, &text.text, Some(&text.source)), lang);
        });
    }
    jump_rows(rows, procedure, lang);
    let mode = procedure.termination.mode.words(lang);
    for condition in &procedure.termination.conditions {
        let row = Row::criterion(lang.pick("终止条件", "end"), mode, condition);
        push(rows, None, &row, lang);
    }
}

fn jump_rows(rows: &mut Rows, procedure: &LevelProcedure, lang: Lang) {
    let jumps = [
        (lang.pick("越级提升", "skipping upwards"), procedure.jump_up),
        (lang.pick("越级降低", "skipping downwards"), procedure.jump_down),
    ];
    for (item, may) in jumps {
        let words = match may {
            Some(true) => lang.pick("可以", "allowed"),
            Some(false) => lang.pick("不可以", "not allowed"),
            None => continue,
        };
        push(rows, None, &Row::new(item, words, None), lang);
    }
    for need in &procedure.lowering_needs {
        let item = lang.pick("降低前须有", "before lowering");
        push(rows, None, &Row::new(item, need.words(lang), None), lang);
    }
}

fn set_rows(rows: &mut Rows, set: &MeasureSet, lang: Lang) {
    for measure in &set.items {
        let row = Row {
            under: &set.title,
            number: measure.number.as_deref().unwrap_or_default(),
            units: &measure.units,
            ..Row::new(lang.pick("措施", "measure"), &measure.text, Some(&measure.source))
        };
        push(rows, None, &row, lang);
    }
}
