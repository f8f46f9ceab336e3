use jiff::{ToSpan, civil::Date};
use lianfang_domain::{
    IncidentId, MeetingId, PartId, SitrepId, SitrepTemplateId,
    access::{Act, Scope},
    area::AreaCode,
    clock::{DAY_MS, HOUR_MS, start_of_day_ms},
    sitrep::{SitrepKind, SitrepState, SitrepStep},
};
use lianfang_store::{Decision, Meeting, NewSitrep, SitrepRecord, SitrepTemplate, SitrepsSeen};

use super::{district::DISTRICT, incidents::Cast, lay_out::DemoFault};
use crate::{
    app::day_of,
    shown::date,
    sitrep::{Asking, fill_now},
};

/// Days for which a daily report was issued.
const DAYS: i64 = 4;

const BODY_ZH: &str = "# {{事件}}处置工作日报\n\
    截至{{截至}}，{{辖区}}实行{{响应级别}}（{{级别起始}}起）。\n\
    ## 工作开展情况\n\
    ### 摸排管控\n\
    当日摸排{{摸排人数}}，{{摸排人数 较昨日}}；其中风险地区来人{{风险地区来人数}}，集中隔离{{集中隔离人数}}，居家观察{{居家观察人数}}。\n\
    {{表 摸排人数 风险地区来人数 集中隔离人数 居家观察人数 按乡镇}}\n\
    ### 监测检测\n\
    发热门诊就诊{{发热门诊就诊人数}}，{{发热门诊就诊人数 较昨日}}；核酸采样{{核酸采样人次}}，检出阳性{{核酸检测阳性数}}。\n\
    {{图 发热门诊就诊人数 7天}}\n\
    ### 物资和隔离房间\n\
    隔离房间{{隔离房间总数}}，在用{{隔离房间在用}}，使用率{{房间使用率}}；防护服库存{{防护服库存}}。\n\
    ## 报送和指令\n\
    应报送{{应报}}，已报送{{已报}}，迟报{{迟报}}；未报送：{{未报单位}}。在办指令{{在办指令}}，已办结{{办结指令}}，超时{{超时指令}}。\n\
    ## 存在的问题\n\
    个别单位报送不及时，部分指令超时未办结。\n\
    ## 下步打算\n\
    督促未报送单位补报，对超时指令开展督办。\n";
const BODY_EN: &str = "# {{incident}}, daily report\n\
    As of {{as_of}}, {{area}} is at {{level}} (since {{level_since}}).\n\
    ## What was done\n\
    ### Screening\n\
    {{Persons screened}} were screened, {{Persons screened change}}; {{Arrivals from risk areas}} came from risk areas.\n\
    {{table 摸排人数 风险地区来人数 集中隔离人数 by_area}}\n\
    ### Fever clinics\n\
    {{Fever clinic patients}} came to fever clinics, {{Fever clinic patients change}}.\n\
    {{chart 发热门诊就诊人数 7days}}\n\
    ## Reports and orders\n\
    Reports due {{reports_due}}, in {{reports_in}}; missing from: {{missing_units}}. Orders open {{orders_open}}, overdue {{orders_late}}.\n\
    ## What is wrong\n\
    Some units report late.\n\
    ## What comes next\n\
    They are asked again.\n";

const STATUS_ZH: &str = "# 关于{{事件}}防控工作情况的汇报\n\
    截至{{截至}}，{{辖区}}实行{{响应级别}}（{{级别起始}}起）。\n\
    ## 工作开展情况\n\
    当日摸排{{摸排人数}}，集中隔离{{集中隔离人数}}。各单位情况如下。\n\
    {{文字 工作情况日报·工作开展情况}}\n\
    ## 存在的问题\n\
    {{文字 工作情况日报·存在的问题}}\n\
    ## 下步打算\n\
    {{文字 工作情况日报·下步打算}}\n";
const STATUS_EN: &str = "# {{incident}}: how the work stands\n\
    As of {{as_of}}, {{area}} is at {{level}} (since {{level_since}}).\n\
    ## What was done\n\
    {{Persons screened}} were screened. What the units report follows.\n\
    {{texts Daily report on the work·Work done}}\n\
    ## What is wrong\n\
    {{texts Daily report on the work·Problems}}\n\
    ## What comes next\n\
    {{texts Daily report on the work·Next steps}}\n";

