use lianfang_domain::{
    NoticeId, UserId,
    notice::{Notice, Quiet, Urgency},
};

use super::{NoticeRecord, Outgoing, Recipient};
use crate::{StoreError, Tx, sql::statements, value::values};

statements! {
    TELL = "INSERT INTO notice (area, id, user_id, kind, about, href, urgency, state, at_ms, read_at_ms, sending,
        send_after_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, 'unread', $8, NULL, 'waiting', $9)";
    /// Reading twice is reading once.
    MARK = "UPDATE notice SET state = 'read', read_at_ms = $4
        WHERE area = $1 AND id = $2 AND user_id = $3 AND state = 'unread'";
    MARK_ALL = "UPDATE notice SET state = 'read', read_at_ms = $3 WHERE user_id = $1 AND state = 'unread' AND id <= $2";
    SENT = "UPDATE notice SET sending = 'sent' WHERE area = $1 AND id = $2 AND sending = 'waiting'";
    FORGET = "DELETE FROM notice WHERE state = 'read' AND read_at_ms < $1";
    QUIET = "UPDATE users SET quiet = $2 WHERE id = $1";
}

impl Tx<'_> {
    /// Tells users something. They see it in the app at once; as a message it goes out at the end of their quiet time,
    /// and at once where it is urgent.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written down.
    pub fn notify(&mut self, to: &[Recipient], notice: &Notice) -> Result<(), StoreError> {
        let about = serde_json::to_string(&notice.about).map_err(|error| StoreError::Broken(error.to_string()))?;
        for recipient in to {
            let id = NoticeId(self.store().new_id(self.now_ms));
            let quiet = recipient.quiet.filter(|_| notice.urgency == Urgency::Ordinary);
            let send_after_ms = quiet.map_or(self.now_ms, |quiet: Quiet| quiet.free_at_ms(self.now_ms));
            let values = values![
                notice.area.home(),
                id,
                recipient.user,
                notice.kind.code(),
                &about,
                &notice.href,
                notice.urgency.code(),
                self.now_ms,
                send_after_ms,
            ];
            self.one(&TELL, "notice", values);
        }
        Ok(())
    }

    /// Marks a notice of a user as read.
    pub fn mark_read(&mut self, user: UserId, notice: &NoticeRecord) {
        self.any(&MARK, "notice", values![&notice.home, notice.id, user, self.now_ms]);
    }

    /// Marks all notices of a user as read, up to the latest that they saw.
    pub fn mark_all_read(&mut self, user: UserId, latest: NoticeId) {
        self.any(&MARK_ALL, "notices", values![user, latest, self.now_ms]);
    }

    /// Notes that a notice went out.
    pub fn note_sent(&mut self, sent: &Outgoing) {
        self.any(&SENT, "notice", values![&sent.notice.home, sent.notice.id]);
    }

    /// Forgets notices that were read before an instant.
    pub fn forget_notices(&mut self, before_ms: i64) {
        self.any(&FORGET, "notices", values![before_ms]);
    }

    /// Keeps when a user does not want to be disturbed.
    pub fn set_quiet(&mut self, user: UserId, quiet: Option<Quiet>) {
        let text = quiet.map(|quiet| quiet.to_string()).unwrap_or_default();
        self.changed("quiet", "", text.as_str());
        self.one(&QUIET, "user", values![user, text]);
    }
}
