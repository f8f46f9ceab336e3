use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::{App, job::Runner, router::router, tls::Tls};

/// How long requests in hand are waited for when the server stops.
const GRACE: Duration = Duration::from_secs(20);

/// Answers requests, encrypted where there is a certificate, and runs jobs until `stop` is ready; then finishes what is
/// in hand and closes the store. A job that does not end soon is given back to be taken again.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: &App,
    listener: TcpListener,
    tls: Option<Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let runner = Runner::start(app);
    let stopper = runner.stopper();
    let stop = async move {
        stop.await;
        stopper.send_replace(true);
    };
    match tls {
        None => axum::serve(listener, service).with_graceful_shutdown(stop).await?,
        Some(tls) => {
            let handle = axum_server::Handle::new();
            let ending = handle.clone();
            tokio::spawn(async move {
                stop.await;
                ending.graceful_shutdown(Some(GRACE));
            });
            let server = axum_server::from_tcp_rustls(listener.into_std()?, tls.config)?;
            server.handle(handle).serve(service).await?;
        }
    }
    runner.stopped().await;
    app.store().close().await;
    Ok(())
}
