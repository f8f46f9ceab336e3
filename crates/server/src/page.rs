use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::{fault::PageResult, form::FormErrors};

/// A page as an answer.
pub(crate) fn page(page: &impl Template) -> PageResult {
    Ok(Html(page.render()?).into_response())
}

/// A page with a form, which knows what is wrong with what was typed.
pub(crate) trait FormPage: Template {
    /// What is wrong.
    fn errors(&self) -> &FormErrors;
}

/// Declares a page whose field `errors` says what is wrong with its form.
macro_rules! form_page {
    ($page:ty) => {
        impl $crate::page::FormPage for $page {
            fn errors(&self) -> &$crate::form::FormErrors {
                &self.errors
            }
        }
    };
}

pub(crate) use form_page;

/// A form again, with what is wrong and everything that was typed. A program gets what is wrong alone.
pub(crate) fn again(page: &impl FormPage) -> PageResult {
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response();
    response.extensions_mut().insert(page.errors().clone());
    Ok(response)
}

/// A page that says what cannot be done.
pub(crate) fn refuse(page: &impl Template) -> PageResult {
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
