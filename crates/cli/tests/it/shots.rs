//! Pictures of the main pages, for eyes: `LIANFANG_SHOTS=DIR cargo test -p lianfang-cli --test it shots -- --nocapture`.
//!
//! Each page is taken wide and as on a phone, in both languages, light and dark; what is too wide, too pale or too small
//! to touch is printed.

use std::fs;
use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::chromium::{Chromium, Scripts};
use super::demo::Demo;
use super::server::Server;
use super::walk::{AREAS, fill_set_up, sign_in};
use super::{Folder, repository, text};

const SIZES: [(&str, u32, u32); 2] = [("wide", 1440, 900), ("phone", 390, 844)];

/// A browser that takes pictures.
struct Camera {
    browser: Chromium,
    folder: PathBuf,
    complaints: String,
}

impl Camera {
    fn new(browser: Chromium, folder: &Path) -> Camera {
        fs::create_dir_all(folder).unwrap();
        let complaints = repository("web/look/complaints.mjs");
        let complaints = complaints.split_once("/** The expression").unwrap().0.to_owned();
        Camera { browser, folder: folder.to_owned(), complaints: format!("{complaints}complain()") }
    }

    /// Takes the page that is open.
    fn take(&mut self, name: &str) {
        for (size, width, height) in SIZES {
            let phone = size == "phone";
            let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
            self.browser.browser_command("Emulation.setDeviceMetricsOverride", &screen);
            for theme in ["light", "dark"] {
                let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
                self.browser.browser_command("Emulation.setEmulatedMedia", &features);
                self.expose(&format!("{name}-{size}-{theme}"));
            }
        }
        self.browser.browser_command("Emulation.clearDeviceMetricsOverride", &json!({}));
    }

    fn expose(&mut self, name: &str) {
        let whole = json!({ "captureBeyondViewport": true });
        let picture = self.browser.browser_command("Page.captureScreenshot", &whole);
        let bytes = STANDARD.decode(picture["data"].as_str().unwrap()).unwrap();
        fs::write(self.folder.join(format!("{name}.png")), bytes).unwrap();
        let asked = json!({ "expression": self.complaints, "returnByValue": true });
        let found = self.browser.browser_command("Runtime.evaluate", &asked);
        for line in found["result"]["value"].as_array().into_iter().flatten() {
            println!("{name}: {line}");
        }
    }

    /// Takes a page in both languages.
    fn both(&mut self, name: &str, path: &str) {
        for lang in ["en", "zh"] {
            self.browser.go(&format!("/language/{lang}?back={path}"));
            self.take(&format!("{name}-{lang}"));
        }
    }

    /// Takes a page as it is printed.
    fn printed(&mut self, name: &str, path: &str) {
        self.browser.go(path).browser_command("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
        self.expose(name);
        self.browser.browser_command("Emulation.setEmulatedMedia", &json!({ "media": "" }));
    }
}

fn new_system(camera: &mut Camera, path: &str) {
    camera.both("set-up", path);
    fill_set_up(&mut camera.browser, path);
    camera.take("set-up-done-zh");
    camera.both("start-first", "/");
    for (name, path) in [("areas-empty", "/areas"), ("units-empty", "/units"), ("dead-link", "/link/none")] {
        camera.both(name, path);
    }
    camera.both("second-factor", "/account/second-factor");
    let folder = Folder::new();
    folder.file("名册.csv", AREAS);
    camera.both("import", "/areas/import");
    camera.browser.choose("file", &folder.path("名册.csv")).click("main form button").shows("导入 2 行");
    let import = camera.browser.path();
    camera.both("import-ready", &import);
    camera.browser.click("main form[action$='/run'] button").shows("已导入");
    camera.both("import-done", &import);
    camera.browser.click("details.confirm summary").click("main form[action$='/undo'] button").shows("已撤销");
    camera.both("import-undone", &import);
}

fn as_system(camera: &mut Camera) {
    camera.both("sign-in", "/sign-in");
    sign_in(&mut camera.browser, "system").shows("我的角色");
    let pages = [("start", "/"), ("areas", "/areas"), ("area", "/areas/990101"), ("area-new", "/areas/new")];
    for (name, path) in pages {
        camera.both(name, path);
    }
    for (name, path) in [("users", "/users"), ("user-new", "/users/new"), ("system", "/system"), ("about", "/about")] {
        camera.both(name, path);
    }
    for (name, path) in [("jobs", "/system/jobs"), ("docs", "/api/docs"), ("not-found", "/no"), ("no-right", "/audit")]
    {
        camera.both(name, path);
    }
    camera.browser.go("/account").fill("key_name", "报送系统").click("[name=scope_areas\\.read]");
    camera.browser.click("form[action='/account/keys'] button").shows("密钥已生成");
    camera.take("key-zh");
    camera.both("account", "/account");
    camera.browser.go("/users/new").click("main form button").shows("必填");
    camera.take("user-new-wrong-zh");
    camera.browser.fill("login", "new").fill("name", "石桥镇联络员").click("main form button").shows("一次性链接");
    camera.take("user-link-zh");
}

fn as_security(camera: &mut Camera) {
    sign_in(&mut camera.browser, "security").shows("我的角色");
    let user = camera.browser.go("/users").attribute("th.cell-main a", "href");
    camera.both("user", &user);
    camera.both("security", "/security");
}

fn as_office(camera: &mut Camera) {
    sign_in(&mut camera.browser, "office").shows("我的角色");
    let pages =
        [("units", "/units"), ("unit-new", "/units/new"), ("directory", "/directory"), ("units-none", "/units?q=x")];
    for (name, path) in pages {
        camera.both(name, path);
    }
    camera.printed("directory-print-zh", "/directory");
    let unit = camera.browser.go("/units").attribute("th.cell-main a", "href");
    for (name, path) in [("unit", ""), ("unit-rename", "/rename"), ("unit-merge", "/merge"), ("unit-edit", "/edit")] {
        camera.both(name, &format!("{unit}{path}"));
    }
    let post = camera.browser.go(&unit).attribute("th.cell-main a[href*='/posts/']", "href");
    camera.both("post", &post);
}

#[test]
fn pictures_are_taken_when_a_folder_for_them_is_named() {
    let Some(folder) = std::env::var_os("LIANFANG_SHOTS").map(PathBuf::from) else { return };
    let Some(driver) = lianfang_throwaway::browser_driver() else { return };
    let data = Folder::new();
    let mut server = Server::start(&["--data".to_owned(), text(data.0.path())]);
    let path = server.set_up_path();
    let camera = |site| Camera::new(Chromium::open(driver.address, site, Scripts::On), &folder);
    new_system(&mut camera(&server.address), &path);
    let demo = Demo::start();
    let mut camera = camera(&demo.address);
    as_system(&mut camera);
    as_security(&mut camera);
    as_office(&mut camera);
    sign_in(&mut camera.browser, "audit").shows("我的角色");
    camera.both("audit", "/audit");
}
