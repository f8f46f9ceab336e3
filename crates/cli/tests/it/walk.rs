//! A newcomer's walk through an empty system in a real browser, from the link of the first set-up to what a township
//! may see.

use std::net::SocketAddr;

use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::chromium::{Chromium, Scripts};
use super::server::Server;
use super::visitor::PASSWORD;
use super::{Folder, text};

pub(crate) const AREAS: &str = "区划代码,名称,人口,统计日期\n990101,清河区,412500,2025-12-31\n\
    990101001,石桥镇,41250,2025-12-31\n990101002,柳林镇,约三千,2025-12-31\n";
const AREAS_CORRECTED: &str = "区划代码,名称,人口,统计日期\n990101002,柳林镇,3050,2025-12-31\n";

const UNITS: &str = "单位名称,辖区,职务,姓名,手机,任职日期\n\
    石桥镇卫生院,石桥镇,院长,陈试甲,13900000001,2024-03-01\n\
    柳林镇卫生院,柳林镇,院长,陈试乙,13900000002,2024-03-01\n清河区卫生健康局,清河区,局长,陈试丙,139x,2024-03-01\n";
const UNITS_CORRECTED: &str =
    "单位名称,辖区,职务,姓名,手机,任职日期\n清河区卫生健康局,清河区,局长,陈试丙,13900000003,2024-03-01\n";

/// What the administrators hold in their hands after the first steps.
struct Handed {
    /// The link of the security administrator.
    security: String,
    /// A recovery code of the system administrator.
    recovery: String,
}

pub(crate) fn sign_in<'a>(browser: &'a mut Chromium, login: &str) -> &'a mut Chromium {
    browser.forget().go("/sign-in").fill("login", login).fill("password", PASSWORD).click("main form button")
}

/// Sets a password by a link that was handed over, and is signed in.
fn follow(browser: &mut Chromium, link: &str) {
    browser.forget().go(link).fill("password", PASSWORD).fill("again", PASSWORD).click("main form button");
    browser.shows("首页");
}

/// Fills the first set-up; then the links for the others are shown.
pub(crate) fn fill_set_up(browser: &mut Chromium, path: &str) {
    browser.go(path).shows("首次设置").fill("name", "系统管理员甲").fill("login", "system");
    browser.fill("password", PASSWORD).fill("again", PASSWORD).fill("security_login", "security");
    browser.fill("audit_login", "audit").click("main form button").shows("设置完成");
}

fn set_up(browser: &mut Chromium, path: &str) -> String {
    fill_set_up(browser, path);
    let link = browser.text("dl.facts > div:first-child .hand-over");
    browser.click("main a.btn-primary").shows("先做这几件事");
    link
}

/// Turns on the second factor and signs in with it; gives back a recovery code.
fn turn_on_second_factor(browser: &mut Chromium) -> String {
    browser.go("/account").click("a[href='/account/second-factor']");
    let secret = browser.text("main form p code").replace(' ', "");
    let totp = totp(&secret);
    let code = totp.generate_current();
    browser.fill("code", &code.to_string()).click("main form button").shows("恢复码");
    let recovery = browser.text("ul.codes li:last-child");
    browser
        .click("main a.btn-primary")
        .shows("已开启")
        .click(".top-tools details.menu summary")
        .click(".top-tools .menu-sheet form button");
    sign_in(browser, "system").shows("输入动态验证码");
    // A code is taken once; that of the next half minute is good already.
    let next = totp.generate(totp.next_step_current());
    browser.fill("code", &next.to_string()).click("main form button").shows("我的角色");
    recovery
}

fn totp(secret: &str) -> Totp {
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).build().unwrap()
}

/// Uploads a table, and stores its good rows once `seen` stands on the page.
fn import(browser: &mut Chromium, kind: &str, table: &str, seen: &str) {
    let folder = Folder::new();
    folder.file("名册.csv", table);
    browser.go(&format!("/{kind}")).click(&format!("a[href='/{kind}/import']"));
    browser.choose("file", &folder.path("名册.csv")).click("main form button").shows(seen);
    browser.click("main form[action$='/run'] button").shows("已导入");
}

