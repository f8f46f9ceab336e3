use jiff::civil::Date;
use lianfang_domain::{
    GrantId, UserId,
    access::{Grant, GrantRefusal, MOST_AREAS, Role, Scope, may_hold},
    area::AreaCode,
    unit::Unit,
};
use lianfang_store::{UnitRecord, UnitState};

use super::{
    show::{RoleForm, user_page},
    words::UserWords,
};
use crate::{
    Fault,
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

pub(super) async fn send(visit: Visit, At(id): At<UserId>, Sent(form): Sent<RoleForm>) -> PageResult {
    visit.app.store().user_record(id).await?.ok_or(Fault::NotFound)?;
    let mut errors = FormErrors::default();
    let grant = read(&visit, &form, &mut errors).await?;
    if let Some(grant) = &grant
        && let Err(refusal) = allowed(&visit, id, grant).await?
    {
        errors.add("role", refusal.words(visit.lang));
    }
    let Some(grant) = grant.filter(|_| errors.is_empty()) else {
        return again(&user_page(&visit, id, form, errors).await?);
    };
    let mut tx = visit.begin();
    tx.about("user", id, grant.area.as_ref());
    tx.give_role(id, &grant, visit.seat.as_ref().map(|seat| seat.user));
    tx.commit().await?;
    visit.app.0.seats.forget(id);
    Ok(see_other(&format!("/users/{id}")))
}

/// The rules on who may hold what together.
async fn allowed(visit: &Visit, id: UserId, new: &Grant) -> Result<Result<(), GrantRefusal>, Fault> {
    let held = visit.app.store().grants(id).await?;
    let roles: Vec<Role> = held.iter().map(|grant| grant.role).collect();
    let same = |grant: &Grant| grant.role == new.role && grant.area == new.area && grant.unit == new.unit;
    let mut areas: Vec<&AreaCode> = held.iter().chain([new]).filter_map(|grant| grant.area.as_ref()).collect();
    areas.sort();
    areas.dedup();
    Ok(if visit.seat()?.user == id {
        Err(GrantRefusal::OwnRights)
    } else if new.until_on.is_some_and(|until| until < new.from_on) {
        Err(GrantRefusal::EndsBeforeStart)
    } else if held.iter().any(same) {
        Err(GrantRefusal::AlreadyHeld)
    } else if areas.len() > MOST_AREAS {
        Err(GrantRefusal::TooManyAreas)
    } else {
        may_hold(&roles, new.role)
    })
}

/// The role that was typed, with what is wrong in `errors`.
async fn read(visit: &Visit, form: &RoleForm, errors: &mut FormErrors) -> Result<Option<Grant>, Fault> {
    let t = UserWords(visit.lang);
    let role = Role::from_code(&form.role);
    if role.is_none() {
        errors.add("role", t.role_bad());
    }
    let mut day = |field, text: &str| match text.trim().parse::<Date>() {
        Ok(day) => Some(day),
        Err(_) => {
            errors.add(field, t.date_bad());
            None
        }
    };
    let from_on = day("from_on", &form.from_on);
    let until_on = if form.until_on.trim().is_empty() { None } else { day("until_on", &form.until_on) };
    let unit = unit(visit, role, &form.unit, errors).await?;
    let area = match &unit {
        Some(unit) => Some(unit.area.clone()),
        None if role.is_some_and(Role::is_for_a_unit) => None,
        None => area(visit, role, &form.area, errors).await?,
    };
    let unit = unit.map(|unit| unit.id);
    let id = GrantId(visit.app.store().new_id(visit.now_ms));
    Ok(match (role, from_on, errors.is_empty()) {
        (Some(role), Some(from_on), true) => Some(Grant { id, role, area, unit, from_on, until_on }),
        _ => None,
    })
}

/// The unit for which a unit's officer is appointed, by its name.
async fn unit(visit: &Visit, role: Option<Role>, text: &str, errors: &mut FormErrors) -> Result<Option<Unit>, Fault> {
    let t = UserWords(visit.lang);
    let for_unit = role.is_some_and(Role::is_for_a_unit);
    match (for_unit, text.trim().is_empty()) {
        (false, true) => return Ok(None),
        (false, false) => errors.add("unit", t.unit_none()),
        (true, true) => errors.add("unit", t.unit_needed()),
        (true, false) => {
            let units = visit.app.store().unit_register(&Scope::everywhere()).await?;
            let called = |record: &UnitRecord| record.state == UnitState::Open && record.unit.is_called(text);
            let mut found = units.into_iter().filter(called).map(|record| record.unit);
            match (found.next(), found.next()) {
                (Some(unit), None) => return Ok(Some(unit)),
                (None, _) => errors.add("unit", t.unit_missing()),
                (Some(_), Some(_)) => errors.add("unit", t.unit_several()),
            }
        }
    }
    Ok(None)
}

async fn area(
    visit: &Visit,
    role: Option<Role>,
    text: &str,
    errors: &mut FormErrors,
) -> Result<Option<AreaCode>, Fault> {
    let t = UserWords(visit.lang);
    let administers = role.is_some_and(Role::is_administrator);
    if text.trim().is_empty() {
        if role.is_some() && !administers {
            errors.add("area", t.area_needed());
        }
        return Ok(None);
    }
    if administers {
        errors.add("area", t.area_none());
        return Ok(None);
    }
    let code = match AreaCode::parse_padded(text.trim()) {
        Ok(code) => code,
        Err(fault) => {
            errors.add("area", fault.message(visit.lang));
            return Ok(None);
        }
    };
    if visit.app.store().area_row(&code, &Scope::everywhere(), visit.day()).await?.is_none() {
        errors.add("area", t.area_missing());
    }
    Ok(Some(code))
}
