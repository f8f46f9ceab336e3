use axum::http::StatusCode;
use lianfang_domain::{
    UnitId,
    access::Scope,
    indicator::{Amount, Figure},
};
use lianfang_server::run_due_jobs;
use lianfang_store::FigureSearch;

use crate::browser::Browser;
use crate::town::{AREAS, PASSWORD, Town, towns};
use lianfang_throwaway::converted;

/// 22 November 2026, 09:00 in China; what is due at 15:00 is due in six hours.
const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

struct District {
    office: Browser,
    first: Browser,
    second: Browser,
    third: Browser,
    template: String,
    lines: Vec<String>,
}

async fn district(town: &Town) -> District {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    town.add_areas(&mut system, &[("990101003", "白鹭镇", "8000")]).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let units = [("石桥镇人民政府", "990101001"), ("柳林镇人民政府", "990101002"), ("白鹭镇人民政府", "990101003")];
    for (name, area) in units {
        office.open("/units/new").await;
        office.send("/units/new", &[("name", name), ("area", area), ("parent", ""), ("sure", "1")]).await;
        assert!(office.path.starts_with("/units/0"), "{name}: {}", office.page);
    }
    let first = town.officer(&mut system, &mut security, "first", "石桥镇人民政府").await;
    let second = town.officer(&mut system, &mut security, "second", "柳林镇人民政府").await;
    let third = town.person(&mut system, &mut security, "third", "township_officer", "990101003").await;
    let (template, lines) = daily(&mut office).await;
    District { office, first, second, third, template, lines }
}

/// A daily report of townships, from the supplied one with two figures and a remark.
async fn daily(office: &mut Browser) -> (String, Vec<String>) {
    office.open("/reports/templates/new?supplied=arrivals").await.shows("新建指标：摸排人数").shows("15:00");
    let fields = [
        ("name_zh", "来人摸排日报"),
        ("name_en", "Arrivals"),
        ("area", "990101"),
        ("every", "daily"),
        ("by", "15:00"),
        ("covers", "up_to_due"),
        ("kind_township_office", "1"),
        ("asked_area", "990101"),
        ("ask_0", "new:摸排人数"),
        ("section_zh_0", "摸排"),
        ("required_0", "1"),
        ("ask_1", "new:市外来人数"),
        ("required_1", "1"),
        ("ask_2", "text"),
        ("name_zh_2", "需要说明的情况"),
    ];
    let moved = [&fields[..], &[("do", "down:1")]].concat();
    office.send("/reports/templates/new", &moved).await;
    assert!(office.page.find("需要说明的情况").unwrap() < office.page.rfind("市外来人数").unwrap(), "it was moved");
    office.send("/reports/templates/new", &fields[..fields.len() - 8]).await.shows("请至少添加一个填报项");
    assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
    office.send("/reports/templates/new", &fields).await.shows("每日 15:00 前").shows("3 个单位");
    assert!(office.path.starts_with("/reports/templates/0"), "{}", office.page);
    let template = office.path.rsplit('/').next().unwrap().to_owned();
    (template, vec!["l1".to_owned(), "l2".to_owned(), "l3".to_owned()])
}

/// The place of the form that a page shows.
fn place(browser: &Browser) -> Vec<(String, String)> {
    let names = ["report", "template", "unit", "on", "version"];
    let value = |name: &str| browser.between(&format!("type=\"hidden\" name=\"{name}\" value=\""), "\"");
    names.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect()
}

/// Sends the form that stands open.
async fn fill<'a>(browser: &'a mut Browser, answers: &[(&str, &str)], act: &str) -> &'a mut Browser {
    let place = place(browser);
    let mut fields: Vec<(&str, &str)> = place.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(answers);
    fields.push(("act", act));
    browser.send("/reports/fill", &fields).await
}

