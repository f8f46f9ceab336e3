//! Lays blocks out as lines: a paragraph is a line, a table row is a line.

use std::collections::BTreeMap;

use super::HintKind;
use super::flow::{Block, Cell, Merge, Row, Table, Zone};
use super::lines::Lines;

/// How many columns of one row may be carried over from rows above.
const MOST_CARRIED_COLUMNS: usize = 64;

/// What a table inside a table means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    /// The outer table only places things on a page, as web pages do.
    Layout,
    /// The inner table is part of a cell's content.
    Data,
}

/// Writes blocks to lines.
pub(super) struct Renderer<'l> {
    lines: &'l mut Lines,
    nesting: Nesting,
    dropped: &'l [Zone],
}

/// A value that rows below take over.
struct Carried {
    text: String,
    columns: usize,
    rows_left: u32,
}

impl<'l> Renderer<'l> {
    /// Paragraphs of the `dropped` zones are left out.
    pub(super) fn new(lines: &'l mut Lines, nesting: Nesting, dropped: &'l [Zone]) -> Self {
        Self { lines, nesting, dropped }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Para(para) if self.dropped.contains(&para.zone) => {}
                Block::Para(para) => self.lines.paragraph(&para.text, para.marks),
                Block::Table(table) => self.table(table),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        if is_layout(table, self.nesting) {
            for cell in table.rows.iter().flat_map(|row| &row.cells) {
                self.blocks(&cell.blocks);
            }
            return;
        }
        let mut number = None;
        let mut carried = BTreeMap::new();
        for (index, row) in (0..).zip(&table.rows) {
            if row.deleted {
                continue;
            }
            let values = self.row(row, &mut carried);
            if values.iter().all(String::is_empty) {
                continue;
            }
            let table = *number.get_or_insert_with(|| self.lines.new_table());
            self.lines.hint(HintKind::TableRow { table, row: index });
            self.lines.line(&values.join(" | "));
        }
    }

    /// The values of a row, with those that merged cells bring down from above.
    fn row(&mut self, row: &Row, carried: &mut BTreeMap<usize, Carried>) -> Vec<String> {
        let mut values = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            while let Some((value, columns)) = self.take_carried(column, carried) {
                values.push(value);
                column += columns;
            }
            values.push(self.cell(cell, column, carried));
            column += cell.columns;
        }
        let further: Vec<usize> = carried.range(column..).map(|(column, _)| *column).collect();
        for column in further {
            values.extend(self.take_carried(column, carried).map(|(value, _)| value));
        }
        values
    }

    /// The value that a cell higher up reaches down into this column, if one does.
    fn take_carried(&mut self, column: usize, carried: &mut BTreeMap<usize, Carried>) -> Option<(String, usize)> {
        let above = carried.get_mut(&column)?;
        if above.rows_left == 0 {
            return None;
        }
        above.rows_left -= 1;
        let columns = above.columns;
        let Some(value) = self.lines.repeat(&above.text) else {
            carried.clear();
            return None;
        };
        if above.rows_left == 0 {
            carried.remove(&column);
        }
        Some((value, columns))
    }

    fn cell(&mut self, cell: &Cell, column: usize, carried: &mut BTreeMap<usize, Carried>) -> String {
        let own = self.cell_text(cell);
        let rows_left = match cell.merge {
            Merge::Continue if own.is_empty() => {
                let above = carried.get(&column);
                return above.and_then(|above| self.lines.repeat(&above.text)).unwrap_or(own);
            }
            Merge::Continue => return own,
            Merge::None => {
                carried.remove(&column);
                return own;
            }
            Merge::Start => 0,
            Merge::Rows(rows) => rows.saturating_sub(1),
        };
        if carried.len() < MOST_CARRIED_COLUMNS {
            let value = Carried { text: own.clone(), columns: cell.columns, rows_left };
            carried.insert(column, value);
        }
        own
    }

    /// The content of a cell on one line.
    fn cell_text(&self, cell: &Cell) -> String {
        let mut text = String::new();
        self.add_cell_text(&cell.blocks, &mut text);
        text
    }

    fn add_cell_text(&self, blocks: &[Block], text: &mut String) {
        for block in blocks {
            match block {
                Block::Para(para) if self.dropped.contains(&para.zone) => {}
                Block::Para(para) => {
                    for piece in super::lines::split_breaks(&para.text) {
                        add_spaced(text, piece.trim());
                    }
                }
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.add_cell_text(&cell.blocks, text);
                    }
                }
            }
        }
    }
}

