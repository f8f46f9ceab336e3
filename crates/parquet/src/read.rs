//! A table is read.

use std::fs::File;

use lianfang_trace::table::{BadRow, Cells, Imported, Intake};
use lianfang_trace::{Bulk, Day, Minute};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use crate::ParquetFault;

/// Reads a table into a store, by the rules for CSV: numbers may be of any width, times are timestamps or text.
///
/// # Errors
/// [`ParquetFault`]: it is no Parquet file, its columns do not fit, or the store failed.
pub fn read(
    file: File,
    mapping: &[String],
    bulk: &mut Bulk<'_>,
    bad: impl FnMut(&BadRow),
) -> Result<Imported, ParquetFault> {
    let reader = SerializedFileReader::new(file)?;
    let schema = reader.metadata().file_metadata().schema();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut intake = Intake::new(&names, mapping, bulk, bad).map_err(ParquetFault::Table)?;
    for (line, row) in (1u64..).zip(reader.get_row_iter(None)?) {
        match row {
            Ok(row) => intake.row(line, &cells(&row)).map_err(ParquetFault::Table)?,
            Err(error) => intake.no_row(line, error.to_string(), &Cells::new()),
        }
    }
    intake.finish().map_err(ParquetFault::Table)
}

fn cells(row: &Row) -> Cells {
    row.get_column_iter().map(|(_, field)| cell(field)).collect()
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::TimestampMillis(at) => time(at.div_euclid(60_000)),
        Field::TimestampMicros(at) => time(at.div_euclid(60_000_000)),
        other => other.to_string(),
    }
}

/// A minute since 1970 as CSV writes it.
fn time(minute: i64) -> String {
    match u32::try_from(minute).map(Minute) {
        Ok(minute) if minute >= Day(0).start() => minute.to_string(),
        _ => format!("minute {minute}"),
    }
}
