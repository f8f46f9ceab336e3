//! A table of visits is read. Rows in = stored + rejected, and each rejected one says why.

use std::fmt;
use std::io::Read;

use crate::class::VenueClass;
use crate::fault::Fault;
use crate::store::Bulk;
use crate::table::columns::{ColumnFault, Columns, Field};
use crate::time::Minute;
use crate::visit::{PersonId, Rejection, Source, Spot, VenueId, Visit};

/// Why a row is no visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowFault {
    /// A cell does not hold what its column should.
    Cell {
        /// The column's field.
        field: &'static str,
        /// What stands there.
        text: String,
    },
    /// The visit cannot be kept.
    Rejected(Rejection),
    /// The row is not of the table's form: quotes, or the number of its cells.
    Form(String),
}

impl RowFault {
    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            RowFault::Cell { field, text } => format!("{field} 列的“{text}”读不懂{}", expected_zh(field)),
            RowFault::Rejected(why) => why.zh(),
            RowFault::Form(what) => format!("这一行的格式不对：{what}"),
        }
    }
}

fn expected_zh(field: &str) -> &'static str {
    match field {
        "enter" | "leave" => "；应为 2026-11-22 08:30",
        "class" => {
            "；应为 household、room、vehicle、workplace、shop、market_hall、outdoor、transport_hub、unclassified 之一"
        }
        _ => "；应为非负整数",
    }
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowFault::Cell { field, text } => {
                let expected = match *field {
                    "enter" | "leave" => "a time such as 2026-11-22 08:30",
                    "class" => "a class such as household, room, vehicle, shop",
                    _ => "a number",
                };
                write!(f, "{field}: “{text}” is not {expected}")
            }
            RowFault::Rejected(why) => write!(f, "{why}"),
            RowFault::Form(what) => write!(f, "the row has another form: {what}"),
        }
    }
}

/// A row that was not stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Why.
    pub why: RowFault,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What became of a table: `rows == stored + rejected`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows below the header.
    pub rows: u64,
    /// Rows whose visit is stored.
    pub stored: u64,
    /// Rows that are not.
    pub rejected: u64,
}

impl TableFault {
    /// 中文。
    pub fn zh(&self) -> String {
        match self {
            TableFault::Columns(fault) => fault.zh(),
            TableFault::Store(fault) => fault.zh(),
        }
    }
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableFault::Columns(fault) => write!(f, "{fault}"),
            TableFault::Store(fault) => write!(f, "{fault}"),
        }
    }
}

/// Why a table could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// Its columns do not fit.
    Columns(ColumnFault),
    /// The store could not keep what was read.
    Store(Fault),
}

/// Rows that are handed on together.
const BATCH: usize = 8192;
/// Stays that wait in memory before they are sealed: 16 bytes each.
const MOST_WAITING: usize = 64 << 20;

/// Reads a CSV table with a header into a store, past the log: it is kept when this returns. Times are `2026-11-22 08:30`, with
/// `T` in the middle and seconds if one likes. `bad` is told each row that is not stored, `read` the number of bytes that
/// were read so far.
///
/// # Errors
/// [`TableFault`]: the header does not fit, or the store failed. What was sealed before stays.
pub fn read_csv(
    input: impl Read,
    mapping: &[String],
    bulk: &mut Bulk<'_>,
    mut bad: impl FnMut(&BadRow),
    mut read: impl FnMut(u64),
) -> Result<Imported, TableFault> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map(|header| header.iter().map(str::to_owned).collect::<Vec<_>>());
    let header = header.map_err(|error| TableFault::Columns(ColumnFault::Mapping(error.to_string())))?;
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let columns = Columns::find(&names, mapping).map_err(TableFault::Columns)?;
    let mut imported = Imported::default();
    let mut batch = Batch::default();
    let mut record = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut record);
        let line = record.position().map_or(0, csv::Position::line);
        match more {
            Ok(false) => break,
            Ok(true) => match parse(&record, &columns) {
                Ok((visit, class)) => batch.push(line, visit, class, &record),
                Err(why) => reject(&mut imported, &mut bad, line, why, &record),
            },
            Err(error) => reject(&mut imported, &mut bad, line, RowFault::Form(error.to_string()), &record),
        }
        imported.rows += 1;
        if batch.visits.len() == BATCH {
            batch.hand_on(bulk, &mut imported, &mut bad)?;
            read(reader.position().byte());
        }
    }
    batch.hand_on(bulk, &mut imported, &mut bad)?;
    bulk.flush().map_err(TableFault::Store)?;
    read(reader.position().byte());
    Ok(imported)
}