/// Opens the first report that the user owes.
async fn open_owed(browser: &mut Browser) {
    browser.open("/reports").await;
    let href =
        browser.between("href=\"/reports/fill?", "\"").unwrap_or_else(|| panic!("nothing is owed: {}", browser.page));
    browser.open(&format!("/reports/fill?{}", href.replace("&amp;", "&").replace("&#38;", "&"))).await.shows("上报");
}

/// Signs in again: a session ends after two hours without a request.
async fn return_as(browser: &mut Browser, login: &str) {
    browser.open("/sign-in").await;
    browser.send("/sign-in", &[("login", login), ("password", PASSWORD), ("next", "/")]).await.shows("首页");
}

async fn jobs(town: &Town) {
    while run_due_jobs(&town.app).await.unwrap() > 0 {}
}

async fn unit(town: &Town, name: &str) -> UnitId {
    let units = town.store.reporting_units(&Scope::everywhere(), None).await.unwrap();
    units.iter().find(|unit| unit.name == name).unwrap().id
}

/// A correction keeps the lateness, needs a reason, and shows what it changes.
async fn correct(second: &mut Browser, late: &str) {
    second.open(&format!("/reports/fill?report={}", late.rsplit('/').next().unwrap())).await.shows("更正原因");
    fill(second, &[("v_l1", "15"), ("v_l2", "0")], "submit").await.shows("请写明原因");
    fill(second, &[("v_l1", "15"), ("v_l2", "0"), ("why", "漏报一个村")], "submit").await;
    second
        .shows("迟报 12 分钟")
        .shows("更正 1 次")
        .shows("<del>0 人</del>")
        .shows("<ins>15 人</ins>")
        .shows("漏报一个村");
}

/// Sent back with a reason, and handed in again.
async fn send_back(office: &mut Browser, first: &mut Browser, report: &str) {
    office.open(report).await.shows("退回");
    let version = office.between("name=\"version\" value=\"", "\"").unwrap();
    office.send(&format!("{report}/return"), &[("version", &version), ("why", "")]).await.shows("请写明原因");
    office.send(&format!("{report}/return"), &[("version", &version), ("why", "请补充来人数")]).await.shows("退回待改");
    first.open("/reports").await.shows("请补充来人数");
    open_owed(first).await;
    fill(first, &[("v_l1", "120"), ("v_l2", "7")], "submit").await.shows("按时").shows("更正 1 次");
}

/// What is kept of the figures: unknown never became a number.
async fn look_at_figures(town: &Town) {
    let indicators = town.store.indicators(&"990101".parse().unwrap()).await.unwrap();
    let ids: Vec<_> = indicators.iter().map(|one| one.id).collect();
    let area = "990101".parse().unwrap();
    let day = jiff::civil::date(2026, 11, 22);
    let search = FigureSearch { area: &area, indicators: &ids, from: day, to: day, under: &area };
    let rows = town.store.figures(search, &Scope::everywhere()).await.unwrap();
    let of =
        |unit: UnitId| -> Vec<Figure> { rows.iter().filter(|row| row.unit == unit).map(|row| row.figure).collect() };
    assert_eq!(of(unit(town, "石桥镇人民政府").await).len(), 2);
    let known = |n| Figure::Known(Amount::whole(n));
    assert_eq!(of(unit(town, "柳林镇人民政府").await), [known(15), known(0)]);
    assert_eq!(of(unit(town, "白鹭镇人民政府").await), []);
}

/// A change of the template makes a version; what was filled in keeps its own.
async fn change_template(office: &mut Browser, template: &str, report: &str) {
    office.open(&format!("/reports/templates/{template}/edit")).await;
    let version = office.between("name=\"version\" value=\"", "\"").unwrap();
    let ask = office.between("name=\"ask_0\"><option", "</select>").unwrap();
    let ask =
        ask.split("value=\"").find(|part| part.contains("\" selected")).unwrap().split('"').next().unwrap().to_owned();
    let fields = [
        ("version", version.as_str()),
        ("name_zh", "来人摸排日报"),
        ("area", "990101"),
        ("every", "daily"),
        ("by", "16:00"),
        ("covers", "up_to_due"),
        ("kind_township_office", "1"),
        ("asked_area", "990101"),
        ("key_0", "l1"),
        ("ask_0", ask.as_str()),
        ("required_0", "1"),
    ];
    office.send(&format!("/reports/templates/{template}/edit"), &fields).await.shows("每日 16:00 前").shows("第 2 版");
    office.open(report).await.shows("（第 1 版）").shows("市外来人数");
}

