use std::collections::BTreeSet;

use super::{Collective, DraftOwner, Missing, OrderRole, UnitsMeant};
use crate::{
    UnitId,
    plan::{Body, Member, Plan, Rank},
};

/// Finds the units that the names of a plan mean.
pub(super) struct Owners<'a> {
    pub(super) plan: &'a Plan,
    pub(super) meant: &'a UnitsMeant,
}

impl Owners<'_> {
    /// The units of a name: one, all of a kind, or a group's lead; by the name as it stands in the plan.
    pub(super) fn named(&self, name: &str, role: OrderRole) -> Vec<DraftOwner> {
        let owner = |by: &str, unit| DraftOwner { name: name.to_owned(), by: by.to_owned(), role, unit };
        if let Some(Some(unit)) = self.meant.names.get(name) {
            return vec![owner("", Ok(*unit))];
        }
        if let Some(kind) = Collective::of(name) {
            return self.all_of(name, kind, role);
        }
        let bodies = || self.plan.organisation.bodies();
        if let Some(body) = bodies().find(|body| body.name == name || body.aliases.iter().any(|alias| alias == name)) {
            return lead_alone(self.body(body), role);
        }
        if let Some(office) =
            bodies().filter_map(|body| body.office.as_ref()).find(|office| is_same(name, &office.name))
        {
            return match &office.host {
                Some(host) => vec![DraftOwner { by: office.name.clone(), ..self.single(host, role) }],
                None => vec![owner("", Err(Missing::NobodyNamed))],
            };
        }
        if let Some(body) = self.plan.organisation.headquarters.iter().find(|body| is_same(name, &body.name)) {
            return lead_alone(self.body(body), role);
        }
        vec![self.single(name, role)]
    }

    /// Several names, each unit once, with the part that answers for more.
    pub(super) fn all<'n>(&self, names: impl IntoIterator<Item = (&'n str, OrderRole)>) -> Vec<DraftOwner> {
        once(names.into_iter().flat_map(|(name, role)| self.named(name, role)).collect())
    }

    /// Who is in a body: its lead units, or the unit of its first leader; then its members in support.
    pub(super) fn body(&self, body: &Body) -> Vec<DraftOwner> {
        let mut owners = Vec::new();
        for member in &body.lead_units {
            owners.extend(self.named(&member.name, OrderRole::Lead));
        }
        if owners.is_empty()
            && let Some(host) = body.office.as_ref().and_then(|office| office.host.as_ref())
        {
            owners.push(self.single(host, OrderRole::Lead));
        }
        if owners.is_empty()
            && let Some(member) = unit_of_leader(body)
        {
            owners.push(self.single(&member.name, OrderRole::Lead));
        }
        let only = body.members.len() == 1;
        if owners.is_empty() && !only {
            let unit = Err(Missing::NoLead);
            owners.push(DraftOwner { name: String::new(), by: body.name.clone(), role: OrderRole::Lead, unit });
        }
        for member in &body.members {
            let role = if only && owners.is_empty() { OrderRole::Responsible } else { OrderRole::Support };
            owners.extend(self.named(&member.name, role));
        }
        for owner in owners.iter_mut().filter(|owner| owner.by.is_empty()) {
            owner.by.clone_from(&body.name);
        }
        once(owners)
    }

    fn single(&self, name: &str, role: OrderRole) -> DraftOwner {
        let unit = match self.meant.names.get(name) {
            Some(Some(unit)) => Ok(*unit),
            Some(None) => Err(Missing::NotOurs),
            None => Err(Missing::NotSettled),
        };
        DraftOwner { name: name.to_owned(), by: String::new(), role, unit }
    }

    fn all_of(&self, name: &str, kind: Collective, role: OrderRole) -> Vec<DraftOwner> {
        let owner = |unit| DraftOwner { name: name.to_owned(), by: name.to_owned(), role, unit };
        let units: Vec<UnitId> = match kind {
            Collective::Groups => {
                let leads = self.plan.organisation.groups.iter().flat_map(|body| lead_alone(self.body(body), role));
                leads.filter_map(|owner| owner.unit.ok()).collect()
            }
            Collective::MemberUnits => {
                let members = self.plan.organisation.headquarters.iter().flat_map(|body| &body.members);
                let single = members.filter(|member| Collective::of(&member.name).is_none());
                single.filter_map(|member| self.single(&member.name, role).unit.ok()).collect()
            }
            other => self.meant.kinds.get(&other).cloned().unwrap_or_default(),
        };
        if units.is_empty() {
            return vec![owner(Err(Missing::NoneOfKind(kind)))];
        }
        once(units.into_iter().map(|unit| owner(Ok(unit))).collect())
    }
}

/// Whether a short name (`区指挥部`, `指挥部办公室`) is that of a body.
fn is_same(name: &str, full: &str) -> bool {
    let core = |text: &str| text.trim_start_matches(['省', '市', '县', '区']).to_owned();
    name == full
        || !core(name).is_empty() && core(name) == core(full)
        || name.ends_with("指挥部") && full.ends_with("指挥部")
}

/// The member from which a body's leader comes (`区卫健局局长` of 区卫健局).
fn unit_of_leader(body: &Body) -> Option<&Member> {
    let leads = [Rank::Leader, Rank::ExecutiveDeputyLeader, Rank::Director, Rank::ResponsiblePerson];
    let posts = leads.into_iter().flat_map(|rank| body.leaders_of(rank)).filter_map(|leader| leader.post.as_deref());
    posts.filter_map(|post| body.members.iter().find(|member| post.starts_with(member.name.as_str()))).next()
}

/// Those of a body that lead it, with another part.
fn lead_alone(owners: Vec<DraftOwner>, role: OrderRole) -> Vec<DraftOwner> {
    let leading = owners.into_iter().filter(|owner| owner.role != OrderRole::Support);
    leading.map(|owner| DraftOwner { role, ..owner }).collect()
}

/// Each unit once, with the part that answers for the most.
fn once(mut owners: Vec<DraftOwner>) -> Vec<DraftOwner> {
    let best = |unit: UnitId, owners: &[DraftOwner]| {
        owners.iter().filter(|owner| owner.unit == Ok(unit)).map(|owner| owner.role).min()
    };
    let roles: Vec<_> =
        owners.iter().map(|owner| owner.unit.as_ref().ok().and_then(|unit| best(*unit, &owners))).collect();
    for (owner, role) in owners.iter_mut().zip(roles) {
        owner.role = role.unwrap_or(owner.role);
    }
    let mut seen = BTreeSet::new();
    owners.retain(|owner| match &owner.unit {
        Ok(unit) => seen.insert(unit.to_string()),
        Err(_) => seen.insert(format!("{}/{}", owner.by, owner.name)),
    });
    owners
}
