use axum::http::StatusCode;

use crate::browser::Browser;
use crate::town::{AREAS, Town, towns};

pub(crate) const PLAN: &str = include_str!("levels.txt");

/// Who works on an incident: the office, the commander, an expert and someone of another district.
pub(crate) struct Crew {
    pub(crate) office: Browser,
    pub(crate) commander: Browser,
    pub(crate) expert: Browser,
    pub(crate) stranger: Browser,
    /// The accepted plan.
    pub(crate) plan: String,
}

pub(crate) async fn crew(town: &Town) -> Crew {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let commander = town.person(&mut system, &mut security, "commander", "commander", "990101").await;
    let expert = town.person(&mut system, &mut security, "expert", "expert", "990101").await;
    let stranger = town.person(&mut system, &mut security, "stranger", "office", "990102").await;
    office.open("/plans/new").await;
    office.upload_with("/plans/new", &[("area", "990101")], "预案.txt", PLAN.as_bytes()).await;
    let plan = office.path.clone();
    office.send(&format!("{plan}/accept"), &[("version", "1")]).await.shows("已采用");
    Crew { office, commander, expert, stranger, plan: plan.trim_start_matches("/plans/").to_owned() }
}

/// Opens a cluster of measles; gives its address.
pub(crate) async fn opened(crew: &mut Crew) -> String {
    crew.office.open("/incidents/new").await;
    let plan = crew.plan.clone();
    let fields = [
        ("kind", "cluster"),
        ("name", "石桥镇小学麻疹聚集性疫情"),
        ("area", "990101"),
        ("disease", "measles"),
        ("plan", plan.as_str()),
        ("discovered_at", "2026-11-22T08:00"),
        ("onset_on", "2026-11-18"),
        ("summary", "一个班出现皮疹发热"),
    ];
    crew.office.send("/incidents/new", &fields).await.shows("石桥镇小学麻疹聚集性疫情");
    crew.office.path.clone()
}

#[tokio::test]
async fn an_incident_is_opened_with_what_is_known_of_its_disease_and_reported_in_time() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        crew.office.open("/incidents").await.shows("没有处置中的事件");
        crew.office.open("/incidents/new").await;
        crew.office.send("/incidents/new", &[("discovered_at", "2027-01-01T00:00")]).await;
        crew.office.shows("请选择类型").shows("请填写名称").shows("不能晚于现在").shows("2027-01-01T00:00");
        assert_eq!(crew.office.status, StatusCode::UNPROCESSABLE_ENTITY);
        let incident = opened(&mut crew).await;
        crew.stranger.open(&incident).await;
        assert_eq!(crew.stranger.status, StatusCode::NOT_FOUND, "another district does not see it");
        crew.office.shows("2026年11月22日 10:00").shows("2小时内报告").shows("未启动响应");
        crew.office.open(&format!("{incident}/facts")).await.shows("21").shows("WS 296-2017").shows("乙类");
        crew.office.open(&incident).await;
        town.wait(90 * 60_000);
        crew.office.open(&incident).await.shows("超时30分钟");
        crew.office.send(&format!("{incident}/report"), &[("version", "9")]).await.shows("请填写报告给谁");
        let version = crew.office.between("name=\"version\" value=\"", "\"").unwrap();
        let stale = [("version", "99"), ("reported_to", "市卫健委")];
        crew.office.send(&format!("{incident}/report"), &stale).await.shows("刚被他人更改");
        let fields = [("version", version.as_str()), ("reported_to", "市卫健委")];
        crew.office.send(&format!("{incident}/report"), &fields).await.shows("超时30分钟").shows("市卫健委");
        town.wait(20 * 60_000);
        crew.office.open(&incident).await.shows("超时30分钟");
        crew.expert.open(&incident).await.shows("石桥镇小学");
        crew.expert.send(&format!("{incident}/report"), &fields).await;
        assert_eq!(crew.expert.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn the_log_takes_events_and_decisions_and_a_decision_says_what_why_and_who() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let log = format!("{incident}/log");
        crew.office.open(&log).await.shows("立案");
        let event = [("kind", "event"), ("at", "2026-11-22T08:30"), ("words", "疾控中心到达现场")];
        crew.office.send(&log, &event).await.shows("疾控中心到达现场").shows("补记于");
        let decision = [("kind", "decision"), ("at", "2026-11-22T09:00"), ("words", "该班停课"), ("basis", "现场研判")];
        crew.office.send(&log, &decision).await.shows("请写明由谁落实").shows("该班停课");
        let whole: Vec<(&str, &str)> = decision.into_iter().chain([("addressees", "区教育局")]).collect();
        crew.office.send(&log, &whole).await.shows("落实单位：区教育局");
        crew.office.open(&format!("{log}?kind=decision")).await.shows("该班停课");
        assert!(!crew.office.page.contains("疾控中心到达现场"));
    }
}

