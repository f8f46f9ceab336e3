use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::visit::Visit;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The process answers and reaches its database.
pub(super) async fn ready(visit: Visit) -> Response {
    match visit.app.store().n_users().await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}
