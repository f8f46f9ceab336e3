use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::server::open_plain;

/// A running demo.
pub(crate) struct Demo {
    child: Child,
    /// Its address with scheme.
    pub(crate) address: String,
    /// What it printed of its accounts.
    lines: Vec<String>,
}

impl Demo {
    /// Starts it on a free port and waits until it is laid out.
    pub(crate) fn start() -> Demo {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianfang"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--lang", "zh"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let lines: Vec<String> = out.lines().map_while(Result::ok).take(13).collect();
        let address = format!("http://{}", lines[0].split_once("http://").unwrap().1);
        Demo { child, address, lines }
    }

    /// Host and port.
    pub(crate) fn host(&self) -> &str {
        self.address.split_once("://").unwrap().1
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _waited = self.child.wait();
    }
}

#[test]
fn the_demo_lists_its_accounts_and_serves() {
    let demo = Demo::start();
    assert_eq!(open_plain(demo.host(), "/readyz").unwrap().status, 200);
    for login in ["system", "office", "township", "observer"] {
        assert!(demo.lines.iter().any(|line| line.trim_start().starts_with(login)), "{:?}", demo.lines);
    }
}

#[test]
fn the_page_on_the_interface_says_in_chinese_what_each_operation_does() {
    let demo = Demo::start();
    let document: serde_json::Value =
        serde_json::from_str(&open_plain(demo.host(), "/api/openapi.json").unwrap().body).unwrap();
    let page = open_plain(demo.host(), "/api/docs").unwrap().body;
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            let english = operation["summary"].as_str().unwrap();
            assert!(!page.contains(&format!(">{english}<")), "{} is not said in Chinese", operation["operationId"]);
        }
    }
}
