//! One body told in several places.

use lianfang_domain::plan::{Body, BodyKind, BodyStatus, Organisation};

use crate::read::leadership::Leadership;

pub(super) fn same_body(known: &Body, body: &Body) -> bool {
    if known.name == body.name || known.aliases.contains(&body.name) || body.aliases.contains(&known.name) {
        return true;
    }
    // `县指挥部` after `青岚县…应急指挥部` is the same one.
    let short = body.name.trim_start_matches(['省', '市', '县', '区', '州', '院', '校', '本']);
    if known.kind == body.kind && matches!(short, "指挥部" | "应急指挥部" | "领导小组" | "应急领导小组")
    {
        return true;
    }
    let headquarters = !matches!(body.kind, BodyKind::WorkGroup | BodyKind::ExpertGroup);
    let one_is_plain = known.name.ends_with(&body.name) || body.name.ends_with(&known.name);
    headquarters && one_is_plain && (known.leaders.is_empty() || body.leaders.is_empty())
}

pub(super) fn merge(known: &mut Body, body: Body) {
    if body.name.chars().count() > known.name.chars().count() && !known.aliases.contains(&body.name) {
        known.aliases.push(std::mem::replace(&mut known.name, body.name));
    }
    if known.leaders.is_empty() {
        known.leaders = body.leaders;
    }
    if known.lead_units.is_empty() {
        known.lead_units = body.lead_units;
    }
    if known.members.is_empty() {
        known.members = body.members;
        known.members_open |= body.members_open;
        known.members_by_post = known.members_by_post.take().or(body.members_by_post);
    }
    if known.duties.is_empty() {
        known.duties = body.duties;
    }
    known.office = known.office.take().or(body.office);
    if known.status == BodyStatus::NamedOnly {
        known.status = body.status;
    }
}

pub(crate) fn fill(body: &mut Body, organisation: &mut Organisation, leadership: Leadership) {
    body.leaders = leadership.leaders;
    body.lead_units = leadership.lead_units;
    body.members = leadership.members;
    body.members_open = leadership.members_open;
    body.members_by_post = leadership.by_post;
    for mut phone in leadership.phones {
        phone.body = Some(body.name.clone());
        organisation.phones.push(phone);
    }
}
