//! One story in a real browser, on both databases: a plan is imported and accepted, an incident opened, a level activated,
//! raised by a jump, orders issued, signed, reported and closed, one goes overdue and is supervised, the level is lowered
//! and the response ended. The clock is turned by the test.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Folder;
use super::teller::{DAY_MS, HOUR_MS, Site, Teller};

const UNIT: &str = "清河区疾病预防控制中心";
const TOWNSHIP: &str = "石桥镇人民政府";

/// The plan of the story: a real one where it lies beside the checkout, otherwise a fictional one.
fn plan() -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(root.join("../shared/plans/district-four-level-plan.txt")).unwrap_or_else(|_| {
        println!("the real plan is absent; the story is told with a fictional one");
        fs::read_to_string(root.join("crates/server/tests/it/levels.txt")).unwrap()
    })
}

/// Imports the plan, answers its findings, settles its units as suggested, accepts it. Gives its title.
fn import_plan(teller: &mut Teller<'_>) -> String {
    let folder = Folder::new();
    let file = folder.file("预案.txt", plan());
    teller.signs_in("office").opens("/plans/new", "上传预案");
    teller.browser.choose("file", Path::new(&file)).click("main form button.btn-primary").shows("核对中");
    let path = teller.browser.path();
    let title = teller.browser.text("h1");
    teller.asks("document.querySelectorAll('select[name^=verdict_]').forEach(s => { s.value = 'as_written'; })");
    teller.sends("/answers", &[], "核对中");
    teller.opens(&format!("{path}/units"), "已确定").sends("/units", &[], "已确定");
    teller.opens(&path, "核对中").sends("/accept", &[], "已采用");
    title
}

fn open_incident(teller: &mut Teller<'_>, plan: &str) -> String {
    teller.opens("/incidents/new", "新建事件");
    let fields = [
        ("kind", "outbreak"),
        ("name", "清河区麻疹疫情"),
        ("disease", "麻疹"),
        ("plan", plan),
        ("summary", "两个乡镇相继报告"),
    ];
    teller.sends("/incidents/new", &fields, "未启动响应");
    teller.browser.path()
}

/// Assesses, has experts of each tier sign, proposes and has the commander approve. Gives the proposal.
fn change_level(teller: &mut Teller<'_>, incident: &str, to: &str, tiers: &[&str], both: bool) {
    teller.signs_in("office").opens(&format!("{incident}/level"), "当前级别");
    teller.sends("/level", &[("to", to)], "研判中");
    let proposal = teller.browser.path();
    let n_factors = teller.asks("document.querySelectorAll('[name^=factor_]').length").as_u64().unwrap();
    let names: Vec<String> = (0..n_factors).map(|n| format!("factor_{n}")).collect();
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "已研判")).collect();
    if both {
        fields.push(("trend", "持续下降"));
        teller.sends("/assessment", &fields, "须填写防控效果评估");
        assert!(teller.browser.has("提请前还缺"), "one of the two is not enough");
        fields.push(("effect", "传播链已阻断"));
    }
    teller.sends("/assessment", &fields, "专家意见");
    for tier in tiers {
        teller.signs_in("expert").opens(&proposal, "专家意见");
        let opinion = [("tier", *tier), ("verdict", "agree"), ("words", "同意调整")];
        teller.sends("/opinions", &opinion, "本人签署");
    }
    if to == "0" {
        return;
    }
    teller.signs_in("office").opens(&proposal, "所需研判和意见已齐").sends("/propose", &[], "待批准");
    approve(teller, &proposal);
}

fn approve(teller: &mut Teller<'_>, proposal: &str) {
    teller.signs_in("commander").opens(proposal, "审批");
    let approver = teller.asks("document.querySelector('select[name=approver]').options[1].text").to_string();
    let approver = approver.trim_matches('"').to_owned();
    teller.sends("/approve", &[("approver", &approver), ("decision_words", "同意")], "已批准");
}

/// Issues what the plan proposes now; where it leaves the unit open, the first two go to two units.
fn issue_orders(teller: &mut Teller<'_>, incident: &str) -> i64 {
    teller.signs_in("office").opens(&format!("{incident}/orders/propose"), "条");
    let named = format!(
        "(() => {{ const open = [...document.querySelectorAll('input[name^=unit_]')]; \
         open.slice(0, 2).forEach((f, i) => {{ f.value = [{UNIT:?}, {TOWNSHIP:?}][i]; \
         f.dispatchEvent(new Event('input', {{ bubbles: true }})); \
         f.dispatchEvent(new Event('change', {{ bubbles: true }})); }}); return open.length; }})()"
    );
    let n_open = teller.asks(&named).as_i64().unwrap();
    teller.sends("/orders/propose", &[], "指令").comes_to("/orders?batch=");
    n_open
}

/// Two units sign and report; the office closes.
fn carry_out(teller: &mut Teller<'_>, incident: &str) {
    let of_incident = incident.trim_start_matches("/incidents/");
    for (login, unit) in [("unit", UNIT), ("township", TOWNSHIP)] {
        // Whatever the plan leaves to this unit, there is something for it to do.
        let asked = [("words", "核对重点人群名单"), ("units", unit), ("incident", "清河区麻疹疫情")];
        teller.signs_in("office").opens("/orders/new", "下达").sends("/orders/new", &asked, "核对重点人群名单");
        teller.signs_in(login).opens(&format!("/orders?incident={of_incident}&state=issued"), "待签收");
        let order = teller.link("main tbody tr th a");
        teller.opens(&order, "待签收").sends("/sign", &[], "已签收");
        teller.sends("/report", &[("words", "已落实，附情况说明")], "已反馈");
        teller.signs_in("office").opens(&order, "已反馈").sends("/close", &[], "已办结");
    }
}

