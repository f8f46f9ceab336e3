//! A server with the demo on a clock of its own, and a browser with what stories need.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use lianfang_domain::Lang;
use lianfang_server::{App, DEMO_PASSWORD, Manners, lay_out_demo, serve};
use lianfang_store::{Settings, Store};
use serde_json::json;
use tokio::sync::oneshot;

use super::chromium::{Chromium, Scripts};

/// 23 November 2026, 09:00 in China.
const NOW: i64 = 1_795_395_600_000;
pub(super) const HOUR_MS: i64 = 3_600_000;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;
const CHINA_MS: i64 = 8 * HOUR_MS;

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Screen {
    Wide,
    Phone,
}

impl Screen {
    fn size(self) -> (u32, u32, bool) {
        match self {
            Screen::Wide => (1440, 900, false),
            Screen::Phone => (390, 844, true),
        }
    }
}

/// The server in this process, on a clock of its own.
pub(super) struct Site {
    clock: Arc<AtomicI64>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Site {
    pub(super) fn start(folder: PathBuf, database: Option<String>) -> Site {
        let clock = Arc::new(AtomicI64::new(NOW));
        let hand = Arc::clone(&clock);
        let (stop, stopped) = oneshot::channel();
        let (ready, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async move {
                let settings = Settings { database, ..Settings::in_folder(&folder) };
                let store = Store::open(&settings, NOW).await.unwrap();
                let now = Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap());
                let app = App::new(store, now, Manners::default());
                lay_out_demo(&app, 1, Lang::Zh).await.unwrap();
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(listener.local_addr().unwrap()).unwrap();
                let until = async move { stopped.await.unwrap_or_default() };
                serve(&app, listener, None, until).await.unwrap();
            });
        });
        Site { clock, address: address.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    pub(super) fn wait(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    /// What the server takes for now, in milliseconds.
    pub(super) fn now_ms(&self) -> i64 {
        self.clock.load(Ordering::Relaxed)
    }

    /// Turns the clock on to a time of day in China, of this day or one that comes.
    pub(super) fn comes_to(&self, days: i64, (hour, minute): (i64, i64)) {
        let midnight = (self.now_ms() + CHINA_MS).div_euclid(DAY_MS) * DAY_MS - CHINA_MS;
        let then = midnight + days * DAY_MS + hour * HOUR_MS + minute * 60_000;
        assert!(then >= self.now_ms(), "the clock does not go back");
        self.clock.store(then, Ordering::Relaxed);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _told = self.stop.take().map(|stop| stop.send(()));
        let _ended = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

/// A browser with what the story needs.
pub(super) struct Teller<'a> {
    pub(super) browser: Chromium,
    pub(super) site: &'a Site,
}

impl<'a> Teller<'a> {
    pub(super) fn new(driver: SocketAddr, site: &'a Site) -> Teller<'a> {
        let browser = Chromium::open(driver, &format!("http://{}", site.address), Scripts::On);
        Teller { browser, site }
    }
}

impl Teller<'_> {
    pub(super) fn signs_in(&mut self, login: &str) -> &mut Self {
        // Sign-ins are counted; time passes between them.
        self.site.wait(20_000);
        self.browser.forget().go("/sign-in").fill("login", login).fill("password", DEMO_PASSWORD);
        self.browser.click("main form button").shows("首页");
        self
    }

    /// Evaluates an expression in the page.
    pub(super) fn asks(&mut self, expression: &str) -> serde_json::Value {
        let asked = json!({ "expression": expression, "returnByValue": true });
        self.browser.browser_command("Runtime.evaluate", &asked)["result"]["value"].clone()
    }

    /// What a file at an address holds, fetched by the page as who is signed in.
    pub(super) fn downloads(&mut self, path: &str) -> Vec<u8> {
        let script = format!(
            "fetch({path:?}).then(r => r.ok ? r.blob() : Promise.reject(r.status)).then(b => new Promise(done => {{ \
             const reader = new FileReader(); reader.onload = () => done(reader.result.split(',')[1]); \
             reader.readAsDataURL(b); }}))"
        );
        let asked = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let answer = self.browser.browser_command("Runtime.evaluate", &asked);
        let text = answer["result"]["value"].as_str().unwrap_or_else(|| panic!("{path}: {answer}"));
        STANDARD.decode(text).unwrap()
    }

    /// Shows pages as on a telephone from now on, or wide again.
    pub(super) fn holds(&mut self, screen: Screen) -> &mut Self {
        let (width, height, mobile) = screen.size();
        let wanted = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.browser.browser_command("Emulation.setDeviceMetricsOverride", &wanted);
        self
    }

    /// Has the page that is open looked at, where a folder for pictures is named: in both languages, wide and as on a
    /// telephone. It is opened anew for that, so what was typed is gone.
    pub(super) fn is_looked_at(&mut self, name: &str) -> &mut Self {
        if std::env::var_os("LIANFANG_SHOTS").is_none() {
            return self;
        }
        let path = self.browser.path();
        for lang in ["en", "zh"] {
            self.browser.go(&format!("/language/{lang}")).go(&path);
            for screen in [Screen::Phone, Screen::Wide] {
                self.holds(screen).is_looked_at_now(&format!("{name}-{screen:?}-{lang}"));
            }
        }
        self
    }

    /// Has the page looked at as it stands. A page that is wider than its screen fails.
    pub(super) fn is_looked_at_now(&mut self, name: &str) -> &mut Self {
        let Some(folder) = std::env::var_os("LIANFANG_SHOTS").map(PathBuf::from) else { return self };
        std::fs::create_dir_all(&folder).unwrap();
        let over = self.asks("document.documentElement.scrollWidth - document.documentElement.clientWidth").as_i64();
        let whole = json!({ "captureBeyondViewport": true });
        let taken = self.browser.browser_command("Page.captureScreenshot", &whole);
        let bytes = STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
        std::fs::write(folder.join(format!("{}.png", name.to_lowercase())), bytes).unwrap();
        assert!(over.is_some_and(|over| over <= 0), "{name} is too wide by {over:?}");
        self
    }

    /// Fills the fields of the form that goes to an address ending like this, as they stand in the page, and sends it.
    pub(super) fn sends(&mut self, action: &str, fields: &[(&str, &str)], then: &str) -> &mut Self {
        let form = format!(
            "[...document.forms].find(f => f.method === 'post' && f.getAttribute('action')?.endsWith({action:?}))"
        );
        let fields = json!(fields);
        let script = format!(
            "(() => {{ const form = {form}; if (!form) return 'no form'; \
             for (let e = form; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true; \
             for (const [name, value] of {fields}) {{ \
               const all = [...form.querySelectorAll(`[name=\"${{name}}\"]`)]; \
               if (!all.length) return 'no field ' + name; \
               for (const one of all) {{ \
                 if (one.type === 'radio') {{ if (one.value === value) one.checked = true; }} \
                 else if (one.tagName === 'SELECT') {{ const o = [...one.options].find(o => o.value === value || o.text.trim() === value); \
                   if (!o) return 'no choice ' + value; one.value = o.value; }} \
                 else one.value = value; \
                 one.dispatchEvent(new Event('input', {{ bubbles: true }})); \
                 one.dispatchEvent(new Event('change', {{ bubbles: true }})); }} }} \
             form.requestSubmit(); return 'sent'; }})()"
        );
        let mut said = self.asks(&script);
        for _ in 0..100 {
            if said == "sent" {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
            said = self.asks(&script);
        }
        assert_eq!(said, "sent", "{action} at {}: {}", self.browser.path(), self.browser.text("main"));
        self.browser.shows(then);
        self
    }

    /// Waits until an address that begins like this is open.
    pub(super) fn comes_to(&mut self, start: &str) -> &mut Self {
        for _ in 0..400 {
            if self.browser.path().starts_with(start) {
                return self;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{start} is not reached from {}:\n{}", self.browser.path(), self.browser.text("main"));
    }

    pub(super) fn opens(&mut self, path: &str, seen: &str) -> &mut Self {
        self.browser.go(path).shows(seen);
        self
    }

    /// The address of the first link that matches.
    pub(super) fn link(&mut self, css: &str) -> String {
        self.browser.attribute(css, "href")
    }
}
