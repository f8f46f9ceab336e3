//! The schema and how it grows. Migrations are only ever added; each carries the checksum it was applied with.

mod postgres;
mod sqlite;

use sha2::{Digest, Sha256};

use crate::StoreError;

pub(crate) use postgres::migrate as migrate_postgres;
pub(crate) use sqlite::{migrate as migrate_sqlite, version_of};

/// One step of the schema.
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
}

/// Every step, oldest first.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "ground", text: include_str!("../../migrations/0001_ground.sql") },
    Migration { version: 2, name: "job", text: include_str!("../../migrations/0002_job.sql") },
    Migration { version: 3, name: "import", text: include_str!("../../migrations/0003_import.sql") },
    Migration { version: 4, name: "api", text: include_str!("../../migrations/0004_api.sql") },
    Migration { version: 5, name: "unit_count", text: include_str!("../../migrations/0005_unit_count.sql") },
    Migration { version: 6, name: "post_count", text: include_str!("../../migrations/0006_post_count.sql") },
    Migration { version: 7, name: "unit_names", text: include_str!("../../migrations/0007_unit_names.sql") },
    Migration { version: 8, name: "plan", text: include_str!("../../migrations/0008_plan.sql") },
    Migration { version: 9, name: "incident", text: include_str!("../../migrations/0009_incident.sql") },
    Migration { version: 10, name: "order", text: include_str!("../../migrations/0010_order.sql") },
    Migration { version: 11, name: "notice", text: include_str!("../../migrations/0011_notice.sql") },
    Migration { version: 12, name: "plan_family", text: include_str!("../../migrations/0012_plan_family.sql") },
    Migration { version: 13, name: "indicator", text: include_str!("../../migrations/0013_indicator.sql") },
    Migration { version: 14, name: "report", text: include_str!("../../migrations/0014_report.sql") },
    Migration { version: 15, name: "order_board", text: include_str!("../../migrations/0015_order_board.sql") },
    Migration { version: 16, name: "sitrep", text: include_str!("../../migrations/0016_sitrep.sql") },
];

const RECORD_TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
  version bigint NOT NULL PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at_ms bigint NOT NULL
)";

/// What a start did to the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrated {
    /// The version it was at.
    pub from: i64,
    /// The version it is at now.
    pub to: i64,
    /// The copy made before, where there was something to copy.
    pub backup: Option<std::path::PathBuf>,
}

impl Migration {
    /// SHA-256 of the text, as hexadecimal digits.
    fn checksum(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The statements one by one, without comments.
    fn statements(&self) -> impl Iterator<Item = String> {
        let code: Vec<&str> = self.text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let code = code.join("\n");
        code.split(';')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// A statement as SQLite wants it, with the types it enforces.
fn for_sqlite(statement: &str) -> String {
    let typed = statement.replace(" bigint", " INTEGER").replace(" text", " TEXT").replace(" bytea", " BLOB");
    if typed.starts_with("CREATE TABLE") { format!("{typed} STRICT, WITHOUT ROWID") } else { typed }
}

/// What is applied, compared with what this program knows; gives back what is still to do.
fn pending(applied: &[(i64, String)]) -> Result<&'static [Migration], StoreError> {
    for (migration, (version, checksum)) in MIGRATIONS.iter().zip(applied) {
        if migration.version != *version || migration.checksum() != *checksum {
            return Err(StoreError::Broken(format!(
                "step {version} of the schema is not the one this version of the program knows ({}); \
                 start the version that made this database, or restore a backup",
                migration.name
            )));
        }
    }
    MIGRATIONS.get(applied.len()..).ok_or_else(|| {
        StoreError::Broken(format!(
            "the database was made by a newer version of the program: it is at step {}, this version knows {}",
            applied.len(),
            MIGRATIONS.len()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_up_from_one() {
        assert!(MIGRATIONS.iter().zip(1..).all(|(migration, version)| migration.version == version));
    }

    #[test]
    fn a_changed_or_newer_schema_is_refused_in_words() {
        let known: Vec<(i64, String)> = MIGRATIONS.iter().map(|m| (m.version, m.checksum())).collect();
        assert!(pending(&known).unwrap().is_empty());
        assert_eq!(pending(&[]).unwrap().len(), MIGRATIONS.len());
        let mut changed = known.clone();
        changed[0].1 = "0".repeat(64);
        assert!(pending(&changed).err().unwrap().to_string().contains("step 1"));
        let mut newer = known;
        newer.push((newer.len() as i64 + 1, String::new()));
        assert!(pending(&newer).err().unwrap().to_string().contains("newer"));
    }
}
