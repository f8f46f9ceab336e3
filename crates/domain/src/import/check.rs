use std::collections::BTreeMap;

use jiff::civil::Date;

use super::read_cell::is_blank;
use super::repeat::add_repeats;
use super::table::cell;
use super::{CellError, Fault, Field, ImportTemplate, Layout, Mapping, MappingRefusal, Need, Table, Value, read_cell};
use crate::{Lang, area::AreaCode, post::PhoneNumber};

/// A row that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodRow {
    /// Its number as the user sees it.
    pub row: usize,
    /// Its values by key; a field without value is unknown.
    pub values: BTreeMap<String, Value>,
}

/// A row that cannot be stored, with its cells as they are, so that it can be given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// Its number as the user sees it.
    pub row: usize,
    /// Its cells.
    pub cells: Vec<String>,
    /// Everything that is wrong with it, at least one thing.
    pub errors: Vec<CellError>,
}

/// A table as read: every row below the header is a good, a rejected or a blank one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Rows to be stored.
    pub rows: Vec<GoodRow>,
    /// Rows that cannot be stored.
    pub rejected: Vec<RejectedRow>,
    /// How many rows hold nothing.
    pub blank: usize,
    /// How many rows stand below the header.
    pub n_in: usize,
    /// Where each column was read, and which were not.
    pub layout: Layout,
}

/// A row while it is checked.
pub(super) struct ReadRow<'a> {
    pub(super) row: usize,
    pub(super) cells: &'a [String],
    pub(super) values: BTreeMap<String, Value>,
    pub(super) errors: Vec<CellError>,
}

impl GoodRow {
    /// A text, name or choice.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.values.get(key)? {
            Value::Text(text) | Value::Choice(text) => Some(text),
            _ => None,
        }
    }

    /// The code of an area.
    pub fn area(&self, key: &str) -> Option<&AreaCode> {
        if let Value::Area(code) = self.values.get(key)? { Some(code) } else { None }
    }

    /// A whole number.
    pub fn number(&self, key: &str) -> Option<i64> {
        if let Value::Number(number) = self.values.get(key)? { Some(*number) } else { None }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        if let Value::Date(date) = self.values.get(key)? { Some(*date) } else { None }
    }

    /// A telephone number.
    pub fn phone(&self, key: &str) -> Option<&PhoneNumber> {
        if let Value::Phone(phone) = self.values.get(key)? { Some(phone) } else { None }
    }

    /// Several names; none if the field is empty.
    pub fn names(&self, key: &str) -> &[String] {
        if let Some(Value::Names(names)) = self.values.get(key) { names } else { &[] }
    }
}

impl Checked {
    /// Everything that is wrong, in the order of the rows.
    pub fn errors(&self) -> impl Iterator<Item = &CellError> {
        self.rejected.iter().flat_map(|row| &row.errors)
    }

    /// The rejected rows as a table to be corrected and uploaded again: the header, and behind each row its number in
    /// the first file and what is wrong.
    pub fn error_sheet(&self, header: &[String], lang: Lang) -> Vec<Vec<String>> {
        let added = [lang.pick("原行号", "Row"), lang.pick("错误说明", "What is wrong")].map(str::to_owned);
        let mut sheet = vec![[header, &added].concat()];
        for row in &self.rejected {
            let mut cells = row.cells.clone();
            cells.resize(header.len(), String::new());
            cells.push(row.row.to_string());
            cells.push(row.errors.iter().map(|error| error.message(lang)).collect::<Vec<_>>().join("\n"));
            sheet.push(cells);
        }
        sheet
    }
}

/// Reads a table: finds its columns, checks every cell and sorts the rows into good, rejected and blank ones. A row
/// with anything wrong is rejected whole.
///
/// # Errors
/// [`MappingRefusal`] if the mapping does not fit the table; nothing was read then.
pub fn check(template: &ImportTemplate, mapping: &Mapping, table: &Table) -> Result<Checked, MappingRefusal> {
    let layout = mapping.lay_out(template, table.header())?;
    let (blank, filled): (Vec<_>, Vec<_>) = table.rows().partition(|(_, cells)| is_blank_row(&layout, cells));
    let mut read: Vec<ReadRow<'_>> =
        filled.into_iter().map(|(row, cells)| read_row(template, &layout, row, cells)).collect();
    add_repeats(template, &layout, &mut read);
    let mut checked =
        Checked { rows: Vec::new(), rejected: Vec::new(), blank: blank.len(), n_in: table.n_rows(), layout };
    for ReadRow { row, cells, values, errors } in read {
        if errors.is_empty() {
            checked.rows.push(GoodRow { row, values });
        } else {
            checked.rejected.push(RejectedRow { row, cells: cells.to_vec(), errors });
        }
    }
    Ok(checked)
}

/// Whether a row holds nothing; a number counting the rows of an empty form is nothing.
fn is_blank_row(layout: &Layout, cells: &[String]) -> bool {
    let is_count = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    let mapped = layout.columns.values().all(|column| is_blank(cell(cells, *column)));
    mapped && layout.unmapped.iter().map(|one| cell(cells, one.column)).all(|text| is_blank(text) || is_count(text))
}

fn read_row<'a>(template: &ImportTemplate, layout: &Layout, row: usize, cells: &'a [String]) -> ReadRow<'a> {
    let mut read = ReadRow { row, cells, values: BTreeMap::new(), errors: Vec::new() };
    for field in &template.fields {
        let text = layout.columns.get(&field.key).map_or("", |column| cell(cells, *column));
        let value = read_cell(&field.kind, text).map(|value| value.or_else(|| layout.fixed.get(&field.key).cloned()));
        match value {
            Ok(Some(value)) => {
                read.values.insert(field.key.clone(), value);
            }
            Ok(None) if field.need == Need::Required => read.add(field, layout, Fault::Missing),
            Ok(None) => {}
            Err(fault) => read.add(field, layout, fault),
        }
    }
    read.check_together(template, layout);
    read
}

impl ReadRow<'_> {
    /// Notes what is wrong with a field.
    pub(super) fn add(&mut self, field: &Field, layout: &Layout, fault: Fault) {
        let column = layout.columns.get(&field.key).copied();
        self.errors.push(CellError {
            row: self.row,
            column,
            field: field.key.clone(),
            zh: field.zh.clone(),
            en: field.en.clone(),
            value: column.map_or("", |column| cell(self.cells, column)).to_owned(),
            fault,
        });
    }

    /// Whether a field is filled, rightly or not.
    pub(super) fn is_filled(&self, key: &str) -> bool {
        self.values.contains_key(key) || self.errors.iter().any(|error| error.field == key)
    }

    /// Checks fields that depend on each other.
    fn check_together(&mut self, template: &ImportTemplate, layout: &Layout) {
        for keys in &template.one_of {
            let first = keys.iter().filter(|key| layout.columns.contains_key(*key)).chain(keys).next();
            if let Some(field) = first.and_then(|key| template.field(key))
                && !keys.iter().any(|key| self.is_filled(key))
            {
                let (zh, en) = template.labels(keys);
                self.add(field, layout, Fault::NeedsOneOf { zh, en });
            }
        }
        for rule in &template.requires {
            if let (Some(when), Some(then)) = (template.field(&rule.when), template.field(&rule.then))
                && self.values.contains_key(&when.key)
                && !self.is_filled(&then.key)
            {
                self.add(then, layout, Fault::NeededBy { zh: when.zh.clone(), en: when.en.clone() });
            }
        }
    }
}

#[cfg(test)]
mod tests;
