//! The first page after signing in: who am I here, and what is the first thing to do.

use askama::Template;
use lianfang_domain::access::{Act, Role};

use crate::{Fault, Frame, fault::PageResult, page::page, route::Routes, visit::Visit, words::words};

words! {
    /// Words of the start page.
    StartWords {
        title: "首页", "Start";
        roles: "我的角色", "My roles";
        role: "角色", "Role";
        no_roles: "还没有给您授予角色", "You hold no role yet";
        no_roles_why: "请联系安全管理员，说明您所在的单位和负责的辖区。",
            "Tell a security administrator your unit and the area you are responsible for.";
        until: "期限", "Until";
        where_held: "辖区", "Area";
        open_end: "长期", "No end";
        first_steps: "先做这几件事", "First steps";
        whole_system: "全系统", "Whole system";
        step_areas: "建立辖区树：区（县）、乡镇、村居及其人口", "Build the area tree: county, townships, villages and their population";
        step_units: "登记单位和别名，便于与预案中的写法对上", "Register units and their aliases, so that names in plans are recognised";
        step_users: "为各单位、乡镇开通账号，发给本人一次性链接", "Open accounts for units and townships and hand out one-time links";
        step_grants: "给账号授予角色和辖区", "Give the accounts their roles and areas";
        step_factor: "为自己的账号开启动态验证码", "Turn on the second factor for your account";
        step_audit: "查看审计记录", "Look at the audit record";
    }
}

/// The start page.
#[derive(Template)]
#[template(path = "start/start.html")]
pub(crate) struct StartPage {
    frame: Frame,
    t: StartWords,
    roles: Vec<RoleLine>,
    steps: Vec<(&'static str, &'static str)>,
}

struct RoleLine {
    role: &'static str,
    place: String,
    until: String,
}

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/", Act::UseOwnAccount, show)
}

async fn show(visit: Visit) -> PageResult {
    let t = StartWords(visit.lang);
    let roles = roles(&visit, t).await?;
    page(&StartPage { frame: visit.frame(t.title(), Vec::new()), t, roles, steps: steps(&visit, t)? })
}

async fn roles(visit: &Visit, t: StartWords) -> Result<Vec<RoleLine>, Fault> {
    let mut lines = Vec::new();
    for grant in visit.seat()?.grants.iter().filter(|grant| grant.runs_on(visit.day())) {
        let place = match &grant.area {
            Some(area) => visit
                .app
                .store()
                .area_row(area, &lianfang_domain::access::Scope::everywhere(), visit.day())
                .await?
                .map_or_else(|| area.to_string(), |row| row.name),
            None => t.whole_system().to_owned(),
        };
        let until = grant.until_on.map_or_else(
            || t.open_end().to_owned(),
            |on| {
                let day = crate::shown::date(on, visit.lang);
                visit.lang.pick(format!("至{day}"), format!("Until {day}"))
            },
        );
        lines.push(RoleLine { role: grant.role.words(visit.lang), place, until });
    }
    Ok(lines)
}

fn steps(visit: &Visit, t: StartWords) -> Result<Vec<(&'static str, &'static str)>, Fault> {
    let seat = visit.seat()?;
    let holds = |role: Role| seat.grants.iter().any(|grant| grant.role == role && grant.runs_on(visit.day()));
    let mut steps = Vec::new();
    if !seat.has_totp {
        steps.push((t.step_factor(), "/account/second-factor"));
    }
    if visit.may(Act::ChangeAreas) {
        steps.push((t.step_areas(), "/areas"));
    }
    if visit.may(Act::ChangeUnits) {
        steps.push((t.step_units(), "/units"));
    }
    if holds(Role::SystemAdmin) {
        steps.push((t.step_users(), "/users"));
    }
    if holds(Role::SecurityAdmin) {
        steps.push((t.step_grants(), "/users"));
    }
    if holds(Role::AuditAdmin) {
        steps.push((t.step_audit(), "/audit"));
    }
    Ok(steps)
}
