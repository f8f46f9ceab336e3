use std::sync::LazyLock;

use lianfang_domain::plan::{DocumentKind, FindingCode, Severity};
use regex::Regex;

use crate::pattern::pattern;

use super::{Checked, finding::Words};
use crate::read::Cue;

/// Redactions, doubled words, a text that ends early, a document that is no plan.
pub(super) fn check(checked: &mut Checked<'_>) {
    redactions(checked);
    doubled(checked);
    ends_early(checked);
    no_plan(checked);
}

/// All redactions together, at the first.
fn redactions(checked: &mut Checked<'_>) {
    static REDACTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\*+|[xX×]{2,}(?:[省市县区镇乡村]|年|月|日|人|号)|[〇○]{2,}(?:[省市县区镇乡村])|某某?(?:[市县区镇乡])")
    });
    if checked.ctx.cues.of(Cue::Redacted).next().is_none() {
        return;
    }
    let mut found = REDACTED.find_iter(&checked.ctx.doc.folded);
    let Some(first) = found.next() else { return };
    let count = 1 + found.count();
    let range = checked.ctx.clause_around(first.start());
    let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
    checked.report_range(
        FindingCode::Redacted,
        Severity::Question,
        (range.0, range.1.max(first.end())),
        Words::new(
            format!("有 {count} 处被隐去（*、XX），按未知处理，不作为空或零"),
            format!("{places} redacted (*, XX): unknown, never empty or zero"),
        )
        .ask("隐去的内容是什么？", "What was redacted?"),
    );
}

/// `金泽镇镇`, `的的`.
fn doubled(checked: &mut Checked<'_>) {
    let text = &checked.ctx.doc.folded;
    let mut before = ('\0', 0);
    let mut reported = 0;
    for (at, c) in text.char_indices() {
        if c == before.0
            && matches!(c, '镇' | '县' | '区' | '市' | '局' | '委' | '部' | '组' | '的' | '了' | '和' | '是' | '在')
            && reported < 20
        {
            let start = text[..before.1].char_indices().rev().nth(3).map_or(0, |(i, _)| i);
            let start = text[start..at]
                .rfind(['\n', '、', ',', '。', ';', ':', ' '])
                .map_or(start, |i| start + i + text[start + i..].chars().next().map_or(1, char::len_utf8));
            let range = (start, at + c.len_utf8());
            // `区区长`-like words and `市市场监管局` repeat a sign across a word border.
            let follows = text[range.1..].chars().next();
            let word_border = matches!(
                (c, follows),
                ('市', Some('场' | '容' | '政' | '直' | '民'))
                    | ('区', Some('域' | '长' | '委' | '直'))
                    | ('县', Some('长' | '委'))
                    | ('镇', Some('长'))
                    | ('部', Some('门' | '署' | '长' | '分'))
                    | ('委', Some('员' | '托'))
                    | ('局', Some('部' | '长' | '面'))
                    | ('组', Some('织' | '长' | '成' | '建' | '员'))
                    | ('是', Some('否'))
                    | ('在', _)
                    | ('和', Some('谐'))
                    | ('的', Some('确'))
                    | ('了', Some('解'))
            );
            if !word_border {
                let word = checked.ctx.show(range);
                checked.report_range(
                    FindingCode::WordDoubled,
                    Severity::Question,
                    range,
                    Words::new(format!("“{word}”疑似重字"), format!("a character looks doubled in “{word}”"))
                        .ask("正确的写法是什么？", "How should it read?"),
                );
                reported += 1;
            }
        }
        before = (c, at);
    }
}

fn ends_early(checked: &mut Checked<'_>) {
    let ctx = checked.ctx;
    let Some(last) = ctx.outline.pieces.iter().rev().find(|piece| piece.end > piece.start) else { return };
    let text = ctx.text((last.start, last.end)).trim_end();
    let closed = crate::text::ends_closed(text) || text.ends_with(['。', '"', ')', '》']);
    let signed =
        text.ends_with("印发") || crate::read::find_dates(ctx, text).last().is_some_and(|date| date.end == text.len());
    let signature = signed || text.chars().count() <= 40 && !text.contains([',', '。', ';']);
    let table = matches!(last.hint, Some(crate::input::HintKind::TableRow { .. })) || text.contains('|');
    if !closed && !signature && !table {
        let from = text.char_indices().rev().nth(24).map_or(0, |(i, _)| i);
        checked.report_range(
            FindingCode::EndsEarly,
            Severity::Warning,
            (last.start + from, last.start + text.len()),
            Words::new(
                "文件在句子中间结束，后文可能缺失",
                "the text ends in the middle of a sentence; the rest may be missing",
            )
            .ask("能否提供完整文件？", "Can you provide the whole document?"),
        );
    }
}

fn no_plan(checked: &mut Checked<'_>) {
    let plan = checked.plan;
    let Some(source) = plan
        .title
        .as_ref()
        .map(|title| title.source.clone())
        .or_else(|| plan.sections.first().map(|s| s.source.clone()))
    else {
        if plan.organisation.groups.is_empty() && plan.levels.is_empty() && plan.tasks.is_empty() {
            let end = 0;
            checked.report_range(FindingCode::NothingFound, Severity::Warning, (0, end), nothing());
        }
        return;
    };
    if plan.kind == DocumentKind::StatusReport {
        checked.report(
            FindingCode::NotAPlan,
            Severity::Note,
            &source,
            Words::new(
                "这是情况汇报，不是预案或方案：其中的工作不作为措施",
                "this is a status report, not a plan: what it tells is not read as measures",
            ),
        );
    } else if plan.organisation.bodies().next().is_none()
        && plan.levels.is_empty()
        && plan.tasks.is_empty()
        && plan.unit_duties.is_empty()
        && plan.measure_sets.is_empty()
    {
        checked.report(FindingCode::NothingFound, Severity::Warning, &source, nothing());
    }
}

fn nothing() -> Words {
    Words::new("没有读到组织机构、响应级别或任务", "no organisation, level or task was found")
        .ask("文件是否完整？是否选错了文件？", "Is the file whole, and is it the right one?")
}
