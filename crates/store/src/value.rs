use std::error::Error;

use bytes::BytesMut;
use lianfang_domain::{Id, area::AreaCode};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::StoreError;

/// A value on its way into a statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Unknown or not applicable.
    Null,
    /// A whole number, an identifier or an instant in milliseconds.
    Int(i64),
    /// A figure with a fraction.
    Real(f64),
    /// Text; civil dates as `2026-11-22`.
    Text(String),
    /// Sealed fields, hashes.
    Bytes(Vec<u8>),
}

macro_rules! values {
    ($($from:ty => |$name:ident| $make:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($name: $from) -> Value {
                $make
            }
        }
    )*};
}

values! {
    i64 => |n| Value::Int(n);
    u32 => |n| Value::Int(i64::from(n));
    f64 => |n| Value::Real(n);
    &str => |text| Value::Text(text.to_owned());
    String => |text| Value::Text(text);
    &String => |text| Value::Text(text.clone());
    Vec<u8> => |bytes| Value::Bytes(bytes);
    &[u8] => |bytes| Value::Bytes(bytes.to_vec());
    Id => |id| Value::Int(id.number());
    &AreaCode => |code| Value::Text(code.to_string());
    AreaCode => |code| Value::Text(code.to_string());
    jiff::civil::Date => |date| Value::Text(date.to_string());
}

macro_rules! id_values {
    ($($id:ident),*) => {$(
        impl From<lianfang_domain::$id> for Value {
            fn from(id: lianfang_domain::$id) -> Value {
                Value::Int(id.0.number())
            }
        }
    )*};
}

id_values!(
    SitrepTemplateId,
    SitrepId,
    MeetingId,
    UserId,
    GrantId,
    UnitId,
    PostId,
    IncumbencyId,
    JobId,
    ImportId,
    PlanId,
    IncidentId,
    EntryId,
    BodyId,
    ProposalId,
    ClockId,
    NoticeId,
    PartId,
    OrderId,
    OrderBatchId,
    OrderFileId,
    IndicatorId,
    TargetId,
    ReportTemplateId,
    ReportId
);

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// Values of any kinds in order: `values![id, "name", None::<i64>]`.
macro_rules! values_of {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}

pub(crate) use values_of as values;

/// A part of a text as LIKE takes it, with its own signs taken literally.
pub(crate) fn part_of(key: &str) -> String {
    let literal = key.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(n) => ValueRef::Real(*n),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Real(n) => n.to_sql(ty, out),
            Value::Text(text) => text.as_str().to_sql(ty, out),
            Value::Bytes(bytes) => bytes.as_slice().to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A row on its way out, of either database. Columns count from 0.
pub(crate) enum Row<'a> {
    /// Of SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// Of PostgreSQL.
    Postgres(&'a tokio_postgres::Row),
}

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident -> $type:ty;)*) => {
        impl Row<'_> {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// [`StoreError::Broken`] when the column holds something else.
                pub(crate) fn $name(&self, column: usize) -> Result<$type, StoreError> {
                    match self {
                        Row::Sqlite(row) => Ok(row.get(column)?),
                        Row::Postgres(row) => Ok(row.try_get(column)?),
                    }
                }
            )*
        }
    };
}

columns! {
    /// A whole number.
    int -> i64;
    /// A whole number or nothing.
    opt_int -> Option<i64>;
    /// A text.
    text -> String;
    /// A text or nothing.
    opt_text -> Option<String>;
    /// Bytes.
    bytes -> Vec<u8>;
    /// Bytes or nothing.
    opt_bytes -> Option<Vec<u8>>;
}

impl Row<'_> {
    /// An identifier.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the column holds none.
    pub(crate) fn id(&self, column: usize) -> Result<Id, StoreError> {
        self.int(column).map(Id::from_number)
    }

    /// An identifier or nothing.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the column holds something else.
    pub(crate) fn opt_id(&self, column: usize) -> Result<Option<Id>, StoreError> {
        Ok(self.opt_int(column)?.map(Id::from_number))
    }

    /// Whatever is kept as text and read by its own rules: codes, dates, kinds.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the text is none of them.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, column: usize) -> Result<T, StoreError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| StoreError::Broken(format!("column {column} holds “{text}”")))
    }

    /// The same, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the text is none of them.
    pub(crate) fn opt_parsed<T: std::str::FromStr>(&self, column: usize) -> Result<Option<T>, StoreError> {
        match self.opt_text(column)? {
            None => Ok(None),
            Some(text) => {
                text.parse().map(Some).map_err(|_| StoreError::Broken(format!("column {column} holds “{text}”")))
            }
        }
    }
}
