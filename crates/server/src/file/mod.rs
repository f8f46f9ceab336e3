//! Files that users hand in and take out: tables read, workbooks written.

mod download;
mod read_table;
mod upload;
mod workbook;

pub(crate) use download::download;
pub(crate) use read_table::{FoundTable, read_table};
pub(crate) use upload::Upload;
pub(crate) use workbook::{Cell, Workbook};
