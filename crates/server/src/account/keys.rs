use std::collections::BTreeMap;

use askama::Template;
use lianfang_domain::{Id, access::ApiScope};
use lianfang_store::ApiToken;
use serde::Deserialize;

use super::{show::account_page, words::AccountWords};
use crate::{
    Frame, Link,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, page, see_other},
    token::Token,
    visit::Visit,
};

/// How long a key can be used at most, in days.
const MOST_DAYS: i64 = 366;
const DAY_MS: i64 = 86_400_000;
/// With this every key begins, so that it is known where it turns up.
const PREFIX: &str = "lf_";

/// A new key, shown once.
#[derive(Template)]
#[template(path = "account/key.html")]
pub(crate) struct KeyPage {
    frame: Frame,
    t: AccountWords,
    name: String,
    key: String,
}

/// What was typed: `name`, `days`, and `scope_…` for each scope that was ticked.
type Fields = BTreeMap<String, String>;

pub(super) async fn make(visit: Visit, Sent(fields): Sent<Fields>) -> PageResult {
    let t = AccountWords(visit.lang);
    let mut errors = FormErrors::default();
    let text = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let name = text("key_name");
    if name.is_empty() || name.chars().count() > 60 {
        errors.add("key_name", t.key_name_bad());
    }
    let days = text("days").parse::<i64>().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    if days.is_none() {
        errors.add("days", t.days_bad());
    }
    let ticked = ApiScope::ALL.into_iter().filter(|scope| fields.contains_key(&format!("scope_{}", scope.code())));
    let scopes: Vec<&str> = ticked.map(ApiScope::code).collect();
    if scopes.is_empty() {
        errors.add("scopes", t.scopes_none());
    }
    let Some(days) = days.filter(|_| errors.is_empty()) else {
        return again(&account_page(&visit, errors).await?);
    };
    let token = Token::new()?;
    let text = format!("{PREFIX}{}", token.text);
    let key = ApiToken {
        id: visit.app.store().new_id(visit.now_ms),
        user: visit.seat()?.user,
        name: name.to_owned(),
        scopes: scopes.join(" "),
        made_at_ms: visit.now_ms,
        until_ms: visit.now_ms + days * DAY_MS,
        seen_at_ms: None,
    };
    let mut tx = visit.begin();
    tx.about("key", key.id, None);
    tx.add_api_token(&crate::token::hash(&text), &key);
    tx.commit().await?;
    let trail = vec![Link { name: t.title().to_owned(), href: "/account".to_owned() }];
    page(&KeyPage { frame: visit.frame(t.key_made(), trail), t, name: key.name, key: text })
}

#[derive(Deserialize)]
pub(super) struct EndForm {
    key: Id,
}

/// Takes a key back at once.
pub(super) async fn end(visit: Visit, Sent(form): Sent<EndForm>) -> PageResult {
    let user = visit.seat()?.user;
    let mut tx = visit.begin();
    tx.about("key", form.key, None);
    tx.end_api_token(user, form.key);
    tx.commit().await?;
    visit.app.0.seats.forget(user);
    Ok(see_other("/account"))
}
