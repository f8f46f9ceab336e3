use axum::http::StatusCode;
use lianfang_domain::{Lang, access::Scope};

use crate::browser::Browser;
use crate::town::{AREAS, Town, towns};

const PLAN: &str = "清河区突发公共卫生事件应急预案\n\
    一、组织体系\n\
    （一）综合协调组：由区卫生健康局牵头，区财政局、区教育局为成员单位。\n\
    职责：汇总每日情况，15时前报区指挥部。\n\
    二、应急准备\n\
    全区隔离房间130间，其中集中隔离点40间、备用点80间。\n\
    三、重点任务\n\
    1.配备移动采样车。（区财政局、区卫健局负责，2027年6月底前完成）\n";

/// The office of a district with one unit, and someone who may only look.
async fn people(town: &Town) -> (Browser, Browser) {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    office.open("/units/new").await;
    office.send("/units/new", &[("name", "清河区卫生健康局"), ("area", "990101")]).await;
    let expert = town.person(&mut system, &mut security, "expert", "expert", "990101").await;
    (office, expert)
}

/// Uploads a document for the district and shows its page.
async fn uploaded<'a>(office: &'a mut Browser, name: &str, text: &str) -> &'a mut Browser {
    office.open("/plans/new").await;
    office.upload_with("/plans/new", &[("area", "990101")], name, text.as_bytes()).await
}

/// The place of the first finding of a kind on the page.
fn finding(browser: &Browser, word: &str) -> String {
    let rows = browser.page.split("<tr id=\"f").skip(1);
    let row = rows.into_iter().find(|row| row.contains(word)).unwrap_or_else(|| panic!("{word}:\n{}", browser.page));
    row.split('"').next().unwrap().to_owned()
}

fn version(browser: &Browser) -> String {
    browser.between("name=\"version\" value=\"", "\"").unwrap()
}

#[tokio::test]
async fn a_plan_is_read_beside_its_text_its_errors_answered_and_then_it_is_accepted() {
    for town in towns().await {
        let (mut office, mut expert) = people(&town).await;
        uploaded(&mut office, "预案.txt", PLAN).await.shows("突发公共卫生事件应急预案").shows("核对中");
        let plan = office.path.clone();
        let error = finding(&office, "130");
        office.shows("处错误没有答复");
        office.send(&format!("{plan}/accept"), &[("version", &version(&office))]).await.shows("处错误没有答复");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (verdict, note) = (format!("verdict_{error}"), format!("note_{error}"));
        let answers = format!("{plan}/answers");
        office.send(&answers, &[(&verdict, "corrected"), (&note, " ")]).await.shows("请写明正确内容");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.send(&answers, &[(&verdict, "corrected"), (&note, "备用点90间")]).await.shows("备用点90间");
        office.open(&format!("{plan}/text")).await.shows("综合协调组").shows("id=\"c0\"").shows("2027年6月底前");
        office.open(&plan).await;
        let accept = [("version", version(&office))];
        let accept: Vec<(&str, &str)> = accept.iter().map(|(name, value)| (*name, value.as_str())).collect();
        expert.open(&plan).await.shows("核对中");
        expert.send(&format!("{plan}/accept"), &accept).await;
        assert_eq!(expert.status, StatusCode::FORBIDDEN);
        office.send(&format!("{plan}/accept"), &accept).await.shows("已采用");
        office.send(&answers, &[(&verdict, "dismissed")]).await.shows("刚被他人处理");
        expert.open("/plans").await.shows("已采用").shows("清河区");
    }
}

#[tokio::test]
async fn the_names_in_a_plan_are_settled_and_what_is_missing_is_added() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        uploaded(&mut office, "预案.txt", PLAN).await;
        let units = format!("{}/units", office.path);
        office.open(&units).await.shows("区卫生健康局").shows("区财政局").shows("已确定 0 个");
        let row = |browser: &Browser, name: &str| {
            let rows: Vec<&str> = browser.page.split("<span id=\"n").skip(1).collect();
            let row = rows.iter().find(|row| row.contains(&format!(">{name}</span>"))).unwrap();
            row.split('"').next().unwrap().to_owned()
        };
        let unit = town.store.unit_register(&Scope::everywhere()).await.unwrap()[0].unit.id.to_string();
        let fields: Vec<(String, String)> =
            [("区卫生健康局", unit.as_str()), ("区财政局", "new"), ("区教育局", "none")]
                .into_iter()
                .flat_map(|(name, means)| {
                    let at = row(&office, name);
                    [(format!("name_{at}"), name.to_owned()), (format!("unit_{at}"), means.to_owned())]
                })
                .collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        office.send(&units, &fields).await.shows("已确定 3 个");
        let register = town.store.unit_register(&Scope::everywhere()).await.unwrap();
        let names: Vec<&str> = register.iter().map(|unit| unit.unit.name.as_str()).collect();
        assert!(names.contains(&"区财政局"), "added: {names:?}");
        let health = register.iter().find(|one| one.unit.id.to_string() == unit).unwrap();
        assert!(health.unit.is_called("区卫生健康局"), "its other name is learned: {:?}", health.unit.aliases);
    }
}

