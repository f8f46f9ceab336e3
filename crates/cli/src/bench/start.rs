use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use lianfang_domain::Lang;

use super::http::Connection;
use crate::args::OpenArgs;
use crate::exit::Exit;
use crate::store;

/// Starts a server on what is there, measures how long it takes to its first page and how much memory it then holds.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub(crate) fn start(args: &OpenArgs, lang: Lang) -> Exit {
    let measured = store::runtime(lang).and_then(|runtime| {
        let settings = store::settings(&args.store, lang)?;
        let failed = |error: std::io::Error| {
            eprintln!("{error}");
            Exit::Unavailable
        };
        let mut command = Command::new(std::env::current_exe().map_err(failed)?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&settings.data);
        if let Some(database) = &settings.database {
            command.args(["--database", database]);
        }
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(failed)?;
        }
        let address = line.trim().rsplit_once("//").and_then(|(_, address)| address.parse().ok());
        let page = runtime.block_on(async {
            let address = address.ok_or_else(|| std::io::Error::other(format!("no address in “{line}”")))?;
            Connection::open(address, "").await?.get("/sign-in").await
        });
        let took = begun.elapsed().as_secs_f64();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let resident =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or(" unknown").trim().to_owned();
        child.kill().map_err(failed)?;
        child.wait().map_err(failed)?;
        let page = page.map_err(failed)?;
        println!(
            "cold start to the first page: {:.0} ms ({}); resident memory then: {resident}",
            took * 1000.0,
            page.status
        );
        Ok(())
    });
    measured.map_or_else(|exit| exit, |()| Exit::Ok)
}
