use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::fault::PageResult;

/// A page as an answer.
pub(crate) fn page(page: &impl Template) -> PageResult {
    Ok(Html(page.render()?).into_response())
}

/// A form again, with what is wrong and everything that was typed.
pub(crate) fn again(page: &impl Template) -> PageResult {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Goes on to another page after something was done.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// An address inside this site, or the start page.
pub(crate) fn inside(path: &str) -> &str {
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r']);
    if plain { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leads_to_another_site() {
        assert_eq!(inside("/units?q=a"), "/units?q=a");
        for outside in ["https://example.org", "//example.org", "/\\example.org", "javascript:1", ""] {
            assert_eq!(inside(outside), "/", "{outside}");
        }
    }
}