#[tokio::test]
async fn a_new_version_takes_the_place_of_the_old_one_and_a_draft_is_put_aside() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let text = PLAN.replace("备用点80间", "备用点90间");
        let text = text.as_str();
        uploaded(&mut office, "旧.txt", text).await;
        let old = office.path.clone();
        office.send(&format!("{old}/accept"), &[("version", "1")]).await.shows("已采用");
        let id = old.trim_start_matches("/plans/").to_owned();
        office.open("/plans/new").await.shows("替代现行预案");
        let beside = [("area", "990101"), ("follows", id.as_str())];
        office.upload_with("/plans/new", &beside, "新.txt", text.as_bytes()).await;
        let new = office.path.clone();
        office.shows("与原版比较");
        office.open(&format!("{new}/changes")).await.shows("两版没有差别");
        office.open(&format!("{old}/changes")).await;
        assert_eq!(office.status, StatusCode::NOT_FOUND, "it takes the place of none");
        office.send(&format!("{new}/accept"), &[("version", "1")]).await.shows("已采用");
        let later = text.replace("2027年6月底前", "2027年9月底前");
        let new_id = new.trim_start_matches("/plans/").to_owned();
        office.open("/plans/new").await;
        let beside = [("area", "990101"), ("follows", new_id.as_str())];
        office.upload_with("/plans/new", &beside, "三.txt", later.as_bytes()).await;
        let third = office.path.clone();
        office.open(&format!("{third}/changes")).await.shows("变更").shows("2027年9月").shows("/text#b");
        office.open(&old).await.shows("已被新版替代");
        uploaded(&mut office, "错.txt", text).await;
        let wrong = office.path.clone();
        office.send(&format!("{wrong}/drop"), &[("version", "1")]).await;
        office.open(&wrong).await;
        assert_eq!(office.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_nothing_is_kept() {
    for town in towns().await {
        let (mut office, mut expert) = people(&town).await;
        uploaded(&mut office, "坏.docx", "PK\u{3}\u{4}broken").await.shows("已损坏");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.open("/plans/new").await;
        office
            .upload_with("/plans/new", &[("area", "990102")], "预案.txt", PLAN.as_bytes())
            .await
            .shows("请选择适用辖区");
        // What is no plan can be looked at, but not accepted.
        uploaded(&mut office, "通知.txt", "今天下午三点开会，请准时参加。").await;
        let plan = office.path.clone();
        office.send(&format!("{plan}/accept"), &[("version", "1")]).await.shows("不能采用");
        office.open("/plans").await.shows("核对中");
        expert.open("/plans/new").await;
        assert_eq!(expert.status, StatusCode::FORBIDDEN);
    }
}

/// The place of the last item with these words on the page that shows the text; tasks come after measures.
fn item(browser: &Browser, words: &str) -> String {
    let items = browser.page.split("<li id=\"c").skip(1);
    let item = items.filter(|item| item.contains(words) && item.contains("/clauses/")).last();
    item.unwrap_or_else(|| panic!("{words}:\n{}", browser.page)).split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_item_of_a_draft_is_corrected_and_both_what_was_read_and_who_corrected_it_stay() {
    for town in towns().await {
        let (mut office, mut expert) = people(&town).await;
        uploaded(&mut office, "预案.txt", PLAN).await;
        let plan = office.path.clone();
        let text = format!("{plan}/text");
        office.open(&text).await;
        let edit = format!("{plan}/clauses/{}", item(&office, "配备移动采样车"));
        office.open(&edit).await.shows("读出的内容").shows("配备移动采样车");
        office.send(&edit, &[("kind", "split"), ("text", "只有一条")]).await.shows("至少要有两行");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.send(&edit, &[("kind", "correct"), ("text", "配备移动采样车两辆。")]).await;
        office.shows("配备移动采样车两辆。").shows("<s>").shows("更正文字").shows("office");
        office.send(&edit, &[("kind", "drop"), ("text", "")]).await.shows("删去（不是条目）");
        office.open(&edit).await.shows("更正记录").shows("配备移动采样车两辆。");
        office.send(&edit, &[("kind", "restore"), ("text", "")]).await;
        assert!(!office.page.contains("<s>"), "as it was read");
        office.send(&edit, &[("kind", "correct"), ("text", "配备移动采样车三辆。")]).await;
        expert.open(&text).await.shows("配备移动采样车三辆。");
        assert!(!expert.page.contains("/clauses/"));
        expert.open(&edit).await;
        assert_eq!(expert.status, StatusCode::FORBIDDEN);
        let record = town.store.plans(&Scope::everywhere(), None, 1).await.unwrap().remove(0);
        let content = town.store.plan_content(&record).await.unwrap();
        assert!(content.plan.tasks.iter().any(|task| task.text == "配备移动采样车三辆。"), "{:?}", content.plan.tasks);
        assert_eq!(town.store.plan_edits(&record).await.unwrap().len(), 4);
    }
}

#[tokio::test]
async fn a_member_a_figure_and_a_time_limit_are_corrected_and_read_again() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        let whole = format!("{PLAN}2.发现疑似病例后2小时内报告，隔离床位不少于25张。（区教育局负责）\n");
        uploaded(&mut office, "预案.txt", &whole).await;
        let plan = office.path.clone();
        let text = format!("{plan}/text");
        let correct = |place: String| format!("{plan}/clauses/{place}");
        office.open(&text).await;
        let (time, figure) = (correct(last_of(&office, "时限")), correct(last_of(&office, "指标")));
        office.send(&time, &[("kind", "correct"), ("text", "尽快报告")]).await.shows("没有读出时限");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        office.shows("尽快报告");
        office.send(&time, &[("kind", "join_next"), ("text", "")]).await.shows("不能合并");
        office.send(&time, &[("kind", "correct"), ("text", "每日下午4点前")]).await.shows("读作：每天 16:00 前");
        office.send(&figure, &[("kind", "correct"), ("text", "不少于三十张")]).await.shows("≥ 30 张");
        let task = correct(last_of(&office, "任务"));
        office.send(&task, &[("kind", "correct"), ("text", "发现疑似病例后4小时内报告。")]).await.shows("4 小时内");
        let record = town.store.plans(&Scope::everywhere(), None, 1).await.unwrap().remove(0);
        let plan = town.store.plan_content(&record).await.unwrap().plan;
        let limits: Vec<String> = plan.times.iter().map(|time| time.kind.words(Lang::Zh)).collect();
        assert!(
            limits.iter().any(|limit| limit.contains("4 小时内")),
            "the task's new words set the clock: {limits:?}"
        );
        assert!(!limits.iter().any(|limit| limit.contains("2 小时内")), "{limits:?}");
        assert!(plan.quantities.iter().any(|one| one.subject_and_figure().contains("≥ 30 张")));
    }
}

