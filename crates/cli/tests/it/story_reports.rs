//! The story of a day's figures in a real browser, on both databases: an administrator builds a daily report, three
//! townships answer it (one late, one with a correction, one never), the board, the sum with its missing part, the pack of
//! the next morning, a decision that becomes an order, and the situation report, issued by two people and opened again by
//! LibreOffice. The clock is turned by the test.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use lianfang_server::DEMO_PASSWORD;
use lianfang_throwaway::converted;
use resvg::tiny_skia::Pixmap;

use super::Folder;
use super::teller::{HOUR_MS, Screen, Site, Teller};

const LATE: &str = "石桥镇人民政府";
const CORRECTS: &str = "柳林镇人民政府";
const NEVER: &str = "白鹭镇人民政府";
const VISITED: &str = "入户走访户数";
const CARED_FOR: &str = "上门服务老人数";
const PROBLEMS: &str = "存在的困难";
const REPORT: &str = "入户走访日报";

/// The text of the situation report.
const TEXT: &str = "# {{辖区}}入户走访情况\n## 工作开展情况\n当日入户走访{{入户走访户数}}，{{入户走访户数 较昨日}}；\
    上门服务老人{{上门服务老人数}}。\n{{表 入户走访户数 上门服务老人数 按乡镇}}\n{{图 入户走访户数 7天}}\n## 存在的问题\n\
    {{文字 入户走访日报·存在的困难}}\n## 下步打算\n";

/// Lays an indicator down: what units report of a day, put together by adding.
fn define(teller: &mut Teller<'_>, name: &str, name_en: &str, unit: &str) {
    teller.opens("/indicators/new", "填报层级");
    let browser = &mut teller.browser;
    browser.fill("name_zh", name).fill("name_en", name_en).fill("code", name).fill("unit_zh", unit);
    browser.click("[name=level] option[value='']").press("保存").shows(name).shows("版本记录");
}

/// Builds the report: two figures and a question, of three townships, before 15:00. Gives the template's address.
fn build(teller: &mut Teller<'_>) -> String {
    define(teller, VISITED, "Households visited", "户");
    define(teller, CARED_FOR, "Old people cared for", "人");
    teller.opens("/reports/templates/new", "新建模板");
    let browser = &mut teller.browser;
    assert_eq!(browser.attribute("[name=by]", "value"), "15:00");
    browser.fill("name_zh", REPORT).fill("name_en", "Households visited, daily");
    browser.fill("guidance", "当日 0 时至 15 时。没有走访请报零，不清楚请选“不详”。");
    browser.fill("units", &format!("{LATE}\n{CORRECTS}\n{NEVER}"));
    browser.select("ask_0", VISITED).fill("section_zh_0", "走访").press("增加一项");
    browser.select("ask_1", CARED_FOR).press("增加一项").select("ask_2", "文字").fill("name_zh_2", PROBLEMS);
    browser.fill("name_en_2", "Difficulties").press("保存").shows("每日 15:00 前").shows("3 个单位");
    let template = browser.path();
    teller.is_looked_at("template");
    teller.opens(&format!("{template}/edit"), "保存后形成新版本").is_looked_at("template-form");
    template
}

/// Opens an account for a township's officer, in the hands of both administrators and then of the officer.
fn open_account(teller: &mut Teller<'_>, login: &str, area: &str) {
    teller.signs_in("system");
    let browser = &mut teller.browser;
    browser.go("/users/new").fill("login", login).fill("name", "柳林镇联络员").click("main form button");
    browser.shows("一次性链接");
    let (link, user) = (browser.text(".hand-over"), browser.attribute("main a[href^='/users/0']", "href"));
    teller.signs_in("security");
    let browser = &mut teller.browser;
    browser.go(&user).click("[name=role] option[value=township_officer]").fill("area", area);
    browser.click("form[action$='/roles'] button").shows("长期");
    browser.forget().go(&link).fill("password", DEMO_PASSWORD).fill("again", DEMO_PASSWORD);
    browser.click("main form button").shows("首页");
}

/// Opens the report that the user owes.
fn open_owed(teller: &mut Teller<'_>) {
    teller.opens("/reports", REPORT);
    teller.browser.follow(REPORT).shows("上报时间以服务器时钟为准");
}

