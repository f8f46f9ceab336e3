//! The interface for programs, asked thousands of right and wrong things by schemathesis, which reads its document.

use std::process::Command;

use super::demo::Demo;
use super::visitor::{PASSWORD, Visitor};
use super::{Folder, ran, text};

/// What every answer must hold to: no failure of the server, and status, kind and shape as the document says.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Seconds for each user.
const TIME: &str = "35";

/// Signs in and makes a key that may do all that its user may.
fn key(host: &str, login: &str) -> String {
    let mut visitor = Visitor::default();
    visitor.open(host, "/sign-in").unwrap();
    let signed_in = visitor.send(host, "/sign-in", &[("login", login), ("password", PASSWORD)]).unwrap();
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    let account = visitor.open(host, "/account").unwrap().body;
    let scopes = account.split("name=\"").filter(|part| part.starts_with("scope_"));
    let scopes: Vec<&str> = scopes.filter_map(|part| part.split('"').next()).collect();
    let mut fields = vec![("key_name", "报送系统"), ("days", "1")];
    fields.extend(scopes.iter().map(|scope| (*scope, "1")));
    let made = visitor.send(host, "/account/keys", &fields).unwrap();
    made.between("<pre><code>", "</code>").unwrap().to_owned()
}

#[test]
fn whatever_a_program_asks_is_answered_as_the_document_says() {
    let Some(program) = ["schemathesis", "st"].iter().find_map(|name| lianfang_throwaway::program(name)) else {
        return lianfang_throwaway::skipped("schemathesis", "schemathesis is not installed");
    };
    let demo = Demo::start();
    let folder = Folder::new();
    for login in ["system", "office", "audit"] {
        let key = format!("Authorization: Bearer {}", key(demo.host(), login));
        let mut command = Command::new(&program);
        command.current_dir(folder.0.path()).arg("run").arg(format!("{}/api/openapi.json", demo.address));
        command.args(["--header", &key, "--checks", CHECKS, "--max-time", TIME, "--max-examples", "15"]);
        // Faster than the server lets one address ask, it would only be told to wait.
        command.args(["--rate-limit", "90/s", "--suppress-health-check", "all", "--generation-deterministic"]);
        command.args(["--continue-on-failure", "--no-shrink", "--no-color", "--warnings", "off"]);
        command.env("HOME", text(folder.0.path()));
        let run = ran(command);
        assert_eq!(run.code, 0, "as {login}:\n{}{}", run.out, run.err);
    }
}
