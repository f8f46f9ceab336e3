use lianfang_domain::{
    ReportId,
    report::{ReportContent, ReportState},
};

use super::{NewContent, ReportKey, ReportRecord};
use crate::{StoreError, Tx, crypto::SealedAt, sql::statements, value::values};

statements! {
    /// First handed in, begun, or asked for. Lateness counts from `first_submitted_at_ms`, which is set here or by
    /// `SUBMIT` once, and by no other statement.
    ADD = "INSERT INTO report (area, id, division, unit, above, template, template_version, period_on, turn, due_at_ms,
        state, content, n_unknown, first_submitted_at_ms, last_submitted_at_ms, n_corrections, by_name, on_behalf,
        why_returned, changed_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, 0, $15, $16, '', $17, 1)";
    /// Nothing is noted where somebody has begun.
    OMIT = "INSERT INTO report (area, id, division, unit, above, template, template_version, period_on, turn, due_at_ms,
        state, n_unknown, n_corrections, by_name, on_behalf, why_returned, changed_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, '', '', '', $12, 1)
        ON CONFLICT (area, template, unit, period_on, turn) DO NOTHING";
    SAVE = "UPDATE report SET template_version = $4, state = 'draft', content = $5, by_name = $6, on_behalf = $7,
        changed_at_ms = $8, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND first_submitted_at_ms IS NULL";
    SUBMIT = "UPDATE report SET template_version = $4, state = 'submitted', content = $5, n_unknown = $6,
        first_submitted_at_ms = coalesce(first_submitted_at_ms, $7), last_submitted_at_ms = $7,
        n_corrections = n_corrections + CASE WHEN first_submitted_at_ms IS NULL THEN 0 ELSE 1 END,
        by_name = $8, on_behalf = $9, why_returned = '', changed_at_ms = $7, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    RETURN = "UPDATE report SET state = 'returned', why_returned = $4, changed_at_ms = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'submitted'";
    KEEP_VERSION = "INSERT INTO report_version (area, id, report, number, template_version, content, reason, by_name,
        on_behalf, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// What a correction no longer says is nobody's figure any more.
    WITHDRAW = "DELETE FROM figure WHERE area = $1 AND indicator = $2 AND on_date = $3 AND place = $4 AND unit = $5
        AND report = $6";
}

/// Where what was filled in is sealed.
pub(super) fn content_at(report: ReportId) -> SealedAt {
    SealedAt { table: "report", column: "content", row: report.0.number() }
}

/// The same of a version.
pub(super) fn version_at(version: i64) -> SealedAt {
    SealedAt { table: "report_version", column: "content", row: version }
}

fn text(content: &ReportContent) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Tx<'_> {
    /// Begins a report, or hands it in at once. Somebody who was faster is [`StoreError::Taken`].
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn add_report(
        &mut self,
        id: ReportId,
        key: &ReportKey,
        state: ReportState,
        new: &NewContent<'_>,
    ) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let is_in = state == ReportState::Submitted;
        let sealed = self.store().vault().seal(&text(new.content)?, content_at(id))?;
        let values = values![
            key.division.home(),
            id,
            &key.division,
            key.unit,
            key.above.map_or(0, |above| above.0.number()),
            key.template,
            new.template_version,
            key.period_on,
            key.turn,
            key.due_at_ms,
            state.code(),
            sealed,
            if is_in { new.content.n_unknown() } else { 0 },
            is_in.then_some(now_ms),
            who,
            new.on_behalf,
            now_ms,
        ];
        self.one(&ADD, "report", values);
        if is_in { self.keep_report_version(id, key, 1, new) } else { Ok(()) }
    }

    /// Notes that nothing was there when a report fell due, or asks for one; where somebody has begun, nothing happens.
    pub fn expect_report(&mut self, key: &ReportKey, state: ReportState) {
        let now_ms = self.now_ms;
        let id = self.store().new_id(now_ms);
        let values = values![
            key.division.home(),
            id,
            &key.division,
            key.unit,
            key.above.map_or(0, |above| above.0.number()),
            key.template,
            key.template_version,
            key.period_on,
            key.turn,
            key.due_at_ms,
            state.code(),
            now_ms,
        ];
        self.any(&OMIT, "report", values);
    }

    /// Keeps what was typed into a report that is not handed in yet.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn save_report(&mut self, was: &ReportRecord, new: &NewContent<'_>) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let sealed = self.store().vault().seal(&text(new.content)?, content_at(was.id))?;
        let values = values![was.home(), was.id, was.version, new.template_version, sealed, who, new.on_behalf, now_ms];
        self.one(&SAVE, "report", values);
        Ok(())
    }

    /// Hands a report in, for the first time or anew; the version is kept beside those before it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn submit_report(&mut self, was: &ReportRecord, new: &NewContent<'_>) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let sealed = self.store().vault().seal(&text(new.content)?, content_at(was.id))?;
        let values = values![
            was.home(),
            was.id,
            was.version,
            new.template_version,
            sealed,
            new.content.n_unknown(),
            now_ms,
            who,
            new.on_behalf,
        ];
        self.one(&SUBMIT, "report", values);
        for indicator in new.withdrawn {
            let key = &was.key;
            let place = values![was.home(), *indicator, key.period_on, &key.division, key.unit, was.id];
            self.any(&WITHDRAW, "figures", place);
        }
        self.changed("state", was.state.code(), ReportState::Submitted.code());
        let number = was.first_submitted_at_ms.map_or(1, |_| was.n_corrections + 2);
        self.keep_report_version(was.id, &was.key, number, new)
    }

    fn keep_report_version(
        &mut self,
        report: ReportId,
        key: &ReportKey,
        number: i64,
        new: &NewContent<'_>,
    ) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = self.store().new_id(now_ms);
        let sealed = self.store().vault().seal(&text(new.content)?, version_at(id.number()))?;
        let values = values![
            key.division.home(),
            id,
            report,
            number,
            new.template_version,
            sealed,
            new.reason,
            who,
            new.on_behalf,
            now_ms,
        ];
        self.one(&KEEP_VERSION, "version of a report", values);
        Ok(())
    }

    /// Sends a report back to the unit.
    pub fn return_report(&mut self, was: &ReportRecord, why: &str) {
        let now_ms = self.now_ms;
        self.one(&RETURN, "report", values![was.home(), was.id, was.version, why, now_ms]);
        self.changed("state", was.state.code(), ReportState::Returned.code());
    }
}
