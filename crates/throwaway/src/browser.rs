use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A program that drives Chromium as the W3C's WebDriver says. It and its browsers end with the test.
pub struct BrowserDriver {
    /// Where it listens, by plain http.
    pub address: SocketAddr,
    /// Ends the driver when its standard input closes, however this process ends.
    _keeper: Child,
}

/// A driver of its own, or none when Chromium or its driver is not installed.
///
/// # Panics
/// When they are not installed and `LIANFANG_REQUIRE` names `browser`.
pub fn browser_driver() -> Option<BrowserDriver> {
    match start() {
        Ok(driver) => Some(driver),
        Err(why) => {
            super::skipped("browser", &why);
            None
        }
    }
}

fn start() -> Result<BrowserDriver, String> {
    let on_path = |names: &[&str]| names.iter().find_map(|name| super::program(name));
    on_path(&["chromium", "chromium-browser", "google-chrome"]).ok_or("Chromium is not installed")?;
    let driver = on_path(&["chromedriver"]).ok_or("chromedriver is not installed")?;
    let failed = |error: std::io::Error| format!("chromedriver failed: {error}");
    let address = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).map_err(failed)?;
    let driver = BrowserDriver { address, _keeper: keep(&driver, address.port()).map_err(failed)? };
    let is_up = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        TcpStream::connect(driver.address).is_ok()
    });
    if is_up { Ok(driver) } else { Err("chromedriver did not start".to_owned()) }
}

/// A shell that starts the driver and ends it at the end of its own input.
fn keep(driver: &Path, port: u16) -> std::io::Result<Child> {
    let script = r#"exec 3<&0; "$1" --port="$2" </dev/null & driver=$!; read -r _ <&3; kill "$driver""#;
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", script, "keeper"]).arg(PathBuf::from(driver)).arg(port.to_string());
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}
