use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

#[test]
fn the_demo_lists_its_accounts_and_serves() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lianfang"))
        .args(["demo", "--listen", "127.0.0.1:0", "--lang", "zh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines: Vec<String> =
        BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).take(13).collect();
    let address = lines[0].split_once("http://").unwrap().1;
    let mut connection = TcpStream::connect(address).unwrap();
    connection.write_all(b"GET /readyz HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for login in ["system", "office", "township", "observer"] {
        assert!(lines.iter().any(|line| line.trim_start().starts_with(login)), "{lines:?}");
    }
}
