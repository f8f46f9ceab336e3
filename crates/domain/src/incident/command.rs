use std::collections::BTreeMap;

use crate::plan::{BodyKind, BodyStatus, Plan, Rank};

/// A headquarters, office or group of an incident, as it is to be set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandBody {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: BodyKind,
    /// Whether it exists.
    pub status: BodyStatus,
    /// The place of the body above it in the list; none for the top.
    pub parent: Option<usize>,
    /// Who leads it and who is in it.
    pub members: Vec<CommandMember>,
}

/// Someone in a body: a unit, a post or a person, in one of the relations, which are never merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandMember {
    /// The relation as the plan words it: 总指挥, 组长, 牵头单位, 成员单位.
    pub relation: String,
    /// How a leader stands to the body; none for units.
    pub rank: Option<Rank>,
    /// The unit's name, as the plan has it.
    pub unit: String,
    /// The post.
    pub post: String,
    /// The person.
    pub person: String,
}

impl CommandMember {
    fn unit(relation: &str, name: &str) -> CommandMember {
        CommandMember {
            relation: relation.to_owned(),
            rank: None,
            unit: name.to_owned(),
            post: String::new(),
            person: String::new(),
        }
    }

    fn leader(leader: &crate::plan::Leader) -> CommandMember {
        CommandMember {
            relation: leader.rank_text.clone(),
            rank: Some(leader.rank),
            unit: String::new(),
            post: leader.post.clone().unwrap_or_default(),
            person: leader.person.clone().unwrap_or_default(),
        }
    }
}

impl Plan {
    /// The command tree that the plan lays down, bodies above before bodies below.
    pub fn command(&self) -> Vec<CommandBody> {
        let mut bodies: Vec<CommandBody> = Vec::new();
        let mut parents: Vec<Option<&str>> = Vec::new();
        for body in self.organisation.bodies() {
            let mut members: Vec<CommandMember> = body.leaders.iter().map(CommandMember::leader).collect();
            members.extend(body.lead_units.iter().map(|one| CommandMember::unit("牵头单位", &one.name)));
            members.extend(body.members.iter().map(|one| CommandMember::unit("成员单位", &one.name)));
            bodies.push(CommandBody {
                name: body.name.clone(),
                kind: body.kind,
                status: body.status,
                parent: None,
                members,
            });
            parents.push(body.parent.as_deref());
            if let Some(office) = &body.office {
                let mut members: Vec<CommandMember> = office.leaders.iter().map(CommandMember::leader).collect();
                members.extend(office.host.iter().map(|host| CommandMember::unit("办公地点", host)));
                members.extend(office.members.iter().map(|one| CommandMember::unit("成员单位", &one.name)));
                let (kind, status) = (BodyKind::Office, BodyStatus::SetUp);
                bodies.push(CommandBody { name: office.name.clone(), kind, status, parent: None, members });
                parents.push(Some(&body.name));
            }
        }
        let places: BTreeMap<String, usize> =
            bodies.iter().enumerate().rev().map(|(place, body)| (body.name.clone(), place)).collect();
        // Groups of which the plan does not say where they stand are under the headquarters that comes first.
        let top = bodies.iter().position(|body| matches!(body.kind, BodyKind::Headquarters | BodyKind::LeadingGroup));
        for (place, parent) in parents.into_iter().enumerate() {
            let named = parent.and_then(|name| places.get(name).copied());
            bodies[place].parent = named.or(top).filter(|&above| above != place && Some(place) != top);
        }
        bodies
    }
}

/// Someone who leads more than one body, and who could stand in there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubleDuty {
    /// The person, or the post where no person is named.
    pub who: String,
    /// The bodies, with the deputies of each.
    pub bodies: Vec<(String, Vec<String>)>,
}

fn leads(rank: Rank) -> bool {
    matches!(rank, Rank::Commander | Rank::Leader | Rank::Director)
}

fn stands_in(rank: Rank) -> bool {
    use Rank::{DeputyCommander, DeputyDirector, DeputyLeader, ExecutiveDeputyCommander, ExecutiveDeputyLeader};
    matches!(rank, ExecutiveDeputyCommander | DeputyCommander | ExecutiveDeputyLeader | DeputyLeader | DeputyDirector)
}

fn who(member: &CommandMember) -> &str {
    if member.person.is_empty() { &member.post } else { &member.person }
}

/// Everyone who leads more than one body, with the deputies who would have
/// to stand in.
pub fn double_duties<'a>(bodies: impl IntoIterator<Item = (&'a str, &'a [CommandMember])>) -> Vec<DoubleDuty> {
    let mut led: BTreeMap<&str, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for (name, members) in bodies {
        let of = |wanted: fn(Rank) -> bool| {
            members.iter().filter(move |one| one.rank.is_some_and(wanted)).map(who).filter(|who| !who.is_empty())
        };
        let deputies: Vec<String> = of(stands_in).map(str::to_owned).collect();
        for leader in of(leads) {
            led.entry(leader).or_default().push((name.to_owned(), deputies.clone()));
        }
    }
    let several = led.into_iter().filter(|(_, bodies)| bodies.len() > 1);
    several.map(|(who, bodies)| DoubleDuty { who: who.to_owned(), bodies }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(rank: Rank, post: &str, person: &str) -> CommandMember {
        CommandMember {
            relation: String::new(),
            rank: Some(rank),
            unit: String::new(),
            post: post.to_owned(),
            person: person.to_owned(),
        }
    }

    #[test]
    fn whoever_leads_two_groups_is_shown_with_the_deputies_of_each() {
        let control = [member(Rank::Leader, "区卫健局局长", "甲"), member(Rank::DeputyLeader, "区疾控中心主任", "乙")];
        let treatment = [member(Rank::Leader, "区卫健局局长", "甲"), member(Rank::LeadingOfficial, "副区长", "丙")];
        let publicity = [member(Rank::Leader, "宣传部部长", ""), member(Rank::LeadingOfficial, "", "丙")];
        let found = double_duties([("防控组", &control[..]), ("救治组", &treatment[..]), ("宣传组", &publicity[..])]);
        let bodies = vec![("防控组".to_owned(), vec!["乙".to_owned()]), ("救治组".to_owned(), Vec::new())];
        assert_eq!(found, [DoubleDuty { who: "甲".to_owned(), bodies }], "a leading official is no leader");
    }
}
