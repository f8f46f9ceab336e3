//! Every fixed statement of the crate (lists are put together in `query.rs`), so that a test can prepare each one on both databases.

use crate::{
    api_token, area, audit, clock, import, incident, indicator, job, keys, meeting, notice, once, open, order, plan,
    policy, post, report, response, session, sitrep, sql::Sql, unit, user,
};

/// The statements of one module with their names.
type Named = &'static [(&'static str, &'static Sql)];

/// Modules and their statements.
pub(crate) static ALL: &[(&str, Named)] = &[
    ("api_token", api_token::ALL),
    ("area", area::ALL),
    ("audit", audit::ALL),
    ("clock::change", clock::CHANGE),
    ("clock::read", clock::READ),
    ("import", import::ALL),
    ("import::content", import::CONTENT),
    ("import::effect", import::EFFECT),
    ("import::undo", import::UNDO),
    ("incident::change", incident::CHANGE),
    ("incident::command", incident::COMMAND),
    ("incident::facts", incident::FACTS),
    ("incident::grade_rule", incident::GRADE_RULE),
    ("incident::read", incident::READ),
    ("indicator::change", indicator::CHANGE),
    ("indicator::read", indicator::READ),
    ("indicator::target", indicator::TARGET),
    ("job::ask", job::ASK),
    ("job::lease", job::LEASE),
    ("job::read", job::READ),
    ("keys", keys::ALL),
    ("notice::change", notice::CHANGE),
    ("notice::read", notice::READ),
    ("notice::recipient", notice::RECIPIENT),
    ("once", once::ALL),
    ("open", open::ALL),
    ("order::board", order::BOARD),
    ("order::change", order::CHANGE),
    ("order::file", order::FILE),
    ("order::read", order::READ),
    ("plan::change", plan::CHANGE),
    ("plan::edit", plan::EDIT),
    ("plan::file", plan::FILE),
    ("plan::read", plan::READ),
    ("policy", policy::ALL),
    ("post::change", post::CHANGE),
    ("post::read", post::READ),
    ("report::change", report::CHANGE),
    ("report::read", report::READ),
    ("report::template", report::TEMPLATE),
    ("response::change", response::CHANGE),
    ("response::read", response::READ),
    ("session", session::ALL),
    ("sitrep::change", sitrep::CHANGE),
    ("sitrep::read", sitrep::READ),
    ("meeting", meeting::ALL),
    ("unit::carry", unit::CARRY),
    ("unit::change", unit::CHANGE),
    ("unit::merge", unit::MERGE),
    ("user", user::ALL),
];

impl crate::Store {
    /// Prepares every statement on the open database. What cannot be prepared does not fit the schema.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database cannot be reached.
    pub async fn unfit_statements(&self) -> Result<Vec<String>, crate::StoreError> {
        let mut unfit = Vec::new();
        let own = ("engine", self.inner.engine.own_statements());
        for (module, named) in ALL.iter().chain([&own]) {
            for (name, sql) in *named {
                if let Err(error) = self.inner.engine.prepare(sql).await {
                    unfit.push(format!("{module}::{name}: {error}"));
                }
            }
        }
        Ok(unfit)
    }
}
