//! Lines that differ and that no other comparison has told about, so that nothing changes in silence.

use super::ChangeKind::{Added, Removed, Reworded};
use super::changes::{At, Changes, Words, focus, short};
use super::pair::Pairing;
use super::similar::{Score, normal};
use crate::plan::{Confidence, Plan, Rule, Source, Span};

/// Lines at least this alike are one line reworded.
const SAME_LINE: Score = 500;

struct Line<'a> {
    text: &'a str,
    source: Source,
}

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    let (old, new) = (lines(old), lines(new));
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(&old, &new, |line| normal(line.text))
        .by_text(&old, &new, SAME_LINE, |line| line.text.to_owned())
        .done();
    let untold_old = |changes: &Changes, i: usize| !changes.touched_in_old(old[i].source.span);
    let untold_new = |changes: &Changes, j: usize| !changes.touched_in_new(new[j].source.span);
    let mut untold = Vec::new();
    for (i, j) in pairs.both {
        let differ = normal(old[i].text) != normal(new[j].text);
        if differ && untold_old(changes, i) && untold_new(changes, j) {
            untold.push((Reworded, Some(&old[i]), Some(&new[j])));
        }
    }
    let came = pairs.only_new.into_iter().filter(|j| untold_new(changes, *j));
    untold.extend(came.map(|j| (Added, None, Some(&new[j]))));
    let went = pairs.only_old.into_iter().filter(|i| untold_old(changes, *i));
    untold.extend(went.map(|i| (Removed, Some(&old[i]), None)));
    for (kind, before, after) in untold {
        let at = At { old: before.map(|line| &line.source), new: after.map(|line| &line.source) };
        changes.push(kind, &["text"], at, words(before, after));
    }
}

fn words(before: Option<&Line<'_>>, after: Option<&Line<'_>>) -> Words {
    match (before, after) {
        (Some(before), Some(after)) => {
            let (before, after) = focus(before.text, after.text);
            Words::new(
                format!("其他文字改写：“{before}”改为“{after}”"),
                format!("other wording: “{before}” is now “{after}”"),
            )
        }
        (_, Some(line)) => {
            let text = short(line.text);
            Words::new(format!("其他文字增加：“{text}”"), format!("other wording added: “{text}”"))
        }
        (line, None) => {
            let text = short(line.map_or("", |line| line.text));
            Words::new(format!("其他文字删去：“{text}”"), format!("other wording removed: “{text}”"))
        }
    }
}

/// The lines of the normalised text that say something.
fn lines(plan: &Plan) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (number, whole) in (1..).zip(plan.text.split_inclusive('\n')) {
        let span = Span { start, end: start + u32::try_from(whole.len()).unwrap_or(0) };
        start = span.end;
        if !normal(whole).is_empty() {
            lines.push(Line { text: whole.trim(), source: source(plan, span, number) });
        }
    }
    lines
}

fn source(plan: &Plan, span: Span, number: u32) -> Source {
    let before = plan.blocks.partition_point(|block| block.span.start <= span.start);
    let block = before.checked_sub(1).and_then(|at| plan.blocks.get(at));
    Source {
        span,
        line: block.map_or(number, |block| block.line),
        column: 1,
        rule: Rule::Sentence,
        confidence: Confidence::Certain,
        repairs: Vec::new(),
    }
}
