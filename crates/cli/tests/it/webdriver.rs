//! The W3C's WebDriver: JSON over plain http.
//!
//! A walk needs a dozen of its commands. Written out they add a second to the compilation, where a crate for it would
//! bring a http client and its async tree.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// How long the browser may take to answer a command.
const LONGEST_ANSWER: Duration = Duration::from_secs(90);

/// A session with a browser, which ends with it.
pub(crate) struct WebDriver {
    stream: BufReader<TcpStream>,
    session: String,
}

impl WebDriver {
    /// Has the driver start a browser as it is wanted.
    pub(crate) fn start(address: SocketAddr, wanted: &Value) -> WebDriver {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(LONGEST_ANSWER)).unwrap();
        let mut driver = WebDriver { stream: BufReader::new(stream), session: String::new() };
        let made = driver.ask("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } })).unwrap();
        driver.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        driver
    }

    /// Sends a command that does something; what is wrong comes back as words.
    pub(crate) fn post(&mut self, command: &str, body: &Value) -> Result<Value, String> {
        self.ask("POST", &format!("{}/{command}", self.session), body)
    }

    /// Sends a command that reads something.
    pub(crate) fn get(&mut self, command: &str) -> Result<Value, String> {
        self.ask("GET", &format!("{}/{command}", self.session), &json!({}))
    }

    /// Sends a command that takes something away.
    pub(crate) fn delete(&mut self, command: &str) -> Result<Value, String> {
        self.ask("DELETE", &format!("{}{command}", self.session), &json!({}))
    }

    fn ask(&mut self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.exchange(method, path, &body.to_string()).map_err(|error| format!("the driver: {error}"))?;
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
            None => Ok(answer["value"].clone()),
        }
    }

    fn exchange(&mut self, method: &str, path: &str, body: &str) -> std::io::Result<Value> {
        let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n\r\n", body.len());
        self.stream.get_mut().write_all((head + body).as_bytes())?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            match line.trim_end().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().map_err(std::io::Error::other)?;
                }
                None if line.trim_end().is_empty() => break,
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        // The driver may be gone already.
        let _ended = self.delete("");
    }
}
