use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use lianfang_domain::Lang;
use lianfang_server::{App, DEMO_PASSWORD, Manners, Pace, lay_out_demo, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::fill::fill;
use super::http::{Answer, Connection};
use crate::args::BenchSiteArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Lays the demo district out, adds units to it, and measures the server as its users meet it: lookups, lists, an
/// import and an export, each over HTTP from this same process.
pub(crate) fn site(args: &BenchSiteArgs, lang: Lang) -> Exit {
    let done = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            measure(store, args).await.map_err(|error| {
                eprintln!("{error}");
                Exit::Unavailable
            })
        })
    });
    done.map_or_else(|exit| exit, |()| Exit::Ok)
}

async fn measure(store: lianfang_store::Store, args: &BenchSiteArgs) -> Result<(), Failed> {
    let name = store.database_name();
    // One address asks here as fast as it can.
    let pace = Pace { burst: f64::MAX, each_second: f64::MAX };
    let app = App::new(store.clone(), Arc::new(clock::now), Manners { pace, ..Manners::default() });
    lay_out_demo(&app, 1, Lang::Zh).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(async move {
        // The other end is dropped when everything is measured.
        let told = async move { stopped.await.unwrap_or_default() };
        serve(&app, listener, None, told).await
    });
    println!("{name}, {} s for each figure, {} connections", args.seconds, args.clients);
    let office = sign_in(address, "office").await?;
    lookups(address, &office, args).await?;
    let mut connection = Connection::open(address, &office).await?;
    imported(&mut connection, args.rows).await?;
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    let begun = Instant::now();
    fill(&store, args.units).await?;
    println!("units added one by one: {} in all, {:.1} s", args.units, begun.elapsed().as_secs_f64());
    lists(address, &office, args).await?;
    exported(&mut connection).await?;
    println!("resident memory at the end: {:.0} MB", resident_mb());
    drop(stop);
    server.await??;
    Ok(())
}

pub(super) async fn sign_in(address: SocketAddr, login: &str) -> io::Result<String> {
    let mut connection = Connection::open(address, "").await?;
    let page = connection.get("/sign-in").await?;
    let token = page.between("name=\"_csrf\" value=\"", "\"");
    let fields = [("_csrf", token.as_str()), ("login", login), ("password", DEMO_PASSWORD), ("next", "/")];
    let answer = connection.send_form("/sign-in", &fields).await?;
    if answer.location != "/" {
        return Err(io::Error::other(format!("{login} could not sign in: {}", answer.status)));
    }
    Ok(connection.cookies().to_owned())
}

/// How long each request took in milliseconds, sorted, and how many there were each second.
pub(super) struct Figures {
    took: Vec<f64>,
    per_second: f64,
}

impl Figures {
    pub(super) fn at(&self, percent: usize) -> f64 {
        self.took.get(self.took.len() * percent / 100).copied().unwrap_or(0.0)
    }
}

/// Asks for a page from many connections at once for a while.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub(super) async fn ask_for(
    address: SocketAddr,
    cookies: &str,
    path: &str,
    clients: usize,
    seconds: u64,
) -> Result<Figures, Failed> {
    let stop = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let (stop, path) = (Arc::clone(&stop), path.to_owned());
        let mut connection = Connection::open(address, cookies).await?;
        tasks.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let answer = connection.get(&path).await?;
                if answer.status != 200 {
                    return Err(io::Error::other(format!("{path}: {}", answer.status)));
                }
                took.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            Ok(took)
        }));
    }
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut took: Vec<f64> = Vec::new();
    for task in tasks {
        took.extend(task.await??);
    }
    let n = f64::from(u32::try_from(took.len()).unwrap_or(u32::MAX));
    took.sort_by(f64::total_cmp);
    Ok(Figures { took, per_second: n / begun.elapsed().as_secs_f64() })
}

