use lianfang_domain::plan::{Body, BodyStatus, Duty, Leader, Member, Office, Phone, Plan};

use super::{Node, Paint, View, heading};

/// Headquarters with their office, then the groups and the experts.
pub(super) fn part(plan: &Plan, view: &View) -> Option<Node> {
    let forest = Forest::of(plan);
    let n = forest.bodies.len();
    heading(view.pick("组织架构", "Organisation"), n, view)
        .children(forest.below(None, view))
        .children(phones(&plan.organisation.phones, view))
        .unless_bare()
}

/// The bodies of a plan, each with the one it hangs under, if the plan says so and describes it.
struct Forest<'a> {
    bodies: Vec<&'a Body>,
    parents: Vec<Option<usize>>,
}

impl<'a> Forest<'a> {
    fn of(plan: &'a Plan) -> Forest<'a> {
        let bodies: Vec<&Body> = plan.organisation.bodies().collect();
        let parent = |(at, body): (usize, &&Body)| {
            let name = body.parent.as_ref()?;
            bodies.iter().position(|other| is_called(other, name)).filter(|other| *other != at)
        };
        let parents = bodies.iter().enumerate().map(parent).collect();
        let mut forest = Forest { bodies, parents };
        forest.cut_circles();
        forest
    }

    /// A body that stands under itself by way of others is put at the top, so that nothing is lost.
    fn cut_circles(&mut self) {
        for at in 0..self.bodies.len() {
            let mut above = self.parents[at];
            for _ in 0..self.bodies.len() {
                above = above.and_then(|up| self.parents[up]);
            }
            if above.is_some() {
                self.parents[at] = None;
            }
        }
    }

    fn below(&self, parent: Option<usize>, view: &View) -> Vec<Node> {
        let children = (0..self.bodies.len()).filter(|at| self.parents[*at] == parent);
        children.map(|at| body_node(self.bodies[at], view).children(self.below(Some(at), view))).collect()
    }
}

fn is_called(body: &Body, name: &str) -> bool {
    body.name == name || body.aliases.iter().any(|alias| alias == name)
}

fn body_node(body: &Body, view: &View) -> Node {
    let office = body.office.as_deref().map(|office| office_node(office, view));
    let lead = view.pick("牵头单位", "lead units");
    let members = view.pick("成员单位", "member units");
    Node::new(body_title(body, view))
        .paint(Paint::Bold)
        .children(leaders(&body.leaders, view))
        .children(units(lead, &body.lead_units, Openness::Closed, view))
        .children(units(members, &body.members, openness(body), view))
        .children(office)
        .children(duties(&body.duties, view))
}

fn body_title(body: &Body, view: &View) -> String {
    let status = match body.status {
        BodyStatus::SetUp => String::new(),
        BodyStatus::NotYetSetUp => view.pick("（目前未成立）", " (not yet set up)").to_owned(),
        BodyStatus::NamedOnly => view.pick("（仅列名）", " (named only)").to_owned(),
    };
    format!("{}{status}", body.name)
}

/// One line for each rank, its people in the order of the plan.
fn leaders(leaders: &[Leader], view: &View) -> Vec<Node> {
    let mut ranks: Vec<_> = leaders.iter().map(|leader| leader.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks
        .into_iter()
        .map(|rank| {
            let people = leaders.iter().filter(|leader| leader.rank == rank).map(|leader| leader_words(leader, view));
            Node::new(rank.words(view.lang)).list(people)
        })
        .collect()
}

/// Post and name as the plan gives them.
pub(crate) fn leader_words(leader: &Leader, view: &View) -> String {
    match (&leader.post, &leader.person) {
        (Some(post), Some(person)) => view.pick(format!("{post} {person}"), format!("{person}, {post}")),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => view.pick("未写明", "not stated").to_owned(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Openness {
    Open,
    Closed,
}

fn openness(body: &Body) -> Openness {
    if body.members_open { Openness::Open } else { Openness::Closed }
}

fn units(label: &str, members: &[Member], openness: Openness, view: &View) -> Option<Node> {
    if members.is_empty() {
        return None;
    }
    let mut names: Vec<String> = members.iter().map(member_words).collect();
    if let (Openness::Open, Some(last)) = (openness, names.last_mut()) {
        last.push_str(view.pick("等", " and others"));
    }
    let n = members.len();
    let label = view.pick(format!("{label}（{n}）"), format!("{label} ({n})"));
    Some(Node::new(label).list(names))
}

fn member_words(member: &Member) -> String {
    let mut words = member.name.clone();
    if !member.aliases.is_empty() {
        words.push_str(&format!("（{}）", member.aliases.join("、")));
    }
    words
}

fn office_node(office: &Office, view: &View) -> Node {
    let host =
        office.host.as_ref().map_or_else(String::new, |host| view.pick(format!("设在{host}"), format!("in {host}")));
    Node::new(&office.name)
        .text(&host)
        .children(leaders(&office.leaders, view))
        .children(units(view.pick("成员", "members"), &office.members, Openness::Closed, view))
        .children(duties(&office.duties, view))
}

fn duties(duties: &[Duty], view: &View) -> Option<Node> {
    let real: Vec<Node> = duties
        .iter()
        .filter(|duty| !duty.boilerplate)
        .map(|duty| view.text(Node::new(duty.number.clone().unwrap_or_default()), &duty.text))
        .collect();
    let n = real.len();
    let label = view.pick(format!("职责（{n}）"), format!("duties ({n})"));
    Node::new(label).children(view.first(3, real)).unless_bare()
}

fn phones(phones: &[Phone], view: &View) -> Option<Node> {
    let lines = phones.iter().map(|phone| {
        let whose = phone.person.as_ref().or(phone.body.as_ref());
        let whose = whose.map_or_else(String::new, |name| format!(" {name}"));
        Node::new(&phone.label).text(&format!("{}{whose}", phone.number))
    });
    Node::new(view.pick("电话", "telephones")).children(view.first(5, lines.collect())).unless_bare()
}

/// Duties that the plan gives to units outside the groups.
pub(super) fn unit_duties(plan: &Plan, view: &View) -> Option<Node> {
    let units = plan.unit_duties.iter().map(|unit| {
        let n = unit.duties.len();
        let first = unit.duties.first().map_or("", |duty| duty.text.as_str());
        match n {
            0 | 1 => view.text(Node::new(&unit.unit), first),
            _ => Node::new(&unit.unit).children(duties(&unit.duties, view)),
        }
    });
    let n = plan.unit_duties.len();
    heading(view.pick("单位职责", "Duties of units"), n, view).children(view.first(12, units.collect())).unless_bare()
}
