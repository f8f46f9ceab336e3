use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::App;

/// Counts a request and how long its answer took.
#[expect(clippy::disallowed_methods, reason = "how long an answer takes is measured, and decides nothing")]
pub(crate) async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().as_str().to_owned();
    let begun = Instant::now();
    let response = next.run(request).await;
    let metrics = &app.0.metrics;
    let class = format!("{}xx", response.status().as_u16() / 100);
    metrics.seconds.get_or_create(&[("route", route.clone())]).observe(begun.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&[("method", method_of(&method)), ("route", route), ("class", class)]).inc();
    response
}

/// One of the few methods there are; whoever sends another one makes no new series.
fn method_of(method: &str) -> String {
    if matches!(method, "GET" | "POST" | "HEAD") { method.to_owned() } else { "other".to_owned() }
}
