//! The server as a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

/// A running server.
pub(crate) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Its address with scheme, as it printed it.
    pub(crate) address: String,
}

impl Server {
    /// Starts it on a free port and waits until it is up.
    pub(crate) fn start(args: &[String]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianfang"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--lang", "en"]).args(args);
        command.env("LIANFANG_LOG", "error").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut server = Server { child, out, address: String::new() };
        server.address = server.line().strip_prefix("Lianfang is up: ").unwrap().to_owned();
        server
    }

    /// The next line it prints.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The path of the link for the first set-up, printed after the address.
    pub(crate) fn set_up_path(&mut self) -> String {
        let line = self.line();
        line.split_once(&self.address).unwrap().1.to_owned()
    }

    /// Host and port.
    pub(crate) fn host(&self) -> &str {
        self.address.split_once("://").unwrap().1
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("/bin/kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Kills it, as when the machine stops.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop, and waits until it has; gives back whether it ended well.
    pub(crate) fn stop(mut self) -> bool {
        self.signal("TERM");
        self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone when it was stopped or killed.
        let _gone = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// What stands in the body between two texts, first found.
    pub(crate) fn between(&self, from: &str, to: &str) -> Option<&str> {
        self.body.split_once(from)?.1.split_once(to).map(|(found, _)| found)
    }
}

pub(crate) fn ask(mut stream: impl Read + Write, host: &str, head: &str, form: &str) -> std::io::Result<Answer> {
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let length = form.len();
    write!(stream, "{head}\r\nHost: {host}\r\nConnection: close\r\n{kind}\r\nContent-Length: {length}\r\n\r\n{form}")?;
    stream.flush()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    // A server that was killed answers half or not at all.
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(broken)?;
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// Opens a page.
pub(crate) fn open_plain(host: &str, path: &str) -> std::io::Result<Answer> {
    ask(TcpStream::connect(host)?, host, &format!("GET {path} HTTP/1.1"), "")
}

/// Opens a page by https, trusting only one authority.
pub(crate) fn open_encrypted(host: &str, path: &str, authority: &std::path::Path) -> std::io::Result<Answer> {
    use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = rustls::StreamOwned::new(connection, TcpStream::connect(host)?);
    ask(stream, host, &format!("GET {path} HTTP/1.1"), "")
}
