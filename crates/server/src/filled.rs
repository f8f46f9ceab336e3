use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::header;

/// Longest form that is read, in bytes. Files go another way.
pub(crate) const LONGEST: usize = 256 * 1024;

/// Fields that are never sent back to a page.
const SECRET: &[&str] = &["password", "again"];

/// What was filled into the form of a request, so that it can be sent once more when it could not be kept.
#[derive(Clone, Default)]
pub(crate) struct Filled(Bytes);

impl Filled {
    /// Looks at the form of a request and leaves it in the request too.
    pub(crate) async fn of(request: Request) -> (Request, Filled) {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let is_form = kind.starts_with("application/x-www-form-urlencoded");
        let length = request.body().size_hint().upper().and_then(|length| usize::try_from(length).ok());
        if !is_form || length.is_none_or(|length| length > LONGEST) {
            return (request, Filled::default());
        }
        let (parts, body) = request.into_parts();
        // A form that breaks off is an empty one, which its handler refuses.
        let body = to_bytes(body, LONGEST).await.unwrap_or_default();
        (Request::from_parts(parts, Body::from(body.clone())), Filled(body))
    }

    /// The fields with what was filled in; none of them when there is a password among them.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(&self.0).into_owned().collect();
        if fields.iter().any(|(name, _)| SECRET.contains(&name.as_str())) { Vec::new() } else { fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_is_given_back_unless_there_is_a_password_in_it() {
        let fields = |form: &'static str| Filled(Bytes::from_static(form.as_bytes())).fields();
        assert_eq!(
            fields("name=%E7%9F%B3%E6%A1%A5&x=1"),
            [("name".to_owned(), "石桥".to_owned()), ("x".to_owned(), "1".to_owned())]
        );
        assert_eq!(fields("login=a&password=b"), []);
        assert_eq!(fields(""), []);
    }
}
