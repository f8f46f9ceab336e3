//! 表格: visits as rows of a table, in and out.

mod columns;
mod read;
mod write;

pub use columns::{ColumnFault, Columns, Field};
pub use csv::StringRecord as Cells;
pub use read::{BadRow, Imported, Intake, RowFault, TableFault, read_csv};
pub use write::{ExportRow, HEADER, write_csv};
