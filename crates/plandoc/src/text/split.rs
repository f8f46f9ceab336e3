use lianfang_domain::plan::RepairKind;

use super::{
    CleanLine, Doc, LineRepair,
    counters::chunk_counters,
    join::{JoinState, printed_width},
    noise::noise,
    wrapped::wrapping,
};
use crate::title::starts_document;

/// From cleaned lines to the documents in the file: noise out, cut sentences joined, documents split.
pub(crate) fn split_documents(lines: Vec<CleanLine>) -> Vec<Doc> {
    let lines = drop_noise(lines);
    let lines = drop_counters(lines);
    let lines = join_lines(lines);
    let starts = starts_document(&lines);
    let mut docs = Vec::new();
    let mut current = Vec::new();
    let mut next = starts.into_iter().peekable();
    for (index, line) in lines.into_iter().enumerate() {
        if next.next_if_eq(&index).is_some() && !current.is_empty() {
            docs.push(Doc::build(std::mem::take(&mut current)));
        }
        current.push(line);
    }
    if !current.is_empty() {
        docs.push(Doc::build(current));
    }
    docs
}

/// Takes noise lines out; each stays as a repair of the line before it (or after, at the top).
fn drop_noise(lines: Vec<CleanLine>) -> Vec<CleanLine> {
    let mut kept: Vec<CleanLine> = Vec::with_capacity(lines.len());
    let mut waiting: Vec<LineRepair> = Vec::new();
    for mut line in lines {
        if let Some(kind) = noise(&line) {
            let dropped = LineRepair {
                kind,
                at: kept.last().map_or(0, |last| last.text.len()),
                after: String::new(),
                before: undone(&line.text, &line.repairs),
                line: line.line,
                column: line.columns.first().map_or(1, |&(_, column)| column),
            };
            match kept.last_mut() {
                Some(last) => last.repairs.push(dropped),
                None => waiting.push(dropped),
            }
            continue;
        }
        if !waiting.is_empty() {
            waiting.append(&mut line.repairs);
            line.repairs = std::mem::take(&mut waiting);
        }
        kept.push(line);
    }
    kept
}

/// A text as it stood before its repairs, which lie inside it in order.
fn undone(text: &str, repairs: &[LineRepair]) -> String {
    let mut original = String::with_capacity(text.len());
    let mut at = 0;
    for repair in repairs {
        original.push_str(&text[at..repair.at]);
        original.push_str(&repair.before);
        at = repair.at + repair.after.len();
    }
    original.push_str(&text[at..]);
    original
}

fn drop_counters(mut lines: Vec<CleanLine>) -> Vec<CleanLine> {
    for index in chunk_counters(&lines) {
        let line = &mut lines[index];
        let Some(marker) = crate::outline::marker_at(&line.folded) else { continue };
        let characters = line.folded[..marker.len].chars().count();
        let cut: usize = line.text.chars().take(characters).map(char::len_utf8).sum();
        let ahead = line.repairs.partition_point(|repair| repair.at == 0 && repair.after.is_empty());
        let behind = line.repairs.partition_point(|repair| repair.at < cut);
        let before = undone(&line.text[..cut], &line.repairs[ahead..behind]);
        line.text.drain(..cut);
        line.folded.drain(..marker.len);
        line.repairs.drain(ahead..behind);
        for repair in &mut line.repairs[ahead..] {
            repair.at -= cut;
        }
        shift_columns(line, cut, characters);
        let column = 1;
        let counter =
            LineRepair { kind: RepairKind::ChunkCounter, at: 0, after: String::new(), before, line: line.line, column };
        line.repairs.insert(ahead, counter);
    }
    lines.retain(|line| !line.text.is_empty() || !line.repairs.is_empty());
    lines
}

fn shift_columns(line: &mut CleanLine, cut: usize, characters: usize) {
    let cut32 = u32::try_from(cut).unwrap_or(0);
    let first = line.columns.first().map_or(1, |&(_, column)| column) + u32::try_from(characters).unwrap_or(0);
    line.columns.retain(|&(at, _)| at > cut32);
    for (at, _) in &mut line.columns {
        *at -= cut32;
    }
    line.columns.insert(0, (0, first));
}

/// Joins lines that a page break or a fixed width cut in the middle of a sentence.
fn join_lines(lines: Vec<CleanLine>) -> Vec<CleanLine> {
    let wrapping = wrapping(&lines);
    let mut state = JoinState::default();
    let mut joined: Vec<CleanLine> = Vec::with_capacity(lines.len());
    let mut last_width = 0;
    for line in lines {
        let width = printed_width(&line);
        match joined.last_mut() {
            Some(last) if state.joins(last, last_width, &line, wrapping) => append(last, line),
            Some(last) => {
                state.saw(last);
                joined.push(line);
            }
            None => joined.push(line),
        }
        last_width = width;
    }
    joined
}

fn append(last: &mut CleanLine, line: CleanLine) {
    let base = last.text.len();
    let first_column = line.columns.first().map_or(1, |&(_, column)| column);
    last.repairs.push(LineRepair {
        kind: RepairKind::JoinedLine,
        at: base,
        after: String::new(),
        before: "\n".to_owned(),
        line: line.line,
        column: first_column,
    });
    for mut repair in line.repairs {
        repair.at += base;
        last.repairs.push(repair);
    }
    last.joins.push((u32::try_from(base).unwrap_or(u32::MAX), line.line));
    for (at, column) in line.columns {
        last.columns.push((at + u32::try_from(base).unwrap_or(0), column));
    }
    last.text.push_str(&line.text);
    last.folded.push_str(&line.folded);
    last.folded_spaces += line.folded_spaces;
}
