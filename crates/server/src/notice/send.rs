use std::sync::Arc;

use lianfang_domain::access::Act;
use lianfang_store::{Outgoing, StoreError};

use super::gateway::Message;
use crate::{
    App,
    job::{JobFault, Work},
};

/// The kind of the job.
pub(crate) const SEND: &str = "notice.send";
/// Messages that are handed over at once.
const BATCH: u32 = 500;

/// Whether any notice is to go out.
pub(crate) async fn is_any_waiting(app: App) -> Result<bool, StoreError> {
    app.store().is_any_outgoing(app.now_ms()).await
}

/// Hands every notice whose time has come to the gateway, and notes that it went out. A crash between the two has it go
/// out again; it is never lost.
pub(crate) async fn send(work: Work) -> Result<(), JobFault> {
    loop {
        let now_ms = work.app.now_ms();
        let due = work.app.store().outgoing(now_ms, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        let messages: Vec<Message> = due.iter().map(|one| message(one, now_ms)).collect();
        let gateway = Arc::clone(&work.app.0.gateway);
        let handed_over = tokio::task::spawn_blocking(move || gateway.send(&messages)).await;
        if let Err(error) = handed_over.map_err(std::io::Error::other).flatten() {
            tracing::warn!(%error, "the gateway took no messages");
            return Err(JobFault::Later("消息未能交付发送通道 · The gateway took no messages".to_owned()));
        }
        let mut tx = work.begin(Act::SendNotices);
        tx.about("notices", due.len(), None);
        due.iter().for_each(|one| tx.note_sent(one));
        tx.commit().await?;
    }
}

fn message(one: &Outgoing, now_ms: i64) -> Message {
    let notice = &one.notice;
    Message {
        notice: notice.id.to_string(),
        user: one.user.to_string(),
        login: one.login.clone(),
        at_ms: now_ms,
        urgency: notice.urgency.code(),
        text: notice.kind.words(&notice.about, now_ms, one.lang),
        href: notice.href.clone(),
    }
}
