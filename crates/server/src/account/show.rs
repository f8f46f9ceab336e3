use askama::Template;
use lianfang_domain::access::ApiScope;
use lianfang_store::ApiToken;

use super::words::AccountWords;
use crate::{
    Fault, Frame,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::instant,
    visit::Visit,
};

/// The page of one's own account.
#[derive(Template)]
#[template(path = "account/show.html")]
pub(crate) struct AccountPage {
    frame: Frame,
    t: AccountWords,
    login: String,
    name: String,
    has_totp: bool,
    n_codes: i64,
    sessions: Vec<SessionLine>,
    keys: Vec<KeyLine>,
    /// Codes and words of what a key can be used for.
    scopes: Vec<(&'static str, &'static str)>,
    /// From when until when the user does not want to be disturbed; empty when always.
    quiet: (String, String),
    errors: FormErrors,
}

form_page!(AccountPage);

impl AccountPage {
    /// The page with quiet hours as they were typed.
    pub(super) fn with_quiet(self, quiet: (String, String)) -> AccountPage {
        AccountPage { quiet, ..self }
    }
}

/// A key in the table.
struct KeyLine {
    id: String,
    name: String,
    scopes: String,
    until: String,
    seen: String,
}

/// A session in the table.
struct SessionLine {
    id: String,
    agent: String,
    since: String,
    seen: String,
    here: bool,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    page(&account_page(&visit, FormErrors::default()).await?)
}

pub(super) async fn account_page(visit: &Visit, errors: FormErrors) -> Result<AccountPage, Fault> {
    let seat = visit.seat()?;
    let store = visit.app.store();
    let limits = visit.app.0.manners.sessions;
    let sessions = store.sessions_of(seat.user).await?;
    let line = |session: lianfang_store::Session| SessionLine {
        id: session.id.to_string(),
        since: instant(session.started_at_ms, visit.lang),
        seen: instant(session.seen_at_ms, visit.lang),
        here: session.id == seat.session.id,
        agent: session.agent,
    };
    let runs = |session: &lianfang_store::Session| {
        session.id == seat.session.id || limits.allow(session.started_at_ms, session.seen_at_ms, visit.now_ms)
    };
    let t = AccountWords(visit.lang);
    let quiet = store.quiet(seat.user).await?;
    Ok(AccountPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        login: seat.login.clone(),
        name: seat.name.clone(),
        has_totp: seat.has_totp,
        n_codes: store.n_recovery_codes(seat.user).await?,
        sessions: sessions.into_iter().filter(runs).map(line).collect(),
        keys: keys(visit, t).await?,
        scopes: ApiScope::ALL.map(|scope| (scope.code(), scope.words(visit.lang))).to_vec(),
        quiet: quiet.map(|quiet| (quiet.from.to_string(), quiet.until.to_string())).unwrap_or_default(),
        errors,
    })
}

/// The user's keys that can still be used.
async fn keys(visit: &Visit, t: AccountWords) -> Result<Vec<KeyLine>, Fault> {
    let tokens = visit.app.store().api_tokens_of(visit.seat()?.user).await?;
    let line = |token: ApiToken| KeyLine {
        id: token.id.to_string(),
        name: token.name,
        scopes: token.scopes.replace(' ', ", "),
        until: instant(token.until_ms, visit.lang),
        seen: token.seen_at_ms.map_or_else(|| t.never().to_owned(), |at| instant(at, visit.lang)),
    };
    Ok(tokens.into_iter().filter(|token| visit.now_ms < token.until_ms).map(line).collect())
}