/// Templates of the place, daily reports of the last days that were issued, one of them withdrawn and corrected, a draft
/// of today, and a meeting with decisions.
pub(super) async fn add_sitreps(cast: &Cast, incident: IncidentId) -> Result<(), DemoFault> {
    let area = DISTRICT.parse::<AreaCode>().map_err(|_| DemoFault("the district has no code".to_owned()))?;
    let body = cast.lang.pick(BODY_ZH, BODY_EN);
    let status = cast.lang.pick(STATUS_ZH, STATUS_EN);
    let daily_name = cast.lang.pick("防控工作日报", "Daily report");
    let status_name = cast.lang.pick("防控工作情况汇报", "Status report");
    add_template(cast, &area, (SitrepKind::Daily, daily_name, body)).await?;
    add_template(cast, &area, (SitrepKind::Status, status_name, status)).await?;
    let today = day_of(cast.now_ms);
    for back in (0..=DAYS).rev() {
        let on = today.checked_sub(back.days()).unwrap_or(today);
        let new = NewSitrep {
            id: SitrepId(cast.app.store().new_id(written_ms(cast, back))),
            area: area.clone(),
            kind: SitrepKind::Daily,
            incident: Some(incident),
            on,
            name: format!("{daily_name} {}", date(on, cast.lang)),
            body: body.to_owned(),
            corrects: None,
        };
        write(cast, &new, back).await?;
        if back > 0 {
            issue(cast, &new, back).await?;
        }
        if back == 2 {
            withdraw(cast, &new, back).await?;
            let id = SitrepId(cast.app.store().new_id(written_ms(cast, back)));
            let right = NewSitrep { id, corrects: Some(new.id), ..new };
            write(cast, &right, back).await?;
            issue(cast, &right, back).await?;
        }
    }
    let on = today.yesterday().unwrap_or(today);
    let new = NewSitrep {
        id: SitrepId(cast.app.store().new_id(written_ms(cast, 1))),
        area: area.clone(),
        kind: SitrepKind::Status,
        incident: Some(incident),
        on,
        name: format!("{status_name} {}", date(on, cast.lang)),
        body: status.to_owned(),
        corrects: None,
    };
    write(cast, &new, 1).await?;
    issue(cast, &new, 1).await?;
    add_meeting(cast, &area, incident, today).await
}

/// Written at 17:00 of its day, today's just now.
fn written_ms(cast: &Cast, back: i64) -> i64 {
    let at = start_of_day_ms(day_of(cast.now_ms)).unwrap_or(cast.now_ms) - back * DAY_MS + 17 * HOUR_MS;
    at.min(cast.now_ms)
}

fn hours_ago(cast: &Cast, back: i64) -> i64 {
    (cast.now_ms - written_ms(cast, back)) / HOUR_MS
}

async fn add_template(
    cast: &Cast,
    area: &AreaCode,
    (kind, name, body): (SitrepKind, &str, &str),
) -> Result<(), DemoFault> {
    let deed = cast.office(Act::WriteSitreps, (DAYS + 2) * 24)?;
    let template = SitrepTemplate {
        id: SitrepTemplateId(cast.app.store().new_id(deed.actor.now_ms)),
        area: area.clone(),
        kind,
        name: name.to_owned(),
        body: body.to_owned(),
        by: String::new(),
        at_ms: deed.actor.now_ms,
        version: 1,
    };
    let mut tx = deed.begin();
    tx.about("sitrep_template", template.id, Some(area));
    tx.add_sitrep_template(&template);
    Ok(tx.commit().await?)
}

async fn write(cast: &Cast, new: &NewSitrep, back: i64) -> Result<(), DemoFault> {
    let deed = cast.office(Act::WriteSitreps, hours_ago(cast, back))?;
    let mut tx = deed.begin();
    tx.about("sitrep", new.id, Some(&new.area));
    tx.add_sitrep(new);
    Ok(tx.commit().await?)
}

async fn present(cast: &Cast, id: SitrepId) -> Result<SitrepRecord, DemoFault> {
    let found = cast.app.store().sitrep(id, SitrepsSeen::All, &Scope::everywhere()).await?;
    found.ok_or_else(|| DemoFault("the situation report is gone".to_owned()))
}

