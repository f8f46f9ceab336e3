//! The blocks of a document, tables included, before they are laid out as lines.
//!
//! Word files and web pages both nest paragraphs in cells in tables in cells. This builder takes
//! the opening and closing of those as they come, however badly they match.

use super::lines::Marks;

/// Tables nested deeper than this are read as if their cells stood in the outer cell.
const DEEPEST_TABLE: usize = 16;

/// More rows and cells than this run together, because each takes far more memory than file.
const MOST_ROWS_AND_CELLS: usize = 1_000_000;

/// Where in a page a paragraph stood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Zone {
    /// In the document itself.
    #[default]
    Body,
    /// In a web form, which may be a search box or may wrap the whole page.
    Form,
    /// In what looks like the frame of a web page.
    Frame,
    /// In an element that the page hides.
    Hidden,
}

#[derive(Debug, Default)]
pub(super) struct Para {
    pub(super) text: String,
    pub(super) marks: Marks,
    pub(super) zone: Zone,
}

#[derive(Debug)]
pub(super) enum Block {
    Para(Para),
    Table(Table),
}

#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// A tracked deletion took the row away.
    pub(super) deleted: bool,
}

#[derive(Debug)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    /// How many columns it is wide.
    pub(super) columns: usize,
    pub(super) merge: Merge,
}

/// How a cell is merged with those below or above it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Merge {
    #[default]
    None,
    /// The first of a merged column; the cells below say that they continue it.
    Start,
    /// Continues the cell above.
    Continue,
    /// Reaches over this many rows, which leave it out (the way of web pages).
    Rows(u32),
}

/// The blocks read so far and the tables still open.
#[derive(Debug, Default)]
pub(super) struct Flow {
    done: Vec<Block>,
    open: Vec<Table>,
    too_deep: usize,
    rows_and_cells: usize,
}

impl Flow {
    pub(super) fn para(&mut self, para: Para) {
        // A blank paragraph only adds distance, which means nothing inside a row.
        if !self.in_table() || !para.text.trim().is_empty() {
            self.sink().push(Block::Para(para));
        }
    }

    pub(super) fn block(&mut self, block: Block) {
        self.sink().push(block);
    }

    pub(super) fn in_table(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn open_table(&mut self) {
        if self.open.len() == DEEPEST_TABLE {
            self.too_deep += 1;
        } else {
            self.open.push(Table::default());
        }
    }

    pub(super) fn close_table(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(table) = self.open.pop() {
            self.sink().push(Block::Table(table));
        }
    }

    pub(super) fn open_row(&mut self) {
        // A row is only begun if there is room for a cell, because text needs a cell to stand in.
        if !self.may_grow(2) {
            return;
        }
        if let Some(table) = self.table() {
            table.rows.push(Row::default());
        }
    }

    pub(super) fn open_cell(&mut self, columns: usize, merge: Merge) {
        if !self.may_grow(1) {
            return;
        }
        let Some(table) = self.table() else { return };
        if table.rows.is_empty() {
            table.rows.push(Row::default());
        }
        if let Some(row) = table.rows.last_mut() {
            row.cells.push(Cell { blocks: Vec::new(), columns, merge });
        }
    }

    /// The row being read.
    pub(super) fn row(&mut self) -> Option<&mut Row> {
        self.table()?.rows.last_mut()
    }

    /// The cell being read.
    pub(super) fn cell(&mut self) -> Option<&mut Cell> {
        self.row()?.cells.last_mut()
    }

    /// Hands over what is complete.
    pub(super) fn take_done(&mut self) -> Vec<Block> {
        std::mem::take(&mut self.done)
    }

    /// Closes what was left open and hands everything over.
    pub(super) fn finish(mut self) -> Vec<Block> {
        while !self.open.is_empty() {
            self.too_deep = 0;
            self.close_table();
        }
        self.done
    }

    /// Counts a row or cell, if there is room for it and as many as are needed with it.
    fn may_grow(&mut self, needed: usize) -> bool {
        let has_room = self.rows_and_cells + needed <= MOST_ROWS_AND_CELLS;
        self.rows_and_cells += usize::from(has_room);
        has_room
    }

    fn table(&mut self) -> Option<&mut Table> {
        if self.too_deep > 0 {
            return None;
        }
        self.open.last_mut()
    }

    /// Where the next block belongs: the innermost cell, or before a table that has none yet.
    fn sink(&mut self) -> &mut Vec<Block> {
        let cell = self.open.iter_mut().rev().find_map(|table| table.rows.last_mut()?.cells.last_mut());
        match cell {
            Some(cell) => &mut cell.blocks,
            None => &mut self.done,
        }
    }
}