#[tokio::test]
async fn figures_suggest_a_grade_with_its_clause_and_a_person_sets_it() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let facts = format!("{incident}/facts");
        crew.office.open(&facts).await.shows("现有数字不满足任何一条标准");
        crew.office.send(&format!("{incident}/figures"), &[("cases", "三例"), ("as_of", "2026-11-22T08:30")]).await;
        crew.office.shows("请填写不小于 0 的整数").shows("三例");
        crew.office.open(&facts).await;
        let version = crew.office.between("name=\"version\" value=\"", "\"").unwrap();
        let change = [("disease", "plague"), ("name", "鼠疫"), ("version", version.as_str())];
        crew.office.send(&facts, &change).await;
        let figures =
            [("cases", "12"), ("counties", "1"), ("as_of", "2026-11-22T08:30"), ("figures_source", "疾控中心")];
        crew.office.send(&format!("{incident}/figures"), &figures).await;
        crew.office.shows("1.3-Ⅲ").shows("病例数 12 ≥ 10").shows("病例数还差8").shows("波及市（地）数未知");
        let version = crew.office.between("name=\"version\" value=\"", "\"").unwrap();
        let grade = format!("{incident}/grade");
        crew.office.send(&grade, &[("version", &version), ("grade", "3")]).await.shows("请写明依据");
        crew.office.send(&grade, &[("version", &version), ("grade", "3"), ("grade_basis", "1.3-Ⅲ")]).await;
        crew.office.open(&incident).await.shows("Ⅲ级").shows("事件分级定为Ⅲ级");
        crew.office.open("/grading").await.shows("随附的国家预案标准");
        let rule = [
            ("grade", "2"),
            ("clause", "2.1"),
            ("words", "鼠疫11例以上"),
            ("disease", "plague"),
            ("cases", "11"),
            ("from_on", "2026-11-01"),
            ("source", "清河区预案"),
        ];
        crew.office.send("/grading", &rule).await.shows("鼠疫11例以上").shows("停用");
        crew.office.open(&facts).await.shows("2.1").shows("病例数 12 ≥ 11");
        crew.stranger.open("/grading").await.shows("随附的国家预案标准");
    }
}

#[tokio::test]
async fn the_command_of_the_plan_is_set_up_once_with_its_double_duties_and_townships() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let command = format!("{incident}/command");
        crew.office.open(&command).await.shows("还没有指挥体系");
        let set_up = format!("{command}/set-up");
        crew.office.send(&set_up, &[]).await.shows("监测流调组").shows("区政府分管副区长").shows("尚未成立");
        crew.office.shows("一人牵头多个机构").shows("区卫生健康局副局长").shows("没有副职");
        let n_bodies = crew.office.page.matches("<li class=\"command-").count();
        crew.office.send(&set_up, &[]).await;
        assert_eq!(crew.office.page.matches("<li class=\"command-").count(), n_bodies, "nothing is set up twice");
        crew.office.send(&format!("{command}/townships"), &[]).await.shows("石桥镇指挥部").shows("柳林镇指挥部");
        crew.office.send(&format!("{command}/townships"), &[]).await.shows("各乡镇都已有指挥部");
        let body = [("name", "石桥镇前方指挥部"), ("kind", "forward_command"), ("parent", "")];
        crew.office.send(&format!("{command}/bodies"), &body).await.shows("石桥镇前方指挥部");
        crew.office.send(&format!("{command}/bodies"), &body).await.shows("已有同名机构");
        crew.office.open(&format!("{incident}/log?kind=command")).await.shows("设立石桥镇前方指挥部");
    }
}

#[tokio::test]
async fn a_planned_event_has_phases_and_venues_and_no_first_report() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        crew.office.open("/incidents/new").await;
        let fields = [
            ("kind", "planned_event"),
            ("name", "清河马拉松医疗卫生保障"),
            ("area", "990101"),
            ("discovered_at", "2026-11-20T09:00"),
        ];
        crew.office.send("/incidents/new", &fields).await.shows("清河马拉松");
        let incident = crew.office.path.clone();
        assert!(!crew.office.page.contains("首次报告"));
        crew.office.open(&format!("{incident}/facts")).await;
        let phase = |name, from, until| [("phase", name), ("phase_from", from), ("phase_until", until)];
        let phases = format!("{incident}/phases");
        crew.office.send(&phases, &phase("备战阶段", "2026-10-01", "2026-09-01")).await.shows("结束日期早于开始日期");
        crew.office.send(&phases, &phase("备战阶段", "2026-10-01", "2026-11-20")).await;
        crew.office.send(&phases, &phase("实战阶段", "2026-11-21", "2026-11-30")).await.shows("进行中");
        crew.office.send(&format!("{incident}/venues"), &[("venue", "起点广场"), ("area", "990101001")]).await;
        crew.office.shows("起点广场").shows("石桥镇");
        crew.office.open(&incident).await.shows("实战阶段（2026年11月21日");
    }
}

#[tokio::test]
async fn an_incident_is_closed_only_when_no_response_runs_and_then_it_is_read_only() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let version = crew.office.between("name=\"version\" value=\"", "\"").unwrap();
        crew.office.send(&format!("{incident}/close"), &[("version", &version)]).await.shows("已结案");
        crew.office.open("/incidents").await;
        assert!(!crew.office.page.contains("石桥镇小学"));
        crew.office.open("/incidents?state=closed").await.shows("石桥镇小学");
        crew.office.open(&incident).await;
        crew.office.send(&format!("{incident}/log"), &[("words", "补记"), ("at", "2026-11-22T08:30")]).await;
        crew.office.shows("已结案，不能再更改");
        assert_eq!(crew.office.status, StatusCode::UNPROCESSABLE_ENTITY);
        crew.office.open(&incident).await;
        let version = crew.office.between("name=\"version\" value=\"", "\"").unwrap();
        crew.office.send(&format!("{incident}/reopen"), &[("version", &version)]).await;
    }
}
