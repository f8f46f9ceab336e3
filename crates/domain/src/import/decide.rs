use std::collections::BTreeMap;

use super::table::cell;
use super::{CellError, Checked, Fault, ImportTemplate, RejectedRow, Table};

/// A row that reads well and still cannot be stored beside what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number as the user sees it.
    pub row: usize,
    /// The key of the field that is in the way.
    pub field: &'static str,
    /// Why.
    pub fault: Fault,
}

/// What an import will do: steps in the order in which they can be taken, and the rows for which there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<T> {
    /// What will be stored. Each step names its rows.
    pub steps: Vec<T>,
    /// Rows that cannot be stored.
    pub refused: Vec<Refused>,
}

impl Checked {
    /// Moves rows from the good to the rejected ones, with the reasons. A row that is there no more is passed over.
    pub fn refuse(&mut self, template: &ImportTemplate, table: &Table, refused: &[Refused]) {
        let mut by_row: BTreeMap<usize, Vec<&Refused>> = BTreeMap::new();
        for one in refused {
            by_row.entry(one.row).or_default().push(one);
        }
        self.rows.retain(|good| !by_row.contains_key(&good.row));
        let already: Vec<usize> = self.rejected.iter().map(|row| row.row).collect();
        by_row.retain(|row, _| !already.contains(row));
        let cells: BTreeMap<usize, &[String]> = table.rows().filter(|(row, _)| by_row.contains_key(row)).collect();
        for (row, reasons) in by_row {
            let Some(cells) = cells.get(&row) else { continue };
            let errors = reasons.into_iter().filter_map(|one| self.error(template, cells, one)).collect();
            self.rejected.push(RejectedRow { row, cells: cells.to_vec(), errors });
        }
        self.rejected.sort_by_key(|row| row.row);
    }

    fn error(&self, template: &ImportTemplate, cells: &[String], refused: &Refused) -> Option<CellError> {
        let field = template.field(refused.field)?;
        let column = self.layout.columns.get(&field.key).copied();
        Some(CellError {
            row: refused.row,
            column,
            field: field.key.clone(),
            zh: field.zh.clone(),
            en: field.en.clone(),
            value: column.map_or("", |column| cell(cells, column)).to_owned(),
            fault: refused.fault.clone(),
        })
    }
}
