//! A real Chromium, and what a person does with it.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::webdriver::WebDriver;

/// One browser with an empty profile of its own.
pub(crate) struct Chromium {
    driver: WebDriver,
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
        Chromium { driver: WebDriver::start(driver, &wanted), site: site.to_owned() }
    }

    /// Sends a command of the browser's own, beyond what the standard has.
    pub(crate) fn browser_command(&mut self, name: &str, parameters: &Value) -> Value {
        self.driver.post("goog/cdp/execute", &json!({ "cmd": name, "params": parameters })).unwrap()
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
        self.found("css selector", css)
    }

    fn found(&mut self, using: &str, value: &str) -> Result<String, String> {
        let found = self.driver.post("element", &json!({ "using": using, "value": value }))?;
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| found.to_string())
    }

    fn now(&mut self, css: &str) -> Result<String, String> {
        let element = self.element(css)?;
        self.driver.get(&format!("element/{element}/text")).map(|text| text.as_str().unwrap_or_default().to_owned())
    }

    /// Goes to a path of the site.
    pub(crate) fn go(&mut self, path: &str) -> &mut Chromium {
        let url = if path.contains("://") { path.to_owned() } else { format!("{}{path}", self.site) };
        self.until(path, |browser| browser.driver.post("url", &json!({ "url": url })));
        self
    }

    /// The path of the page that is open.
    pub(crate) fn path(&mut self) -> String {
        let url = self.driver.get("url").unwrap();
        url.as_str().unwrap().replace(&self.site, "")
    }

    /// Clicks what a selector finds.
    pub(crate) fn click(&mut self, css: &str) -> &mut Chromium {
        self.until(css, |browser| {
            let element = browser.element(css)?;
            browser.driver.post(&format!("element/{element}/click"), &json!({}))
        });
        self
    }

    /// Scrolls as a person does, so that what is wanted lies free of the bars above and below.
    fn scroll_to(&mut self, element: &str) -> Result<Value, String> {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let of = json!({ "element-6066-11e4-a52e-4f735466cecf": element });
        self.driver.post("execute/sync", &json!({ "script": script, "args": [of] }))
    }

    fn click_at(&mut self, xpath: &str) -> &mut Chromium {
        self.until(xpath, |browser| {
            let element = browser.found("xpath", xpath)?;
            browser.scroll_to(&element)?;
            browser.driver.post(&format!("element/{element}/click"), &json!({}))
        });
        self
    }

    /// Clicks the button or link of the page's own part that says this.
    pub(crate) fn press(&mut self, words: &str) -> &mut Chromium {
        let path = format!("//main//*[self::button or self::a or self::summary][normalize-space(.)={words:?}]");
        self.click_at(&path)
    }

    /// Goes by the first link whose words hold these.
    pub(crate) fn follow(&mut self, words: &str) -> &mut Chromium {
        let path = format!("//main//a[contains(normalize-space(.), {words:?})]");
        self.click_at(&path)
    }

    /// Chooses what says this in a list of choices.
    pub(crate) fn select(&mut self, name: &str, words: &str) -> &mut Chromium {
        let path = format!("//select[@name={name:?}]/option[contains(normalize-space(.), {words:?})]");
        self.click_at(&path)
    }

    /// Types into a field in place of what it holds.
    pub(crate) fn fill(&mut self, name: &str, text: &str) -> &mut Chromium {
        let css = format!("[name={name}]");
        self.until(&css, |browser| {
            let element = browser.element(&css)?;
            browser.driver.post(&format!("element/{element}/clear"), &json!({}))?;
            browser.driver.post(&format!("element/{element}/value"), &json!({ "text": text }))
        });
        self
    }

    /// Chooses a file for a field.
    pub(crate) fn choose(&mut self, name: &str, file: &Path) -> &mut Chromium {
        let text = file.to_str().unwrap();
        let css = format!("[name={name}]");
        self.until(&css, |browser| {
            let element = browser.element(&css)?;
            browser.driver.post(&format!("element/{element}/value"), &json!({ "text": text }))
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
            let value = browser.driver.get(&format!("element/{element}/attribute/{name}"))?;
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
        self.driver.delete("/cookie").unwrap();
        self
    }
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}