/// The place of the last item that can be corrected under a heading of the page that shows the text.
fn last_of(browser: &Browser, heading: &str) -> String {
    let part = browser.page.split("<details").find(|part| part.contains(&format!("<h2>{heading}</h2>")));
    let part = part.unwrap_or_else(|| panic!("{heading}:\n{}", browser.page));
    let last = part.split("<li id=\"c").skip(1).filter(|item| item.contains("/clauses/")).last();
    last.expect("it can be corrected").split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_file_is_given_back_as_it_came_and_plans_say_to_which_they_belong() {
    for town in towns().await {
        let (mut office, mut expert) = people(&town).await;
        let whole = format!("{PLAN}2.制定校园疫情防控应急预案。（区教育局负责）\n");
        uploaded(&mut office, "总体.txt", &whole).await.shows("没有登记上级或下级预案");
        office.shows("校园疫情防控应急预案").shows("缺少");
        let parent = office.path.clone();
        expert.open(&format!("{parent}/file")).await;
        assert_eq!((expert.status, expert.bytes.as_slice()), (StatusCode::OK, whole.as_bytes()));
        let school = PLAN.replace("清河区突发公共卫生事件应急预案", "清河区校园疫情防控应急预案");
        uploaded(&mut office, "校园.txt", &school).await;
        let child = office.path.clone();
        let (id, own) = (parent.trim_start_matches("/plans/"), child.trim_start_matches("/plans/"));
        let place = format!("{child}/place");
        office.send(&place, &[("version", "1"), ("tier", "special"), ("parent", own)]).await.shows("不属于本预案");
        office.send(&place, &[("version", "1"), ("tier", "special"), ("parent", id)]).await.shows("专项预案");
        office.send(&place, &[("version", "1"), ("tier", "annual"), ("parent", "")]).await.shows("刚被他人处理");
        office.open(&parent).await.shows("清河区校园疫情防控应急预案");
        assert!(!office.page.contains("缺少"), "it is there now");
        let circle = [("version", "1"), ("tier", "overall"), ("parent", own)];
        office.send(&format!("{parent}/place"), &circle).await.shows("不属于本预案");
    }
}

#[tokio::test]
async fn a_plan_is_the_template_of_another_one() {
    for town in towns().await {
        let (mut office, _) = people(&town).await;
        uploaded(&mut office, "预案.txt", PLAN).await;
        let template = format!("{}/template", office.path);
        office.open(&template).await.shows("综合协调组").shows("value=\"清河区\"");
        let fields = [("name", ""), ("area", "990101"), ("text", ""), ("replace", ""), ("replacement", "")];
        office.upload_with(&template, &fields, "", b"").await.shows("正文不能为空");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = PLAN.replace("2027年6月底前", "2028年6月底前");
        let fields = [
            ("name", "石桥镇应急预案"),
            ("area", "990101001"),
            ("text", text.as_str()),
            ("replace", "清河区"),
            ("replacement", "石桥镇"),
        ];
        office.upload_with(&template, &fields, "", b"").await.shows("石桥镇突发公共卫生事件应急预案");
        let path = office.path.clone();
        office.open(&format!("{path}/text")).await.shows("2028年6月底前");
    }
}
