use rusqlite::Connection;

use crate::StoreError;

/// A table and its columns, as the schema of the embedded database names them.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
}

/// Every table but the record of migrations and SQLite's own.
pub(super) fn names(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migration'
         ORDER BY name",
    )?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// The same with their columns.
pub(super) fn all(connection: &Connection) -> Result<Vec<Table>, StoreError> {
    let mut tables = Vec::new();
    for name in names(connection)? {
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = statement.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

impl Table {
    /// The statement that reads every row.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM {}", self.columns.join(", "), self.name)
    }

    /// The statement that adds a row, its values numbered with the given sign.
    pub(super) fn insert(&self, sign: char) -> String {
        let values: Vec<String> = (1..=self.columns.len()).map(|n| format!("{sign}{n}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.columns.join(", "), values.join(", "))
    }
}
