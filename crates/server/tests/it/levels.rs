use axum::http::StatusCode;

use crate::browser::Browser;
use crate::incidents::{Crew, crew, opened};
use crate::town::{Town, towns};

const DAY_MS: i64 = 24 * 3_600_000;

fn version(browser: &Browser) -> String {
    browser.between("name=\"version\" value=\"", "\"").unwrap()
}

/// Begins the assessment of a change; gives the address of the proposal.
async fn begun(crew: &mut Crew, incident: &str, to: &str) -> String {
    let level = format!("{incident}/level");
    crew.office.open(&level).await;
    crew.office.send(&level, &[("to", to)]).await.shows("研判中");
    crew.office.path.clone()
}

/// Fills in the assessment.
async fn assessed(crew: &mut Crew, proposal: &str, more: &[(&str, &str)]) {
    crew.office.open(proposal).await;
    let version = version(&crew.office);
    let fixed = [("factor_0", "一所学校"), ("factor_1", "足够"), ("factor_2", "平稳"), ("version", &version)];
    let fields: Vec<(&str, &str)> = fixed.into_iter().chain(more.iter().copied()).collect();
    crew.office.send(&format!("{proposal}/assessment"), &fields).await;
    assert_eq!(crew.office.path, proposal, "{}", crew.office.page);
}

/// Has an expert sign for a tier.
async fn signed(crew: &mut Crew, proposal: &str, tier: &str, verdict: &str) {
    crew.expert.open(proposal).await;
    let fields = [("tier", tier), ("verdict", verdict), ("words", "依据现场调查")];
    crew.expert.send(&format!("{proposal}/opinions"), &fields).await.shows("本人签署");
}

async fn proposed(crew: &mut Crew, proposal: &str) {
    crew.office.open(proposal).await.shows("所需研判和意见已齐");
    let version = version(&crew.office);
    crew.office.send(&format!("{proposal}/propose"), &[("version", &version)]).await.shows("待批准");
}

async fn approved(crew: &mut Crew, proposal: &str) {
    crew.commander.open(proposal).await;
    let version = version(&crew.commander);
    let fields = [("version", version.as_str()), ("approver", "区人民政府"), ("decision_words", "同意")];
    crew.commander.send(&format!("{proposal}/approve"), &fields).await.shows("已批准");
}

/// Takes a change all the way.
async fn changed(crew: &mut Crew, incident: &str, to: &str, tiers: &[&str]) -> String {
    let proposal = begun(crew, incident, to).await;
    assessed(crew, &proposal, &[("trend", "下降"), ("effect", "有效")]).await;
    for tier in tiers {
        signed(crew, &proposal, tier, "agree").await;
    }
    proposed(crew, &proposal).await;
    approved(crew, &proposal).await;
    proposal
}

#[tokio::test]
async fn a_level_is_assessed_judged_proposed_approved_by_another_and_filed() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let proposal = begun(&mut crew, &incident, "3").await;
        crew.office.shows("还有 3 项评估因素未填写").shows("缺少区级专家意见").shows("缺少市级专家意见");
        crew.office.send(&format!("{proposal}/propose"), &[("version", "1")]).await.shows("缺少区级专家意见");
        assert_eq!(crew.office.status, StatusCode::UNPROCESSABLE_ENTITY);
        assessed(&mut crew, &proposal, &[]).await;
        signed(&mut crew, &proposal, "区", "agree").await;
        signed(&mut crew, &proposal, "市", "disagree").await;
        let record = [("tier", "市"), ("verdict", "agree"), ("words", "同意启动"), ("expert", "市专家组")];
        crew.office.send(&format!("{proposal}/opinions"), &record).await.shows("office 代录").shows("不同意");
        proposed(&mut crew, &proposal).await;
        crew.office.send(&format!("{proposal}/approve"), &[("version", "3")]).await;
        assert_eq!(crew.office.status, StatusCode::FORBIDDEN, "the office proposes, the commander approves");
        crew.commander.open(&incident).await.shows("未启动响应");
        crew.commander.open(&proposal).await;
        let stranger = [("version", "3"), ("approver", "区卫健局")];
        crew.commander
            .send(&format!("{proposal}/approve"), &stranger)
            .await
            .shows("请选择批准机关：区人民政府、区指挥部");
        approved(&mut crew, &proposal).await;
        crew.office.open(&incident).await.shows("Ⅲ级响应").shows("区人民政府批准：启动Ⅲ级响应");
        crew.office.open(&proposal).await.shows("value=\"市卫健委\"");
        let version = version(&crew.office);
        let filing = [("version", version.as_str()), ("with", "市卫健委"), ("number", "清卫报〔2026〕9号")];
        crew.office.send(&format!("{proposal}/file"), &filing).await.shows("待回执");
        let version = self::version(&crew.office);
        let receipt = [("version", version.as_str()), ("number", "市卫收217")];
        crew.office.send(&format!("{proposal}/receipt"), &receipt).await.shows("市卫收217");
        crew.office.open(&format!("{incident}/level")).await.shows("回执 市卫收217");
        crew.stranger.open(&proposal).await;
        assert_eq!(crew.stranger.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn only_one_proposal_is_open_and_a_withdrawn_or_refused_one_changes_nothing() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        let level = format!("{incident}/level");
        crew.office.open(&level).await;
        crew.office.send(&level, &[("to", "1")]).await.shows("没有Ⅰ级响应");
        let first = begun(&mut crew, &incident, "4").await;
        crew.office.send(&level, &[("to", "3")]).await.shows("已有一项建议正在办理");
        let withdrawal = [("version", "1"), ("withdraw_why", "情况有变")];
        crew.office.send(&format!("{first}/withdraw"), &[("version", "1")]).await.shows("请写明理由");
        crew.office.send(&format!("{first}/withdraw"), &withdrawal).await.shows("已撤回");
        crew.expert.open(&first).await;
        crew.expert
            .send(&format!("{first}/opinions"), &[("tier", "区"), ("verdict", "agree"), ("words", "晚了")])
            .await;
        crew.expert.shows("不能再办理");
        let urgent = begun(&mut crew, &incident, "2").await;
        crew.office.send(&format!("{urgent}/assessment"), &[("version", "1"), ("urgent", "已有社区传播")]).await;
        proposed(&mut crew, &urgent).await;
        crew.commander.open(&urgent).await;
        let refusal = [("version", "3"), ("approver", "区指挥部")];
        crew.commander.send(&format!("{urgent}/refuse"), &refusal).await.shows("请写明理由");
        let refusal = [refusal[0], refusal[1], ("decision_words", "证据不足")];
        crew.commander.send(&format!("{urgent}/refuse"), &refusal).await.shows("不予批准");
        crew.office.open(&incident).await.shows("未启动响应").shows("不予批准：启动Ⅱ级响应");
    }
}

