//! `lianfang serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use lianfang_domain::Lang;
use lianfang_server::{App, Manners, Tls, open_set_up, serve, serve_metrics};
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
    tls: Option<(PathBuf, PathBuf)>,
    metrics: Option<SocketAddr>,
}

fn site(args: &ServeArgs) -> Result<Site, ConfigFault> {
    let config = Config::of_server(args)?;
    Ok(Site {
        store: config.store()?,
        listen: config.listen()?,
        https: config.https()?,
        tls: config.tls()?,
        metrics: config.metrics_listen()?,
    })
}

async fn start(args: &ServeArgs, lang: Lang) -> Result<(), Exit> {
    let site = site(args).map_err(|fault| config::explain(&fault, lang))?;
    let tls = site.tls.as_ref().map(|(certificate, key)| Tls::read(certificate, key)).transpose().map_err(|fault| {
        eprintln!("{}", fault.words(lang));
        Exit::Usage
    })?;
    let listener = listen(site.listen, lang).await?;
    let metrics = match site.metrics {
        Some(address) => Some(listen(address, lang).await?),
        None => None,
    };
    let address = listener.local_addr().unwrap_or(site.listen);
    let store = store::open_at(&site.store, lang).await?;
    let manners = Manners { https: site.https, ..Manners::default() };
    let app = App::new(store, Arc::new(clock::now), manners);
    greet(&app, &format!("{}://{address}", if tls.is_some() { "https" } else { "http" }), lang).await?;
    if let Some(listener) = metrics {
        watch(&app, listener, lang);
    }
    read_again_when_told(tls.clone(), lang);
    until_stopped(&app, listener, tls, lang).await
}

/// Serves until it is told to stop.
pub(crate) async fn until_stopped(app: &App, listener: TcpListener, tls: Option<Tls>, lang: Lang) -> Result<(), Exit> {
    serve(app, listener, tls, told_to_stop()).await.map_err(|error| {
        eprintln!("{}", lang.pick(format!("服务中断：{error}"), format!("The server failed: {error}")));
        Exit::Unavailable
    })
}

/// Says where it can be reached, and how it is set up where nobody has done so.
async fn greet(app: &App, here: &str, lang: Lang) -> Result<(), Exit> {
    let set_up = open_set_up(app).await.map_err(|error| {
        eprintln!("{}", store::words(&error, lang));
        Exit::Unavailable
    })?;
    println!("{}", lang.pick(format!("联防已启动：{here}"), format!("Lianfang is up: {here}")));
    if let Some(link) = set_up {
        println!(
            "{}",
            lang.pick(
                format!("首次设置（一次性链接，72 小时内有效）：{here}{link}"),
                format!("First set-up (works once, for 72 hours): {here}{link}"),
            )
        );
    }
    Ok(())
}

/// Answers whoever watches the system, beside everything else.
fn watch(app: &App, listener: TcpListener, lang: Lang) {
    if let Ok(address) = listener.local_addr() {
        let page = format!("http://{address}/metrics");
        println!("{}", lang.pick(format!("指标：{page}"), format!("Metrics: {page}")));
    }
    tokio::spawn(serve_metrics(app.clone(), listener));
}

pub(crate) async fn listen(address: SocketAddr, lang: Lang) -> Result<TcpListener, Exit> {
    TcpListener::bind(address).await.map_err(|error| {
        let zh = format!("无法监听 {address}：{error}。请换一个端口：--listen 127.0.0.1:8081");
        let en = format!("Cannot listen on {address}: {error}. Try another port: --listen 127.0.0.1:8081");
        eprintln!("{}", lang.pick(zh, en));
        Exit::Unavailable
    })
}

/// Reads the certificate again at SIGHUP, as after its renewal. Without one the signal does nothing.
#[cfg(unix)]
fn read_again_when_told(tls: Option<Tls>, lang: Lang) {
    let Ok(mut told) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) else { return };
    tokio::spawn(async move {
        while told.recv().await.is_some() {
            match tls.as_ref().map(Tls::read_again) {
                None => tracing::info!("there is no certificate to read again"),
                Some(Ok(())) => tracing::info!("the certificate was read again"),
                Some(Err(fault)) => tracing::error!(why = fault.words(lang), "the certificate before stays in use"),
            }
        }
    });
}

#[cfg(not(unix))]
fn read_again_when_told(_: Option<Tls>, _: Lang) {}

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
