use lianfang_domain::{
    Lang, NoticeId, UserId,
    notice::{NoticeKind, Quiet, Urgency},
};

use super::{NoticeRecord, Outgoing};
use crate::{
    Store, StoreError,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    UNREAD = "SELECT count(*) FROM notice WHERE user_id = $1 AND state = 'unread'";
    ONE = "SELECT id, area, kind, about, href, urgency, at_ms, read_at_ms FROM notice WHERE user_id = $1 AND id = $2";
    WAITING = "SELECT n.id, n.area, n.kind, n.about, n.href, n.urgency, n.at_ms, n.read_at_ms, u.id, u.login, u.lang
        FROM notice n JOIN users u ON u.id = n.user_id
        WHERE n.sending = 'waiting' AND n.send_after_ms <= $1 ORDER BY n.send_after_ms, n.id LIMIT $2";
    ANY_WAITING = "SELECT 1 FROM notice WHERE sending = 'waiting' AND send_after_ms <= $1 LIMIT 1";
    QUIET = "SELECT quiet FROM users WHERE id = $1";
}

fn record(row: &Row<'_>) -> Result<NoticeRecord, StoreError> {
    let (kind, about, urgency) = (row.text(2)?, row.text(3)?, row.text(5)?);
    let broken = |what: &str| StoreError::Broken(format!("a notice has “{what}”"));
    Ok(NoticeRecord {
        id: NoticeId(row.id(0)?),
        home: row.parsed(1)?,
        kind: NoticeKind::from_code(&kind).ok_or_else(|| broken(&kind))?,
        about: serde_json::from_str(&about).map_err(|error| broken(&error.to_string()))?,
        href: row.text(4)?,
        urgency: Urgency::from_code(&urgency).ok_or_else(|| broken(&urgency))?,
        at_ms: row.int(6)?,
        read_at_ms: row.opt_int(7)?,
    })
}

fn outgoing(row: &Row<'_>) -> Result<Outgoing, StoreError> {
    let lang = if row.text(10)? == "en" { Lang::En } else { Lang::Zh };
    Ok(Outgoing { notice: record(row)?, user: UserId(row.id(8)?), login: row.text(9)?, lang })
}

pub(super) fn quiet(text: &str) -> Result<Option<Quiet>, StoreError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| StoreError::Broken(format!("there is no quiet time “{text}”")))
}

impl Store {
    /// How many notices a user has not read.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_unread(&self, user: UserId) -> Result<i64, StoreError> {
        Ok(self.point(&UNREAD, &values![user], |row| row.int(0)).await?.unwrap_or(0))
    }

    /// The notices of a user, those that were not read first, in each part the latest first: at most so many, after one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn notices(
        &self,
        user: UserId,
        after: Option<&NoticeRecord>,
        limit: u32,
    ) -> Result<Vec<NoticeRecord>, StoreError> {
        let mut query =
            Query::new("SELECT id, area, kind, about, href, urgency, at_ms, read_at_ms FROM notice WHERE user_id = ");
        query.value(user);
        if let Some(after) = after {
            let state = if after.read_at_ms.is_some() { "read" } else { "unread" };
            query.text(" AND (state < ").value(state).text(" OR state = ").value(state);
            query.text(" AND id < ").value(after.id).text(")");
        }
        query.text(" ORDER BY state DESC, id DESC LIMIT ").value(limit);
        let (sql, values) = query.done();
        self.scan(sql, values, record).await
    }

    /// One notice of a user.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn notice(&self, user: UserId, id: NoticeId) -> Result<Option<NoticeRecord>, StoreError> {
        self.point(&ONE, &values![user, id], record).await
    }

    /// Notices whose time to go out as a message has come.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn outgoing(&self, now_ms: i64, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
        self.scan(&WAITING, values![now_ms, limit], outgoing).await
    }

    /// Whether any notice is to go out.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn is_any_outgoing(&self, now_ms: i64) -> Result<bool, StoreError> {
        Ok(self.point(&ANY_WAITING, &values![now_ms], |_| Ok(())).await?.is_some())
    }

    /// When a user does not want to be disturbed.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn quiet(&self, user: UserId) -> Result<Option<Quiet>, StoreError> {
        let text = self.point(&QUIET, &values![user], |row| row.text(0)).await?;
        quiet(&text.unwrap_or_default())
    }
}
