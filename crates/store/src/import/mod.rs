//! Imports: the uploaded table, how far it is, what it did and how that is undone.

mod content;
mod effect;
mod undo;

use lianfang_domain::{ImportId, UserId};

pub(crate) use content::ALL as CONTENT;
pub(crate) use effect::ALL as EFFECT;
pub use effect::{Effect, EffectState, ImportTally};
pub(crate) use undo::ALL as UNDO;
pub use undo::Undo;

use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO import (id, kind, file, state, made_by, made_at_ms, done_at_ms, header_row, mapping, answers,
        n_rows, n_rejected, n_blank, n_steps, version) VALUES ($1, $2, $3, 'ready', $4, $5, NULL, $6, $7, '{}', $8, 0, 0, 0, 1)";
    SET_READING = "UPDATE import SET header_row = $3, mapping = $4, answers = $5, n_rows = $6, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'ready'";
    START = "UPDATE import SET state = 'running', n_rejected = $3, n_blank = $4, n_steps = $5, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'ready'";
    SET_STATE = "UPDATE import SET state = $3, done_at_ms = $4, version = version + 1 WHERE id = $1 AND version = $2";
    ONE = "SELECT id, kind, file, state, made_by, made_at_ms, done_at_ms, header_row, mapping, answers, n_rows,
        n_rejected, n_blank, n_steps, version FROM import WHERE id = $1";
    OF_USER = "SELECT id, kind, file, state, made_by, made_at_ms, done_at_ms, header_row, mapping, answers, n_rows,
        n_rejected, n_blank, n_steps, version FROM import WHERE made_by = $1 ORDER BY made_at_ms DESC, id DESC LIMIT $2";
    MAPPING = "SELECT mapping FROM import_mapping WHERE kind = $1";
    KEEP_MAPPING = "INSERT INTO import_mapping (kind, mapping) VALUES ($1, $2)
        ON CONFLICT (kind) DO UPDATE SET mapping = excluded.mapping";
}

/// Declares what is kept as one of a few words.
macro_rules! words_kept {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            /// The text that is kept.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }

            /// What a text means.
            pub fn from_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
        }
    };
}

pub(crate) use words_kept;

words_kept! {
    /// What is imported.
    ImportKind {
        /// Areas.
        Areas = "areas";
        /// Units with posts and people.
        Units = "units";
    }
}

words_kept! {
    /// How far an import is.
    ImportState {
        /// Uploaded; columns and doubts are being settled.
        Ready = "ready";
        /// Its rows are being stored.
        Running = "running";
        /// Stored.
        Done = "done";
        /// Being taken back.
        Undoing = "undoing";
        /// Taken back.
        Undone = "undone";
        /// Put aside before anything was stored; the uploaded table is deleted.
        Dropped = "dropped";
    }
}

/// A table that was just uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// Its identifier.
    pub id: ImportId,
    /// What is imported.
    pub kind: ImportKind,
    /// The name of the file.
    pub file: String,
    /// Who uploaded it.
    pub made_by: UserId,
    /// The row of the header, from 1.
    pub header_row: usize,
    /// Which field each column holds, as text.
    pub mapping: String,
    /// How many rows stand below the header.
    pub n_rows: usize,
}

/// An import as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Its identifier.
    pub id: ImportId,
    /// What is imported.
    pub kind: ImportKind,
    /// The name of the file.
    pub file: String,
    /// How far it is.
    pub state: ImportState,
    /// Who uploaded it.
    pub made_by: UserId,
    /// When, in milliseconds.
    pub made_at_ms: i64,
    /// When it was stored or taken back.
    pub done_at_ms: Option<i64>,
    /// The row of the header, from 1.
    pub header_row: usize,
    /// Which field each column holds, as text.
    pub mapping: String,
    /// What the user said about doubtful names, as text.
    pub answers: String,
    /// Rows below the header.
    pub n_rows: i64,
    /// Rows rejected before storing began.
    pub n_rejected: i64,
    /// Rows that hold nothing.
    pub n_blank: i64,
    /// Steps to be done.
    pub n_steps: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

