use lianfang_server::run_due_jobs;
use lianfang_store::JobSearch;

use crate::browser::Browser;
use crate::town::{AREAS, NOW, Town, towns};

/// Settles the running import and shows its page.
async fn settle<'a>(town: &Town, browser: &'a mut Browser) -> &'a mut Browser {
    let page = browser.path.clone();
    while run_due_jobs(&town.app).await.unwrap() > 0 {}
    browser.open(&page).await
}

/// Sends the form of the import's page that stores or takes back.
async fn press<'a>(browser: &'a mut Browser, act: &str) -> &'a mut Browser {
    let (page, version) = (browser.path.clone(), browser.between("name=\"version\" value=\"", "\"").unwrap());
    browser.send(&format!("{page}/{act}"), &[("version", &version)]).await
}

/// The number beside a word in the facts of the page.
fn count(browser: &Browser, word: &str) -> String {
    let from = format!("<dt>{word}</dt>");
    let rest = browser.page.split_once(&from).unwrap_or_else(|| panic!("no {word}:\n{}", browser.page)).1;
    rest.split_once("<dd>").unwrap().1.split_once("</dd>").unwrap().0.trim().to_owned()
}

const DISTRICT: &str = "清河区区划表\n区划代码,名称,人口,统计日期\n990101,清河区,412500,2025-12-31\n\
    990101001,石桥镇,41250,2025-12-31\n990101002,柳林镇,约三千,2025-12-31\n,,,\n990101003001,孤村,120,2025-12-31\n";

#[tokio::test]
async fn a_district_is_imported_with_its_errors_named_and_taken_back() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        system.open("/areas/import").await;
        system.upload("/areas/import", "区划.csv", DISTRICT.as_bytes()).await;
        system.shows("第 5 行第 3 列（C）：人口应为整数，现为“约三千”").shows("第 7 行第 1 列（A）").shows("导入 2 行");
        let counted = ["新增", "有误", "空行"].map(|word| count(&system, word));
        assert_eq!(counted, ["2", "2", "1"]);
        press(&mut system, "run").await.shows("正在导入");
        settle(&town, &mut system).await.shows("已导入");
        let counted = ["已入库", "原已登记", "有误", "空行"].map(|word| count(&system, word));
        assert_eq!(counted, ["2", "0", "2", "1"]);
        let import = system.path.clone();
        system.open("/areas/990101001").await.shows("41,250");
        // The rejected rows come back as they were, with what is wrong.
        system.open(&format!("{import}/rejected.xlsx")).await;
        let rejected = system.bytes.clone();
        assert!(rejected.starts_with(b"PK"));
        system.open("/areas/import").await;
        system.upload("/areas/import", "有误的行.xlsx", &rejected).await.shows("约三千").shows("原行号");
        // The same file again changes nothing.
        system.open("/areas/import").await;
        system.upload("/areas/import", "区划.csv", DISTRICT.as_bytes()).await.shows("没有可导入的行");
        assert_eq!(count(&system, "没有变化"), "2", "{}", system.page);
        system.open(&import).await;
        press(&mut system, "undo").await;
        system.open(&import).await;
        settle(&town, &mut system).await.shows("已撤销");
        system.open("/areas/990101").await;
        assert_eq!(system.status, 404);
    }
}

const UNITS: &str = "单位名称,辖区,上级单位,职务,姓名,手机,任职日期\n\
    清河区卫生健康局,清河区,,局长,陈试甲,13900000001,2024-03-01\n\
    清河区卫生健康局,清河区,,副局长,陈试乙,13900000002,2024-03-01\n\
    石桥镇卫生院,石桥镇,清河区卫生健康局,院长,陈试丙,139x,2024-03-01\n\
    柳林镇卫生院,柳林镇,清河区卫生健康局,院长,,,\n\
    清河区疾控中心,清河区,清河区卫生健康局,主任,陈试丁,13900000004,2024-03-01\n";

async fn office(town: &Town) -> Browser {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    town.person(&mut system, &mut security, "office", "office", "990101").await
}

#[tokio::test]
async fn units_come_in_with_posts_and_people_and_go_again() {
    for town in towns().await {
        let mut office = office(&town).await;
        office.open("/units/import").await;
        office.upload("/units/import", "单位.csv", UNITS.as_bytes()).await.shows("手机“139x”有误");
        press(&mut office, "run").await;
        settle(&town, &mut office).await.shows("已导入");
        let import = office.path.clone();
        office.open("/directory?phones=full").await.shows("陈试甲").shows("13900000004").shows("院长");
        // Its own export comes in again without changing anything.
        office.open("/directory/export.xlsx?phones=full").await;
        let exported = office.bytes.clone();
        office.open("/units/import").await;
        office.upload("/units/import", "通讯录.xlsx", &exported).await.shows("没有可导入的行");
        assert_eq!((count(&office, "没有变化").as_str(), count(&office, "有误").as_str()), ("4", "0"));
        // What someone changed since stays when the import is taken back.
        office.open("/units?q=疾控").await;
        let unit = office.between("<th class=\"cell-main\" scope=\"row\"><a href=\"/units/", "\"").unwrap();
        office.open(&format!("/units/{unit}/rename")).await;
        let fields =
            [("version", "1"), ("name", "清河区疾病预防控制中心"), ("old", "former"), ("from_on", "2026-11-22")];
        office.send(&format!("/units/{unit}/rename"), &fields).await;
        office.open(&import).await;
        press(&mut office, "undo").await;
        office.open(&import).await;
        settle(&town, &mut office).await.shows("保持不动");
        office.open("/units").await.shows("疾");
        assert!(!office.page.contains("柳林镇卫生院"), "{}", office.page);
    }
}

