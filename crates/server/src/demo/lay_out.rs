use lianfang_domain::{
    GrantId, ImportId, Lang, UnitId, UserId,
    access::{Act, Grant, Role, Scope},
    area::AreaCode,
};
use lianfang_store::{Actor, ImportKind, ImportRecord, ImportState, StoreError, User, UserState};

use super::{
    district::{DISTRICT, areas},
    draw::Draw,
    incidents::{Cast, add_incidents},
    indicators::add_indicators,
    orders::{add_orders, settle_units},
    plans::add_plans,
    reports::add_reports,
    sitreps::add_sitreps,
    units::{DISEASE_CONTROL, units},
};
use crate::{
    App, Fault,
    app::day_of,
    deed::Deed,
    import::{self, Started},
    job::run_due_jobs,
    password,
};

/// The password of every user of the demo. It stands on the screen; real systems have no such thing.
pub const DEMO_PASSWORD: &str = "river stone lamp";

/// A user of the demo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoUser {
    /// The name typed at sign-in.
    pub login: &'static str,
    /// The role.
    pub role: Role,
    /// Where the role is held.
    pub place: &'static str,
}

/// The users of the demo, one of each role.
const USERS: [DemoUser; 10] = [
    DemoUser { login: "system", role: Role::SystemAdmin, place: "" },
    DemoUser { login: "security", role: Role::SecurityAdmin, place: "" },
    DemoUser { login: "audit", role: Role::AuditAdmin, place: "" },
    DemoUser { login: "commander", role: Role::Commander, place: "清河区" },
    DemoUser { login: "office", role: Role::Office, place: "清河区" },
    DemoUser { login: "group", role: Role::GroupLeader, place: "清河区" },
    DemoUser { login: "unit", role: Role::UnitOfficer, place: DISEASE_CONTROL },
    DemoUser { login: "township", role: Role::TownshipOfficer, place: "石桥镇" },
    DemoUser { login: "expert", role: Role::Expert, place: "清河区" },
    DemoUser { login: "observer", role: Role::Observer, place: "清河区" },
];

/// Where the township officer's role is held.
const TOWNSHIP: &str = "990101101";

/// Why a demo could not be laid out.
#[derive(Clone, Debug)]
pub struct DemoFault(pub(super) String);

impl std::fmt::Display for DemoFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DemoFault {}

impl From<Fault> for DemoFault {
    fn from(fault: Fault) -> DemoFault {
        DemoFault(format!("{fault:?}"))
    }
}

impl From<StoreError> for DemoFault {
    fn from(error: StoreError) -> DemoFault {
        DemoFault(error.to_string())
    }
}

/// Fills an empty database with the district of a seed and one user of each role; one that holds a whole demo already
/// is left as it is. Gives back the users.
///
/// # Errors
/// [`DemoFault`] when the database fails, or holds something else.
pub async fn lay_out_demo(app: &App, seed: u64, lang: Lang) -> Result<Vec<DemoUser>, DemoFault> {
    if app.store().n_users().await? > 0 {
        return if is_laid_out(app).await? { Ok(USERS.to_vec()) } else { Err(DemoFault(other_data(lang))) };
    }
    let mut draw = Draw::new(seed);
    let mut ids = Vec::new();
    let hash = password::hash(DEMO_PASSWORD).await?;
    for user in &USERS {
        ids.push(add_user(app, user, &hash, lang).await?);
    }
    let place = |at: usize, area: &str| (ids[at], USERS[at].role, area.parse::<AreaCode>().ok(), None);
    let office = ids[4];
    give_roles(app, &[place(0, ""), place(1, ""), place(2, ""), place(4, DISTRICT)]).await?;
    take_in(app, office, ImportKind::Areas, areas(&mut draw), lang).await?;
    take_in(app, office, ImportKind::Units, units(&mut draw), lang).await?;
    let centre = unit_called(app, DISEASE_CONTROL).await?;
    let of_unit = (ids[6], Role::UnitOfficer, DISTRICT.parse::<AreaCode>().ok(), centre);
    let plan = add_plans(app, office, lang).await?;
    let rest =
        [place(3, DISTRICT), place(5, DISTRICT), of_unit, place(7, TOWNSHIP), place(8, DISTRICT), place(9, DISTRICT)];
    let cast = Cast { app: app.clone(), office, commander: ids[3], lang, now_ms: app.now_ms() };
    let settled = settle_units(&cast, plan).await?;
    let incident = add_incidents(&cast, plan).await?;
    add_orders(&cast, &settled, incident).await?;
    add_indicators(&cast, &mut draw).await?;
    add_reports(&cast, &mut draw).await?;
    add_sitreps(&cast, incident).await?;
    give_roles(app, &rest).await?;
    Ok(USERS.to_vec())
}

