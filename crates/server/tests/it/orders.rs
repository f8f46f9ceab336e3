use axum::http::StatusCode;
use lianfang_domain::{
    IncidentId, PlanId, UnitId,
    access::{Act, Scope},
    incident::IncidentKind,
};
use lianfang_server::run_due_jobs;
use lianfang_store::{Actor, NewIncident, OrderSearch};

use crate::browser::Browser;
use crate::town::{AREAS, NOW, Town, towns};

const PLAN: &str = "清河区突发公共卫生事件应急预案\n\
    一、组织体系\n\
    （一）综合协调组：由区卫生健康局牵头，区财政局为成员单位。\n\
    职责：汇总每日情况，15时前报区指挥部。\n\
    二、响应分级\n\
    （一）四级响应\n\
    区内出现输入性病例的，启动四级响应。\n\
    （二）三级响应\n\
    区内出现聚集性疫情的，启动三级响应。\n\
    三、响应措施\n\
    （一）四级响应措施\n\
    1.区卫生健康局做好疑似病例报告；\n\
    2.储备防护用品不少于30天用量。\n\
    （二）三级响应措施\n\
    在做好四级响应工作的基础上，采取以下措施：\n\
    1.区财政局安排防控经费。\n\
    四、重点任务\n\
    1.配备移动采样车。（区财政局、区卫生健康局负责，2027年6月底前完成）\n\
    2.开展全面排查。（各乡镇人民政府负责，2026年12月底前完成）\n";

const MINUTE: i64 = 60_000;

/// A district with units and their officers, and an accepted plan.
struct District {
    office: Browser,
    health: Browser,
    finance: Browser,
    township: Browser,
    plan: String,
}

async fn district(town: &Town) -> District {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let units = [
        ("清河区卫生健康局", "990101", ""),
        ("清河区财政局", "990101", ""),
        ("石桥镇人民政府", "990101001", ""),
        ("柳林镇人民政府", "990101002", ""),
        ("清河区疾病预防控制中心", "990101", "清河区卫生健康局"),
        ("清河区人民医院", "990101", "清河区卫生健康局"),
    ];
    for (name, area, parent) in units {
        office.open("/units/new").await;
        office.send("/units/new", &[("name", name), ("area", area), ("parent", parent), ("sure", "1")]).await;
        assert!(office.path.starts_with("/units/0"), "{name}: {}", office.page);
    }
    office.open("/plans/new").await;
    office.upload_with("/plans/new", &[("area", "990101")], "预案.txt", PLAN.as_bytes()).await;
    let plan = office.path.clone();
    let settled = [("区卫生健康局", "清河区卫生健康局"), ("区财政局", "清河区财政局")];
    for (name, unit) in settled {
        let unit = unit_id(town, unit).await.to_string();
        office.open(&format!("{plan}/units")).await;
        office.send(&format!("{plan}/units"), &[("name_1", name), ("unit_1", &unit)]).await;
    }
    office.open(&plan).await;
    let version = office.between("name=\"version\" value=\"", "\"").unwrap();
    office.send(&format!("{plan}/accept"), &[("version", &version)]).await.shows("已采用");
    let health = town.officer(&mut system, &mut security, "health", "清河区卫生健康局").await;
    let finance = town.officer(&mut system, &mut security, "finance", "清河区财政局").await;
    let township = town.person(&mut system, &mut security, "town", "township_officer", "990101001").await;
    District { office, health, finance, township, plan }
}

async fn unit_id(town: &Town, name: &str) -> UnitId {
    let register = town.store.unit_register(&Scope::everywhere()).await.unwrap();
    register.iter().find(|record| record.unit.name == name).unwrap().unit.id
}

/// The version that the page of an order shows; one that has ended has no form.
fn version(browser: &Browser) -> String {
    browser.between("name=\"version\" value=\"", "\"").unwrap_or_else(|| "1".to_owned())
}

/// Does an act from the page of an order.
async fn act<'a>(browser: &'a mut Browser, order: &str, act: &str, words: &str) -> &'a mut Browser {
    browser.open(order).await;
    let version = version(browser);
    let (path, fields) = (format!("{order}/{act}"), [("version", version.as_str()), ("words", words)]);
    match act {
        "report" => browser.upload_with(&path, &fields, "", b"").await,
        _ => browser.send(&path, &fields).await,
    }
}

