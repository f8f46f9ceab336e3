use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use lianfang_domain::job::JobState;
use lianfang_store::StoreError;
use prometheus_client::encoding::text::encode;
use tokio::net::TcpListener;

use crate::App;

/// Answers `GET /metrics` on a listener of its own, for as long as it is polled. It asks nobody who they are: the listener
/// must be one that only this machine reaches.
///
/// # Errors
/// When the listener fails.
pub async fn serve_metrics(app: App, listener: TcpListener) -> std::io::Result<()> {
    let router = Router::new().route("/metrics", get(show)).with_state(app);
    axum::serve(listener, router).await
}

async fn show(State(app): State<App>) -> Response {
    let metrics = &app.0.metrics;
    let looked = look(&app).await;
    metrics.database.set(i64::from(looked.is_ok()));
    if let Err(error) = looked {
        tracing::debug!(%error, "the metrics lack what the database knows");
    }
    metrics.memory.set(resident_bytes().unwrap_or(f64::NAN));
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
            .into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// What the database knows.
async fn look(app: &App) -> Result<(), StoreError> {
    let now_ms = app.now_ms();
    let sessions = app.store().n_sessions(now_ms - app.0.manners.sessions.idle_ms).await?;
    let jobs = app.store().n_jobs().await?;
    app.0.metrics.sessions.set(sessions);
    for state in JobState::ALL {
        let n = jobs.iter().find(|(known, _)| *known == state).map_or(0, |(_, n)| *n);
        let gauge = app.0.metrics.jobs.get_or_create(&[("state", state.code().to_owned())]);
        gauge.set(i64::try_from(n).unwrap_or(i64::MAX));
    }
    Ok(())
}

/// What Linux says of this process; unknown elsewhere.
fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u32>().ok().map(|kilobytes| f64::from(kilobytes) * 1024.0)
}