fn reject(
    imported: &mut Imported,
    bad: &mut impl FnMut(&BadRow),
    line: u64,
    why: RowFault,
    record: &csv::StringRecord,
) {
    imported.rejected += 1;
    bad(&BadRow { line, why, cells: record.iter().map(str::to_owned).collect() });
}

/// Rows that wait to be handed on.
#[derive(Default)]
struct Batch {
    visits: Vec<Visit>,
    rows: Vec<(u64, csv::StringRecord)>,
    classes: Vec<(VenueId, VenueClass)>,
}

impl Batch {
    fn push(&mut self, line: u64, visit: Visit, class: Option<VenueClass>, record: &csv::StringRecord) {
        self.classes.extend(class.map(|class| (visit.venue, class)));
        self.visits.push(visit);
        self.rows.push((line, record.clone()));
    }

    fn hand_on(
        &mut self,
        bulk: &mut Bulk<'_>,
        imported: &mut Imported,
        bad: &mut impl FnMut(&BadRow),
    ) -> Result<(), TableFault> {
        bulk.classify(&self.classes).map_err(TableFault::Store)?;
        let appended = bulk.extend(&self.visits).map_err(TableFault::Store)?;
        imported.stored += appended.stored as u64;
        for rejected in appended.rejected {
            if let Some((line, record)) = self.rows.get(rejected.index) {
                reject(imported, bad, *line, RowFault::Rejected(rejected.why), record);
            }
        }
        if bulk.waiting() > MOST_WAITING {
            bulk.flush().map_err(TableFault::Store)?;
        }
        *self = Batch::default();
        Ok(())
    }
}

fn parse(record: &csv::StringRecord, columns: &Columns) -> Result<(Visit, Option<VenueClass>), RowFault> {
    let text = |field: Field| columns.place(field).and_then(|place| record.get(place)).unwrap_or("").trim();
    let fault = |field: Field| RowFault::Cell { field: field.key(), text: text(field).to_owned() };
    let id = |field: Field| text(field).parse::<u64>().map_err(|_| fault(field));
    let small = |field: Field, most: u16| match text(field) {
        "" => Ok(0),
        text => text.parse::<u16>().ok().filter(|number| *number <= most).ok_or_else(|| fault(field)),
    };
    let leave = if text(Field::Leave).is_empty() {
        None
    } else {
        Some(minute(text(Field::Leave)).ok_or_else(|| fault(Field::Leave))?)
    };
    let class = match text(Field::Class) {
        "" => None,
        key => Some(VenueClass::of_key(key).ok_or_else(|| fault(Field::Class))?),
    };
    let visit = Visit {
        person: PersonId(id(Field::Person)?),
        venue: VenueId(id(Field::Venue)?),
        enter: minute(text(Field::Enter)).ok_or_else(|| fault(Field::Enter))?,
        leave,
        spot: Spot::new(small(Field::Spot, u16::MAX)?),
        source: Source(small(Field::Source, u8::MAX.into())? as u8),
    };
    Ok((visit, class))
}

/// A time with or without seconds.
fn minute(text: &str) -> Option<Minute> {
    text.parse::<jiff::civil::DateTime>().ok().and_then(Minute::from_civil)
}