impl ImportRecord {
    /// Whether a job stores it or takes it back.
    pub fn is_at_work(&self) -> bool {
        matches!(self.state, ImportState::Running | ImportState::Undoing)
    }
}

/// What is known when storing begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportCounts {
    /// Rows rejected.
    pub n_rejected: usize,
    /// Rows that hold nothing.
    pub n_blank: usize,
    /// Steps to be done.
    pub n_steps: usize,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn record(row: &Row<'_>) -> Result<ImportRecord, StoreError> {
    let broken = |what: &str| StoreError::Broken(format!("an import’s {what}"));
    Ok(ImportRecord {
        id: ImportId(row.id(0)?),
        kind: ImportKind::from_code(&row.text(1)?).ok_or_else(|| broken("kind"))?,
        file: row.text(2)?,
        state: ImportState::from_code(&row.text(3)?).ok_or_else(|| broken("state"))?,
        made_by: UserId(row.id(4)?),
        made_at_ms: row.int(5)?,
        done_at_ms: row.opt_int(6)?,
        header_row: usize::try_from(row.int(7)?).map_err(|_| broken("header row"))?,
        mapping: row.text(8)?,
        answers: row.text(9)?,
        n_rows: row.int(10)?,
        n_rejected: row.int(11)?,
        n_blank: row.int(12)?,
        n_steps: row.int(13)?,
        version: row.int(14)?,
    })
}

impl Store {
    /// An import of this user; those of others are not there.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn import(&self, id: ImportId, of: UserId) -> Result<Option<ImportRecord>, StoreError> {
        Ok(self.point(&ONE, &values![id], record).await?.filter(|import| import.made_by == of))
    }

    /// The latest imports of a user, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn imports(&self, of: UserId, limit: u32) -> Result<Vec<ImportRecord>, StoreError> {
        self.scan(&OF_USER, values![of, limit], record).await
    }

    /// Which fields the columns of the last import of this kind held, as text.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn kept_mapping(&self, kind: ImportKind) -> Result<Option<String>, StoreError> {
        self.point(&MAPPING, &values![kind.code()], |row| row.text(0)).await
    }
}

impl Tx<'_> {
    /// Keeps an uploaded table. Its cells may hold personal data and are sealed.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be sealed.
    pub fn add_import(&mut self, new: &NewImport, cells: &[Vec<String>]) -> Result<(), StoreError> {
        let (header_row, n_rows) = (count(new.header_row), count(new.n_rows));
        let values =
            values![new.id, new.kind.code(), &new.file, new.made_by, self.now_ms, header_row, &new.mapping, n_rows];
        self.one(&ADD, "import", values);
        self.changed("rows", 0, n_rows);
        self.put_parts(new.id, cells)
    }

    /// Keeps where the header stands, what the columns hold and what the user said about doubts.
    pub fn set_import_reading(&mut self, was: &ImportRecord, to: &ImportRecord) {
        let values = values![was.id, was.version, count(to.header_row), &to.mapping, &to.answers, to.n_rows];
        self.one(&SET_READING, "import", values);
        self.any(&KEEP_MAPPING, "mapping", values![to.kind.code(), &to.mapping]);
    }

    /// Begins to store.
    pub fn start_import(&mut self, was: &ImportRecord, counts: ImportCounts) {
        let (rejected, blank, steps) = (count(counts.n_rejected), count(counts.n_blank), count(counts.n_steps));
        self.one(&START, "import", values![was.id, was.version, rejected, blank, steps]);
        self.changed("rejected", 0, rejected);
        self.changed("steps", 0, steps);
    }

    /// Says how far an import is.
    pub fn set_import_state(&mut self, was: &ImportRecord, state: ImportState) {
        let done = matches!(state, ImportState::Done | ImportState::Undone).then_some(self.now_ms);
        self.one(&SET_STATE, "import", values![was.id, was.version, state.code(), done.or(was.done_at_ms)]);
        self.changed("state", was.state.code(), state.code());
        if state == ImportState::Dropped {
            self.drop_parts(was.id);
        }
    }
}