/// Opens an account as system administrator; gives back the link for its owner and the page of the user.
fn open_account(browser: &mut Chromium, login: &str) -> (String, String) {
    browser.go("/users/new").fill("login", login).fill("name", login).click("main form button").shows("一次性链接");
    (browser.text(".hand-over"), browser.attribute("main a[href^='/users/0']", "href"))
}

fn give_role(browser: &mut Chromium, user: &str, role: &str, area: &str) {
    browser.go(user).click(&format!("[name=role] option[value={role}]")).fill("area", area);
    browser.click("form[action$='/roles'] button").shows("长期");
}

/// What the township officer sees of the units: its own, and of another's nothing, as if it were not there.
fn look_as_township(browser: &mut Chromium, link: &str, other_unit: &str) {
    follow(browser, link);
    browser.go("/units").shows("石桥镇卫生院");
    assert!(!browser.has("柳林镇卫生院") && !browser.has("清河区卫生健康局"));
    browser.go(other_unit).shows("没有这个页面或记录");
    browser.go("/units").click(".top-tools a[hreflang=en]").shows("Duty phone");
    assert_eq!(browser.text("h1"), "Units");
}

/// Without scripts, with a recovery code in place of the phone: an area gets another name.
fn rename_without_scripts(driver: SocketAddr, server: &Server, recovery: &str) {
    let mut browser = Chromium::open(driver, &server.address, Scripts::Off);
    sign_in(&mut browser, "system").shows("输入动态验证码").fill("code", recovery).click("main form button");
    browser.shows("我的角色").go("/areas/990101002").fill("name", "柳林街道").click("form[action$='/name'] button");
    browser.shows("柳林镇");
    assert_eq!(browser.text("h1"), "柳林街道");
}

fn walks(arguments: &[String], driver: SocketAddr) {
    let mut server = Server::start(arguments);
    let path = server.set_up_path();
    let mut browser = Chromium::open(driver, &server.address, Scripts::On);
    let security = set_up(&mut browser, &path);
    let handed = Handed { security, recovery: turn_on_second_factor(&mut browser) };

    import(&mut browser, "areas", AREAS, "第 4 行第 3 列（C）：人口应为整数，现为“约三千”");
    import(&mut browser, "areas", AREAS_CORRECTED, "导入 1 行");
    browser.go("/areas/990101002").shows("3,050");

    let (office, office_user) = open_account(&mut browser, "office");
    let (township, township_user) = open_account(&mut browser, "township");
    follow(&mut browser, &handed.security);
    give_role(&mut browser, &office_user, "office", "990101");
    give_role(&mut browser, &township_user, "township_officer", "990101001");

    follow(&mut browser, &office);
    import(&mut browser, "units", UNITS, "手机“139x”有误");
    import(&mut browser, "units", UNITS_CORRECTED, "导入 1 行");
    browser.go("/units").shows("清河区卫生健康局").go("/units?q=柳林");
    let other_unit = browser.attribute("th.cell-main a", "href");
    look_as_township(&mut browser, &township, &other_unit);
    rename_without_scripts(driver, &server, &handed.recovery);
    assert!(server.stop());
}

#[test]
fn a_newcomer_walks_from_the_first_set_up_to_what_a_township_sees_on_sqlite() {
    if let Some(driver) = lianfang_throwaway::browser_driver() {
        let folder = Folder::new();
        walks(&["--data".to_owned(), text(folder.0.path())], driver.address);
    }
}

#[test]
fn a_newcomer_walks_from_the_first_set_up_to_what_a_township_sees_on_postgresql() {
    let Some(driver) = lianfang_throwaway::browser_driver() else { return };
    if let Some(database) = lianfang_throwaway::database() {
        let folder = Folder::new();
        let data = ["--data".to_owned(), text(folder.0.path()), "--database".to_owned(), database.address];
        walks(&data, driver.address);
    }
}