#[tokio::test]
async fn three_townships_report_one_late_one_corrects_one_never() {
    for town in towns().await {
        let District { mut office, mut first, mut second, mut third, template, lines } = district(&town).await;
        let board = format!("/reports/board?template={template}&days=7");
        first.open("/work").await.shows("待报报表").shows("来人摸排日报");
        office.open(&board).await.shows("应报 3，已报 0，未到时限 3");

        open_owed(&mut first).await;
        fill(&mut first, &[("v_l1", "约三百"), ("v_l2", "")], "submit").await.shows("请填写");
        assert_eq!(first.status, StatusCode::UNPROCESSABLE_ENTITY);
        first.shows("约三百").shows("市外来人数：");
        fill(&mut first, &[("v_l1", "120"), ("c_l2", "unknown")], "draft").await.shows("草稿已保存");
        office.open(&board).await.shows("填写中");
        fill(&mut first, &[("v_l1", "120"), ("c_l2", "unknown"), ("v_l3", "一户未联系上")], "submit").await;
        assert!(first.path.starts_with("/reports/0"), "{}", first.page);
        first.shows("按时").shows("不详").shows("120 人");
        let report = first.path.clone();

        town.wait(5 * HOUR + 31 * MINUTE);
        for (browser, login) in
            [(&mut office, "office"), (&mut first, "first"), (&mut second, "second"), (&mut third, "third")]
        {
            return_as(browser, login).await;
        }
        jobs(&town).await;
        second.open("/notices").await.shows("来人摸排日报").shows("尚未上报");
        first.open("/notices").await;
        assert!(!first.page.contains("尚未上报"), "who has reported is not reminded");

        // 15:12: nothing is there of the second and third, which is noted and told.
        town.wait(41 * MINUTE);
        jobs(&town).await;
        second.open("/notices").await.shows("未按时报送");
        office.open(&board).await.shows("应报 3，已报 1，未报 2").shows("柳林镇人民政府").shows("白鹭镇人民政府");
        open_owed(&mut second).await;
        fill(&mut second, &[("v_l1", "0"), ("v_l2", "0")], "submit").await.shows("迟报 12 分钟");
        let late = second.path.clone();

        correct(&mut second, &late).await;

        town.wait(HOUR);
        jobs(&town).await;
        office.open("/notices").await.shows("报送情况").shows("白鹭镇人民政府").shows("已更正");
        office.open(&board).await.shows("应报 3，已报 2（迟报 1），未报 1：白鹭镇人民政府").shows("迟12").shows("改1");
        office.open(&format!("{board}&state=missing")).await.shows("白鹭镇");
        assert!(!office.page.contains("scope=\"row\">石桥镇"), "the others are filtered out");
        third.open(&board).await.shows("应报 1，已报 0");
        assert!(!third.page.contains("柳林镇"), "a township sees its own part");
        third.open(&late).await;
        assert_eq!(third.status, StatusCode::NOT_FOUND);

        send_back(&mut office, &mut first, &report).await;
        look_at_figures(&town).await;
        assert_eq!(lines.len(), 3);

        // The next day the figures of the day before stand beside, and a jump wants a reason.
        town.wait(18 * HOUR);
        return_as(&mut first, "first").await;
        return_as(&mut office, "office").await;
        open_owed(&mut first).await;
        first.shows("<b>120</b>");
        fill(&mut first, &[("v_l1", "1200"), ("v_l2", "7")], "submit").await.shows("变化超过");
        fill(&mut first, &[("v_l1", "1200"), ("v_l2", "7"), ("r_l1", "集中返乡")], "submit").await.shows("集中返乡");

        change_template(&mut office, &template, &report).await;
    }
}

