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
    bad: impl FnMut(&BadRow),
    mut read: impl FnMut(u64),
) -> Result<Imported, TableFault> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map(|header| header.iter().map(str::to_owned).collect::<Vec<_>>());
    let header = header.map_err(|error| TableFault::Columns(ColumnFault::Mapping(error.to_string())))?;
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut intake = Intake::new(&names, mapping, bulk, bad)?;
    let mut record = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut record);
        let line = record.position().map_or(0, csv::Position::line);
        match more {
            Ok(false) => break,
            Ok(true) => intake.row(line, &record)?,
            Err(error) => intake.no_row(line, error.to_string(), &record),
        }
        if intake.imported.rows.is_multiple_of(BATCH as u64) {
            read(reader.position().byte());
        }
    }
    let imported = intake.finish()?;
    read(reader.position().byte());
    Ok(imported)
}

/// Rows of a table on their way into a store, wherever they come from.
pub struct Intake<'a, 'b, B: FnMut(&BadRow)> {
    columns: Columns,
    batch: Batch,
    imported: Imported,
    bulk: &'a mut Bulk<'b>,
    bad: B,
}

impl<'a, 'b, B: FnMut(&BadRow)> Intake<'a, 'b, B> {
    /// Begins with the header; `mapping` as for [`Columns::find`].
    ///
    /// # Errors
    /// [`TableFault::Columns`] if the header does not fit.
    pub fn new(header: &[&str], mapping: &[String], bulk: &'a mut Bulk<'b>, bad: B) -> Result<Self, TableFault> {
        let columns = Columns::find(header, mapping).map_err(TableFault::Columns)?;
        Ok(Intake { columns, batch: Batch::default(), imported: Imported::default(), bulk, bad })
    }

    /// Takes a row.
    ///
    /// # Errors
    /// [`TableFault::Store`] if the store failed.
    pub fn row(&mut self, line: u64, record: &csv::StringRecord) -> Result<(), TableFault> {
        self.imported.rows += 1;
        match parse(record, &self.columns) {
            Ok((visit, class)) => self.batch.push(line, visit, class, record),
            Err(why) => self.reject(line, why, record),
        }
        if self.batch.visits.len() == BATCH { self.hand_on() } else { Ok(()) }
    }

    /// Counts a row that could not be read.
    pub fn no_row(&mut self, line: u64, what: String, record: &csv::StringRecord) {
        self.imported.rows += 1;
        self.reject(line, RowFault::Form(what), record);
    }

    /// Seals what was taken, and says what became of the rows.
    ///
    /// # Errors
    /// [`TableFault::Store`] if the store failed.
    pub fn finish(mut self) -> Result<Imported, TableFault> {
        self.hand_on()?;
        self.bulk.flush().map_err(TableFault::Store)?;
        Ok(self.imported)
    }

    fn reject(&mut self, line: u64, why: RowFault, record: &csv::StringRecord) {
        self.imported.rejected += 1;
        (self.bad)(&BadRow { line, why, cells: record.iter().map(str::to_owned).collect() });
    }

    fn hand_on(&mut self) -> Result<(), TableFault> {
        let batch = std::mem::take(&mut self.batch);
        self.bulk.classify(&batch.classes).map_err(TableFault::Store)?;
        let appended = self.bulk.extend(&batch.visits).map_err(TableFault::Store)?;
        self.imported.stored += appended.stored as u64;
        for rejected in appended.rejected {
            if let Some((line, record)) = batch.rows.get(rejected.index) {
                self.reject(*line, RowFault::Rejected(rejected.why), record);
            }
        }
        if self.bulk.waiting() > MOST_WAITING {
            self.bulk.flush().map_err(TableFault::Store)?;
        }
        Ok(())
    }
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
