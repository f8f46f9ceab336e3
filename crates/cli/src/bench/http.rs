use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, ReadHalf, WriteHalf};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A connection that is kept open, as browsers and programs keep theirs. It reads what our own server sends: a status,
/// headers, and a body of a known length or in pieces.
pub(super) struct Connection {
    reader: BufReader<ReadHalf<TcpStream>>,
    writer: WriteHalf<TcpStream>,
    cookies: String,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What stands between two texts, first found.
    pub(super) fn between(&self, from: &str, to: &str) -> String {
        let text = self.text();
        let rest = text.split_once(from).map_or("", |(_, rest)| rest);
        rest.split_once(to).map_or("", |(found, _)| found).to_owned()
    }
}

impl Connection {
    pub(super) async fn open(address: SocketAddr, cookies: &str) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = tokio::io::split(stream);
        Ok(Connection { reader: BufReader::new(reader), writer, cookies: cookies.to_owned() })
    }

    pub(super) fn cookies(&self) -> &str {
        &self.cookies
    }

    pub(super) async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, "", &[]).await
    }

    pub(super) async fn send_form(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let form = serde_urlencoded::to_string(fields).map_err(io::Error::other)?;
        self.ask("POST", path, "application/x-www-form-urlencoded", form.as_bytes()).await
    }

    pub(super) async fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\nCookie: {}\r\n", self.cookies);
        if !kind.is_empty() {
            head.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        self.writer.write_all(&[head.as_bytes(), body].concat()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let status = self.line().await?.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let (mut length, mut in_pieces, mut location) = (0, false, String::new());
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => in_pieces = true,
                "location" => value.clone_into(&mut location),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        let body = if in_pieces { self.pieces().await? } else { self.exactly(length).await? };
        Ok(Answer { status, location, body })
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(pair);
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line).await? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(line.trim_end().to_owned())
    }

    async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).await?;
        Ok(body)
    }

    async fn pieces(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line().await?, 16).map_err(io::Error::other)?;
            body.extend(self.exactly(length).await?);
            self.line().await?;
            if length == 0 {
                return Ok(body);
            }
        }
    }
}
