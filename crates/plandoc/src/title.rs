//! Which lines are titles, and where a new document begins inside a file.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

use crate::{
    input::HintKind,
    outline::{Style, is_label_start, marker_at},
    text::CleanLine,
};

static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:预案|方案|办法|规划|计划|汇报|总结|通知|意见|规定|细则|指南|规程|要点|工作情况|情况报告|工作报告|工作制度|行动)(?:\s*\([^()]{1,24}\)|\s*\[[^\[\]]{1,24}\]|\d{4}年?(?:-+\d{4}年?)?|[0-9\-年]{4,14})*"?$"#,
    )
});

/// Whether a folded line ends as the title of a document does.
pub(crate) fn ends_as_title(folded: &str) -> bool {
    TITLE_END.is_match(folded.trim_end())
}

/// Whether a folded line can be part of a title: short, unnumbered, no sentence.
pub(crate) fn is_title_part(folded: &str) -> bool {
    let count = folded.chars().count();
    (2..=60).contains(&count)
        && !folded.contains(['。', ';', '|', '!', '?'])
        && !folded.ends_with([',', ':', '、'])
        && !is_label_start(folded)
        && marker_at(folded).is_none_or(|m| matches!(m.style, Style::ChineseIs))
}

/// Indices of the lines at which a document after the first begins.
pub(crate) fn starts_document(lines: &[CleanLine]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut sections = 0;
    let mut index = contents_end(lines);
    while index < lines.len() {
        let line = &lines[index];
        if top_section(line).is_some() {
            sections += 1;
        } else if sections >= 2 && is_new_title(lines, index) {
            starts.push(title_start(lines, index, starts.last().copied().unwrap_or(0)));
            sections = 0;
        }
        index += 1;
    }
    starts
}

/// Where a table of contents near the top ends: at the line that repeats its first entry.
fn contents_end(lines: &[CleanLine]) -> usize {
    let Some(head) =
        lines.iter().take(40).position(|line| matches!(line.folded.trim_end_matches(':'), "目录" | "目次"))
    else {
        return 0;
    };
    let key = |line: &CleanLine| {
        let start = marker_at(&line.folded).map_or(0, |m| m.len);
        line.folded[start..]
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | ' ' | '-'))
            .to_owned()
    };
    let Some(first) = lines.get(head + 1).map(key).filter(|key| !key.is_empty()) else { return 0 };
    lines[head + 2..]
        .iter()
        .take(400)
        .position(|line| key(line).starts_with(&first))
        .map_or(0, |again| head + 2 + again)
}

/// The value of a top-level section number, if the line is one.
fn top_section(line: &CleanLine) -> Option<u32> {
    let marker = marker_at(&line.folded)?;
    let top = matches!(marker.style, Style::Chinese | Style::Chapter | Style::Part | Style::DecimalTop)
        || (marker.style == Style::Arabic && line.folded.chars().count() < 20 && !line.folded.ends_with(['。', ';']));
    top.then_some(marker.value)
}

/// Whether a line titles a new document: it ends as a title and the numbering starts again behind it.
fn is_new_title(lines: &[CleanLine], index: usize) -> bool {
    let line = &lines[index];
    let folded = &line.folded;
    if !is_title_part(folded) || !ends_as_title(folded) || folded.chars().count() < 4 {
        return false;
    }
    if !(line.blank_before || line.hint == Some(HintKind::Title) || previous_closed(lines, index)) {
        return false;
    }
    restarts_behind(lines, index)
}

fn previous_closed(lines: &[CleanLine], index: usize) -> bool {
    index == 0 || crate::text::ends_closed(&lines[index - 1].folded) || is_title_part(&lines[index - 1].folded)
}

/// Whether the first top-level number behind the line is a one, and soon.
fn restarts_behind(lines: &[CleanLine], index: usize) -> bool {
    lines[index + 1..].iter().take(40).find_map(top_section) == Some(1)
}

/// The first line of the title whose last line is `index`.
fn title_start(lines: &[CleanLine], index: usize, after: usize) -> usize {
    let mut start = index;
    while start > after + 1 && index - start < 4 {
        let before = &lines[start - 1];
        let is_annex = before.folded.starts_with("附件") && before.folded.chars().count() <= 6;
        let fragment = is_title_part(&before.folded)
            && !lines[start].blank_before
            && before.folded.chars().count() <= 30
            && !looks_like_date(&before.folded);
        if !is_annex && !fragment {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a line is a date, or a damaged one.
pub(crate) fn looks_like_date(folded: &str) -> bool {
    let of_dates = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '年' | '月'
                    | '日'
                    | '-'
                    | '.'
                    | '/'
                    | '('
                    | ')'
                    | ' '
                    | '〇'
                    | '零'
                    | '一'
                    | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
                    | '十'
            )
    };
    if !folded.chars().all(of_dates) {
        return false;
    }
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let chinese_date = folded.contains('年') && folded.ends_with('日') && folded.chars().count() <= 14;
    digits >= 6 || chinese_date
}