#[tokio::test]
async fn zeros_are_filled_in_only_when_a_person_says_so_and_on_behalf_is_noted() {
    for town in towns().await {
        let District { mut office, mut first, template, .. } = district(&town).await;
        open_owed(&mut first).await;
        fill(&mut first, &[("v_l1", ""), ("c_l2", "not_applicable")], "zero").await.shows("已把 1 个空白项填为 0");
        assert!(first.page.contains("name=\"v_l1\" value=\"0\"") && first.page.contains("name=\"v_l2\" value=\"\""));
        office.open(&format!("/reports/board?template={template}")).await.shows("应报 3，已报 0");
        let unit = unit(&town, "柳林镇人民政府").await;
        office
            .open(&format!("/reports/fill?template={template}&unit={unit}&on=2026-11-22"))
            .await
            .shows("代柳林镇人民政府填报");
        fill(&mut office, &[("v_l1", "3"), ("v_l2", "*")], "submit").await.shows("代填").shows("隐去");
        // A page that was open meanwhile does not overwrite it.
        office.open(&format!("/reports/fill?template={template}&unit={unit}&on=2026-11-22")).await;
        let mut other = place(&office);
        fill(&mut office, &[("v_l1", "4"), ("v_l2", "*"), ("why", "改")], "submit").await.shows("更正 1 次");
        other.extend(
            [("v_l1", "5"), ("v_l2", "5"), ("why", "改"), ("act", "submit")].map(|(a, b)| (a.into(), b.into())),
        );
        let fields: Vec<(&str, &str)> = other.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        office.send("/reports/fill", &fields).await.shows("刚被他人更新");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        // What a unit may not report for is not there.
        first.open(&format!("/reports/fill?template={template}&unit={unit}&on=2026-11-22")).await;
        assert_eq!(first.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_report_is_asked_for_at_once_and_its_clock_stops_when_it_is_in() {
    for town in towns().await {
        let District { mut office, mut first, mut second, .. } = district(&town).await;
        office.open("/reports/templates/new?supplied=urgent").await.shows("随时");
        let fields = [
            ("name_zh", "紧急情况报告"),
            ("area", "990101"),
            ("every", "at_once"),
            ("minutes", "60"),
            ("covers", "current"),
            ("kind_township_office", "1"),
            ("asked_area", "990101"),
            ("ask_0", "text"),
            ("name_zh_0", "经过"),
            ("required_0", "1"),
        ];
        office.send("/reports/templates/new", &fields).await.shows("立即催报");
        let path = format!("{}/ask", office.path);
        office.send(&path, &[("why", "核实市场发热病例")]).await;
        first.open("/notices").await.shows("请立即报送").shows("核实市场发热病例");
        first.open("/reports").await.shows("紧急情况报告");
        town.wait(10 * MINUTE);
        let href = first.between("href=\"/reports/fill?report=", "\"").unwrap();
        first.open(&format!("/reports/fill?report={href}")).await;
        fill(&mut first, &[("v_l1", "已核实，无异常")], "submit").await.shows("按时");
        town.wait(51 * MINUTE);
        jobs(&town).await;
        second.open("/notices").await.shows("已超时");
        first.open("/notices").await;
        assert!(!first.page.contains("已超时"), "{}", first.page);
    }
}

fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    use calamine::Reader;
    let mut book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (at, row) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) if column > 2 => page.write_number(at, column, number).unwrap(),
                _ => page.write_string(at, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_workbook_for_many_units_comes_back_with_the_same_values_and_its_errors_named() {
    for town in towns().await {
        let District { mut office, mut first, template, .. } = district(&town).await;
        let out = format!("/reports/sheet.xlsx?template={template}&on=2026-11-22");
        office.open(&out).await;
        let mut rows = sheet(&office.bytes);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0][1..], ["单位", "日期", "摸排人数（人）", "市外来人数（人）", "需要说明的情况"]);
        for (row, cells) in rows[1..].iter_mut().zip([["12", "不详", "一"], ["*", "—", ""], ["0", "约三人", ""]])
        {
            row.resize(6, String::new());
            row[3..].clone_from_slice(&cells.map(str::to_owned));
        }
        office.open("/reports/sheet").await.shows("来人摸排日报").shows("3 个单位");
        office.upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &workbook(&rows)).await;
        office.shows("共 3 行：已保存 2 行，未读入 1 行").shows("E4").shows("约三人").shows("市外来人数");
        // The row that was wrong comes again alone, and fills the form.
        rows[3][4] = "3".to_owned();
        let again = [rows[0].clone(), rows[3].clone()];
        office
            .upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &workbook(&again))
            .await
            .shows("已上报");
        office.open(&out).await;
        let back = sheet(&office.bytes);
        let kept: Vec<&[String]> = back[1..].iter().map(|row| &row[3..5]).collect();
        assert_eq!(kept, [["12", "不详"], ["*", "—"], ["0", "3"]]);
        // One unit's own sheet fills its form.
        town.wait(24 * HOUR);
        return_as(&mut first, "first").await;
        open_owed(&mut first).await;
        let unit = unit(&town, "石桥镇人民政府").await;
        first.open(&format!("/reports/sheet.xlsx?template={template}&unit={unit}&on=2026-11-23")).await;
        let mut own = sheet(&first.bytes);
        own[1].resize(6, String::new());
        own[1][3] = "若干".to_owned();
        first.open("/reports").await;
        first.upload_with("/reports/sheet", &[("act", "draft")], "日报.xlsx", &workbook(&own)).await.shows("若干");
        first.shows("已从表格读入");
        let lost = vec![rows[0].clone(), vec!["x".to_owned(), "石桥镇".to_owned()]];
        first.open("/reports/sheet").await;
        first.upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &workbook(&lost)).await.shows("A2");
    }
}

