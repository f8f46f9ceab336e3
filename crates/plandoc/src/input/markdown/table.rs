//! The parts of a Markdown table.

use super::super::HintKind;

/// How far a table has been read.
pub(super) struct Place {
    table: u32,
    row: u32,
}

impl Place {
    pub(super) fn first(table: u32) -> Self {
        Self { table, row: 0 }
    }

    /// The hint of the next row.
    pub(super) fn next_row(&mut self) -> HintKind {
        let kind = HintKind::TableRow { table: self.table, row: self.row };
        self.row += 1;
        kind
    }
}

/// `|---|:--:|`, the line under the head of a table.
pub(super) fn is_separator(trimmed: &str) -> bool {
    trimmed.contains('-') && trimmed.contains('|') && trimmed.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A line between two bars is a row even where a table has no head.
pub(super) fn is_fenced(trimmed: &str) -> bool {
    trimmed.len() > 2 && trimmed.starts_with('|') && trimmed.ends_with('|')
}

/// The cells of a row; `\|` is a bar inside a cell.
pub(super) fn cells(trimmed: &str) -> Vec<String> {
    let inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '|' => cells.push(std::mem::take(&mut cell)),
            '\\' if chars.next_if_eq(&'|').is_some() => cell.push('|'),
            _ => cell.push(c),
        }
    }
    if !inner.ends_with('|') {
        cells.push(cell);
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{cells, is_separator};

    #[test]
    fn a_bar_after_a_backslash_is_part_of_its_cell() {
        assert_eq!(cells(r"| 甲\|乙 | 丙 |"), ["甲|乙", "丙"]);
        assert_eq!(cells("甲 | 乙"), ["甲", "乙"]);
        assert_eq!(cells("| | 乙 |"), ["", "乙"]);
    }

    #[test]
    fn a_rule_without_bars_is_no_separator() {
        assert!(is_separator("|---|"));
        assert!(!is_separator("---"));
        assert!(!is_separator("| |"));
    }
}
