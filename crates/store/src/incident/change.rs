use lianfang_domain::{EntryId, incident::IncidentState, plan::ResponseLevel};

use super::{IncidentPhase, IncidentRecord, NewEntry, NewIncident, Venue};
use crate::{Tx, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO incident (area, id, division, kind, name, state, disease, grade, level, level_since_ms,
        began_at_ms, plan, onset_on, discovered_at_ms, reported_at_ms, reported_to, summary, made_by_name, made_at_ms,
        closed_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, 'open', $6, NULL, NULL, NULL, NULL, $7, $8, $9, NULL, '', $10, $11, $12, NULL, 1)";
    NOTE = "INSERT INTO incident_entry (area, incident, id, kind, at_ms, noted_at_ms, who_name, words, basis, addressees)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    CHANGE = "UPDATE incident SET name = $4, disease = $5, plan = $6, onset_on = $7, summary = $8, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'open'";
    REPORT = "UPDATE incident SET reported_at_ms = $4, reported_to = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND reported_at_ms IS NULL";
    GRADE = "UPDATE incident SET grade = $4, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'open'";
    CLOSE = "UPDATE incident SET state = $4, closed_at_ms = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state <> $4 AND level IS NULL";
    ADD_PHASE = "INSERT INTO incident_phase (area, incident, id, name, from_on, until_on, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE_PHASE = "UPDATE incident_phase SET name = $4, from_on = $5, until_on = $6, words = $7
        WHERE area = $1 AND incident = $2 AND id = $3";
    ADD_VENUE = "INSERT INTO incident_venue (area, incident, id, name, division, words) VALUES ($1, $2, $3, $4, $5, $6)";
}

impl Tx<'_> {
    /// Opens an incident.
    pub fn add_incident(&mut self, new: &NewIncident) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let NewIncident { id, area, kind, name, disease, plan, onset_on, discovered_at_ms, summary } = new;
        let values = values![
            area.home(),
            *id,
            area,
            kind.code(),
            name,
            disease,
            *plan,
            *onset_on,
            *discovered_at_ms,
            summary,
            who,
            now_ms,
        ];
        self.one(&ADD, "incident", values);
        self.changed("name", "", name.as_str()).changed("kind", "", kind.code());
    }

    /// Puts an entry into the log of an incident.
    pub fn note(&mut self, incident: &IncidentRecord, entry: &NewEntry) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = EntryId(self.store().new_id(now_ms));
        let NewEntry { kind, at_ms, words, basis, addressees } = entry;
        let values =
            values![incident.home(), incident.id, id, kind.code(), *at_ms, now_ms, who, words, basis, addressees,];
        self.one(&NOTE, "log entry", values);
    }

    /// Changes what is known of an incident; `new` has what it is to be.
    pub fn change_incident(&mut self, seen: &IncidentRecord, new: &IncidentRecord) {
        let IncidentRecord { name, disease, plan, onset_on, summary, .. } = new;
        let values = values![seen.home(), seen.id, seen.version, name, disease, *plan, *onset_on, summary];
        self.one(&CHANGE, "incident", values);
        self.changed("name", seen.name.as_str(), name.as_str());
        self.changed("disease", seen.disease.as_str(), disease.as_str());
        let text = |plan: Option<lianfang_domain::PlanId>| plan.map(|plan| plan.to_string()).unwrap_or_default();
        self.changed("plan", text(seen.plan), text(*plan));
    }

    /// Notes the first report; the time is that of the server.
    pub fn report_incident(&mut self, seen: &IncidentRecord, to: &str) {
        let now_ms = self.now_ms;
        self.one(&REPORT, "incident", values![seen.home(), seen.id, seen.version, now_ms, to]);
        self.changed("reported_to", "", to);
    }

    /// Sets how grave the event is.
    pub fn grade_incident(&mut self, seen: &IncidentRecord, grade: Option<ResponseLevel>) {
        let code = |grade: Option<ResponseLevel>| grade.map(ResponseLevel::code);
        self.one(&GRADE, "incident", values![seen.home(), seen.id, seen.version, code(grade)]);
        self.changed("grade", code(seen.grade).unwrap_or_default(), code(grade).unwrap_or_default());
    }

    /// Closes an incident of which no response runs, or opens it again.
    pub fn set_incident_state(&mut self, seen: &IncidentRecord, state: IncidentState) {
        let closed_at_ms = (state == IncidentState::Closed).then_some(self.now_ms);
        self.one(&CLOSE, "incident", values![seen.home(), seen.id, seen.version, state.code(), closed_at_ms]);
        self.changed("state", seen.state.code(), state.code());
    }

    /// Adds a phase.
    pub fn add_phase(&mut self, incident: &IncidentRecord, phase: &IncidentPhase) {
        let IncidentPhase { id, name, from_on, until_on, words } = phase;
        let values = values![incident.home(), incident.id, *id, name, *from_on, *until_on, words];
        self.one(&ADD_PHASE, "phase", values);
        self.changed("phase", "", name.as_str());
    }

    /// Changes a phase.
    pub fn change_phase(&mut self, incident: &IncidentRecord, seen: &IncidentPhase, phase: &IncidentPhase) {
        let IncidentPhase { id, name, from_on, until_on, words } = phase;
        let values = values![incident.home(), incident.id, *id, name, *from_on, *until_on, words];
        self.one(&CHANGE_PHASE, "phase", values);
        let days = |phase: &IncidentPhase| {
            let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{} {}–{}", phase.name, day(phase.from_on), day(phase.until_on))
        };
        self.changed("phase", days(seen), days(phase));
    }

    /// Adds a venue.
    pub fn add_venue(&mut self, incident: &IncidentRecord, venue: &Venue) {
        let Venue { id, name, area, words } = venue;
        self.one(&ADD_VENUE, "venue", values![incident.home(), incident.id, *id, name, area, words]);
        self.changed("venue", "", name.as_str());
    }
}