/// Has a spreadsheet program open a workbook, change cells as a person would, and save it. None where there is none.
fn edited(bytes: &[u8], changes: &[(&str, &str)]) -> Option<Vec<u8>> {
    let flat = converted(bytes, "xlsx", "fods")?;
    let mut text = String::from_utf8(flat).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is not in the sheet");
        text = text.replacen(from, to, 1);
    }
    converted(text.as_bytes(), "fods", "xlsx")
}

#[tokio::test]
async fn a_workbook_saved_by_a_spreadsheet_program_comes_back_with_the_same_values() {
    for town in towns().await {
        let District { mut office, mut first, template, .. } = district(&town).await;
        let out = format!("/reports/sheet.xlsx?template={template}&on=2026-11-22");
        office.open(&out).await;
        let mut rows = sheet(&office.bytes);
        for (row, cells) in
            rows[1..].iter_mut().zip([["1234", "不详", "一户<未联系上>，已登记"], ["*", "—", ""], ["0", "", ""]])
        {
            row.resize(6, String::new());
            row[3..].clone_from_slice(&cells.map(str::to_owned));
        }
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &[("act", "draft")], "日报.xlsx", &workbook(&rows)).await;
        office.shows("共 3 行：已保存 3 行");
        // Opened and saved: known, unknown, redacted, not applicable, zero and left open stay what they are.
        office.open(&out).await;
        let before = sheet(&office.bytes);
        let Some(saved) = edited(&office.bytes, &[]) else { return };
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &[("act", "draft")], "日报.xlsx", &saved).await.shows("已保存 3 行");
        office.open(&out).await;
        assert_eq!(sheet(&office.bytes), before);

        // One cell is changed, and two are wrong: each is named by its cell, and its row is not kept.
        let wrong = [
            ("office:value=\"1234\"", "office:value=\"-5\""),
            ("<text:p>1234</text:p>", "<text:p>-5</text:p>"),
            ("<text:p>—</text:p>", "<text:p>三四个</text:p>"),
        ];
        let saved = edited(&office.bytes, &wrong).unwrap();
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &saved).await;
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.shows("已保存 0 行").shows(">D2<").shows("-5").shows(">E3<").shows("三四个").shows(">E4<");
        office.open(&out).await;
        assert_eq!(sheet(&office.bytes), before, "nothing of it was kept");

        let right =
            [("office:value=\"1234\"", "office:value=\"1240\""), ("<text:p>1234</text:p>", "<text:p>1240</text:p>")];
        let saved = edited(&office.bytes, &right).unwrap();
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &saved).await;
        office.shows("共 3 行：已保存 2 行，未读入 1 行").shows(">E4<").shows("请填写");
        office.open(&out).await;
        let kept = sheet(&office.bytes);
        assert_eq!(kept[1][3..], ["1240", "不详", "一户<未联系上>，已登记"]);
        assert_eq!(kept[2][3..], before[2][3..]);

        // What was handed in is left alone where nothing changed, and corrected only with a reason.
        let changed =
            [("office:value=\"1240\"", "office:value=\"1241\""), ("<text:p>1240</text:p>", "<text:p>1241</text:p>")];
        let saved = edited(&office.bytes, &changed).unwrap();
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &[("act", "submit")], "日报.xlsx", &saved).await;
        office.shows("请在“更正原因”栏写明原因").shows("与已报内容相同");
        office.open("/reports/sheet").await;
        let why = [("act", "submit"), ("why", "漏计一户")];
        office.upload_with("/reports/sheet", &why, "日报.xlsx", &saved).await.shows("已更正");
        first.open("/reports").await.shows("来人摸排日报");
        let id = unit(&town, "石桥镇人民政府").await;
        first.open(&format!("/reports/fill?template={template}&unit={id}&on=2026-11-22")).await;
        assert!(first.page.contains("value=\"1241\""), "{}", first.page);

        // A column that was renamed or moved is not read under another's name.
        let moved = [("<text:p>摸排人数（人）</text:p>", "<text:p>市外来人数（人） </text:p>")];
        office.open(&out).await;
        let saved = edited(&office.bytes, &moved).unwrap();
        office.open("/reports/sheet").await;
        office.upload_with("/reports/sheet", &why, "日报.xlsx", &saved).await.shows(">D1<").shows("表头与模板不符");
    }
}

