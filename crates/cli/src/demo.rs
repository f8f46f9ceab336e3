//! `lianfang demo`: a made-up district to try everything on.

use std::net::SocketAddr;
use std::sync::Arc;

use lianfang_domain::Lang;
use lianfang_server::{App, DEMO_PASSWORD, DemoUser, Manners, lay_out_demo};
use lianfang_store::Settings;
use tokio::net::TcpListener;

use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::tree::columns;
use crate::{clock, serve, store};

/// Where it listens when nothing else is said.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Lays the district out, lists the accounts, and serves until it is told to stop.
pub(crate) fn run(args: &DemoArgs, lang: Lang) -> Exit {
    serve::log("warn");
    let served = store::runtime(lang).and_then(|runtime| runtime.block_on(start(args, lang)));
    served.map_or_else(|exit| exit, |()| Exit::Ok)
}

async fn start(args: &DemoArgs, lang: Lang) -> Result<(), Exit> {
    let failed = |why: &dyn std::fmt::Display| {
        eprintln!("{}", lang.pick(format!("演示无法启动：{why}"), format!("The demo could not start: {why}")));
        Exit::Unavailable
    };
    // The folder is deleted when this function ends.
    let temporary = match &args.data {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|error| failed(&error))?),
    };
    let folder = args.data.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path)).unwrap_or(".".as_ref());
    let listener = listen(args, lang).await?;
    let address = listener.local_addr().unwrap_or(LISTEN);
    let store = store::open_at(&Settings::in_folder(folder), lang).await?;
    let app = App::new(store, Arc::new(clock::now), Manners::default());
    let users = lay_out_demo(&app, args.seed, lang).await.map_err(|fault| failed(&fault))?;
    print(&users, address, temporary.is_some(), lang);
    serve::until_stopped(&app, listener, None, lang).await
}

/// The address asked for; the usual one, or any free port where that is taken.
async fn listen(args: &DemoArgs, lang: Lang) -> Result<TcpListener, Exit> {
    match args.listen {
        Some(address) => serve::listen(address, lang).await,
        None => match TcpListener::bind(LISTEN).await {
            Ok(listener) => Ok(listener),
            Err(_) => serve::listen(SocketAddr::new(LISTEN.ip(), 0), lang).await,
        },
    }
}

fn print(users: &[DemoUser], address: SocketAddr, is_temporary: bool, lang: Lang) {
    println!(
        "{}",
        lang.pick(
            format!("清河区（虚构）已就绪：http://{address}"),
            format!("Qinghe District 清河区 (made up) is ready: http://{address}"),
        )
    );
    println!(
        "{}",
        lang.pick(
            format!("所有账号的密码：{DEMO_PASSWORD}"),
            format!("The password of every account: {DEMO_PASSWORD}"),
        )
    );
    let widest = users.iter().map(|user| columns(user.role.words(lang))).max().unwrap_or(0);
    for user in users {
        let role = user.role.words(lang);
        let pad = " ".repeat(widest - columns(role));
        println!("  {:<10} {role}{pad}  {}", user.login, user.place);
    }
    println!(
        "{}",
        if is_temporary {
            lang.pick(
                "按 Ctrl-C 结束；数据在临时文件夹，结束即删。",
                "Ctrl-C ends it; the data is in a temporary folder and is deleted then.",
            )
        } else {
            lang.pick("按 Ctrl-C 结束；数据留在所给的文件夹。", "Ctrl-C ends it; the data stays in the folder given.")
        }
    );
}
