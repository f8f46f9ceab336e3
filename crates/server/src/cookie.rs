use axum::http::{HeaderValue, header};
use axum::response::Response;
use lianfang_domain::Lang;

use crate::{
    App, Fault,
    enter::{LANGUAGE, SESSION},
};

/// A year, in seconds.
const LONG: u32 = 365 * 86_400;

impl App {
    /// Adds the session's cookie to a response.
    pub(crate) fn with_session(&self, response: Response, token: &str) -> Result<Response, Fault> {
        let seconds = self.0.manners.sessions.whole_ms / 1000;
        self.with_cookie(response, &format!("{SESSION}={token}; Max-Age={seconds}; HttpOnly"))
    }

    /// Takes the session's cookie away.
    pub(crate) fn without_session(&self, response: Response) -> Result<Response, Fault> {
        self.with_cookie(response, &format!("{SESSION}=; Max-Age=0; HttpOnly"))
    }

    /// Remembers the language of someone who is not signed in.
    pub(crate) fn with_language(&self, response: Response, lang: Lang) -> Result<Response, Fault> {
        self.with_cookie(response, &format!("{LANGUAGE}={}; Max-Age={LONG}", lang.pick("zh", "en")))
    }

    fn with_cookie(&self, mut response: Response, cookie: &str) -> Result<Response, Fault> {
        let secure = if self.0.manners.https { "; Secure" } else { "" };
        let value = HeaderValue::from_str(&format!("{cookie}; Path=/; SameSite=Lax{secure}"));
        let value = value.map_err(|error| Fault::Broken(error.to_string()))?;
        response.headers_mut().append(header::SET_COOKIE, value);
        Ok(response)
    }
}