/// The office clears it, the commander issues it.
async fn issue(cast: &Cast, new: &NewSitrep, back: i64) -> Result<(), DemoFault> {
    let deed = cast.office(Act::ClearSitreps, hours_ago(cast, back))?;
    let mut tx = deed.begin();
    tx.about("sitrep", new.id, Some(&new.area));
    tx.step_sitrep(&present(cast, new.id).await?, SitrepStep::Clear, SitrepState::Cleared, "");
    tx.commit().await?;
    let deed = cast.commander(Act::IssueSitreps, hours_ago(cast, back))?;
    let (store, now_ms) = (cast.app.store(), deed.actor.now_ms);
    let asking = Asking { store, lang: cast.lang, now_ms, incidents: Scope::everywhere() };
    let document = fill_now(&asking, new).await?.document;
    let content = serde_json::to_string(&document).map_err(|error| DemoFault(error.to_string()))?;
    let year = i64::from(day_of(now_ms).year());
    let last = store.last_sitrep_number(&new.area.home(), new.kind, year).await?;
    let mut tx = deed.begin();
    tx.about("sitrep", new.id, Some(&new.area));
    tx.issue_sitrep(&present(cast, new.id).await?, (year, last + 1), &content);
    Ok(tx.commit().await?)
}

async fn withdraw(cast: &Cast, new: &NewSitrep, back: i64) -> Result<(), DemoFault> {
    let deed = cast.commander(Act::IssueSitreps, hours_ago(cast, back))?;
    let why = cast.lang.pick("柳林镇更正了摸排人数", "柳林镇 corrected its figures");
    let mut tx = deed.begin();
    tx.about("sitrep", new.id, Some(&new.area));
    tx.step_sitrep(&present(cast, new.id).await?, SitrepStep::Withdraw, SitrepState::Withdrawn, why);
    Ok(tx.commit().await?)
}

async fn add_meeting(cast: &Cast, area: &AreaCode, incident: IncidentId, today: Date) -> Result<(), DemoFault> {
    let yesterday = today.yesterday().unwrap_or(today);
    let deed = cast.office(Act::HoldMeetings, 20)?;
    let store = cast.app.store();
    let say = |zh: &str, en: &str| cast.lang.pick(zh, en).to_owned();
    let meeting = Meeting {
        id: MeetingId(store.new_id(deed.actor.now_ms)),
        area: area.clone(),
        incident: Some(incident),
        name: format!("{} {}", say("指挥部例会", "Headquarters meeting"), date(yesterday, cast.lang)),
        held_at_ms: start_of_day_ms(yesterday).unwrap_or(deed.actor.now_ms) + 9 * HOUR_MS,
        chair: say("区指挥部指挥长", "Commander of the headquarters"),
        present: say(
            "各工作组组长，区卫生健康局、区疾病预防控制中心负责人",
            "Group leaders; heads of health and disease control",
        ),
        minutes: say(
            "听取了前一日工作情况。会议指出，石桥镇学校疫情仍在发展，要尽快查清传播链。",
            "The work of the day before was reported. The outbreak at the school still grows; its chain is to be found.",
        ),
        by: String::new(),
        version: 1,
    };
    let decision = |words: String, units: String| Decision {
        id: PartId(store.new_id(deed.actor.now_ms)),
        words,
        units,
        due_at_ms: Some(cast.now_ms + 24 * HOUR_MS),
        batch: None,
        by: String::new(),
        at_ms: deed.actor.now_ms,
    };
    let mut noted = decision(say("每日例会改为上午8时30分", "The daily meeting is at 8:30 from now on"), String::new());
    noted.due_at_ms = None;
    let mut tx = deed.begin();
    tx.about("meeting", meeting.id, Some(area));
    tx.add_meeting(&meeting);
    let trace = say("完成石桥镇学校聚集性疫情流行病学调查报告", "Finish the investigation of the school outbreak");
    tx.add_decision(&meeting, &decision(trace, "清河区疾病预防控制中心".to_owned()));
    tx.add_decision(&meeting, &noted);
    Ok(tx.commit().await?)
}
