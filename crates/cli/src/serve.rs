//! `lianfang serve`.

use std::net::SocketAddr;
use std::sync::Arc;

use lianfang_domain::{Lang, account::SessionLimits};
use lianfang_server::{App, Manners, open_set_up, serve};
use lianfang_store::Settings;
use tokio::net::TcpListener;

use crate::args::ServeArgs;
use crate::clock;
use crate::config::{self, Config, ConfigFault};
use crate::exit::Exit;
use crate::store;

/// Serves until it is told to stop.
pub(crate) fn run(args: &ServeArgs, lang: Lang) -> Exit {
    log("info");
    let served = store::runtime(lang).and_then(|runtime| runtime.block_on(start(args, lang)));
    served.map_or_else(|exit| exit, |()| Exit::Ok)
}

/// What flags, environment and configuration say about this server.
struct Site {
    store: Settings,
    listen: SocketAddr,
    https: bool,
}

fn site(args: &ServeArgs) -> Result<Site, ConfigFault> {
    let config = Config::of_server(args)?;
    Ok(Site { store: config.store()?, listen: config.listen()?, https: config.https()? })
}

async fn start(args: &ServeArgs, lang: Lang) -> Result<(), Exit> {
    let site = site(args).map_err(|fault| config::explain(&fault, lang))?;
    let listener = listen(site.listen, lang).await?;
    let address = listener.local_addr().unwrap_or(site.listen);
    let store = store::open_at(&site.store, lang).await?;
    let manners = Manners { sessions: SessionLimits::default(), https: site.https };
    let app = App::new(store, Arc::new(clock::now), manners);
    let failed = |error: lianfang_store::StoreError| {
        eprintln!("{}", store::words(&error, lang));
        Exit::Unavailable
    };
    let set_up = open_set_up(&app).await.map_err(failed)?;
    println!("{}", lang.pick(format!("联防已启动：http://{address}"), format!("Lianfang is up: http://{address}")));
    if let Some(link) = set_up {
        println!(
            "{}",
            lang.pick(
                format!("首次设置（一次性链接，72 小时内有效）：http://{address}{link}"),
                format!("First set-up (works once, for 72 hours): http://{address}{link}"),
            )
        );
    }
    until_stopped(&app, listener, lang).await
}

/// Serves until it is told to stop.
pub(crate) async fn until_stopped(app: &App, listener: TcpListener, lang: Lang) -> Result<(), Exit> {
    serve(app, listener, told_to_stop()).await.map_err(|error| {
        eprintln!("{}", lang.pick(format!("服务中断：{error}"), format!("The server failed: {error}")));
        Exit::Unavailable
    })
}

pub(crate) async fn listen(address: SocketAddr, lang: Lang) -> Result<TcpListener, Exit> {
    TcpListener::bind(address).await.map_err(|error| {
        let zh = format!("无法监听 {address}：{error}。请换一个端口：--listen 127.0.0.1:8081");
        let en = format!("Cannot listen on {address}: {error}. Try another port: --listen 127.0.0.1:8081");
        eprintln!("{}", lang.pick(zh, en));
        Exit::Unavailable
    })
}

/// Ctrl-C, or the signal by which a service manager stops a service.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Structured lines on standard error, from a level on; no personal data is ever among their fields.
pub(crate) fn log(least: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LIANFANG_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(least));
    let started = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    if let Err(error) = started {
        eprintln!("{error}");
    }
}
