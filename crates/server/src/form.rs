use std::borrow::Cow;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use schemars::JsonSchema;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{App, Fault, api::pairs_of, filled::LONGEST, token, visit::Visit};

/// A form that was sent from one of our pages: its fields, once its token was found to be that of the session.
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &App) -> Result<Sent<T>, Fault> {
        let visit = request.extensions().get::<Visit>().cloned().ok_or(Fault::FormStale)?;
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        if visit.wants_json {
            return from_program(request, &visit).await;
        }
        if !kind.starts_with("application/x-www-form-urlencoded") {
            let words = visit.lang.pick("这里需要表单内容。", "A form is expected here.");
            return Err(Fault::BadInput(words.to_owned()));
        }
        let body = axum::body::to_bytes(request.into_body(), LONGEST).await.map_err(|_| {
            Fault::BadInput(visit.lang.pick(
                format!("内容超过 {} KB，请缩短后重试；成批数据请用导入。", LONGEST / 1024),
                format!("More than {} kB; shorten it, or use the import for many records.", LONGEST / 1024),
            ))
        })?;
        let sent = form_urlencoded::parse(&body).find(|(name, _)| name == "_csrf").map(|(_, value)| value);
        if !sent.is_some_and(|sent| token::same(&sent, &visit.csrf())) {
            return Err(Fault::FormStale);
        }
        let fields: Result<T, _> = serde_urlencoded::from_bytes(&body);
        fields.map(Sent).map_err(|error| Fault::BadInput(error.to_string()))
    }
}

/// The same from a program, which sends JSON. No page of another site can send that, so it needs no token.
async fn from_program<T: DeserializeOwned>(request: Request, visit: &Visit) -> Result<Sent<T>, Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.starts_with("application/json") {
        let words = visit.lang.pick("这里需要 application/json。", "application/json is expected here.");
        return Err(Fault::BadInput(words.to_owned()));
    }
    let too_long = |_| Fault::BadInput(visit.lang.pick("内容过大。", "The body is too large.").to_owned());
    let body = axum::body::to_bytes(request.into_body(), LONGEST).await.map_err(too_long)?;
    let pairs = pairs_of(&body, visit.lang).map_err(Fault::BadInput)?;
    serde_urlencoded::from_str(&pairs).map(Sent).map_err(|error| Fault::BadInput(error.to_string()))
}

/// A form that sends nothing but the version that the user saw.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SeenVersion")]
pub(crate) struct Seen {
    /// The version.
    pub(crate) version: i64,
}

/// A form that sends nothing at all.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub(crate) struct Nothing {}

/// What is wrong with a field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// The field's name.
    pub(crate) field: Cow<'static, str>,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

/// What is wrong with a form. Empty means nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormErrors(pub(crate) Vec<FieldError>);

impl FormErrors {
    /// Notes an error at a field.
    pub(crate) fn add(&mut self, field: impl Into<Cow<'static, str>>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    /// The message at a field; empty when there is none.
    pub(crate) fn at(&self, field: &str) -> &str {
        self.0.iter().find(|error| error.field == field).map_or("", |error| &error.message)
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