/// The address of the order in a list that holds some words.
fn order_in(browser: &Browser, words: &str) -> String {
    let rows = browser.page.split("href=\"/orders/").skip(1);
    let row = rows.into_iter().find(|row| row.split("</a>").next().unwrap().contains(words));
    let row = row.unwrap_or_else(|| panic!("no order “{words}”:\n{}", browser.page));
    format!("/orders/{}", row.split('"').next().unwrap())
}

async fn n_orders(town: &Town) -> i64 {
    town.store.count_orders(&OrderSearch::default(), &Scope::everywhere()).await.unwrap()
}

#[tokio::test]
async fn a_measure_becomes_an_order_that_is_signed_reported_sent_back_and_closed() {
    for town in towns().await {
        let District { mut office, mut health, mut finance, plan, .. } = district(&town).await;
        let propose = format!("{plan}/orders/propose");
        office.open(&format!("{propose}?level=IV")).await.shows("疑似病例报告").shows("待选单位").shows("全面排查");
        assert_eq!(n_orders(&town).await, 0, "nothing is ordered by looking");
        let key = office.between("name=\"drop_task:", "\"").unwrap();
        let (key, drop) = (format!("text_task:{key}"), office.between("name=\"drop_duty:", "\"").unwrap());
        let drop = format!("drop_duty:{drop}");
        let fields = [("level", "IV"), ("kind", ""), (drop.as_str(), "1"), (key.as_str(), "配备两辆移动采样车")];
        office.send(&propose, &fields).await.shows("配备两辆移动采样车").shows("疑似病例报告");
        assert!(office.path.starts_with("/orders?batch="), "{}", office.path);
        // Two for the reworded task, one for each township, one for the measure; what lacks a unit waits.
        assert_eq!(n_orders(&town).await, 5, "{}", office.page);
        office.open(&format!("{propose}?level=IV")).await.shows("汇总每日情况");
        assert!(!office.page.contains("疑似病例报告"), "what stands is not proposed again");

        health.open("/notices").await.shows("新指令").shows("疑似病例报告");
        health.open("/work").await.shows("待签收").shows("疑似病例报告");
        let order = order_in(&health, "疑似病例报告");
        finance.open(&order).await;
        assert_eq!(finance.status, StatusCode::NOT_FOUND, "another unit's order is not there");
        act(&mut health, &order, "report", "已报告").await.shows("请先签收");
        assert_eq!(health.status, StatusCode::UNPROCESSABLE_ENTITY);
        act(&mut health, &order, "sign", "").await.shows("已签收");
        act(&mut health, &order, "close", "").await.shows("由下达方办理");
        act(&mut office, &order, "sign", "").await;
        assert_eq!(office.status, StatusCode::FORBIDDEN);
        health.open(&order).await;
        let fields = [("version", version(&health)), ("words", "疑似病例已按时报告".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let report = format!("{order}/report");
        health.upload_with(&report, &fields, "照片.jpg", b"MZ\x90\x00").await.shows("内容须与扩展名相符");
        health.shows("疑似病例已按时报告");
        health
            .upload_with(&report, &fields, "照片.jpg", &[0xFF, 0xD8, 0xFF, 0xE0, 1])
            .await
            .shows("已反馈")
            .shows("照片.jpg");
        let file = health.between(&format!("href=\"{order}/files/"), "\"").unwrap();
        office.open(&format!("{order}/files/{file}")).await;
        assert_eq!(office.bytes, [0xFF, 0xD8, 0xFF, 0xE0, 1]);
        finance.open(&format!("{order}/files/{file}")).await;
        assert_eq!(finance.status, StatusCode::NOT_FOUND);

        office.open("/work").await.shows("待办结").shows("疑似病例报告");
        act(&mut office, &order, "return", " ").await.shows("须写明原因");
        act(&mut office, &order, "return", "请补充时间").await.shows("退回重办");
        health.open("/work").await.shows("退回重办");
        act(&mut health, &order, "report", "9时30分报告").await.shows("已反馈");
        act(&mut office, &order, "close", "").await.shows("已办结").shows("退回重办").shows("请补充时间");
        act(&mut office, &order, "recall", "误发").await.shows("不再办理");
    }
}

#[tokio::test]
async fn what_is_overdue_is_supervised_until_it_is_found_put_right() {
    for town in towns().await {
        let District { mut office, mut township, .. } = district(&town).await;
        office.open("/orders/new").await;
        let order = [
            ("origin", "written"),
            ("words", "今日9时20分前报送隔离点名单"),
            ("units", "石桥镇人民政府"),
            ("due_at", "2026-11-22T09:20"),
        ];
        office.send("/orders/new", &order[..3]).await.shows("隔离点名单");
        office.send("/orders/new", &order).await.shows("还有");
        let order = office.path.clone();
        act(&mut office, &order, "notice", "请说明原因").await.shows("尚未超时");
        township.open("/work").await.shows("今日到期");
        town.wait(25 * MINUTE);
        township.open("/work").await.shows("超时");
        while run_due_jobs(&town.app).await.unwrap() > 0 {}
        township.open("/notices").await.shows("已超时");
        office.open("/orders?state=late").await.shows("隔离点名单");
        act(&mut office, &order, "notice", "请说明原因").await.shows("督办待回应");
        act(&mut township, &order, "rectify", "已报").await.shows("请先回应督办");
        act(&mut township, &order, "answer", "人员外出核实，16时前报").await.shows("督办待整改");
        act(&mut township, &order, "rectify", "已于15时报送").await.shows("督办待复查");
        act(&mut office, &order, "fail", "缺3人").await.shows("督办待回应");
        act(&mut township, &order, "answer", "补报").await;
        act(&mut township, &order, "rectify", "已补齐").await;
        act(&mut office, &order, "pass", "").await.shows("督办已销号").shows("缺3人");
    }
}

#[tokio::test]
async fn an_order_is_split_to_the_units_below_and_reported_once_they_are_done() {
    for town in towns().await {
        let District { mut office, mut health, mut finance, .. } = district(&town).await;
        office.open("/orders/new").await;
        let order = [("origin", "above"), ("words", "腾空床位"), ("units", "清河区卫生健康局"), ("number", "")];
        office.send("/orders/new", &order).await.shows("请写明文号");
        let order = [
            ("origin", "above"),
            ("words", "腾空床位"),
            ("units", "清河区卫生健康局"),
            ("number", "清卫发〔2026〕9号"),
        ];
        office.send("/orders/new", &order).await.shows("清卫发〔2026〕9号");
        let order = office.path.clone();
        act(&mut health, &order, "sign", "").await;
        health.open(&format!("{order}/split")).await.shows("清河区人民医院").shows("清河区疾病预防控制中心");
        let hospital = format!("unit_{}", unit_id(&town, "清河区人民医院").await);
        let version = version(&health);
        let fields = [("version", version.as_str()), ("words", "腾空30张床位"), (hospital.as_str(), "1")];
        health.send(&format!("{order}/split"), &fields).await.shows("执行中").shows("下级指令");
        let sub = order_in(&health, "清河区人民医院");
        act(&mut health, &order, "report", "已腾空").await.shows("还有 1 条下级指令未办结");
        finance.open(&sub).await;
        assert_eq!(finance.status, StatusCode::NOT_FOUND);
        act(&mut health, &sub, "recall", "医院另有任务").await.shows("已撤回");
        act(&mut health, &order, "report", "已腾空").await.shows("已反馈");
        // Given to another unit, it ends here and begins there.
        act(&mut office, &order, "return", "仍缺20张").await;
        let version = self::version(&office);
        let other = [("version", version.as_str()), ("words", "由财政局协调"), ("unit", "区财政"), ("x", "")];
        office.send(&format!("{order}/reassign"), &other).await.shows("没有找到这个单位");
        let other = [("version", version.as_str()), ("words", "由财政局协调"), ("unit", "清河区财政局")];
        office.send(&format!("{order}/reassign"), &other).await.shows("待签收").shows("清河区财政局");
        finance.open("/work").await.shows("腾空床位");
        health.open(&order).await.shows("已改派");
    }
}

#[tokio::test]
async fn raising_a_level_adds_its_measures_and_lowering_lifts_just_those() {
    for town in towns().await {
        let District { mut office, plan, .. } = district(&town).await;
        let incident = IncidentId(town.store.new_id(NOW));
        let actor = Actor { name: "office".to_owned(), ..Actor::program(NOW) };
        let mut tx = town.store.begin(&actor, Act::ChangeIncidents);
        tx.about("incident", incident, None);
        tx.add_incident(&NewIncident {
            id: incident,
            area: "990101".parse().unwrap(),
            kind: IncidentKind::ALL[0],
            name: "清河区聚集性疫情".to_owned(),
            disease: String::new(),
            plan: plan.trim_start_matches("/plans/").parse::<PlanId>().ok(),
            onset_on: None,
            discovered_at_ms: NOW,
            summary: String::new(),
        });
        tx.commit().await.unwrap();
        let propose = format!("/incidents/{incident}/orders/propose");
        office.open(&propose).await.shows("不涉及响应级别");
        let open = office.open(&format!("{propose}?level=IV&kind=measure")).await;
        let key = open.between("name=\"unit_measure:", "\"").unwrap();
        let chosen = format!("unit_measure:{key}");
        let fields = [("level", "IV"), ("kind", "measure"), (chosen.as_str(), "清河区人民医院")];
        office.send(&propose, &fields).await.shows("储备防护用品").shows("疑似病例报告");
        assert_eq!(n_orders(&town).await, 2);
        office.open(&format!("{propose}?level=III&kind=measure")).await.shows("安排防控经费");
        assert!(!office.page.contains("name=\"drop_measure:".repeat(2).as_str()));
        office.send(&propose, &[("level", "III"), ("kind", "measure")]).await.shows("安排防控经费");
        assert_eq!(n_orders(&town).await, 3, "nothing is doubled");
        office.open(&format!("{propose}?level=III&kind=measure")).await.shows("没有需要下达的新指令");
        office.open(&format!("{propose}?level=IV&kind=measure")).await.shows("拟解除的指令").shows("安排防控经费");
        office.send(&propose, &[("level", "IV"), ("kind", "measure")]).await;
        office.open("/orders?state=lifted").await.shows("安排防控经费");
        office.open("/orders?state=open").await.shows("疑似病例报告").shows("储备防护用品");
        assert!(!office.page.contains("安排防控经费"));
        // Twice the same act: the second finds nothing to do.
        office.send(&propose, &[("level", "IV"), ("kind", "measure")]).await.shows("没有可下达的指令");
    }
}

#[tokio::test]
async fn a_newer_version_of_the_plan_keeps_orders_of_the_same_words_and_names_what_it_would_change() {
    for town in towns().await {
        let District { mut office, mut health, plan, .. } = district(&town).await;
        let fields =
            [("kind", "other"), ("name", "桃溪应急"), ("area", "990101"), ("discovered_at", "2026-11-22T08:00")];
        let plan_id = plan.trim_start_matches("/plans/").to_owned();
        office.open("/incidents/new").await;
        office.send("/incidents/new", &[&fields[..], &[("plan", plan_id.as_str())]].concat()).await;
        let incident = office.path.clone();
        assert!(incident.starts_with("/incidents/0"), "{}", office.page);
        let propose = format!("{incident}/orders/propose");
        // What names no unit waits; the rest is ordered, and the overview counts what is left.
        office.open(&propose).await.shows("全面排查");
        office.send(&propose, &[("level", "none"), ("kind", "task")]).await.shows("配备移动采样车").shows("全面排查");
        office.open(&incident).await.shows("预案条款未下达");
        let left = office.between("orders/propose\"><strong>", "<").unwrap();
        office.open("/orders?state=open").await;
        let order = {
            health.open("/orders").await;
            order_in(&health, "配备移动采样车")
        };
        for step in ["sign", "report"] {
            act(&mut health, &order, step, "两辆已到位").await;
        }
        act(&mut office, &order, "close", "").await.shows("已办结");
        office.open(&propose).await;
        assert!(!office.page.contains("配备移动采样车"), "what is done is not asked for again: {}", office.page);
        office.open(&incident).await;
        assert_eq!(office.between("orders/propose\"><strong>", "<").unwrap(), left);

        let text =
            PLAN.replace("开展全面排查", "逐村逐户开展拉网式排查").replace("2.储备防护用品", "2.提前储备防护用品");
        let text = text + "3.制定校园疫情防控应急预案。（区卫生健康局负责，2026年12月底前完成）\n";
        office.open("/plans/new").await;
        let beside = [("area", "990101"), ("follows", plan_id.as_str())];
        office.upload_with("/plans/new", &beside, "新版.txt", text.as_bytes()).await;
        let new = office.path.clone();
        office.open(&format!("{new}/changes")).await.shows("正在进行的响应").shows("桃溪应急").shows("新版采用后可改");
        office.shows("开展全面排查");
        office.open(&new).await;
        let seen = version(&office);
        office.send(&format!("{new}/accept"), &[("version", &seen)]).await.shows("已采用");
        office.open(&propose).await.shows("汇总每日情况");
        office.open(&incident).await.shows("预案已有新版");
        let new_id = new.trim_start_matches("/plans/").to_owned();
        office.open(&format!("{new}/changes")).await.shows("改按新版");
        let seen = version(&office);
        let follow = format!("{incident}/plan");
        office.send(&follow, &[("version", &seen), ("plan", &plan_id)]).await.shows("只能改按");
        office.send(&follow, &[("version", &seen), ("plan", &new_id)]).await.shows("拉网式排查").shows("拟解除的指令");
        assert_eq!(office.path, propose, "{}", office.page);
        assert!(!office.page.contains("配备移动采样车"), "the same words stand already");
        office.shows("编制《校园疫情防控应急预案》");
        office.send(&propose, &[("level", "none"), ("kind", "")]).await.shows("拉网式排查");
        office.open("/orders?state=lifted").await.shows("全面排查");
        assert!(!office.page.contains("拉网式"));
        office.open(&format!("{incident}/log")).await.shows("改按新版预案执行");
    }
}

#[tokio::test]
async fn many_orders_are_dealt_with_at_once_and_what_cannot_be_is_named() {
    for town in towns().await {
        let District { mut office, mut township, mut finance, .. } = district(&town).await;
        office.open("/orders/new").await;
        let order = [
            ("origin", "meeting"),
            ("number", "11月22日调度会"),
            ("words", "每日报送排查人数"),
            ("units", "清河区财政局\n石桥镇人民政府"),
            ("kind", "township_office"),
            ("daily", "15:00"),
        ];
        office.send("/orders/new", &order).await.shows("共 3 条");
        township.open("/orders").await.shows("共 1 条").shows("每日报送排查人数");
        township.send("/orders/sign-many", &[("all", "1"), ("query", "/orders?state=issued")]).await.shows("已办理");
        township.open("/orders").await.shows("已签收");
        office.open("/orders?state=open").await;
        let all = [("all", "1"), ("query", "/orders?state=open"), ("words", "")];
        office.send("/orders/recall-many", &all).await.shows("撤回须写明原因");
        let all = [("all", "1"), ("query", "/orders?state=issued"), ("words", "改用系统自动汇总")];
        office.send("/orders/recall-many", &all).await;
        office.open("/orders?state=recalled").await.shows("筛选出 2 条，共 3 条");
        finance.open("/work").await.shows("目前没有需要您办理的事项");
        // What recurs is reported each day and stays in hand.
        let order = {
            township.open("/orders").await;
            order_in(&township, "每日报送")
        };
        act(&mut township, &order, "report", "排查312人").await.shows("历次完成情况").shows("排查312人").shows("还有");
        office.open("/orders/export.xlsx?state=open").await;
        assert!(office.bytes.starts_with(b"PK"), "{}", office.status);
    }
}

#[tokio::test]
async fn a_unit_asks_those_above_and_the_answer_closes_it() {
    for town in towns().await {
        let District { mut office, mut health, .. } = district(&town).await;
        health.open("/orders/request").await.shows("请示事项");
        let fields = [("words", "请求增派流调队员10名"), ("units", "清河区卫生健康局")];
        health.send("/orders/request", &fields).await.shows("待答复");
        let order = health.path.clone();
        office.open("/work").await.shows("请求增派流调队员");
        act(&mut office, &order, "close", "").await.shows("请写明答复");
        act(&mut office, &order, "close", "同意，由区人民医院抽调").await.shows("已答复").shows("区人民医院抽调");
        act(&mut health, &order, "recall", "x").await;
        health.open(&order).await.shows("同意，由区人民医院抽调");
    }
}
