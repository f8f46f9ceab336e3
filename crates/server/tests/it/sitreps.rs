use std::io::{Cursor, Read};

use axum::http::StatusCode;

use crate::browser::Browser;
use crate::indicators::{define, put};
use crate::town::{AREAS, PASSWORD, Town, towns};
use lianfang_throwaway::converted;

const TEXT: &str = "# {{辖区}}防控工作情况\n## 工作开展情况\n当日摸排{{摸排人数}}，{{摸排人数 较昨日}}。\n\
    {{表 摸排人数 按乡镇}}\n{{图 摸排人数 7天}}\n## 下步打算\n转运12人。\n附件：摸排名册";

struct Desk {
    office: Browser,
    commander: Browser,
    group: Browser,
    observer: Browser,
    indicator: String,
}

/// A district whose first township has reported and whose second has not.
async fn desk(town: &Town) -> Desk {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let commander = town.person(&mut system, &mut security, "commander", "commander", "990101").await;
    let group = town.person(&mut system, &mut security, "group", "group_leader", "990101").await;
    let observer = town.person(&mut system, &mut security, "observer", "observer", "990101").await;
    let fields = [("code", "摸排"), ("name_zh", "摸排人数"), ("unit_zh", "人"), ("period", "day")];
    let indicator = define(&mut office, &fields).await.unwrap();
    put(&town.store, &indicator, &[("990101001", "12")]).await;
    Desk { office, commander, group, observer, indicator }
}

fn version(browser: &Browser) -> String {
    browser.between("name=\"version\" value=\"", "\"").unwrap_or_else(|| "1".to_owned())
}

async fn step<'a>(browser: &'a mut Browser, report: &str, step: &str, reason: &str) -> &'a mut Browser {
    browser.open(report).await;
    let version = version(browser);
    browser.send(&format!("{report}/{step}"), &[("version", &version), ("reason", reason)]).await
}

/// Begins a report and gives it a text.
async fn written(office: &mut Browser, kind: &str, text: &str) -> String {
    office.open("/sitreps/new").await;
    let fields = [("kind", kind), ("area", "990101"), ("on", "2026-11-22")];
    office.send("/sitreps/new", &fields).await;
    let report = office.path.clone();
    assert!(report.starts_with("/sitreps/0"), "{}", office.page);
    let version = version(office);
    office.send(&report, &[("version", &version), ("name", "11月22日日报"), ("body", text)]).await;
    report
}

/// The parts of a document, by name.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_report_is_written_cleared_issued_by_another_and_then_stays_as_it_is() {
    for town in towns().await {
        let Desk { mut office, mut commander, mut group, mut observer, indicator } = desk(&town).await;
        let report = written(&mut office, "daily", "# 情况\n摸排{{摸排人}}，{{").await;
        office.shows("第 2 行第 3 字").shows("摸排人数").shows("没有配对");
        step(&mut office, &report, "clear", "").await.shows("2 处引用不能填写");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.open(&report).await;
        let seen = version(&office);
        office.send(&report, &[("version", &seen), ("name", "11月22日日报"), ("body", TEXT)]).await;
        office.shows("至少12人（缺 1 个：1 未报）").shows("与昨日不可比").shows("一、").shows("未发布稿");
        office.shows("手工写入").shows("来源：12").shows("合计").shows("<svg");
        observer.open(&report).await;
        assert_eq!(observer.status, StatusCode::NOT_FOUND, "a draft is for those who work on it");
        observer.open("/sitreps").await;
        assert!(!observer.page.contains("11月22日日报"));

        step(&mut commander, &report, "issue", "").await.shows("不能这样办理");
        step(&mut commander, &report, "clear", "").await.shows("已审定");
        step(&mut commander, &report, "issue", "").await.shows("须由两人");
        office.send(&report, &[("version", "2"), ("name", "改"), ("body", "改")]).await.shows("不能修改正文");
        step(&mut office, &report, "send-back", "").await.shows("请写明原因");
        step(&mut office, &report, "send-back", "柳林镇将补报").await.shows("柳林镇将补报");
        step(&mut office, &report, "clear", "").await.shows("已审定");
        office.send(&format!("{report}/issue"), &[("version", "9")]).await;
        assert_eq!(office.status, StatusCode::FORBIDDEN);
        step(&mut group, &report, "issue", "").await.shows("2026年第1期").shows("已发布");

        // What becomes known afterwards does not change what was issued.
        put(&town.store, &indicator, &[("990101002", "30")]).await;
        observer.open(&report).await.shows("至少12人（缺 1 个：1 未报）").shows("数字来源");
        assert!(!observer.page.contains("<textarea"));
        step(&mut group, &report, "withdraw", "").await.shows("请写明原因");
        step(&mut group, &report, "withdraw", "柳林镇补报").await.shows("本期已撤回");
        office.open(&report).await;
        office.send(&format!("{report}/correct"), &[]).await.shows("更正2026年第1期").shows("42人");
        let right = office.path.clone();
        step(&mut office, &right, "clear", "").await;
        step(&mut group, &right, "issue", "").await.shows("2026年第2期");
        observer.open(&report).await.shows("本期已由2026年第2期更正");
        observer.open("/sitreps").await.shows("2026年第2期").shows("已撤回");
    }
}

