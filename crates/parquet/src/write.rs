//! A day is written.

use std::io::Write;
use std::sync::Arc;

use lianfang_trace::table::ExportRow;
use lianfang_trace::{Day, Minute, Snapshot};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::ParquetFault;

/// The columns. Times are civil: without a time zone.
const SCHEMA: &str = "message visits {
    required int64 person (integer(64,false));
    required int64 venue (integer(64,false));
    required int64 enter (timestamp(millis,false));
    optional int64 leave (timestamp(millis,false));
    optional int32 spot (integer(16,false));
    required int32 source (integer(8,false));
    required binary class (string);
}";

/// Rows that share statistics.
const GROUP: usize = 1 << 20;

/// Writes the stays of a day. Gives the number of rows.
///
/// # Errors
/// [`ParquetFault::File`] if the output refused.
pub fn write(snapshot: &Snapshot, day: Day, out: impl Write + Send) -> Result<u64, ParquetFault> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
    let mut writer = SerializedFileWriter::new(out, schema, properties)?;
    let mut rows = snapshot.rows(day);
    let mut count = 0;
    loop {
        let group: Vec<ExportRow> = rows.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        count += group.len() as u64;
        let mut out = writer.next_row_group()?;
        write_group(&mut out, &group)?;
        out.close()?;
    }
    writer.close()?;
    Ok(count)
}

fn write_group<W: Write + Send>(
    out: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[ExportRow],
) -> Result<(), ParquetFault> {
    column::<Int64Type, _>(out, rows, |row| Some(row.person.0 as i64))?;
    column::<Int64Type, _>(out, rows, |row| Some(row.venue.0 as i64))?;
    column::<Int64Type, _>(out, rows, |row| Some(millis(row.enter)))?;
    optional::<Int64Type, _>(out, rows, |row| row.leave.map(millis))?;
    optional::<Int32Type, _>(out, rows, |row| row.spot.map(|spot| spot.number().into()))?;
    column::<Int32Type, _>(out, rows, |row| Some(row.source.0.into()))?;
    column::<ByteArrayType, _>(out, rows, |row| Some(ByteArray::from(row.class.key())))
}

/// Milliseconds of civil time since 1970-01-01 00:00.
fn millis(at: Minute) -> i64 {
    i64::from(at.0) * 60_000
}

fn column<T: DataType, W: Write + Send>(
    out: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[ExportRow],
    value: impl Fn(&ExportRow) -> Option<T::T>,
) -> Result<(), ParquetFault> {
    put::<T, W>(out, rows.iter().filter_map(value).collect(), None)
}

fn optional<T: DataType, W: Write + Send>(
    out: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[ExportRow],
    value: impl Fn(&ExportRow) -> Option<T::T>,
) -> Result<(), ParquetFault> {
    let given: Vec<i16> = rows.iter().map(|row| i16::from(value(row).is_some())).collect();
    put::<T, W>(out, rows.iter().filter_map(value).collect(), Some(&given))
}

fn put<T: DataType, W: Write + Send>(
    out: &mut SerializedRowGroupWriter<'_, W>,
    values: Vec<T::T>,
    given: Option<&[i16]>,
) -> Result<(), ParquetFault> {
    let Some(mut column) = out.next_column()? else {
        return Err(ParquetFault::File("a column is missing".into()));
    };
    column.typed::<T>().write_batch(&values, given, None)?;
    Ok(column.close()?)
}