/// Whether the database holds a whole demo: its users with their password, and what is laid out last, a role for each.
async fn is_laid_out(app: &App) -> Result<bool, DemoFault> {
    for user in &USERS {
        let Some(record) = app.store().sign_in_record(user.login).await? else { return Ok(false) };
        if !password::is_right(DEMO_PASSWORD, record.password.as_deref()).await? {
            return Ok(false);
        }
        if !app.store().grants(record.user.id).await?.iter().any(|grant| grant.role == user.role) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn other_data(lang: Lang) -> String {
    lang.pick(
        "文件夹里已有别的数据，或上次没有布置完。请换一个空文件夹，或去掉 --data；要使用已有的数据，请用 lianfang serve。",
        "the folder holds other data, or a demo that was never finished. Give an empty folder, or leave --data out; \
         to use the data that is there, run lianfang serve.",
    )
    .to_owned()
}

async fn add_user(app: &App, demo: &DemoUser, hash: &str, lang: Lang) -> Result<UserId, DemoFault> {
    let now_ms = app.now_ms();
    let user = User {
        id: UserId(app.store().new_id(now_ms)),
        login: demo.login.to_owned(),
        name: format!("{}{}", demo.role.words(lang), lang.pick("（演示）", " (demo)")),
        state: UserState::Invited,
        lang,
        version: 1,
        has_totp: false,
    };
    let mut tx = app.store().begin(&Actor::program(now_ms), Act::Enter);
    tx.about("user", user.id, None);
    tx.add_user(&user);
    tx.set_password(&user, hash);
    tx.commit().await?;
    Ok(user.id)
}

type Given = (UserId, Role, Option<AreaCode>, Option<UnitId>);

async fn give_roles(app: &App, given: &[Given]) -> Result<(), DemoFault> {
    let now_ms = app.now_ms();
    for (user, role, area, unit) in given.iter().cloned() {
        let id = GrantId(app.store().new_id(now_ms));
        let grant = Grant { id, role, area, unit, from_on: day_of(now_ms), until_on: None };
        let mut tx = app.store().begin(&Actor::program(now_ms), Act::GrantRoles);
        tx.about("user", user, grant.area.as_ref());
        tx.give_role(user, &grant, None);
        tx.commit().await?;
    }
    Ok(())
}

/// An act of the office for its district.
pub(super) fn deed(app: &App, office: UserId, act: Act, lang: Lang) -> Result<Deed, DemoFault> {
    let now_ms = app.now_ms();
    let actor = Actor { user: Some(office), name: "office".to_owned(), request: String::new(), now_ms, once: None };
    let district = DISTRICT.parse::<AreaCode>().map_err(|error| DemoFault(error.to_string()))?;
    let scope = Scope { areas: vec![district], ..Scope::default() };
    Ok(Deed { app: app.clone(), act, user: office, actor, scope, lang })
}

/// Imports a table as the office would: uploaded, its columns found, stored.
async fn take_in(
    app: &App,
    office: UserId,
    kind: ImportKind,
    cells: Vec<Vec<String>>,
    lang: Lang,
) -> Result<(), DemoFault> {
    let deed = deed(app, office, import::act_of(kind), lang)?;
    let file = lang.pick("演示数据.csv", "demo.csv");
    let id = import::keep_upload(&deed, kind, file, &cells).await?;
    match import::start(&deed, &read_back(&deed, id).await?).await? {
        Started::Begun => {}
        Started::Nothing => return Err(DemoFault("nothing was imported".to_owned())),
        Started::Refused(why) => return Err(DemoFault(why)),
    }
    while run_due_jobs(app).await? > 0 {}
    let done = read_back(&deed, id).await?;
    if done.state != ImportState::Done || done.n_rejected > 0 {
        return Err(DemoFault(format!("{} rows of {} were rejected", done.n_rejected, done.file)));
    }
    Ok(())
}

async fn read_back(deed: &Deed, id: ImportId) -> Result<ImportRecord, DemoFault> {
    deed.app.store().import(id, deed.user).await?.ok_or_else(|| DemoFault("the import is gone".to_owned()))
}

async fn unit_called(app: &App, name: &str) -> Result<Option<UnitId>, DemoFault> {
    let units = app.store().unit_register(&Scope::everywhere()).await?;
    Ok(units.iter().find(|unit| unit.unit.name == name).map(|unit| unit.unit.id))
}