/// One on time, on a telephone, with a mistake that is corrected with its reason.
fn report_and_correct(teller: &mut Teller<'_>) {
    open_owed(teller);
    teller.is_looked_at("fill").holds(Screen::Phone);
    let browser = &mut teller.browser;
    browser.fill("v_l1", "约一百").fill("v_l2", "15").fill("v_l3", "两户老人独居，需要每日送药").press("上报");
    browser.shows(&format!("{VISITED}："));
    assert_eq!(browser.attribute("[name=v_l1]", "value"), "约一百", "what was typed is not lost");
    teller.is_looked_at_now("fill-wrong");
    teller.browser.fill("v_l1", "86").press("上报").shows("按时").shows("86 户");
    teller.site.wait(11 * 60_000);
    let browser = &mut teller.browser;
    browser.press("更正").shows("更正原因").fill("v_l1", "93").press("更正").shows("请写明原因");
    browser.fill("why", "漏报一个村").press("更正").shows("更正 1 次").shows("漏报一个村");
    assert_eq!((browser.text("del"), browser.text("ins")), ("86 户".to_owned(), "93 户".to_owned()));
    teller.is_looked_at("report-corrected").holds(Screen::Wide);
}

/// One twelve minutes late, of whose figures one is not known.
fn report_late(teller: &mut Teller<'_>) {
    teller.signs_in("township");
    open_owed(teller);
    let browser = &mut teller.browser;
    browser.fill("v_l1", "120").select("c_l2", "不详").fill("v_l3", "无").press("上报").shows("迟报 12 分钟");
}

fn look_at_board(teller: &mut Teller<'_>, template: &str) {
    let id = template.rsplit('/').next().unwrap();
    let board = format!("/reports/board?template={id}&days=7");
    teller.signs_in("office").opens(&board, &format!("应报 3，已报 2（迟报 1），未报 1：{NEVER}"));
    teller.browser.shows("迟12").shows("改1");
    teller.is_looked_at("board");
    assert!(teller.browser.text(".who tbody").contains('缺'), "who has not reported is marked");
    teller.browser.click("td.b-late a").shows("迟报 12 分钟").shows("不详").shows(LATE);
    teller.opens(&board, NEVER);
    for file in ["board.csv", "board.xlsx"] {
        let href = teller.link(&format!("a[href*='{file}']"));
        let bytes = teller.downloads(&href);
        assert!(bytes.len() > 100, "{file}");
        if let Ok(text) = String::from_utf8(bytes) {
            assert!(text.contains(NEVER) && text.contains("未报"), "{text}");
        }
    }
}

/// The sum names the unit that is missing from it, and leads down to the rows and their report.
fn drill_down(teller: &mut Teller<'_>) {
    teller.opens("/indicators", VISITED);
    teller.browser.follow(VISITED).shows("至少 213");
    let sum = teller.browser.path();
    teller.browser.shows("（缺 1 个：1 未报）").shows(&format!("未报：{NEVER}")).shows("不需报送");
    teller.is_looked_at("roll-up");
    teller.browser.press("白鹭镇").shows(&format!("未报：{NEVER}"));
    assert!(!teller.browser.has("至少"), "nothing is known of it, and nothing is 0: {}", teller.browser.text("main"));
    teller.opens(&sum, "至少 213").browser.press("石桥镇").shows("120");
    teller.browser.press("查看报告").shows("迟报 12 分钟");
}

/// At 09:00 the pack tells of yesterday; a decision becomes an order.
fn meet(teller: &mut Teller<'_>) {
    teller.signs_in("office").opens("/meetings/pack", VISITED);
    teller.browser.shows("至少 213").shows(&format!("未报 1：{NEVER}"));
    teller.is_looked_at("pack");
    let browser = &mut teller.browser;
    browser.press("登记会议").fill("name", "11月24日例会").fill("chair", "指挥长").fill("minutes", "听取走访情况。");
    browser.press("保存").shows("还没有登记决定");
    browser.fill("words", "补报11月23日入户走访情况").fill("units", NEVER);
    browser.click("form[action$='/decisions'] button").shows("待下达");
    browser.press("下达为指令").shows("补报11月23日入户走访情况");
    assert!(browser.path().starts_with("/orders?batch="), "{}", browser.path());
    browser.shows(NEVER);
    teller.opens("/meetings/pack", "补报11月23日入户走访情况");
}

/// Written from a template, cleared by the office, issued by somebody else. Gives its address.
fn issue(teller: &mut Teller<'_>) -> String {
    teller.opens("/sitreps/templates/new", "正文");
    let browser = &mut teller.browser;
    browser.press("可以引用的指标和情况").shows("{{文字 入户走访日报·存在的困难}}");
    browser
        .fill("name", "入户走访简报")
        .click("[name=kind][value=brief]")
        .fill("body", TEXT)
        .press("保存")
        .shows("入户走访简报");
    browser.go("/sitreps/new").select("template", "入户走访简报").select("area", "清河区");
    teller.asks("document.querySelector('[name=on]').value = '2026-11-23'");
    teller.browser.press("起草报告").shows("未发布稿").shows(NEVER);
    let report = teller.browser.path();
    let edited = format!("{TEXT}督促{NEVER}补报，{LATE}按时报送。\n");
    teller.browser.fill("body", &edited).press("保存").shows("按时报送");
    teller.is_looked_at("sitrep-draft");
    teller.browser.press("审定").shows("已审定");
    assert!(!teller.asks("document.querySelector('form[action$=\"/issue\"]') !== null").as_bool().unwrap());
    teller.signs_in("group").opens(&report, "已审定").browser.press("发布").shows("2026年第1期").shows("已发布");
    teller.is_looked_at("sitrep-issued");
    report
}

