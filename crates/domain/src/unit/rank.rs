use super::full_form::Full;
use super::place::Placed;
use super::{AliasKind, MatchReason};
use crate::{UnitId, area::AreaCode};

/// A registered unit as far as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: UnitId,
    pub(super) name: String,
    pub(super) area: AreaCode,
    /// The sign of its area.
    pub(super) sign: Option<char>,
}

/// One of a unit's names.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// The place of its unit in the list.
    pub(super) unit: usize,
    /// As registered.
    pub(super) text: String,
    /// None for the name itself.
    pub(super) alias: Option<AliasKind>,
    pub(super) placed: Placed,
    pub(super) full: Full,
}

/// A written name.
pub(super) struct Query {
    pub(super) normal: String,
    pub(super) placed: Placed,
    pub(super) full: Full,
    /// Where it was written.
    pub(super) near: Option<AreaCode>,
    /// The area that its sign means there.
    pub(super) sign_area: Option<AreaCode>,
}

/// How the place of a written name fits a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The place is named and is the unit's.
    Named,
    /// The sign is that of the unit's area.
    Signed,
    /// No place is written.
    Bare,
    /// The unit lies in the place that is named.
    Within,
    /// The sign is that of another level.
    OtherLevel,
    /// The place is another.
    Apart,
}

/// How the place of a written name fits one of a unit's names.
pub(super) fn fit(query: &Query, label: &Label, unit: &Known) -> Fit {
    let written = &query.placed;
    if !written.areas.is_empty() {
        return fit_areas(&written.areas, label, unit, Fit::Named);
    }
    let Some(sign) = written.sign else {
        return Fit::Bare;
    };
    match label.placed.sign.or(unit.sign) {
        None => Fit::Bare,
        Some(own) if own != sign => Fit::OtherLevel,
        Some(_) => match &query.sign_area {
            Some(area) => fit_areas(std::slice::from_ref(area), label, unit, Fit::Signed),
            None => Fit::Signed,
        },
    }
}

fn fit_areas(areas: &[AreaCode], label: &Label, unit: &Known, best: Fit) -> Fit {
    let is_of = |area: &AreaCode| *area == unit.area || label.placed.areas.contains(area);
    if areas.iter().any(is_of) {
        best
    } else if areas.iter().any(|area| area.contains(&unit.area)) && label.placed.areas.is_empty() {
        Fit::Within
    } else {
        Fit::Apart
    }
}

/// What makes two names one, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sameness {
    Core,
    Full,
    Department,
}

/// The score and reason for a sameness with a fit; none if the place is another.
pub(super) fn judge(sameness: Sameness, fit: Fit, own_office: bool) -> Option<(u16, MatchReason)> {
    let base = match sameness {
        Sameness::Core => 960,
        Sameness::Full => 920,
        Sameness::Department => 800,
    };
    let reason = match (fit, sameness) {
        (Fit::Apart, _) => return None,
        (Fit::OtherLevel, Sameness::Core | Sameness::Full) => return Some((500, MatchReason::OtherLevel)),
        (Fit::OtherLevel, Sameness::Department) => return Some((450, MatchReason::OtherLevel)),
        _ if own_office => MatchReason::OwnOffice,
        (_, Sameness::Core) => MatchReason::Prefix,
        (_, Sameness::Full) => MatchReason::Abbreviation,
        (_, Sameness::Department) => MatchReason::OtherEnding,
    };
    let lost = match fit {
        Fit::Named => 0,
        Fit::Signed => 20,
        Fit::Bare => 60,
        Fit::Within | Fit::OtherLevel | Fit::Apart => 90,
    };
    Some((base - lost, reason))
}

/// What a unit far from where the name was written loses.
pub(super) fn distance_loss(query: &Query, unit: &Known) -> u16 {
    let related = |near: &AreaCode| near.home().contains(&unit.area) || unit.area.contains(near);
    if query.near.as_ref().is_none_or(related) { 0 } else { 150 }
}

/// How many digits of the code a unit's area shares with where the name was written.
pub(super) fn nearness(query: &Query, unit: &Known) -> usize {
    let near = query.near.as_ref().map_or("", AreaCode::as_str);
    near.bytes().zip(unit.area.as_str().bytes()).take_while(|(a, b)| a == b).count()
}