#[tokio::test]
async fn lowering_needs_both_assessments_and_the_history_leads_to_the_level() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        changed(&mut crew, &incident, "4", &["区"]).await;
        changed(&mut crew, &incident, "2", &["区", "市", "省"]).await;
        let lowering = begun(&mut crew, &incident, "3").await;
        assessed(&mut crew, &lowering, &[("trend", "下降")]).await;
        signed(&mut crew, &lowering, "区", "agree").await;
        signed(&mut crew, &lowering, "市", "agree").await;
        crew.office.open(&lowering).await.shows("须填写防控效果评估");
        let version = version(&crew.office);
        crew.office.send(&format!("{lowering}/propose"), &[("version", &version)]).await;
        assert_eq!(crew.office.status, StatusCode::UNPROCESSABLE_ENTITY, "refused without both");
        assessed(&mut crew, &lowering, &[("trend", "下降"), ("effect", "传播链已阻断")]).await;
        proposed(&mut crew, &lowering).await;
        approved(&mut crew, &lowering).await;
        crew.office.open(&format!("{incident}/level")).await.shows("Ⅱ级 → Ⅲ级").shows("Ⅳ级 → Ⅱ级");
        assert!(!crew.office.page.contains("级别记录与当前级别不一致"));
    }
}

/// Signs in again after a long time.
async fn back(town: &Town, browser: &mut Browser, login: &str) {
    *browser = town.browser();
    browser.open("/sign-in").await;
    browser.send("/sign-in", &[("login", login), ("password", crate::town::PASSWORD), ("next", "/")]).await;
}

#[tokio::test]
async fn a_response_ends_only_when_the_clock_has_run_out_and_the_import_risk_is_judged() {
    for town in towns().await {
        let mut crew = crew(&town).await;
        let incident = opened(&mut crew).await;
        changed(&mut crew, &incident, "4", &["区"]).await;
        crew.office.open(&format!("{incident}/facts")).await;
        let cases = [("n_cases", "3"), ("origin", "local"), ("isolated_on", "2026-11-20")];
        crew.office.send(&format!("{incident}/cases"), &cases).await.shows("2026年11月20日");
        crew.office.open(&incident).await.shows("还有40天").shows("2027年1月1日");
        let end = begun(&mut crew, &incident, "0").await;
        crew.office.shows("最早2027年1月1日").shows("尚未由具名人员判定");
        crew.office.open(&format!("{incident}/facts")).await;
        let late = [("n_cases", "1"), ("origin", "local"), ("isolated_on", "2026-11-22")];
        crew.office.send(&format!("{incident}/cases"), &late).await;
        crew.office.open(&end).await.shows("最早2027年1月3日");
        town.wait(42 * DAY_MS);
        for (browser, login) in
            [(&mut crew.office, "office"), (&mut crew.commander, "commander"), (&mut crew.expert, "expert")]
        {
            back(&town, browser, login).await;
        }
        assessed(&mut crew, &end, &[("trend", "无新发"), ("effect", "有效")]).await;
        signed(&mut crew, &end, "区", "agree").await;
        let judgement =
            |holds| [("condition", "1"), ("holds", holds), ("person", "疾控中心主任"), ("why", "口岸无输入")];
        let judgements = format!("{end}/judgements");
        crew.office.open(&end).await;
        crew.office.send(&judgements, &[("condition", "0"), ("holds", "holds")]).await.shows("请选择由人判定的条件");
        crew.office.send(&judgements, &judgement("does_not_hold")).await.shows("疾控中心主任判定");
        crew.office.send(&judgements, &judgement("holds")).await;
        proposed(&mut crew, &end).await;
        crew.office.open(&format!("{incident}/facts")).await;
        crew.office
            .send(&format!("{incident}/cases"), &[("n_cases", "1"), ("origin", "local"), ("isolated_on", "2027-01-02")])
            .await;
        crew.commander.open(&end).await;
        let version = version(&crew.commander);
        let fields = [("version", version.as_str()), ("approver", "区人民政府")];
        crew.commander.send(&format!("{end}/approve"), &fields).await.shows("两个最长潜伏期未满");
        crew.office.open(&format!("{incident}/facts")).await;
        let part = crew.office.between("/cases/", "/strike").unwrap();
        let strike = format!("{incident}/cases/{part}/strike");
        crew.office.send(&strike, &[("why", "")]).await.shows("请写明划去的原因");
        crew.office.send(&strike, &[("why", "外区病例，误登")]).await.shows("外区病例，误登");
        approved(&mut crew, &end).await;
        crew.office.open(&incident).await.shows("未启动响应").shows("终止Ⅳ级响应");
    }
}
