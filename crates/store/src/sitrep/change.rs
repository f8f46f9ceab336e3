use lianfang_domain::{
    Id, PartId,
    sitrep::{SitrepState, SitrepStep},
};

use super::{NewSitrep, SitrepRecord, SitrepTemplate};
use crate::{Tx, sql::statements, value::values};

statements! {
    ADD_TEMPLATE = "INSERT INTO sitrep_template (area, id, kind, name, body, state, by_name, at_ms, version)
        VALUES ($1, $2, $3, $4, $5, 'in_use', $6, $7, 1)";
    CHANGE_TEMPLATE = "UPDATE sitrep_template SET kind = $4, name = $5, body = $6, by_name = $7, at_ms = $8,
        version = version + 1 WHERE area = $1 AND id = $2 AND version = $3 AND state = 'in_use'";
    END_TEMPLATE = "UPDATE sitrep_template SET state = 'ended', by_name = $4, at_ms = $5, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'in_use'";
    ADD = "INSERT INTO sitrep (area, id, division, kind, incident, on_date, name, body, state, content, corrects,
        written_by_name, written_at_ms, cleared_by, cleared_by_name, issued_by_name, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', '', $9, $10, $11, '', '', '', 1)";
    WRITE = "UPDATE sitrep SET name = $4, body = $5, written_by_name = $6, written_at_ms = $7, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'draft'";
    STEP = "UPDATE sitrep SET state = $4, cleared_by = $5, cleared_by_name = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = $7";
    ISSUE = "UPDATE sitrep SET state = 'issued', year = $4, number = $5, content = $6, issued_by_name = $7,
        issued_at_ms = $8, version = version + 1 WHERE area = $1 AND id = $2 AND version = $3 AND state = 'cleared'";
    EVENT = "INSERT INTO sitrep_event (area, id, sitrep, step, words, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

impl Tx<'_> {
    /// Keeps a new template.
    pub fn add_sitrep_template(&mut self, new: &SitrepTemplate) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![&new.area, new.id, new.kind.code(), &new.name, &new.body, who, now_ms];
        self.one(&ADD_TEMPLATE, "template", values);
        self.changed("name", "", new.name.as_str());
    }

    /// Changes a template; `new` has what it is to be.
    pub fn change_sitrep_template(&mut self, seen: &SitrepTemplate, new: &SitrepTemplate) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![&seen.area, seen.id, seen.version, new.kind.code(), &new.name, &new.body, who, now_ms];
        self.one(&CHANGE_TEMPLATE, "template", values);
        self.changed("name", seen.name.as_str(), new.name.as_str());
        self.changed("body", seen.body.as_str(), new.body.as_str());
    }

    /// Offers a template no more.
    pub fn end_sitrep_template(&mut self, seen: &SitrepTemplate) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&END_TEMPLATE, "template", values![&seen.area, seen.id, seen.version, who, now_ms]);
        self.changed("state", "in_use", "ended");
    }

    /// Begins a situation report.
    pub fn add_sitrep(&mut self, new: &NewSitrep) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![
            new.area.home(),
            new.id,
            &new.area,
            new.kind.code(),
            new.incident,
            new.on,
            &new.name,
            &new.body,
            new.corrects,
            who,
            now_ms,
        ];
        self.one(&ADD, "situation report", values);
        self.changed("name", "", new.name.as_str());
        self.sitrep_event(new, "written", "");
    }

    /// Changes the words of a draft.
    pub fn write_sitrep(&mut self, seen: &SitrepRecord, name: &str, body: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(
            &WRITE,
            "situation report",
            values![seen.home(), seen.sitrep.id, seen.version, name, body, who, now_ms],
        );
        self.changed("name", seen.sitrep.name.as_str(), name);
        self.changed("body", seen.sitrep.body.as_str(), body);
    }

    /// Takes a step that is not issuing. `after` is the state that follows from it.
    pub fn step_sitrep(&mut self, seen: &SitrepRecord, step: SitrepStep, after: SitrepState, words: &str) {
        let (who, name) = match step {
            SitrepStep::Clear => (
                self.entry.who.map(|who| Id::from_number(who).to_string()).unwrap_or_default(),
                self.entry.who_name.clone(),
            ),
            SitrepStep::SendBack => (String::new(), String::new()),
            _ => (seen.cleared_by.clone(), seen.cleared_by_name.clone()),
        };
        let values = values![seen.home(), seen.sitrep.id, seen.version, after.code(), who, name, seen.state.code()];
        self.one(&STEP, "situation report", values);
        self.changed("state", seen.state.code(), after.code());
        self.sitrep_event(&seen.sitrep, step.code(), words);
    }

    /// Issues a cleared report: its filled text is frozen under a number of its year.
    pub fn issue_sitrep(&mut self, seen: &SitrepRecord, (year, number): (i64, i64), content: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![seen.home(), seen.sitrep.id, seen.version, year, number, content, who, now_ms];
        self.one(&ISSUE, "situation report", values);
        self.changed("state", seen.state.code(), SitrepState::Issued.code()).changed("number", 0, number);
        self.sitrep_event(&seen.sitrep, SitrepStep::Issue.code(), "");
    }

    fn sitrep_event(&mut self, sitrep: &NewSitrep, step: &str, words: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = PartId(self.store().new_id(now_ms));
        self.one(&EVENT, "step", values![sitrep.area.home(), id, sitrep.id, step, words, who, now_ms]);
    }
}