fn add_spaced(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(piece);
}

/// Whether a table only places text on the page.
///
/// A box of one column around several paragraphs is such a table: joining those paragraphs to
/// one line would lose where they begin.
fn is_layout(table: &Table, nesting: Nesting) -> bool {
    let one_column = table.rows.iter().all(|row| row.cells.len() <= 1);
    table.rows.iter().flat_map(|row| &row.cells).any(|cell| {
        let nested = cell.blocks.iter().any(|block| matches!(block, Block::Table(_)));
        let paragraphs = cell.blocks.iter().filter(|block| is_written(block)).count();
        (nested && nesting == Nesting::Layout) || (one_column && (nested || paragraphs > 1))
    })
}

fn is_written(block: &Block) -> bool {
    match block {
        Block::Para(para) => !para.text.trim().is_empty(),
        Block::Table(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::flow::{Flow, Merge, Para, Zone};
    use super::super::lines::Lines;
    use super::super::{Format, HintKind, SourceText};
    use super::{Nesting, Renderer};

    fn para(text: &str) -> Para {
        Para { text: text.to_owned(), ..Para::default() }
    }

    fn cell(flow: &mut Flow, merge: Merge, text: &str) {
        flow.open_cell(1, merge);
        flow.para(para(text));
    }

    fn rendered(flow: Flow, nesting: Nesting) -> SourceText {
        let mut lines = Lines::default();
        Renderer::new(&mut lines, nesting, &[Zone::Frame]).blocks(&flow.finish());
        lines.finish(Format::Html)
    }

    #[test]
    fn a_cell_over_several_rows_is_repeated_in_each() {
        let mut flow = Flow::default();
        flow.open_table();
        flow.open_row();
        cell(&mut flow, Merge::None, "1");
        cell(&mut flow, Merge::Rows(2), "县卫生健康局");
        flow.open_row();
        cell(&mut flow, Merge::None, "2");
        flow.open_row();
        cell(&mut flow, Merge::None, "3");
        cell(&mut flow, Merge::None, "县公安局");
        flow.close_table();
        let source = rendered(flow, Nesting::Data);
        assert_eq!(source.text, "1 | 县卫生健康局\n2 | 县卫生健康局\n3 | 县公安局");
        let row = HintKind::TableRow { table: 0, row: 2 };
        assert_eq!(source.hints[2].kind, row);
    }

    #[test]
    fn a_box_around_paragraphs_is_not_a_row() {
        let mut flow = Flow::default();
        flow.open_table();
        flow.open_row();
        flow.open_cell(1, Merge::None);
        flow.para(para("第一段"));
        flow.para(para("第二段"));
        flow.close_table();
        let source = rendered(flow, Nesting::Data);
        assert_eq!(source.text, "第一段\n第二段");
        assert!(source.hints.is_empty());
    }

    #[test]
    fn a_table_inside_a_data_cell_is_flattened() {
        let mut flow = Flow::default();
        flow.open_table();
        flow.open_row();
        cell(&mut flow, Merge::None, "职责");
        flow.open_cell(1, Merge::None);
        flow.open_table();
        flow.open_row();
        cell(&mut flow, Merge::None, "甲");
        cell(&mut flow, Merge::None, "乙");
        flow.close_table();
        flow.close_table();
        assert_eq!(rendered(flow, Nesting::Data).text, "职责 | 甲 乙");
    }

    #[test]
    fn merged_cells_cannot_blow_a_small_file_up() {
        let mut flow = Flow::default();
        flow.open_table();
        flow.open_row();
        cell(&mut flow, Merge::Rows(60_000), &"长".repeat(10_000));
        for _ in 0..10_000 {
            flow.open_row();
            cell(&mut flow, Merge::None, "短");
        }
        flow.close_table();
        assert!(rendered(flow, Nesting::Data).text.len() < 5_000_000);
    }
}
