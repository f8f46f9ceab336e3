use jiff::civil::Date;
use lianfang_domain::post::{HandOver, Incumbency, PhoneNumber, Post};

use super::{IncumbencyRecord, PostRecord, PostState, phone_at};
use crate::{StoreError, Tx, sql::statements, unit::UnitRecord, value::values};

statements! {
    ADD = "INSERT INTO post (area, id, unit, title, place_in_order, duty_phone, state, version)
        VALUES ($1, $2, $3, $4, $5, $6, 'open', 1)";
    CHANGE = "UPDATE post SET title = $4, place_in_order = $5, duty_phone = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    SET_STATE = "UPDATE post SET state = $4, version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    TOUCH = "UPDATE post SET version = version + 1 WHERE area = $1 AND id = $2 AND version = $3";
    APPOINT = "INSERT INTO incumbency (area, id, post, person, phone, from_on, until_on, tenure, state, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'valid', 1)";
    END = "UPDATE incumbency SET until_on = $4, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'valid'";
    WITHDRAW = "UPDATE incumbency SET state = $4, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND state = 'valid'";
}

fn phone_text(phone: Option<&PhoneNumber>) -> &str {
    phone.map_or("", PhoneNumber::as_str)
}

impl Tx<'_> {
    /// Adds a post to a unit.
    pub fn add_post(&mut self, unit: &UnitRecord, post: &Post) {
        let phone = phone_text(post.duty_phone.as_ref());
        let place = u32::from(post.rank_order);
        self.one(&ADD, "post", values![&unit.home(), post.id, unit.unit.id, &post.title, place, phone]);
        self.changed("post", "", post.title.as_str());
    }

    /// Changes a post's title, its place in the order and its duty phone.
    pub fn change_post(&mut self, was: &PostRecord, to: &Post) {
        let (post, place) = (&was.post, u32::from(to.rank_order));
        let phone = phone_text(to.duty_phone.as_ref());
        self.one(&CHANGE, "post", values![&was.home, post.id, was.version, &to.title, place, phone]);
        self.changed("title", post.title.as_str(), to.title.as_str());
        self.changed("place_in_order", post.rank_order, to.rank_order);
        if post.duty_phone != to.duty_phone {
            self.changed_unseen("duty_phone");
        }
    }

    /// Closes a post, or puts it to use again. Who held it stays on record.
    pub fn set_post_state(&mut self, was: &PostRecord, state: PostState) {
        self.one(&SET_STATE, "post", values![&was.home, was.post.id, was.version, state.code()]);
        self.changed("state", was.state.code(), state.code());
    }

    /// Puts someone into a post.
    ///
    /// # Errors
    /// [`StoreError`] when the number cannot be sealed.
    pub fn appoint(&mut self, post: &PostRecord, new: &Incumbency) -> Result<(), StoreError> {
        self.touch_post(post);
        self.keep_incumbency(post, new)
    }

    /// Hands a post over: ends the times that end and begins the new one.
    ///
    /// # Errors
    /// [`StoreError`] when the number cannot be sealed.
    pub fn hand_over(&mut self, post: &PostRecord, change: &HandOver) -> Result<(), StoreError> {
        self.touch_post(post);
        for closed in &change.closed {
            if let Some(was) = post.holders.iter().find(|holder| holder.incumbency.id == closed.id) {
                self.end(post, was, closed.until_on);
            }
        }
        self.keep_incumbency(post, &change.opened)
    }

    /// Ends someone's time in a post with its last day.
    pub fn end_incumbency(&mut self, post: &PostRecord, was: &IncumbencyRecord, last_on: Date) {
        self.touch_post(post);
        self.end(post, was, Some(last_on));
    }

    /// Puts a corrected record in the place of a wrong one, which is kept as such.
    ///
    /// # Errors
    /// [`StoreError`] when the number cannot be sealed.
    pub fn correct_incumbency(
        &mut self,
        post: &PostRecord,
        was: &IncumbencyRecord,
        corrected: &Incumbency,
    ) -> Result<(), StoreError> {
        self.touch_post(post);
        self.one(&WITHDRAW, "time in post", values![&post.home, was.incumbency.id, was.version, "corrected"]);
        self.keep_incumbency(post, corrected)
    }

    /// Takes back a record of a time in a post that never was; it is kept as withdrawn.
    pub fn withdraw_incumbency(&mut self, post: &PostRecord, was: &IncumbencyRecord) {
        self.touch_post(post);
        self.one(&WITHDRAW, "time in post", values![&post.home, was.incumbency.id, was.version, "withdrawn"]);
        self.changed_unseen("holder");
    }

    /// Whoever holds a post is decided on the version that was seen, so that two do not decide at once.
    fn touch_post(&mut self, post: &PostRecord) {
        self.one(&TOUCH, "post", values![&post.home, post.post.id, post.version]);
    }

    fn end(&mut self, post: &PostRecord, was: &IncumbencyRecord, last_on: Option<Date>) {
        self.one(&END, "time in post", values![&post.home, was.incumbency.id, was.version, last_on]);
        let shown = |day: Option<Date>| day.map(|day| day.to_string());
        self.changed("until_on", shown(was.incumbency.until_on), shown(last_on));
    }

    fn keep_incumbency(&mut self, post: &PostRecord, new: &Incumbency) -> Result<(), StoreError> {
        let vault = self.store().vault();
        let phone = new.phone.as_ref().map(|phone| vault.seal(phone.as_str(), phone_at(new.id))).transpose()?;
        let values = values![
            &post.home,
            new.id,
            post.post.id,
            new.person.trim(),
            phone,
            new.from_on,
            new.until_on,
            new.tenure.code()
        ];
        self.one(&APPOINT, "time in post", values);
        self.changed_unseen("holder");
        self.changed("from_on", "", new.from_on.to_string());
        Ok(())
    }
}
