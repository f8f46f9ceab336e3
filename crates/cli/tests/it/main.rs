//! The built binary as its users meet it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod check;
mod chromium;
mod counts;
mod counts_charts;
mod demo;
mod diff;
mod disk_full;
mod documented;
mod encrypted;
mod example;
mod killed;
mod killed_serving;
mod licences;
mod metrics;
mod old_formats;
mod output;
mod picture;
mod read;
mod schemathesis;
mod server;
mod settings;
mod shots;
mod story;
mod story_reports;
mod teller;
mod trees;
mod visitor;
mod visits;
mod walk;
mod webdriver;
mod wrong;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// The binary with a bare environment: no language, no colour, 100 columns.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lianfang"));
    command.args(args).env("COLUMNS", "100").env_remove("LANG").env_remove("LIANFANG_LANG");
    command
}

fn ran(mut command: Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn lianfang(args: &[&str]) -> Ran {
    ran(command(args))
}

/// Runs the binary with something on its standard input.
fn lianfang_given(args: &[&str], input: &[u8]) -> Ran {
    let mut command = command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The binary may have read enough and closed its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder that is removed afterwards, and files in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path as text.
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        text(&path)
    }

    fn plan(&self, name: &str) -> String {
        self.file(name, PLAN)
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The plan that comes with the program.
const PLAN: &str = include_str!("../../src/plan/example.txt");

/// A file of the repository.
fn repository(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}
