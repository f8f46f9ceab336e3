//! Bundles the styles and scripts of the pages (`web/`) when they are missing or older than what they are made from.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

/// What the bundle is made from, below `web/`.
const SOURCES: [&str; 6] = ["src", "build", "licences", "build.mjs", "package.json", "package-lock.json"];

fn main() -> ExitCode {
    match bundle() {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("The styles and scripts of the pages could not be bundled.\n{what}");
            ExitCode::FAILURE
        }
    }
}

/// Brings `web/dist` up to date. Several builds at once take turns, and those that waited find it done.
fn bundle() -> Result<(), String> {
    let manifest_dir = std::env::var("CARGO_MANIFEST_DIR").map_err(|e| format!("CARGO_MANIFEST_DIR: {e}"))?;
    let web = Path::new(&manifest_dir).join("../../web");
    for source in SOURCES {
        println!("cargo:rerun-if-changed={}", web.join(source).display());
    }
    let done = web.join("dist/manifest.json");
    println!("cargo:rerun-if-changed={}", done.display());

    if is_fresh(&web, &done)? {
        return Ok(());
    }
    let lock = File::create(web.join(".lock")).map_err(|e| format!("{}: {e}", web.join(".lock").display()))?;
    lock.lock().map_err(|e| format!("web/.lock could not be locked: {e}"))?;
    if is_fresh(&web, &done)? {
        return Ok(());
    }
    let newest = newest_source(&web)?;
    install(&web)?;
    run(&web, "node", &["build.mjs"])?;
    // The bundle is as old as its newest source: a source changed meanwhile makes it stale, and nothing else does.
    let stamped = File::options().append(true).open(&done).and_then(|file| file.set_modified(newest));
    stamped.map_err(|e| format!("{}: {e}", done.display()))
}

/// Whether the bundle is there and no older than anything it is made from.
fn is_fresh(web: &Path, done: &Path) -> Result<bool, String> {
    let newest = newest_source(web)?;
    Ok(modified(done).is_ok_and(|made| made >= newest))
}

fn newest_source(web: &Path) -> Result<SystemTime, String> {
    let times: Result<Vec<_>, _> = SOURCES.iter().map(|source| newest(&web.join(source))).collect();
    Ok(times?.into_iter().fold(SystemTime::UNIX_EPOCH, SystemTime::max))
}

/// Fetches the packages of the lock file, unless they are there from exactly this lock file.
fn install(web: &Path) -> Result<(), String> {
    let (lock_file, installed) = (web.join("package-lock.json"), web.join("node_modules/.installed-from"));
    let wanted = fs::read(&lock_file).map_err(|e| format!("{}: {e}", lock_file.display()))?;
    if fs::read(&installed).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    run(web, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
    fs::write(&installed, wanted).map_err(|e| format!("{}: {e}", installed.display()))
}

/// Runs a program in `web/`, and gives what it printed if it fails.
fn run(web: &Path, program: &str, args: &[&str]) -> Result<(), String> {
    let name = if cfg!(windows) && program == "npm" { "npm.cmd" } else { program };
    let output = Command::new(name).args(args).current_dir(web).output().map_err(|e| {
        format!(
            "`{program}` could not be started ({e}). Install Node.js 20 or later, which brings npm, and build again."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let advice = match program {
        "npm" => "npm needs its registry, or a mirror of it.",
        _ => "If nothing below says why: Node.js 20 or later is needed.",
    };
    Err(format!("`{program} {}` in web/ failed ({}). {advice}\n{out}{err}", args.join(" "), output.status))
}

/// When the file, or the newest file below the folder, was last changed.
fn newest(path: &Path) -> Result<SystemTime, String> {
    if !path.is_dir() {
        return modified(path);
    }
    let entries = fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|e| e.path())).collect();
    let times: Result<Vec<_>, _> = paths.map_err(|e| e.to_string())?.iter().map(|p| newest(p)).collect();
    let own = modified(path)?;
    Ok(times?.into_iter().fold(own, SystemTime::max))
}

fn modified(path: &Path) -> Result<SystemTime, String> {
    fs::metadata(path).and_then(|m| m.modified()).map_err(|e| format!("{}: {e}", path.display()))
}
