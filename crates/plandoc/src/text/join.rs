use lianfang_domain::plan::RepairKind;

use super::{
    CleanLine, ends_closed,
    wrapped::{Wrapping, width},
};
use crate::input::HintKind;
use crate::outline::{Label, is_label_start, label_at, marker_at};

/// Whether a line cannot be complete that ends so.
fn dangles(c: char) -> bool {
    matches!(
        c,
        '的' | '与'
            | '及'
            | '对'
            | '将'
            | '把'
            | '为'
            | '由'
            | '或'
            | '在'
            | '从'
            | '向'
            | '按'
            | '被'
            | '给'
            | '并'
            | '且'
            | '等'
            | '至'
            | ','
            | '、'
            | '和'
            | '入'
            | '进'
            | '('
            | '《'
            | '"'
    )
}

/// What the joiner remembers of the lines before.
#[derive(Default)]
pub(super) struct JoinState {
    /// Whether the last line with this kind of marker ended as a sentence, by style.
    inline_styles: std::collections::BTreeMap<crate::outline::Style, bool>,
}

impl JoinState {
    /// Takes note of a complete paragraph.
    pub(super) fn saw(&mut self, line: &CleanLine) {
        if let Some(marker) = marker_at(&line.folded) {
            self.inline_styles.insert(marker.style, line.folded.ends_with('。'));
        }
    }

    /// Whether `next` continues the sentence of `line` (which may already be several lines long).
    pub(super) fn joins(
        &self,
        line: &CleanLine,
        last_width: u32,
        next: &CleanLine,
        wrapping: Option<Wrapping>,
    ) -> bool {
        if is_table(line) || is_table(next) || is_heading(line) || is_heading(next) {
            return false;
        }
        if let Some(wrapping) = wrapping {
            return self.joins_wrapped(line, last_width, next, wrapping);
        }
        if ends_closed(&line.folded) || begins_anew(next) {
            return false;
        }
        if line.folded.matches('《').count() > line.folded.matches('》').count() && next.folded.contains('》') {
            return true;
        }
        if line.folded.ends_with(dangles) {
            return line.folded.chars().count() > 6;
        }
        let last = line.folded.rsplit(['、', ',']).next().unwrap_or("");
        let ranked = matches!(label_at(&line.folded), Some((Label::Rank(_), _, _)));
        if ranked || is_label_start(&line.folded) && (crate::units::is_unit_like(last) || crate::units::is_post(last)) {
            return false;
        }
        !is_title_like(line, &self.inline_styles) && is_continuation(&next.folded)
    }

    fn joins_wrapped(&self, line: &CleanLine, last_width: u32, next: &CleanLine, wrapping: Wrapping) -> bool {
        let full = last_width * 100 >= wrapping.width * 85;
        let unfinished = !ends_closed(&line.folded);
        let next_begins = begins_anew(next);
        if unfinished && full && !next_begins {
            return true;
        }
        if full && wrapping.by_indent && next.indent < 2 && !next_begins {
            return true;
        }
        unfinished && line.folded.ends_with(dangles) && !next_begins
    }
}

fn is_table(line: &CleanLine) -> bool {
    matches!(line.hint, Some(HintKind::TableRow { .. })) || line.folded.contains('|')
}

fn is_heading(line: &CleanLine) -> bool {
    matches!(line.hint, Some(HintKind::Heading(_) | HintKind::Title))
}

/// Whether a line can only be the beginning of something.
fn begins_anew(line: &CleanLine) -> bool {
    let text = &line.folded;
    let bullet = line
        .repairs
        .first()
        .is_some_and(|r| r.at == 0 && r.kind == RepairKind::WordLeftover && r.before.chars().count() == 1);
    if bullet {
        return true;
    }
    if let Some(marker) = marker_at(text) {
        // A wrapped line may start with a number that is no marker: `3 名` was refused, `2.县` is taken as one.
        return marker.len < text.len();
    }
    is_label_start(text)
        || ["附件", "附表", "目录"].iter().any(|word| text.starts_with(word) && text.chars().count() < 40)
}

/// Whether a line that does not end as a sentence is complete as a heading or title.
fn is_title_like(line: &CleanLine, inline_styles: &std::collections::BTreeMap<crate::outline::Style, bool>) -> bool {
    let marker = marker_at(&line.folded);
    let content = &line.folded[marker.as_ref().map_or(0, |m| m.len)..];
    let count = content.chars().count();
    if content.contains('。') {
        return false;
    }
    let commas = content.contains([',', ';']);
    if marker.is_none() && crate::title::ends_as_title(content) && balanced(content) {
        return true;
    }
    match marker {
        Some(marker) if commas => {
            let short_clauses = content.split([',', ';']).all(|clause| clause.chars().count() <= 10);
            count <= 30 && short_clauses && inline_styles.get(&marker.style) != Some(&true)
        }
        Some(_) => count <= 30,
        None => count <= 24 && !commas,
    }
}

/// Whether every title sign and bracket that opens also closes.
fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('《') == count('》') && count('(') == count(')')
}

/// Whether a line reads as the rest of a sentence: it closes one, or goes on with a list.
fn is_continuation(folded: &str) -> bool {
    let ends_sentence = ends_closed(folded);
    let has_stop = folded.contains(['。', ';', ',', '、']);
    (ends_sentence && has_stop) || folded.starts_with([',', '、', '。', ';', ')'])
}

/// The printed width of a line, its indent included.
pub(super) fn printed_width(line: &CleanLine) -> u32 {
    width(&line.text) + line.indent
}
