use lianfang_domain::{
    PartId,
    incident::{Figure, ParameterName},
};

use super::{CaseOrigin, CasesRecord, FigureRecord, IncidentRecord, NewCases, ParameterRecord};
use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    SET_PARAMETER = "INSERT INTO incident_parameter (area, incident, id, name, value, from_on, source, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TOUCH = "UPDATE incident SET version = version + 1 WHERE area = $1 AND id = $2 AND state = 'open'";
    PARAMETERS = "SELECT name, value, from_on, source, by_name, at_ms FROM incident_parameter
        WHERE area = $1 AND incident = $2 ORDER BY id";
    NOTE_FIGURE = "INSERT INTO incident_figure (area, incident, id, figure, value, as_of_ms, source, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIGURES = "SELECT figure, value, as_of_ms, source, by_name, at_ms FROM incident_figure
        WHERE area = $1 AND incident = $2 ORDER BY id";
    NOTE_CASES = "INSERT INTO incident_cases (area, incident, id, n_cases, origin, isolated_on, source, by_name, at_ms,
        struck_why, struck_by_name, struck_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', NULL)";
    STRIKE_CASES = "UPDATE incident_cases SET struck_why = $4, struck_by_name = $5, struck_at_ms = $6
        WHERE area = $1 AND incident = $2 AND id = $3 AND struck_at_ms IS NULL";
    CASES = "SELECT id, n_cases, origin, isolated_on, source, by_name, at_ms, struck_why, struck_by_name, struck_at_ms
        FROM incident_cases WHERE area = $1 AND incident = $2 ORDER BY id";
}

fn parameter(row: &Row<'_>) -> Result<ParameterRecord, StoreError> {
    let name = row.text(0)?;
    Ok(ParameterRecord {
        name: ParameterName::from_code(&name)
            .ok_or_else(|| StoreError::Broken(format!("there is no parameter “{name}”")))?,
        value: row.text(1)?,
        from_on: row.parsed(2)?,
        source: row.text(3)?,
        by: row.text(4)?,
        at_ms: row.int(5)?,
    })
}

fn figure(row: &Row<'_>) -> Result<FigureRecord, StoreError> {
    let figure = row.text(0)?;
    Ok(FigureRecord {
        figure: Figure::from_code(&figure)
            .ok_or_else(|| StoreError::Broken(format!("there is no figure “{figure}”")))?,
        value: row.int(1)?,
        as_of_ms: row.int(2)?,
        source: row.text(3)?,
        by: row.text(4)?,
        at_ms: row.int(5)?,
    })
}

fn cases(row: &Row<'_>) -> Result<CasesRecord, StoreError> {
    let origin = row.text(2)?;
    let struck = (row.text(7)?, row.text(8)?);
    Ok(CasesRecord {
        cases: NewCases {
            id: PartId(row.id(0)?),
            n_cases: row.int(1)?,
            origin: CaseOrigin::from_code(&origin)
                .ok_or_else(|| StoreError::Broken(format!("there is no origin “{origin}”")))?,
            isolated_on: row.parsed(3)?,
            source: row.text(4)?,
        },
        by: row.text(5)?,
        at_ms: row.int(6)?,
        struck: row.opt_int(9)?.map(|_| struck),
    })
}

impl Tx<'_> {
    /// Sets a parameter of the disease; what was set before stays on record.
    pub fn set_parameter(&mut self, incident: &IncidentRecord, new: &ParameterRecord) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = PartId(self.store().new_id(now_ms));
        let ParameterRecord { name, value, from_on, source, .. } = new;
        let values = values![incident.home(), incident.id, id, name.code(), value, *from_on, source, who, now_ms];
        self.one(&SET_PARAMETER, "parameter", values);
        self.touch(incident);
        self.changed(name.code(), "", value.as_str());
    }

    /// Notes a figure as of an instant.
    pub fn note_figure(
        &mut self,
        incident: &IncidentRecord,
        (figure, value): (Figure, i64),
        as_of_ms: i64,
        source: &str,
    ) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = PartId(self.store().new_id(now_ms));
        let values = values![incident.home(), incident.id, id, figure.code(), value, as_of_ms, source, who, now_ms];
        self.one(&NOTE_FIGURE, "figure", values);
        self.changed(figure.code(), "", value);
    }

    /// Notes cases that became known.
    pub fn note_cases(&mut self, incident: &IncidentRecord, new: &NewCases) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let NewCases { id, n_cases, origin, isolated_on, source } = new;
        let values =
            values![incident.home(), incident.id, *id, *n_cases, origin.code(), *isolated_on, source, who, now_ms,];
        self.one(&NOTE_CASES, "cases", values);
        self.touch(incident);
        self.changed("n_cases", 0, *n_cases);
    }

    /// Strikes out cases that were noted by mistake; the row stays, with the reason.
    pub fn strike_cases(&mut self, incident: &IncidentRecord, id: PartId, why: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&STRIKE_CASES, "cases", values![incident.home(), incident.id, id, why, who, now_ms]);
        self.touch(incident);
        self.because(why);
    }

    /// Whoever decides on what was known before has to look again.
    fn touch(&mut self, incident: &IncidentRecord) {
        self.one(&TOUCH, "incident", values![incident.home(), incident.id]);
    }
}

impl Store {
    /// Every parameter that was set, oldest first; of one name the last counts.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn parameters(&self, incident: &IncidentRecord) -> Result<Vec<ParameterRecord>, StoreError> {
        self.scan(&PARAMETERS, values![incident.home(), incident.id], parameter).await
    }

    /// Every figure that was noted, oldest first; of one name the last counts.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn figures_of(&self, incident: &IncidentRecord) -> Result<Vec<FigureRecord>, StoreError> {
        self.scan(&FIGURES, values![incident.home(), incident.id], figure).await
    }

    /// Every note of cases, oldest first, those struck out too.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn cases_of(&self, incident: &IncidentRecord) -> Result<Vec<CasesRecord>, StoreError> {
        self.scan(&CASES, values![incident.home(), incident.id], cases).await
    }
}
