use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use lianfang_store::Once;
use sha2::{Digest, Sha256};

use super::answer::changed;
use crate::{Fault, visit::Visit};

/// The header with the key of a request that may be sent again.
const KEY: &str = "idempotency-key";
/// Longest key.
const LONGEST_KEY: usize = 100;
/// Largest body under a key: that of a file.
const LONGEST_BODY: usize = 21 * 1024 * 1024;

/// Looks whether something was done under the key of this request before. Then it is answered as it was; otherwise the
/// key goes into the visit, and with the change into the database.
///
/// # Errors
/// [`Fault`] when the key is no key, or was used for something else; or the answer of the first time.
pub(crate) async fn before(request: Request, visit: &mut Visit) -> Result<Request, Box<Result<Response, Fault>>> {
    let Some(key) = key_of(request.headers()) else { return Ok(request) };
    let fault = |fault| Box::new(Err(fault));
    let wrong = |zh: &str, en: &str| fault(Fault::BadInput(visit.lang.pick(zh, en).to_owned()));
    if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong(
            "Idempotency-Key 应为 1 至 100 个可见 ASCII 字符。",
            "Idempotency-Key must be 1 to 100 visible ASCII characters.",
        ));
    }
    let user = visit.seat().map_err(fault)?.user;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST_BODY).await.map_err(|_| wrong("内容过大。", "The body is too large."))?;
    let asked = asked(&visit.here, &body);
    match visit.app.store().done_once(user, &key).await.map_err(|error| fault(error.into()))? {
        Some(done) if done.asked == asked => {
            let mut again = changed(&format!("/api{}", done.made_at), true);
            again
                .headers_mut()
                .insert(HeaderName::from_static("idempotent-replayed"), HeaderValue::from_static("true"));
            Err(Box::new(Ok(again)))
        }
        Some(_) => Err(wrong(
            "这个 Idempotency-Key 已用于另一个请求，请换一个。",
            "This Idempotency-Key was used for another request; choose another.",
        )),
        None => {
            visit.once = Some(Once { key, asked });
            Ok(Request::from_parts(parts, Body::from(body)))
        }
    }
}

fn key_of(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(KEY)?.to_str().unwrap_or("").to_owned())
}

/// What is asked for, in short: address and body.
fn asked(here: &str, body: &Bytes) -> Vec<u8> {
    Sha256::new().chain_update(here.as_bytes()).chain_update([0]).chain_update(body).finalize().to_vec()
}
