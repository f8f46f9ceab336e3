use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    Fault,
    fault::{PageResult, Problem, ProblemField},
    form::FormErrors,
    visit::Visit,
};

/// What a program is told where a person sees a page.
#[derive(Clone)]
pub(crate) struct Told(pub(crate) Value);

/// What a program is told of something it made or changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Changed {
    /// Where it can be read.
    pub(crate) href: String,
}

/// Something to read, as an answer.
pub(crate) fn json<T: Serialize>(answer: &T) -> PageResult {
    Ok(Json(serde_json::to_value(answer).map_err(|error| Fault::Broken(error.to_string()))?).into_response())
}

/// The page, with what a program is told in its place.
pub(crate) fn told(mut page: Response, answer: Value) -> Response {
    page.extensions_mut().insert(Told(answer));
    page
}

/// The answer of a page's handler as a program reads it: a way on becomes the address of what was made or changed, a
/// form with errors a problem with its fields.
pub(crate) fn for_program(mut response: Response, visit: &Visit, creates: bool) -> Response {
    if let Some(Told(answer)) = response.extensions_mut().remove::<Told>() {
        let status = if creates { StatusCode::CREATED } else { StatusCode::OK };
        return (status, Json(answer)).into_response();
    }
    if response.status().is_redirection() {
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("/");
        return changed(&format!("/api{to}"), creates);
    }
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM);
    if response.status().is_success() || is_problem {
        return response;
    }
    let errors = response.extensions_mut().remove::<FormErrors>().unwrap_or_default();
    let field = |error: &crate::form::FieldError| ProblemField {
        field: error.field.to_string(),
        message: error.message.clone(),
    };
    let errors: Vec<ProblemField> = errors.0.iter().map(field).collect();
    let status = response.status();
    problem(status, title(status, visit), &errors, visit)
}

/// The answer to something made or changed.
pub(crate) fn changed(href: &str, creates: bool) -> Response {
    let status = if creates { StatusCode::CREATED } else { StatusCode::OK };
    let mut answer = (status, Json(Changed { href: href.to_owned() })).into_response();
    if let Ok(to) = HeaderValue::from_str(href) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

const PROBLEM: &str = "application/problem+json";

fn title(status: StatusCode, visit: &Visit) -> &'static str {
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => visit.lang.pick("内容有误，未保存", "Something is wrong; nothing was kept"),
        StatusCode::METHOD_NOT_ALLOWED => {
            visit.lang.pick("此地址不支持该方法", "This address does not take this method")
        }
        _ => visit.lang.pick("请求无法处理", "The request cannot be answered"),
    }
}

/// A problem as an answer.
fn problem(status: StatusCode, title: &str, errors: &[ProblemField], visit: &Visit) -> Response {
    let first = errors.first().map_or("", |error| error.message.as_str());
    let problem = Problem { title, status: status.as_u16(), detail: first, request: &visit.request, errors };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, PROBLEM)], body).into_response()
}
