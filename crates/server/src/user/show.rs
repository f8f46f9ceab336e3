use askama::Template;
use lianfang_domain::{
    Lang, UserId,
    access::{Act, Grant, Role, Scope},
};
use lianfang_store::UserState;
use schemars::JsonSchema;

use super::{list::UserLine, words::UserWords};
use crate::{
    Choice, Fault, Frame, Link,
    at::At,
    fault::PageResult,
    form::FormErrors,
    page::{form_page, page},
    shown::date,
    visit::Visit,
};

/// The page of a user.
#[derive(Template)]
#[template(path = "user/show.html")]
pub(crate) struct UserPage {
    frame: Frame,
    t: UserWords,
    user: UserLine,
    version: i64,
    closed: bool,
    roles: Vec<RoleLine>,
    choices: Vec<Choice>,
    form: RoleForm,
    errors: FormErrors,
    may_change: bool,
    may_grant: bool,
    may_sign_out: bool,
}

form_page!(UserPage);

struct RoleLine {
    id: String,
    role: &'static str,
    place: String,
    from_on: String,
    until_on: String,
}

/// What was typed to give a role.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "RoleToGive")]
pub(super) struct RoleForm {
    pub(super) role: String,
    pub(super) area: String,
    /// The full name of the unit, for a role held for one.
    pub(super) unit: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
}

pub(super) async fn show(visit: Visit, At(id): At<UserId>) -> PageResult {
    let form = RoleForm { from_on: visit.day().to_string(), ..RoleForm::default() };
    page(&user_page(&visit, id, form, FormErrors::default()).await?)
}

/// The page of a user, with the form as it was typed.
pub(super) async fn user_page(
    visit: &Visit,
    id: UserId,
    form: RoleForm,
    errors: FormErrors,
) -> Result<UserPage, Fault> {
    let t = UserWords(visit.lang);
    let store = visit.app.store();
    let user = store.user_record(id).await?.ok_or(Fault::NotFound)?.user;
    let mut roles = Vec::new();
    for grant in store.grants(id).await? {
        roles.push(role_line(visit, &grant, t).await?);
    }
    let trail = vec![Link { name: t.title().to_owned(), href: "/users".to_owned() }];
    Ok(UserPage {
        frame: visit.frame(&user.name, trail),
        t,
        version: user.version,
        closed: user.state == UserState::Closed,
        user: UserLine::of(&user, String::new(), t),
        roles,
        choices: choices(&form.role, visit.lang),
        form,
        errors,
        may_change: visit.may(Act::ChangeUsers),
        may_grant: visit.may(Act::GrantRoles),
        may_sign_out: visit.may(Act::EndSessions),
    })
}

/// The roles that can be given.
fn choices(chosen: &str, lang: Lang) -> Vec<Choice> {
    Choice::all(Role::ALL.map(|role| (role.code(), role.words(lang))), chosen)
}

async fn role_line(visit: &Visit, grant: &Grant, t: UserWords) -> Result<RoleLine, Fault> {
    let place = match &grant.area {
        Some(_) if grant.unit.is_some() => unit_name(visit, grant).await?,
        None => t.whole_system().to_owned(),
        Some(area) => {
            let row = visit.app.store().area_row(area, &Scope::everywhere(), visit.day()).await?;
            row.map_or_else(|| area.to_string(), |row| format!("{} {area}", row.name))
        }
    };
    Ok(RoleLine {
        id: grant.id.to_string(),
        role: grant.role.words(visit.lang),
        place,
        from_on: date(grant.from_on, visit.lang),
        until_on: grant.until_on.map_or_else(|| t.open_end().to_owned(), |on| date(on, visit.lang)),
    })
}

/// The name of the unit for which a role is held.
async fn unit_name(visit: &Visit, grant: &Grant) -> Result<String, Fault> {
    let Some(unit) = grant.unit else { return Ok(String::new()) };
    let record = visit.app.store().unit(unit, &Scope::everywhere()).await?;
    Ok(record.map_or_else(|| unit.to_string(), |record| record.unit.name))
}