#[tokio::test]
async fn what_units_wrote_is_taken_into_the_status_report_and_who_is_missing_is_named() {
    for town in towns().await {
        let District { mut office, mut first, mut second, .. } = district(&town).await;
        open_owed(&mut first).await;
        fill(&mut first, &[("v_l1", "12"), ("v_l2", "0"), ("v_l3", "一户未联系上\n已请社区核实")], "submit").await;
        open_owed(&mut second).await;
        fill(&mut second, &[("v_l1", "3"), ("v_l2", "0"), ("v_l3", "无")], "submit").await.shows("按时");
        town.wait(7 * HOUR);
        return_as(&mut office, "office").await;
        jobs(&town).await;
        office.open("/sitreps/templates/new").await.shows("{{文字 来人摸排日报·需要说明的情况}}");
        office.open("/sitreps/new").await;
        let fields = [("kind", "status"), ("area", "990101"), ("on", "2026-11-22")];
        office.send("/sitreps/new", &fields).await;
        let report = office.path.clone();
        let written = |body: &'static str| [("name", "情况汇报"), ("body", body)];
        let wrong = written("# 汇报\n## 存在的问题\n{{文字 需要说明}}");
        office.send(&report, &[&[("version", "1")][..], &wrong].concat()).await;
        office.shows("没有报表要求填写“需要说明”，是否指“");
        let right = written("# 汇报\n## 存在的问题\n{{文字 来人摸排日报·需要说明的情况}}");
        office.send(&report, &[&[("version", "2")][..], &right].concat()).await;
        office.shows("石桥镇人民政府：").shows("一户未联系上；已请社区核实").shows("填“无”：").shows("柳林镇人民政府");
        office.shows("未报：").shows("白鹭镇人民政府").shows("白鹭镇人民政府 需要说明的情况");
        assert!(!office.page.contains("未到时限"), "it is over its time");
        // Each answer leads to its report.
        let sources = office.page.split("一户未联系上").nth(2).is_some();
        assert!(sources, "it stands in the text and among the sources");
        let link =
            office.page.rsplit("石桥镇人民政府 需要说明的情况").nth(1).unwrap().rsplit("href=\"").next().unwrap();
        let link = link.split('"').next().unwrap().to_owned();
        assert!(link.starts_with("/reports/0"), "{link}");
        office.open(&format!("{report}/report.docx")).await;
        let text = document_text(&office.bytes);
        for words in
            ["石桥镇人民政府：一户未联系上；已请社区核实", "填“无”：柳林镇人民政府。", "未报：白鹭镇人民政府。"]
        {
            assert!(text.contains(words), "{words} is not in {text}");
        }
        office.open(&format!("{report}/report.xlsx")).await;
        let rows = sheet(&office.bytes);
        let of = |unit: &str| rows.iter().find(|row| row[1].starts_with(unit)).unwrap()[3].clone();
        assert_eq!([of("石桥镇"), of("柳林镇"), of("白鹭镇")], ["一户未联系上；已请社区核实", "填“无”", "未报"]);
        office.open(&link).await.shows("一户未联系上");
        // A report that comes now changes what is being written, until it is issued.
        let unit = unit(&town, "白鹭镇人民政府").await;
        office.open("/reports").await;
        let template = office
            .between("/reports/board?template=", "&")
            .or_else(|| office.between("/reports/board?template=", "\""))
            .unwrap();
        office.open(&format!("/reports/fill?template={template}&unit={unit}&on=2026-11-22")).await;
        fill(&mut office, &[("v_l1", "1"), ("v_l2", "0"), ("v_l3", "道路不通")], "submit").await.shows("代填");
        office.open(&report).await.shows("白鹭镇人民政府：").shows("道路不通");
    }
}

