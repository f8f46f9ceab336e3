//! Meetings of the headquarters: who was there, minutes, and what was decided.

use lianfang_domain::{IncidentId, MeetingId, OrderBatchId, PartId, access::Scope, area::AreaCode};

use crate::{
    Store, StoreError, Tx,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO meeting (area, id, division, incident, name, held_at_ms, chair, present, minutes, by_name, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)";
    CHANGE = "UPDATE meeting SET name = $4, held_at_ms = $5, chair = $6, present = $7, minutes = $8, by_name = $9,
        version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    DECIDE = "INSERT INTO meeting_decision (area, id, meeting, words, units, due_at_ms, batch, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8)";
    DROP = "DELETE FROM meeting_decision WHERE area = $1 AND id = $2 AND batch IS NULL";
    ORDERED = "UPDATE meeting_decision SET batch = $3 WHERE area = $1 AND id = $2 AND batch IS NULL";
    DECISIONS = "SELECT id, words, units, due_at_ms, batch, by_name, at_ms FROM meeting_decision
        WHERE area = $1 AND meeting = $2 ORDER BY id";
}

const COLUMNS: &str =
    "SELECT m.id, m.division, m.incident, m.name, m.held_at_ms, m.chair, m.present, m.minutes, m.by_name,
    m.version FROM meeting m WHERE";

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its identifier.
    pub id: MeetingId,
    /// The area of the headquarters that meets.
    pub area: AreaCode,
    /// The incident it is about, if it is about one.
    pub incident: Option<IncidentId>,
    /// What it is called.
    pub name: String,
    /// When it is or was held.
    pub held_at_ms: i64,
    /// Who leads it, by post.
    pub chair: String,
    /// Who is there.
    pub present: String,
    /// What was said.
    pub minutes: String,
    /// Who wrote this last.
    pub by: String,
    /// For telling whether someone else was faster.
    pub version: i64,
}

/// Something that a meeting decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its identifier.
    pub id: PartId,
    /// What.
    pub words: String,
    /// Whom it goes to: registered names, one a line; empty where nobody has to do anything.
    pub units: String,
    /// By when.
    pub due_at_ms: Option<i64>,
    /// The orders that it became.
    pub batch: Option<OrderBatchId>,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

fn record(row: &Row<'_>) -> Result<Meeting, StoreError> {
    Ok(Meeting {
        id: MeetingId(row.id(0)?),
        area: row.parsed(1)?,
        incident: row.opt_id(2)?.map(IncidentId),
        name: row.text(3)?,
        held_at_ms: row.int(4)?,
        chair: row.text(5)?,
        present: row.text(6)?,
        minutes: row.text(7)?,
        by: row.text(8)?,
        version: row.int(9)?,
    })
}

impl Tx<'_> {
    /// Puts a meeting down.
    pub fn add_meeting(&mut self, new: &Meeting) {
        let who = self.entry.who_name.clone();
        let values = values![
            new.area.home(),
            new.id,
            &new.area,
            new.incident,
            &new.name,
            new.held_at_ms,
            &new.chair,
            &new.present,
            &new.minutes,
            who,
        ];
        self.one(&ADD, "meeting", values);
        self.changed("name", "", new.name.as_str());
    }

    /// Changes what is known of a meeting; `new` has what it is to be.
    pub fn change_meeting(&mut self, seen: &Meeting, new: &Meeting) {
        let who = self.entry.who_name.clone();
        let values = values![
            seen.area.home(),
            seen.id,
            seen.version,
            &new.name,
            new.held_at_ms,
            &new.chair,
            &new.present,
            &new.minutes,
            who,
        ];
        self.one(&CHANGE, "meeting", values);
        self.changed("minutes", seen.minutes.as_str(), new.minutes.as_str());
    }

    /// Notes a decision.
    pub fn add_decision(&mut self, meeting: &Meeting, new: &Decision) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values =
            values![meeting.area.home(), new.id, meeting.id, &new.words, &new.units, new.due_at_ms, who, now_ms];
        self.one(&DECIDE, "decision", values);
        self.changed("decision", "", new.words.as_str());
    }

    /// Takes a decision out of which nothing was ordered yet.
    pub fn drop_decision(&mut self, meeting: &Meeting, seen: &Decision) {
        self.one(&DROP, "decision", values![meeting.area.home(), seen.id]);
        self.changed("decision", seen.words.as_str(), "");
    }

    /// Notes that a decision became orders; it does so once.
    pub fn order_decision(&mut self, meeting: &Meeting, seen: &Decision, batch: OrderBatchId) {
        self.one(&ORDERED, "decision", values![meeting.area.home(), seen.id, batch]);
    }
}

impl Store {
    /// Meetings that the scope holds, the latest first: at most so many.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn meetings(&self, scope: &Scope, limit: u32) -> Result<Vec<Meeting>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("m.division", scope).text(" ORDER BY m.held_at_ms DESC, m.id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// One meeting, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn meeting(&self, id: MeetingId, scope: &Scope) -> Result<Option<Meeting>, StoreError> {
        let mut query = Query::new(COLUMNS);
        query.within("m.division", scope).text(" AND m.id = ").value(id);
        let (sql, values) = query.done();
        self.point(sql, &values, record).await
    }

    /// What a meeting decided, in order.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn decisions(&self, meeting: &Meeting) -> Result<Vec<Decision>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(Decision {
                id: PartId(row.id(0)?),
                words: row.text(1)?,
                units: row.text(2)?,
                due_at_ms: row.opt_int(3)?,
                batch: row.opt_id(4)?.map(OrderBatchId),
                by: row.text(5)?,
                at_ms: row.int(6)?,
            })
        };
        self.scan(&DECISIONS, values![meeting.area.home(), meeting.id], read).await
    }
}
