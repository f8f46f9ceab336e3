//! A real Chromium, spoken to through its driver.
//!
//! The W3C's WebDriver is JSON over plain http, and a walk needs a dozen of its commands: written out here they add a
//! second to the compilation, where a crate for it would bring a http client and its async tree.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

/// One browser with an empty profile of its own.
pub(crate) struct Chromium {
    driver: BufReader<TcpStream>,
    session: String,
    site: String,
}

/// How long an element or a text may take to come, in steps of [`STEP`].
const STEPS: u32 = 600;
const STEP: Duration = Duration::from_millis(25);

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1440,900",
    // What still slides into place cannot be clicked.
    "--force-prefers-reduced-motion",
    // So it ends with its driver.
    "--remote-debugging-pipe",
];

impl Chromium {
    /// Opens a browser for a site, as someone who reads Chinese.
    pub(crate) fn open(driver: SocketAddr, site: &str, scripts: Scripts) -> Chromium {
        let setting = if scripts == Scripts::On { 1 } else { 2 };
        let prefs = json!({ "intl.accept_languages": "zh-CN,zh", "profile.managed_default_content_settings.javascript": setting });
        let wanted =
            json!({ "unhandledPromptBehavior": "accept", "goog:chromeOptions": { "args": FLAGS, "prefs": prefs } });
        let driver = BufReader::new(TcpStream::connect(driver).unwrap());
        let mut browser = Chromium { driver, session: String::new(), site: site.to_owned() };
        let made = browser.ask("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } })).unwrap();
        browser.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        browser
    }

    /// Sends a command to the driver; what it says is wrong comes back as its message.
    fn ask(&mut self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = body.to_string();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n\r\n", body.len());
        self.driver.get_mut().write_all((head + &body).as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.driver.read_line(&mut line).unwrap();
            match line.trim_end().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().unwrap();
                }
                _ if line.trim_end().is_empty() => break,
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        self.driver.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        match answer["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Sends a command of the browser's own, beyond what the standard has.
    pub(crate) fn browser_command(&mut self, name: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).unwrap()
    }

    fn post(&mut self, command: &str, body: &Value) -> Result<Value, String> {
        let path = format!("{}/{command}", self.session);
        self.ask("POST", &path, body)
    }

    fn get(&mut self, command: &str) -> Result<Value, String> {
        let path = format!("{}/{command}", self.session);
        self.ask("GET", &path, &json!({}))
    }

    /// Tries until it works; what stood on the page at the end tells why it did not.
    fn until<T>(&mut self, what: &str, mut attempt: impl FnMut(&mut Chromium) -> Result<T, String>) -> T {
        let mut last = String::new();
        for _ in 0..STEPS {
            match attempt(self) {
                Ok(found) => return found,
                Err(why) => last = why,
            }
            std::thread::sleep(STEP);
        }
        let page = self.now("body").unwrap_or_default();
        panic!("{what} at {}: {last}\n{page}", self.path());
    }

    fn element(&mut self, css: &str) -> Result<String, String> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }))?;
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| found.to_string())
    }

    fn now(&mut self, css: &str) -> Result<String, String> {
        let element = self.element(css)?;
        self.get(&format!("element/{element}/text")).map(|text| text.as_str().unwrap_or_default().to_owned())
    }

    /// Goes to a path of the site.
    pub(crate) fn go(&mut self, path: &str) -> &mut Chromium {
        let url = if path.contains("://") { path.to_owned() } else { format!("{}{path}", self.site) };
        self.until(path, |browser| browser.post("url", &json!({ "url": url })));
        self
    }

    /// The path of the page that is open.
    pub(crate) fn path(&mut self) -> String {
        let url = self.get("url").unwrap();
        url.as_str().unwrap().replace(&self.site, "")
    }

    /// Clicks what a selector finds.
    pub(crate) fn click(&mut self, css: &str) -> &mut Chromium {
        self.until(css, |browser| {
            let element = browser.element(css)?;
            browser.post(&format!("element/{element}/click"), &json!({}))
        });
        self
    }

    /// Types into a field in place of what it holds.
    pub(crate) fn fill(&mut self, name: &str, text: &str) -> &mut Chromium {
        let css = format!("[name={name}]");
        self.until(&css, |browser| {
            let element = browser.element(&css)?;
            browser.post(&format!("element/{element}/clear"), &json!({}))?;
            browser.post(&format!("element/{element}/value"), &json!({ "text": text }))
        });
        self
    }

    /// Chooses a file for a field.
    pub(crate) fn choose(&mut self, name: &str, file: &Path) -> &mut Chromium {
        let text = file.to_str().unwrap();
        let css = format!("[name={name}]");
        self.until(&css, |browser| {
            let element = browser.element(&css)?;
            browser.post(&format!("element/{element}/value"), &json!({ "text": text }))
        });
        self
    }

    /// What stands in the element that a selector finds.
    pub(crate) fn text(&mut self, css: &str) -> String {
        self.until(css, |browser| browser.now(css))
    }

    /// An attribute of the element that a selector finds.
    pub(crate) fn attribute(&mut self, css: &str, name: &str) -> String {
        self.until(css, |browser| {
            let element = browser.element(css)?;
            let value = browser.get(&format!("element/{element}/attribute/{name}"))?;
            value.as_str().map(str::to_owned).ok_or_else(|| format!("no {name}"))
        })
    }

    /// Waits until the page shows a text.
    pub(crate) fn shows(&mut self, text: &str) -> &mut Chromium {
        self.until(text, |browser| {
            let page = browser.now("body")?;
            if page.contains(text) { Ok(()) } else { Err("it is not there".to_owned()) }
        });
        self
    }

    /// Whether the page shows a text now.
    pub(crate) fn has(&mut self, text: &str) -> bool {
        self.text("body").contains(text)
    }

    /// Forgets who was signed in.
    pub(crate) fn forget(&mut self) -> &mut Chromium {
        let path = format!("{}/cookie", self.session);
        self.ask("DELETE", &path, &json!({})).unwrap();
        self
    }
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let path = self.session.clone();
        let _ended = self.ask("DELETE", &path, &json!({}));
    }
}