/// The numbers of a text, as they are written.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |sign: char| sign.is_ascii_digit() || ",.".contains(sign);
    let found = text.split(|sign: char| !is_part(sign)).map(|word| word.trim_matches([',', '.']).to_owned());
    found.filter(|word| !word.is_empty()).collect()
}

/// The document that is downloaded says what the page says, and its first page is a picture of something.
fn open_in_libreoffice(teller: &mut Teller<'_>, report: &str) {
    let shown = "(() => { const paper = document.querySelector('.paper').cloneNode(true); \
         paper.querySelectorAll('svg').forEach(svg => svg.remove()); document.body.append(paper); \
         const text = paper.innerText; paper.remove(); return text; })()";
    let page = teller.opens(report, "已发布").asks(shown).as_str().unwrap().to_owned();
    let bytes = teller.downloads(&format!("{report}/report.docx"));
    let Some(text) = converted(&bytes, "docx", "txt:Text (encoded):UTF8") else { return };
    let text = String::from_utf8(text).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    assert_eq!(numbers(&page), numbers(text), "{page}\n----\n{text}");
    for words in [
        "至少213户（缺 1 个：1 未报）",
        &format!("未报：{NEVER}。"),
        &format!("{CORRECTS}：两户老人独居，需要每日送药"),
    ] {
        assert!(text.contains(words) && page.contains(words), "{words}:\n{page}\n----\n{text}");
    }
    let mut after =
        text.lines().map(str::trim).skip_while(|line| *line != "白鹭镇").skip(1).filter(|line| !line.is_empty());
    assert_eq!((after.next(), after.next()), (Some("未报"), Some("未报")), "{text}");
    assert!(!numbers(text).contains("0"), "what is missing is never 0: {text}");
    let Some(pdf) = converted(&bytes, "docx", "pdf") else { return };
    assert!(pdf.starts_with(b"%PDF"));
    let Some(picture) = first_page(&pdf) else { return };
    if let Some(shots) = std::env::var_os("LIANFANG_SHOTS") {
        std::fs::write(Path::new(&shots).join("document.png"), &picture).unwrap();
    }
    let picture = Pixmap::decode_png(&picture).unwrap();
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    assert!(width > 500.0 && (height / width - 297.0 / 210.0).abs() < 0.05, "{width} by {height} is no A4 page");
    let n_dark = picture.pixels().iter().filter(|dot| dot.alpha() > 200 && dot.green() < 100).count();
    let share = n_dark as f64 / (width * height);
    assert!((0.005..0.3).contains(&share), "{share} of the page is dark");
}

/// The first page as a picture; none where nothing that draws is installed.
fn first_page(pdf: &[u8]) -> Option<Vec<u8>> {
    let Some(program) = lianfang_throwaway::program("pdftoppm") else {
        lianfang_throwaway::skipped("libreoffice", "pdftoppm is not installed; the document is not drawn");
        return None;
    };
    let folder = Folder::new();
    let file = folder.file("report.pdf", pdf);
    let page = folder.path("page");
    let drawn = Command::new(program).args(["-png", "-singlefile", "-r", "80"]).arg(file).arg(&page).status().unwrap();
    assert!(drawn.success());
    Some(std::fs::read(folder.path("page.png")).unwrap())
}

fn told(driver: SocketAddr, database: Option<String>) {
    let folder = Folder::new();
    let site = Site::start(folder.0.path().to_owned(), database);
    let mut teller = Teller::new(driver, &site);
    teller.signs_in("office");
    let template = build(&mut teller);
    site.comes_to(0, (14, 20));
    open_account(&mut teller, "liulin", "990101102");
    report_and_correct(&mut teller);
    site.comes_to(0, (15, 11));
    report_late(&mut teller);
    site.wait(HOUR_MS);
    look_at_board(&mut teller, &template);
    drill_down(&mut teller);
    site.comes_to(1, (9, 0));
    meet(&mut teller);
    let report = issue(&mut teller);
    open_in_libreoffice(&mut teller, &report);
}

#[test]
fn three_townships_report_and_the_day_is_told_in_a_situation_report_on_sqlite() {
    if let Some(driver) = lianfang_throwaway::browser_driver() {
        told(driver.address, None);
    }
}

#[test]
fn three_townships_report_and_the_day_is_told_in_a_situation_report_on_postgresql() {
    let Some(driver) = lianfang_throwaway::browser_driver() else { return };
    if let Some(database) = lianfang_throwaway::database() {
        told(driver.address, Some(database.address));
    }
}
