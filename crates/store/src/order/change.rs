use lianfang_domain::order::{ESCALATION, OrderAct, OrderState, base_of};

use super::{NewOrder, OrderRecord, board::clause_of};
use crate::{Tx, sql::statements, value::values};

statements! {
    ISSUE = "INSERT INTO orders (area, id, division, unit, above, issuer_division, issuer_unit, parent, batch, incident,
        plan, plan_key, clause, once, level, heading, role, origin, number, words, urgency, state, supervision, clock, due_at_ms,
        yellow_at_ms, place, n_done, issued_by_name, issued_at_ms, reported_at_ms, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        'none', $23, $24, $25, $26, 0, $27, $28, $29, 1)";
    SAVE = "UPDATE orders SET once = $4, state = $5, supervision = $6, clock = $7, due_at_ms = $8, yellow_at_ms = $9,
        place = $10, n_done = $11, read_at_ms = $12, signed_at_ms = $13, reported_at_ms = $14, closed_at_ms = $15,
        version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    NOTE = "INSERT INTO order_event (area, id, order_id, act, words, by_name, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OCCUR = "INSERT INTO order_occurrence (area, order_id, due_at_ms, done_at_ms, words, by_name)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// The clock that rings for it goes as the order's own.
    SYNC = "UPDATE clock SET body = $3, state = $4, next_at_ms = $5, version = version + 1
        WHERE area = $1 AND subject_kind = 'order' AND subject = $2 AND state <> 'stopped'";
    /// That the unit looked at it is noted beside whatever else happens to it.
    READ = "UPDATE orders SET read_at_ms = $3 WHERE area = $1 AND id = $2 AND read_at_ms IS NULL";
}

/// The clock as it is kept: empty where an order has none.
fn clock_text(order: &NewOrder) -> String {
    order.clock.as_ref().and_then(|clock| serde_json::to_string(clock).ok()).unwrap_or_default()
}

impl Tx<'_> {
    /// Issues an order. Thousands are issued by as many calls and are there at once when the act is kept.
    pub fn issue_order(&mut self, new: &NewOrder) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let reported = (new.state == OrderState::Reported).then_some(now_ms);
        let values = values![
            new.division.home(),
            new.id,
            &new.division,
            new.unit,
            new.above.map_or(0, |above| above.0.number()),
            &new.issuer,
            new.issuer_unit,
            new.parent,
            new.batch,
            new.incident,
            new.plan,
            &new.plan_key,
            new.plan.map(|plan| clause_of(plan, base_of(&new.plan_key))).unwrap_or_default(),
            new.once(),
            &new.level,
            &new.heading,
            new.role.code(),
            new.origin.code(),
            &new.number,
            &new.words,
            new.urgency.code(),
            new.state.code(),
            clock_text(new),
            new.due_ms(),
            new.yellow_ms(now_ms),
            new.place(now_ms, None),
            who,
            now_ms,
            reported,
        ];
        self.one(&ISSUE, "order", values);
    }

    /// Keeps what an act made of an order, with the act itself. Nothing is kept if someone else was faster.
    pub fn save_order(&mut self, was: &OrderRecord, now: &OrderRecord, act: OrderAct, words: &str) {
        let order = &now.order;
        let values = values![
            was.home(),
            order.id,
            was.version,
            order.once(),
            order.state.code(),
            now.supervision.code(),
            clock_text(order),
            order.due_ms(),
            order.yellow_ms(self.now_ms),
            order.place(now.issued_at_ms, now.closed_at_ms),
            now.n_done,
            now.read_at_ms,
            now.signed_at_ms,
            now.reported_at_ms,
            now.closed_at_ms,
        ];
        self.one(&SAVE, "order", values);
        if was.order.clock != order.clock || order.state.is_open() != was.order.state.is_open() {
            self.sync_clock(now);
        }
        self.note_order(was, act, words);
        self.changed("state", was.order.state.code(), order.state.code());
        self.changed("supervision", was.supervision.code(), now.supervision.code());
    }

    /// Has the clock that rings go on, stand or stop with the order.
    fn sync_clock(&mut self, now: &OrderRecord) {
        let Some(clock) = &now.order.clock else { return };
        // What was reported may be sent back, and its clock then goes on.
        let (state, next) = if !now.order.state.is_open() {
            ("stopped", None)
        } else if clock.stands(self.now_ms) || clock.done_at_ms.is_some() {
            ("paused", None)
        } else {
            let late = clock.due_ms().is_some_and(|due| due <= self.now_ms);
            ("running", if late { Some(self.now_ms) } else { clock.next_change_ms(self.now_ms, ESCALATION) })
        };
        let subject = now.order.id.to_string();
        self.any(&SYNC, "clock", values![now.home(), subject, clock_text(&now.order), state, next]);
    }

    /// Notes an act that leaves the order as it is, such as a reminder.
    pub fn note_order(&mut self, order: &OrderRecord, act: OrderAct, words: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let id = self.store().new_id(now_ms);
        self.one(&NOTE, "order", values![order.home(), id, order.order.id, act.code(), words, who, now_ms]);
    }

    /// Keeps that something that recurs was done for one of its times.
    pub fn note_occurrence(&mut self, order: &OrderRecord, due_at_ms: i64, words: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        self.one(&OCCUR, "order", values![order.home(), order.order.id, due_at_ms, now_ms, words, who]);
    }

    /// Notes that the unit has looked at an order.
    pub fn read_order(&mut self, order: &OrderRecord) {
        let now_ms = self.now_ms;
        self.any(&READ, "order", values![order.home(), order.order.id, now_ms]);
    }
}
