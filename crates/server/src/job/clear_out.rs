use lianfang_domain::access::Act;

use super::{JobFault, Work};

/// For how long jobs that are done can still be looked at, in milliseconds.
const JOBS_KEPT_MS: i64 = 30 * 86_400_000;

/// For how long a request with a key of its own can be sent again, in milliseconds.
const ONCE_KEPT_MS: i64 = 7 * 86_400_000;

/// For how long a notice that was read can be looked at again, in milliseconds.
const NOTICES_KEPT_MS: i64 = 90 * 86_400_000;

/// For how long an uploaded table is kept, in milliseconds: long enough to correct its rejected rows.
const UPLOADS_KEPT_MS: i64 = 30 * 86_400_000;

/// Forgets sessions that can no longer run, links and keys that ran out, uploaded tables, notices and jobs
/// long done.
pub(super) async fn run(work: Work) -> Result<(), JobFault> {
    let now_ms = work.app.now_ms();
    let mut tx = work.begin(Act::ClearOut);
    tx.about("system", "expired", None);
    // Not seen for longer than any session lasts.
    tx.forget_sessions(now_ms - work.app.0.manners.sessions.whole_ms);
    tx.forget_invitations(now_ms);
    tx.forget_api_tokens(now_ms);
    tx.forget_once(now_ms - ONCE_KEPT_MS);
    tx.forget_uploads(now_ms - UPLOADS_KEPT_MS);
    tx.forget_notices(now_ms - NOTICES_KEPT_MS);
    tx.forget_jobs(now_ms - JOBS_KEPT_MS);
    work.finish(tx).await
}
