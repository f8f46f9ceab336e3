use lianfang_domain::ImportId;

use super::{Undo, count, words_kept};
use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    NOTE = "INSERT INTO import_effect (import, step, place, target, n_rows, version, undo, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'kept')";
    SETTLE = "UPDATE import_effect SET state = $4 WHERE import = $1 AND step = $2 AND place = $3 AND state = 'kept'";
    OF_IMPORT = "SELECT step, place, target, n_rows, version, undo, state FROM import_effect
        WHERE import = $1 ORDER BY step DESC, place DESC";
    NOTE_LATE = "INSERT INTO import_late (import, row_number) VALUES ($1, $2) ON CONFLICT (import, row_number) DO NOTHING";
    LATE = "SELECT row_number FROM import_late WHERE import = $1 ORDER BY row_number";
    TALLY = "SELECT count(CASE WHEN place = 0 THEN 1 END), CAST(coalesce(sum(CASE WHEN place = 0 THEN n_rows END), 0) AS bigint),
        count(CASE WHEN state = 'undone' AND undo <> 'null' THEN 1 END),
        count(CASE WHEN state = 'left' AND undo <> 'null' THEN 1 END)
        FROM import_effect WHERE import = $1";
    LEFT = "SELECT target FROM import_effect WHERE import = $1 AND state = 'left' AND undo <> 'null'
        ORDER BY step, place LIMIT $2";
}

words_kept! {
    /// What became of an effect when the import was taken back.
    EffectState {
        /// It stands.
        Kept = "kept";
        /// It was taken back.
        Undone = "undone";
        /// It stands because something else was built on it since.
        Left = "left";
    }
}

/// One thing that an import did, and how it is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its step, counted from 0.
    pub step: i64,
    /// Its place in the step: 0 the area or unit itself, then its posts.
    pub place: i64,
    /// What it was done to: `unit:0m4…`.
    pub target: String,
    /// How many rows of the table the step was for.
    pub n_rows: i64,
    /// The version afterwards; while it stands, nobody has changed it since.
    pub version: i64,
    /// How it is undone; none where nothing changed.
    pub undo: Option<Undo>,
    /// Whether it stands.
    pub state: EffectState,
}

fn effect(row: &Row<'_>) -> Result<Effect, StoreError> {
    let broken = |error: serde_json::Error| StoreError::Broken(error.to_string());
    Ok(Effect {
        step: row.int(0)?,
        place: row.int(1)?,
        target: row.text(2)?,
        n_rows: row.int(3)?,
        version: row.int(4)?,
        undo: serde_json::from_str(&row.text(5)?).map_err(broken)?,
        state: EffectState::from_code(&row.text(6)?)
            .ok_or_else(|| StoreError::Broken("an import’s effect".to_owned()))?,
    })
}

/// How far an import is, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportTally {
    /// Steps stored.
    pub n_steps: i64,
    /// Rows of the table that they were for.
    pub n_rows: i64,
    /// Things taken back.
    pub n_undone: i64,
    /// Things that stand although the import was taken back.
    pub n_left: i64,
}

impl Store {
    /// What an import did, the last first: in this order it is undone.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn import_effects(&self, import: ImportId) -> Result<Vec<Effect>, StoreError> {
        self.scan(&OF_IMPORT, values![import], effect).await
    }

    /// Rows that could not be stored because someone else was faster.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn import_late_rows(&self, import: ImportId) -> Result<Vec<usize>, StoreError> {
        let read = |row: &Row<'_>| Ok(usize::try_from(row.int(0)?).unwrap_or(usize::MAX));
        self.scan(&LATE, values![import], read).await
    }

    /// How far an import is, in numbers.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn import_tally(&self, import: ImportId) -> Result<ImportTally, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(ImportTally { n_steps: row.int(0)?, n_rows: row.int(1)?, n_undone: row.int(2)?, n_left: row.int(3)? })
        };
        Ok(self.scan(&TALLY, values![import], read).await?.pop().unwrap_or_default())
    }

    /// What stands although an import was taken back, in the order of its rows, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn import_left(&self, import: ImportId, limit: u32) -> Result<Vec<String>, StoreError> {
        self.scan(&LEFT, values![import, limit], |row| row.text(0)).await
    }
}

impl Tx<'_> {
    /// Notes what a step of an import does, in the same act.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn note_effect(&mut self, import: ImportId, effect: &Effect) -> Result<(), StoreError> {
        let undo = serde_json::to_string(&effect.undo).map_err(|error| StoreError::Broken(error.to_string()))?;
        let Effect { step, place, target, n_rows, version, .. } = effect;
        self.one(&NOTE, "import", values![import, *step, *place, target, *n_rows, *version, undo]);
        Ok(())
    }

    /// Notes rows that could not be stored because someone else was faster.
    pub fn note_late(&mut self, import: ImportId, rows: &[usize]) {
        for row in rows {
            self.any(&NOTE_LATE, "import", values![import, count(*row)]);
        }
    }

    /// Notes that an effect stands although the import is taken back.
    pub fn leave_effect(&mut self, import: ImportId, effect: &Effect) {
        self.settle(import, effect, EffectState::Left);
    }

    pub(super) fn settle(&mut self, import: ImportId, effect: &Effect, state: EffectState) {
        self.one(&SETTLE, "import", values![import, effect.step, effect.place, state.code()]);
    }
}