#[tokio::test]
async fn a_report_is_taken_out_as_an_official_document_with_pictures_and_as_a_table() {
    for town in towns().await {
        let Desk { mut office, mut group, .. } = desk(&town).await;
        let report = written(&mut office, "status", TEXT).await;
        step(&mut office, &report, "clear", "").await;
        step(&mut group, &report, "issue", "").await.shows("〔2026〕1号");
        office.open(&format!("{report}/report.docx")).await;
        let bytes = office.bytes.clone();
        let document = part(&bytes, "word/document.xml");
        for words in [
            "至少12人（缺 1 个：1 未报）",
            "一、工作开展情况",
            "二、下步打算",
            "附件：摸排名册",
            "方正小标宋简体",
            "仿宋_GB2312",
            "黑体",
            "未报",
        ] {
            assert!(document.contains(words), "{words}");
        }
        // A4, the margins of the standard, lines of a fixed height.
        for sign in ["w:w=\"11906\"", "w:h=\"16838\"", "w:top=\"2098\"", "w:left=\"1588\"", "w:line=\"579\""] {
            assert!(document.contains(sign), "{sign}");
        }
        let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(
            archive.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.ends_with(".png"))).count(),
            1
        );
        if let Some(pdf) = converted(&bytes, "docx", "pdf") {
            assert!(pdf.starts_with(b"%PDF"));
        }
        office.open(&format!("{report}/report.xlsx")).await;
        let strings = part(&office.bytes, "xl/worksheets/sheet1.xml");
        assert!(strings.contains("<v>12</v>"), "what is known is a number");
        assert!(strings.contains("至少 12（缺 1 个：1 未报）") && strings.contains("未报"));
        assert!(!strings.contains("<v>0</v>"), "what is missing is never zero");
        office.open(&format!("{report}/print")).await.shows("工作开展情况").shows("返回");
        // The page speaks English then, and the document stays as it is.
        office.open("/language/en").await;
        office.open(&report).await.shows("What was done").shows("应急指挥部办公室").shows("〔2026〕1号").shows("未报");
        assert!(!office.page.contains("Office of the headquarters"));
    }
}

#[tokio::test]
async fn templates_are_kept_for_the_county_and_a_report_begins_with_one() {
    for town in towns().await {
        let Desk { mut office, .. } = desk(&town).await;
        office.open("/sitreps/templates").await.shows("还没有本地模板");
        office.open("/sitreps/templates/new").await.shows("{{摸排人数}}");
        office
            .send("/sitreps/templates/new", &[("kind", "brief"), ("name", ""), ("body", TEXT)])
            .await
            .shows("请填写名称");
        office.send("/sitreps/templates/new", &[("kind", "brief"), ("name", "防控简报"), ("body", TEXT)]).await;
        let template = office.path.clone();
        let id = template.rsplit('/').next().unwrap().to_owned();
        office
            .send(&template, &[("version", "9"), ("kind", "brief"), ("name", "乙"), ("body", "x")])
            .await
            .shows("刚被他人更改");
        office.open("/sitreps/new").await.shows("防控简报");
        let fields = [("template", id.as_str()), ("area", "990101"), ("on", "2026-11-22")];
        office.send("/sitreps/new", &fields).await.shows("当日摸排").shows("简报");
        office
            .send("/sitreps/new", &[("kind", "daily"), ("area", "990101"), ("on", "2026-11-23")])
            .await
            .shows("不晚于今天");
        let seen = {
            office.open(&template).await;
            version(&office)
        };
        office.send(&format!("{template}/end"), &[("version", &seen)]).await;
        office.open("/sitreps/new").await;
        assert!(!office.page.contains("防控简报"));
    }
}