/// The words of a document, one paragraph a line.
fn document_text(bytes: &[u8]) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml.replace("</w:p>", "\n")
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words))
        .collect()
}

#[tokio::test]
async fn the_board_is_taken_out_whole_and_read_by_programs() {
    for town in towns().await {
        let District { mut office, mut first, template, .. } = district(&town).await;
        open_owed(&mut first).await;
        fill(&mut first, &[("v_l1", "12"), ("v_l2", "?")], "submit").await.shows("按时");
        town.wait(7 * HOUR);
        return_as(&mut office, "office").await;
        jobs(&town).await;
        office.open(&format!("/reports/board.csv?template={template}&days=1")).await;
        let text = String::from_utf8(office.bytes.clone()).unwrap();
        assert!(text.contains("石桥镇人民政府,990101001,乡镇政府（街道办事处）,按时；1 项不详或隐去"), "{text}");
        assert!(text.contains("柳林镇人民政府,990101002,乡镇政府（街道办事处）,未报"), "{text}");
        office.open(&format!("/reports/board.xlsx?template={template}&days=1")).await;
        assert_eq!(sheet(&office.bytes).len(), 4);
        office.open(&format!("/api/reports/board?template={template}&days=1")).await;
        let board: serde_json::Value = serde_json::from_str(&office.page).unwrap();
        assert_eq!(
            (board["n_asked"].as_i64(), board["n_in"].as_i64(), board["n_missing"].as_i64()),
            (Some(3), Some(1), Some(2))
        );
        office.open(&format!("/reports/board?template={template}&state=unknown")).await.shows("石桥镇人民政府");
        assert!(!office.page.contains("scope=\"row\">柳林镇"));
    }
}
