use regex::Regex;

use crate::pattern::pattern;
use lianfang_domain::plan::{Confidence, FindingCode, Severity};

use super::{Checked, finding::Words};
use crate::read::dates_in;

/// Damaged and impossible dates, missing years, years that disagree, the document number.
pub(super) fn check(checked: &mut Checked<'_>) {
    damaged(checked);
    number(checked);
    impossible(checked);
    missing_years(checked);
    years(checked);
}

fn damaged(checked: &mut Checked<'_>) {
    for date in checked.plan.dates.iter().filter(|date| date.date.is_none()) {
        let proposal = date.proposed.map_or_else(String::new, |p| format!("，可能是 {p}"));
        let proposal_en = date.proposed.map_or_else(String::new, |p| format!("; it may have been {p}"));
        checked.report(
            FindingCode::DateDamaged,
            Severity::Question,
            &date.source,
            Words::new(
                format!("日期“{}”残缺{proposal}", date.text),
                format!("the date “{}” is damaged{proposal_en}", date.text),
            )
            .ask("正确的日期是哪一天？", "Which date is right?"),
        );
    }
}

fn number(checked: &mut Checked<'_>) {
    let Some(number) = &checked.plan.document_number else { return };
    if number.source.confidence == Confidence::Doubtful {
        let words = Words::new(
            format!("文号“{}”残缺：缺少年份括号或“号”", number.text),
            format!("the document number “{}” is damaged: its bracket or 号 is lost", number.text),
        );
        checked.report(
            FindingCode::DocumentNumberDamaged,
            Severity::Question,
            &number.source,
            words.ask("正确的文号是什么？", "What is the right number?"),
        );
    }
}

fn impossible(checked: &mut Checked<'_>) {
    let ctx = checked.ctx;
    for piece in &ctx.outline.pieces {
        for found in dates_in(ctx, (piece.start, piece.end)).into_iter().filter(|found| found.impossible) {
            let range = (piece.start + found.start, piece.start + found.end);
            let text = ctx.show(range);
            checked.report_range(
                FindingCode::DateImpossible,
                Severity::Error,
                range,
                Words::new(format!("日期“{text}”不存在"), format!("the date “{text}” does not exist"))
                    .ask("应为哪一天？", "Which date is meant?"),
            );
        }
    }
}

fn missing_years(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    for phase in &plan.phases {
        let lacks = [phase.from, phase.to].into_iter().flatten().any(|date| date.year.is_none());
        if lacks {
            checked.report(
                FindingCode::YearMissing,
                Severity::Question,
                &phase.source,
                Words::new(
                    format!("“{}”的日期没有年份，文件日期也不能确定", phase.name),
                    format!(
                        "the dates of “{}” have no year, and the document's own date does not settle it",
                        phase.name
                    ),
                )
                .ask("是哪一年？", "Which year?"),
            );
        }
    }
    for deadline in plan.tasks.iter().flat_map(|task| &task.deadlines) {
        if deadline.date.is_some_and(|date| date.year.is_none()) {
            checked.report(
                FindingCode::YearMissing,
                Severity::Question,
                &deadline.source,
                Words::new(
                    format!("时限“{}”没有年份", deadline.text),
                    format!("the deadline “{}” has no year", deadline.text),
                )
                .ask("是哪一年？", "Which year?"),
            );
        }
    }
}

/// Year ranges in the lines before the first section that disagree.
fn years(checked: &mut Checked<'_>) {
    let ctx = checked.ctx;
    let mut ranges: Vec<(String, (usize, usize))> = Vec::new();
    for &range in ctx.outline.front.iter().take(12) {
        for found in year_ranges(ctx.text(range)) {
            let place = (range.0 + found.0, range.0 + found.1);
            let years: String = ctx.text(place).chars().filter(char::is_ascii_digit).collect();
            if !ranges.iter().any(|(known, _)| *known == years) {
                ranges.push((years, place));
            }
        }
    }
    if ranges.len() >= 2 {
        let shown: Vec<String> = ranges.iter().map(|(_, place)| ctx.show(*place)).collect();
        checked.report_range(
            FindingCode::YearsDisagree,
            Severity::Warning,
            ranges[0].1,
            Words::new(
                format!("年份范围前后不一致：{}", shown.join("；")),
                format!("two year ranges disagree: {}", shown.join("; ")),
            )
            .ask("以哪一个为准？", "Which one holds?"),
        );
    }
}

/// `2024-2024`, `2022-2023年`: bytes of each.
fn year_ranges(text: &str) -> Vec<(usize, usize)> {
    static RANGE: std::sync::LazyLock<Regex> =
        std::sync::LazyLock::new(|| pattern(r"(?:19|20)\d{2}\s?年?\s?(?:-+|~|至|到)\s?(?:19|20)\d{2}\s?年?"));
    RANGE.find_iter(text).map(|m| (m.start(), m.end())).collect()
}
