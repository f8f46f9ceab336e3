use std::future::Future;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::{App, job::Runner, router::router};

/// Answers requests and runs jobs until `stop` is ready, then finishes what is in hand and closes the store. A job that
/// does not end soon is given back to be taken again.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: &App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let runner = Runner::start(app);
    let stopper = runner.stopper();
    let stop = async move {
        stop.await;
        stopper.send_replace(true);
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    runner.stopped().await;
    app.store().close().await;
    Ok(())
}