#[tokio::test]
async fn a_meeting_has_its_pack_and_its_decisions_become_orders() {
    for town in towns().await {
        let Desk { mut office, mut observer, indicator, .. } = desk(&town).await;
        office.open("/units/new").await;
        office.send("/units/new", &[("name", "清河区财政局"), ("area", "990101"), ("parent", ""), ("sure", "1")]).await;
        office.open("/orders/new").await;
        let due =
            [("origin", "written"), ("words", "落实经费"), ("units", "清河区财政局"), ("due_at", "2026-11-22T10:00")];
        office.send("/orders/new", &due).await;
        town.wait(26 * 3_600_000);
        for (browser, login) in [(&mut office, "office"), (&mut observer, "observer")] {
            browser.open("/sign-in").await;
            browser.send("/sign-in", &[("login", login), ("password", PASSWORD), ("next", "/")]).await.shows("首页");
        }
        put(&town.store, &indicator, &[("990101002", "不详")]).await;
        office
            .open("/meetings/pack")
            .await
            .shows("摸排人数")
            .shows("至少 12")
            .shows("落实经费")
            .shows("没有待决定的事项");
        office.open("/meetings/new").await;
        let meeting = [
            ("name", "11月23日例会"),
            ("held_at", "2026-11-23T09:00"),
            ("area", "990101"),
            ("chair", "指挥长"),
            ("minutes", "听取汇报"),
        ];
        office
            .send("/meetings/new", &[&meeting[..1], &[("held_at", "明天"), ("area", "990101")]].concat())
            .await
            .shows("请填写日期和时间");
        office.send("/meetings/new", &meeting).await.shows("还没有登记决定");
        let path = office.path.clone();
        let decide = format!("{path}/decisions");
        office.send(&decide, &[("words", " ")]).await.shows("请写明决定事项");
        office.send(&decide, &[("words", "例会改为8时30分")]).await.shows("只作记录");
        office.send(&format!("{path}/orders"), &[]).await.shows("没有写明承办单位");
        office
            .send(&decide, &[("words", "拨付经费200万元"), ("units", "区财政厅"), ("due_at", "2026-11-24T18:00")])
            .await;
        office.send(&format!("{path}/orders"), &[]).await.shows("区财政厅");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong =
            office.page.rsplit("/decisions/").next().and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        office.send(&format!("{decide}/{wrong}/drop"), &[]).await;
        office
            .send(&decide, &[("words", "拨付经费200万元"), ("units", "清河区财政局"), ("due_at", "2026-11-24T18:00")])
            .await;
        office.send(&format!("{path}/orders"), &[]).await.shows("拨付经费200万元");
        assert!(office.path.starts_with("/orders?batch="), "{}", office.path);
        office.open(&path).await.shows("已下达").shows("/orders?batch=");
        office.send(&format!("{path}/orders"), &[]).await.shows("没有写明承办单位且尚未下达");
        office.open("/meetings/pack").await.shows("拨付经费200万元");
        office.open(&path).await;
        let seen = version(&office);
        office
            .send(&path, &[&[("version", seen.as_str())][..], &meeting[..4], &[("minutes", "形成一致意见")]].concat())
            .await;
        observer.open(&path).await.shows("形成一致意见");
        assert!(!observer.page.contains("<textarea"));
        observer.send(&decide, &[("words", "x")]).await;
        assert_eq!(observer.status, StatusCode::FORBIDDEN);
    }
}