#[tokio::test]
async fn a_doubtful_name_waits_for_an_answer_and_is_learned() {
    for town in towns().await {
        let mut office = office(&town).await;
        for file in [UNITS, "单位名称,辖区\n区卫健局,清河区\n"] {
            office.open("/units/import").await;
            office.upload("/units/import", "单位.csv", file.as_bytes()).await;
            if file == UNITS {
                press(&mut office, "run").await;
                settle(&town, &mut office).await.shows("已导入");
            }
        }
        office.shows("可能是已有单位").shows("没有可导入的行");
        let choices = office.between("<option value=\"\">还没选", "</select>").unwrap();
        let unit = choices.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (page, version) = (office.path.clone(), office.between("name=\"version\" value=\"", "\"").unwrap());
        let fields = [
            ("version", version.as_str()),
            ("header_row", "1"),
            ("written_0", "区卫健局"),
            ("doubt_0", unit.as_str()),
            ("column_0", "name"),
            ("column_1", "area_name"),
        ];
        office.send(&format!("{page}/columns"), &fields).await.shows("导入 1 行");
        press(&mut office, "run").await;
        settle(&town, &mut office).await.shows("已导入");
        office.open(&format!("/units/{unit}")).await.shows("区卫健局");
    }
}

#[tokio::test]
async fn an_import_belongs_to_whoever_uploaded_it() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        let mut other = town.person(&mut system, &mut security, "other", "office", "990101").await;
        office.open("/units/import").await;
        office.upload("/units/import", "单位.csv", UNITS.as_bytes()).await;
        let import = office.path.clone();
        other.open(&import).await;
        assert_eq!(other.status, 404);
        // As units it is there, as areas it is not.
        office.open(&import.replace("units", "areas")).await;
        assert_eq!(office.status, 404);
        office.open(&import).await;
        press(&mut office, "drop").await.shows("已放弃");
    }
}

#[tokio::test]
async fn an_uploaded_table_is_deleted_after_a_month_and_what_it_did_stays_on_record() {
    for town in towns().await {
        let mut office = office(&town).await;
        office.open("/units/import").await;
        office.upload("/units/import", "单位.csv", UNITS.as_bytes()).await;
        press(&mut office, "run").await;
        settle(&town, &mut office).await.shows("已导入");
        let import = office.path.clone();
        town.wait(31 * 86_400_000);
        while run_due_jobs(&town.app).await.unwrap() > 0 {}
        office.open("/sign-in").await;
        let sign_in = [("login", "office"), ("password", crate::town::PASSWORD), ("next", import.as_str())];
        office.send("/sign-in", &sign_in).await.shows("已入库");
        office.open(&format!("{import}/rejected.xlsx")).await.shows("已清除");
    }
}

#[tokio::test]
async fn what_is_no_table_is_refused_and_nothing_is_kept() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        let files: [(&str, &[u8], &str); 4] = [
            ("a.pdf", b"%PDF-1.7", "这不是表格文件"),
            ("a.xlsx", b"PK\x03\x04 broken", "工作簿已损坏"),
            ("a.csv", b"", "文件是空的"),
            ("<script>.csv", "名称\n<script>alert(1)</script>".as_bytes(), "没有哪一列对应必填项"),
        ];
        for (name, bytes, message) in files {
            system.open("/areas/import").await;
            system.upload("/areas/import", name, bytes).await.shows(message);
            assert!(!system.page.contains("<script>alert"), "{}", system.page);
        }
    }
}

#[tokio::test]
async fn an_import_that_stopped_half_way_says_so_and_goes_on() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        system.open("/areas/import").await;
        system.upload("/areas/import", "区划.csv", DISTRICT.as_bytes()).await;
        press(&mut system, "run").await.shows("正在导入");
        let page = system.path.clone();
        system.send(&format!("{page}/go-on"), &[]).await;
        assert_eq!(system.status, 409, "it has not stopped");
        let now = NOW;
        let (job, lease) = town.store.take_job(&["import_rows"], now).await.unwrap().unwrap();
        town.store.give_up_job(&lease, "unavailable", now).await.unwrap();
        system.open(&page).await.shows("中途停下").shows("数据库无法访问或磁盘已满");
        assert!(!system.page.contains("hx-trigger"), "nothing is to be waited for");
        system.send(&format!("{page}/go-on"), &[]).await.shows("正在导入");
        assert_ne!(town.store.jobs(&JobSearch::default(), 1).await.unwrap()[0].id, job.id);
        settle(&town, &mut system).await.shows("已导入");
        assert_eq!(count(&system, "已入库"), "2");
    }
}