/// An order goes overdue, is supervised, answered, rectified and re-checked.
fn supervise(teller: &mut Teller<'_>, incident: &str) {
    let due = Timestamp::from_millisecond(teller.site.now_ms() + 8 * HOUR_MS + HOUR_MS).unwrap();
    let due = due.strftime("%Y-%m-%dT%H:%M").to_string();
    teller.signs_in("office").opens("/orders/new", "下达");
    let fields =
        [("words", "报送今日新增病例核心信息"), ("units", UNIT), ("due_at", &due), ("incident", "清河区麻疹疫情")];
    teller.sends("/orders/new", &fields, "报送今日新增病例核心信息");
    let order = {
        let of_incident = incident.trim_start_matches("/incidents/");
        teller.opens(&format!("/orders?incident={of_incident}&q=核心信息"), "核心信息");
        teller.link("main tbody tr th a")
    };
    teller.site.wait(3 * HOUR_MS);
    teller.signs_in("office").opens(incident, "超时").opens(&order, "超时");
    teller.sends("/notice", &[("words", "已超时两小时，说明原因")], "督办");
    teller.signs_in("unit").opens(&order, "督办").sends("/answer", &[("words", "人手不足，正在补报")], "回应");
    teller.sends("/rectify", &[("words", "已补报")], "整改");
    teller.sends("/sign", &[], "已签收").sends("/report", &[("words", "已报送")], "已反馈");
    teller.signs_in("office").opens(&order, "已反馈").sends("/pass", &[], "复查");
    teller.sends("/close", &[], "已办结");
}

/// Lowering lists what is lifted.
fn lift_orders(teller: &mut Teller<'_>, incident: &str) {
    teller.signs_in("office").opens(&format!("{incident}/orders/propose"), "指令");
    let n_lift = teller.asks("document.querySelectorAll('input[name^=keep_]').length").as_i64().unwrap();
    if n_lift > 0 {
        teller.sends("/orders/propose", &[], "指令").comes_to("/orders?batch=");
    }
}

/// Ending is refused until the clock has run out and the import risk is judged.
fn end(teller: &mut Teller<'_>, incident: &str) {
    teller.signs_in("office").opens(&format!("{incident}/facts"), "病例与隔离");
    let cases = [("n_cases", "1"), ("origin", "local")];
    teller.sends("/cases", &cases, "本土");
    change_level(teller, incident, "0", &[], true);
    let proposal = teller.browser.path();
    assert!(teller.browser.has("两个最长潜伏期未满"), "{}", teller.browser.text("main"));
    assert!(teller.browser.has("尚未由具名人员判定"));
    teller.site.wait(43 * DAY_MS);
    teller.signs_in("expert").opens(&proposal, "专家意见");
    let tiers =
        teller.asks("[...document.querySelectorAll('select[name=tier] option')].map(o => o.value).filter(v => v)");
    for tier in tiers.as_array().unwrap() {
        let opinion = [("tier", tier.as_str().unwrap()), ("verdict", "agree"), ("words", "符合终止条件")];
        teller.sends("/opinions", &opinion, "本人签署");
    }
    teller.signs_in("office").opens(&proposal, "尚未由具名人员判定");
    assert!(!teller.browser.has("两个最长潜伏期未满"), "the clock has run out");
    let open = "[...document.querySelectorAll('select[name=condition] option')].map(o => o.value).filter(v => v)";
    for condition in teller.asks(open).as_array().unwrap() {
        let judged = [
            ("condition", condition.as_str().unwrap()),
            ("holds", "holds"),
            ("person", "疾控中心主任（演示）"),
            ("why", "口岸连续四周无输入"),
        ];
        teller.sends("/judgements", &judged, "疾控中心主任（演示）");
    }
    teller.opens(&proposal, "所需研判和意见已齐").sends("/propose", &[], "待批准");
    approve(teller, &proposal);
    teller.opens(incident, "未启动响应");
}

fn told(driver: SocketAddr, database: Option<String>) {
    let folder = Folder::new();
    let site = Site::start(folder.0.path().to_owned(), database);
    let mut teller = Teller::new(driver, &site);
    let plan = import_plan(&mut teller);
    let incident = open_incident(&mut teller, &plan);
    teller.opens(&format!("{incident}/command"), "指挥体系").sends("/command/set-up", &[], "指挥部");
    change_level(&mut teller, &incident, "4", &["区"], false);
    issue_orders(&mut teller, &incident);
    change_level(&mut teller, &incident, "2", &["区", "市", "省"], false);
    teller.opens(&incident, "Ⅱ级响应");
    issue_orders(&mut teller, &incident);
    carry_out(&mut teller, &incident);
    supervise(&mut teller, &incident);
    change_level(&mut teller, &incident, "3", &["区", "市"], true);
    teller.opens(&incident, "Ⅲ级响应");
    lift_orders(&mut teller, &incident);
    end(&mut teller, &incident);
    let history = format!("{incident}/level");
    teller.opens(&history, "启动Ⅳ级响应").opens(&history, "Ⅳ级 → Ⅱ级").opens(&history, "Ⅱ级 → Ⅲ级");
    assert!(!teller.browser.has("级别记录与当前级别不一致"));
}

#[test]
fn a_plan_runs_from_its_import_to_the_end_of_its_response_on_sqlite() {
    if let Some(driver) = lianfang_throwaway::browser_driver() {
        told(driver.address, None);
    }
}

#[test]
fn a_plan_runs_from_its_import_to_the_end_of_its_response_on_postgresql() {
    let Some(driver) = lianfang_throwaway::browser_driver() else { return };
    if let Some(database) = lianfang_throwaway::database() {
        told(driver.address, Some(database.address));
    }
}
