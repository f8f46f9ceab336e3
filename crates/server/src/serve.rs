use std::future::Future;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::{App, router::router};

/// Answers requests until `stop` is ready, then finishes those in hand and closes the store.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: &App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    app.store().close().await;
    Ok(())
}
