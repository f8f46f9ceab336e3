//! 表格导入: tables as people keep them, read without losing a row. Columns stand in any order under any usual header;
//! each wrong cell is named with row, column, value and what to do; rows in = stored + rejected + blank.

mod area_table;
mod check;
mod column;
mod fault;
mod field;
mod header;
mod mapping;
mod read_cell;
mod read_date;
mod read_number;
mod repeat;
mod table;
mod template;
mod unit_table;
mod value;

pub use area_table::area_template;
pub use check::{Checked, GoodRow, RejectedRow, check};
pub use column::Column;
pub use fault::{CellError, Fault};
pub use field::{ChoiceOption, Field, FieldKind, Need};
pub use header::{ColumnSuggestion, HeaderMatch, MappingSuggestion, find_header_row, suggest_mapping};
pub use mapping::{Layout, MappedColumn, Mapping, MappingRefusal, UnmappedColumn};
pub use read_cell::read_cell;
pub use read_date::{DateFault, read_date};
pub use read_number::read_whole;
pub use table::{NoSuchRow, Table};
pub use template::{ImportTemplate, Requires};
pub use unit_table::unit_template;
pub use value::Value;