/// Lookups by key as JSON, beside an answer that asks nobody and reads nothing.
async fn lookups(address: SocketAddr, cookies: &str, args: &BenchSiteArgs) -> Result<(), Failed> {
    let mut connection = Connection::open(address, cookies).await?;
    let unit = connection.get("/api/units?q=疾病").await?.between("\"id\":\"", "\"");
    let paths = [
        ("bare answer", "/healthz".to_owned()),
        ("area by code", "/api/areas/990101101".to_owned()),
        ("unit by id", format!("/api/units/{unit}")),
        ("posts with numbers, on record", format!("/api/units/{unit}/posts?phones=full")),
    ];
    let mut bare = 0.0;
    println!("lookup                           each second  p50 ms  p99 ms  share of bare");
    for (what, path) in paths {
        let measured = ask_for(address, cookies, &path, args.clients, args.seconds).await?;
        bare = if bare == 0.0 { measured.per_second } else { bare };
        let (p50, p99, share) = (measured.at(50), measured.at(99), measured.per_second / bare);
        println!("  {what:<30} {:11.0}  {p50:6.2}  {p99:6.2}  {share:13.2}", measured.per_second);
    }
    Ok(())
}

/// A page of the list of units as the office of the district and as a township's officer.
async fn lists(address: SocketAddr, office: &str, args: &BenchSiteArgs) -> Result<(), Failed> {
    let township = sign_in(address, "township").await?;
    println!("list of {} units                 p50 ms  p95 ms", args.units);
    let mut first = 0.0;
    for (who, cookies) in [("district", office), ("one township", township.as_str())] {
        for path in ["/units", "/units?by=name&rows=100", "/units?q=号商店&kind=enterprise"] {
            let measured = ask_for(address, cookies, path, 1, args.seconds).await?;
            println!("  {who:<13} {path:<32} {:6.1}  {:6.1}", measured.at(50), measured.at(95));
            first = if first == 0.0 { measured.at(95) } else { first };
            if who == "one township" && path == "/units" {
                println!("  ratio of the two at the 95th percentile: {:.2}", measured.at(95) / first);
            }
        }
    }
    Ok(())
}

/// An import of units with posts and people, from the button to the last row.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn imported(connection: &mut Connection, n_rows: usize) -> Result<(), Failed> {
    let mut table = "单位名称,区划代码,职务,姓名,手机\n".to_owned();
    for n in 0..n_rows {
        let village = 201 + n % 13;
        table.push_str(&format!("第{n}号卫生室,990101202{village},负责人,员{n},13900000{:03}\n", n % 1000));
    }
    let begun = Instant::now();
    let kind = "application/octet-stream";
    let uploaded = connection.ask("POST", "/api/units/import?file=bench.csv", kind, table.as_bytes()).await?;
    let tried = connection.get(&uploaded.location).await?;
    let checked = begun.elapsed().as_secs_f64();
    let version = tried.between("\"version\":", "}");
    let body = format!("{{\"version\": {version}}}");
    let begun = Instant::now();
    let run = format!("{}/run", uploaded.location);
    let started = connection.ask("POST", &run, "application/json", body.as_bytes()).await?;
    if started.status != 200 {
        return Err(started.text().into());
    }
    let done = loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = connection.get(&uploaded.location).await?;
        if now.between("\"state\":\"", "\"") == "done" {
            break now;
        }
    };
    let stored = begun.elapsed().as_secs_f64();
    let per_second = f64::from(u32::try_from(n_rows).unwrap_or(u32::MAX)) / stored;
    println!(
        "import of {n_rows} rows: uploaded and checked in {checked:.2} s; stored in {stored:.2} s = {per_second:.0} rows/s, {} rejected",
        done.between("\"n_rejected\":", ",")
    );
    Ok(())
}

/// The list as a workbook.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn exported(connection: &mut Connection) -> Result<(), Failed> {
    let before = resident_mb();
    forget_peak()?;
    let begun = Instant::now();
    let book: Answer = connection.get("/units/export.xlsx").await?;
    let took = begun.elapsed().as_secs_f64();
    let mb = f64::from(u32::try_from(book.body.len()).unwrap_or(u32::MAX)) / 1_000_000.0;
    println!(
        "export of the whole list: {took:.2} s, {mb:.1} MB; resident memory {before:.0} → {:.0} MB, at most {:.0} MB",
        resident_mb(),
        peak_mb()
    );
    Ok(())
}

/// The memory of this process that is resident, where the system says so.
fn resident_mb() -> f64 {
    status_mb("VmRSS:")
}

/// The most that was resident since [`forget_peak`].
fn peak_mb() -> f64 {
    status_mb("VmHWM:")
}

/// Has the system measure the peak from here on.
fn forget_peak() -> io::Result<()> {
    std::fs::write("/proc/self/clear_refs", "5")
}

fn status_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()).and_then(|kb| kb.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}
