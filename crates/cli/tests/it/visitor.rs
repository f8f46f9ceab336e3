//! Someone who visits a server without a browser.

use std::net::TcpStream;
use std::time::Duration;

use super::server::{Answer, Server, ask};

pub(crate) const PASSWORD: &str = "river stone lamp";

/// The code of the n-th made-up county; there are some nine thousand.
pub(crate) fn county(n: u32) -> String {
    format!("99{:02}{:02}", 1 + n / 99, 1 + n % 99)
}

/// Someone who visits a server, with a cookie and the token of the last form.
#[derive(Clone, Default)]
pub(crate) struct Visitor {
    cookie: String,
    token: String,
}

impl Visitor {
    /// Goes through the first set-up of a new server and is its system administrator.
    pub(crate) fn set_up(server: &mut Server) -> Visitor {
        let path = server.set_up_path();
        let mut visitor = Visitor::default();
        visitor.open(server.host(), &path).unwrap();
        let fields = [
            ("name", "系统管理员甲"),
            ("login", "system"),
            ("password", PASSWORD),
            ("again", PASSWORD),
            ("security_login", "security"),
            ("audit_login", "audit"),
        ];
        let done = visitor.send(server.host(), &path, &fields).unwrap();
        assert_eq!(done.status, 200, "{}", done.body);
        visitor.open(server.host(), "/areas/new").unwrap();
        visitor
    }

    /// Adds an area of this code; the status 303 says that it was kept.
    pub(crate) fn add_area(&mut self, host: &str, code: &str, name: &str) -> std::io::Result<Answer> {
        let fields = [
            ("code", code),
            ("name", name),
            ("short", ""),
            ("population", "1820"),
            ("counted_on", "2025-12-31"),
            ("source", "年末统计"),
        ];
        self.send(host, "/areas/new", &fields)
    }

    /// Opens a page.
    pub(crate) fn open(&mut self, host: &str, path: &str) -> std::io::Result<Answer> {
        self.ask(host, &format!("GET {path} HTTP/1.1"), "")
    }

    /// Sends a form with the token of the page opened last.
    pub(crate) fn send(&mut self, host: &str, path: &str, fields: &[(&str, &str)]) -> std::io::Result<Answer> {
        let token = self.token.clone();
        let pairs = [("_csrf", token.as_str())].into_iter().chain(fields.iter().copied());
        let form: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.ask(host, &format!("POST {path} HTTP/1.1"), &form.join("&"))
    }

    fn ask(&mut self, host: &str, line: &str, form: &str) -> std::io::Result<Answer> {
        let stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let answer = ask(stream, host, &format!("{line}\r\nCookie: {}", self.cookie), form)?;
        let set = answer.head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        if let Some(set) = set {
            self.cookie = set.split(';').next().unwrap_or_default().to_owned();
        }
        if let Some(token) = answer.between("name=\"_csrf\" value=\"", "\"") {
            self.token = token.to_owned();
        }
        Ok(answer)
    }
}

/// Every byte that is not a letter or digit as `%xx`.
fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    value.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
