use lianfang_domain::Lang;
use lianfang_domain::plan::{PartialDate, Phase, TimeKind, TimeRule};

use super::{Cell, Column, Origin, Rows, Sheet, line_of, not_stated};
use crate::load::FileReading;

/// One row for each clock and each phase.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    rows.each_plan(files, |rows, plan| {
        plan.phases.iter().for_each(|phase| rows.push(phase_cells(phase, lang)));
        plan.times.iter().for_each(|time| rows.push(time_cells(time, lang)));
    });
    let columns = vec![
        Column::new(lang.pick("类别", "kind"), 12),
        Column::new(lang.pick("时限", "clock"), 30),
        Column::new(lang.pick("起", "from"), 16),
        Column::new(lang.pick("止", "until"), 16),
        Column::new(lang.pick("事项", "about"), 60),
        Column::new(lang.pick("原文", "as written"), 30),
        Column::new(lang.pick("行", "line"), 7),
    ];
    rows.into_sheet(lang.pick("时限", "Clocks"), columns, lang)
}

fn phase_cells(phase: &Phase, lang: Lang) -> [Cell; 7] {
    let date = |date: Option<PartialDate>| date.map_or_else(|| not_stated(lang), |date| Cell::partial_date(date, lang));
    let from = match (phase.from, phase.from_issue) {
        (None, true) => Cell::text(lang.pick("即日起", "from issue")),
        (from, _) => date(from),
    };
    let items: Vec<&str> = phase.items.iter().map(|item| item.text.as_str()).collect();
    [
        Cell::text(lang.pick("阶段", "phase")),
        Cell::text(&phase.name),
        from,
        date(phase.to),
        Cell::text(&items.join("\n")),
        Cell::text(&phase.text),
        line_of(&phase.source),
    ]
}

fn time_cells(time: &TimeRule, lang: Lang) -> [Cell; 7] {
    let (from, until) = match &time.kind {
        TimeKind::ByDate { date, .. } => (Cell::Blank, Cell::partial_date(*date, lang)),
        TimeKind::FromDate { date } => (Cell::partial_date(*date, lang), Cell::Blank),
        _ => (Cell::Blank, Cell::Blank),
    };
    [
        Cell::text(kind(&time.kind, lang)),
        Cell::text(&time.kind.words(lang)),
        from,
        until,
        Cell::text(&time.subject),
        Cell::text(&time.text),
        line_of(&time.source),
    ]
}

fn kind(kind: &TimeKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        TimeKind::ByDate { .. } => ("截止日期", "by date"),
        TimeKind::FromDate { .. } => ("起始日期", "from date"),
        TimeKind::Within { .. } => ("时限", "within"),
        TimeKind::DailyAt { .. } | TimeKind::DailyBy { .. } => ("每日定时", "daily"),
        TimeKind::TimesPerDay { .. } | TimeKind::Every { .. } => ("频次", "frequency"),
        TimeKind::For { .. } => ("时长", "duration"),
        TimeKind::LookBack { .. } => ("回溯", "look back"),
        TimeKind::Standing { .. } => ("值守", "on duty"),
        TimeKind::Incubations { .. } => ("潜伏期", "incubation"),
        TimeKind::AtOnce { .. } => ("立即", "at once"),
    };
    lang.pick(zh, en)
}
