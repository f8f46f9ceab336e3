//! Headquarters, groups and expert groups.

mod merge;
mod names;
mod node;
mod prose;

use lianfang_domain::plan::{Body, BodyKind, BodyStatus, Duty, Office, Organisation, Rule};

pub(crate) use self::merge::fill;
use self::merge::{merge, same_body};
pub(crate) use self::names::kind_of_name;
use self::names::{
    body_name, full_name, group_at_start, headquarters_name, is_generic, lists_groups, names_leaders, set_up_elsewhere,
    set_up_name,
};
use self::node::{duties_from, office_of, read_node, status};
use crate::outline::NodeId;
use crate::read::Ctx;
use crate::read::duties::duties_of_text;
use crate::read::leadership::Leadership;
use crate::read::office::{add_directors, office_in};

/// Reads all bodies. Also returns the nodes they took, so that nothing reads them twice.
pub(crate) fn read_bodies(ctx: &Ctx<'_>) -> (Organisation, Vec<NodeId>) {
    let mut reader = Reader {
        ctx,
        organisation: Organisation::default(),
        taken: Vec::new(),
        inside: vec![false; ctx.outline.nodes.len()],
        names: ctx.node_ids().map(|id| body_name(ctx, id)).collect(),
    };
    for id in ctx.node_ids() {
        if let Some(parent) = ctx.node(id).parent {
            reader.inside[id] = reader.inside[id] || (reader.inside[parent] && !reader.is_container(parent));
        }
        reader.node(id);
    }
    reader.front();
    reader.nested_headquarters();
    reader.groups_in_prose();
    reader.experts_in_sentences();
    reader.experts_in_lists();
    super::tables::groups_from_tables(ctx, &mut reader.organisation);
    (reader.organisation, reader.taken)
}

struct Reader<'a> {
    ctx: &'a Ctx<'a>,
    organisation: Organisation,
    taken: Vec<NodeId>,
    /// Whether a node lies inside a body that was read whole.
    inside: Vec<bool>,
    /// The body that each node names.
    names: Vec<Option<(String, BodyKind)>>,
}

impl Reader<'_> {
    fn node(&mut self, id: NodeId) {
        if self.inside[id] {
            return;
        }
        match self.names[id].clone() {
            Some((name, kind)) => self.body(id, name, kind),
            None => self.headquarters_in_section(id),
        }
    }

    /// Whether a body's node holds further bodies of its own.
    fn is_container(&self, id: NodeId) -> bool {
        self.ctx.node(id).children.iter().any(|&child| self.names[child].is_some())
    }

    fn body(&mut self, id: NodeId, name: String, kind: BodyKind) {
        let ctx = self.ctx;
        let nested = self.is_container(id);
        if nested && is_generic(&name) {
            self.headquarters_in_section(id);
            return;
        }
        if kind == BodyKind::ExpertGroup && self.several_experts(id, &name) {
            return;
        }
        let (leadership, mut duties) = read_node(ctx, id, nested);
        if kind == BodyKind::Office {
            self.office(id, name, leadership, duties);
            return;
        }
        let said_something = !leadership.is_empty() || !duties.is_empty();
        if !said_something && !set_up_elsewhere(ctx, id) {
            return;
        }
        if duties.is_empty() {
            duties = duties_from(ctx, &leadership);
        }
        let status = status(ctx, id, &name);
        let title = ctx.node(id).title;
        let mut body = Body::new(name, kind, ctx.source(title, Rule::GroupHeading));
        body.number = ctx.number(id);
        full_name(ctx, id, &mut body);
        body.status = status;
        body.duties = duties;
        if let Some(office) = office_of(ctx, id) {
            body.office = Some(Box::new(office));
        }
        fill(&mut body, &mut self.organisation, leadership);
        body.parent = self.parent_of(&body);
        if matches!(kind, BodyKind::WorkGroup | BodyKind::ExpertGroup) {
            self.taken.push(id);
        }
        self.inside[id] = true;
        self.add(body);
    }

    /// A section that sets up a headquarters without a heading of its own for it.
    fn headquarters_in_section(&mut self, id: NodeId) {
        let ctx = self.ctx;
        let mut leadership = Leadership::default();
        let mut spoke = false;
        let mut duties: Vec<Duty> = Vec::new();
        let own = ctx.own_text(id);
        for &range in &own {
            let group = group_at_start(ctx, range).is_some();
            if group || (!names_leaders(ctx, range) && !spoke) {
                continue;
            }
            spoke |= leadership.paragraph(ctx, range);
        }
        // Labels may stand as numbered items: `1.组长:…`.
        if !ctx.node(id).children.is_empty() && leadership.is_empty() {
            for &child in &ctx.node(id).children {
                let range = (ctx.node(child).title.0, ctx.node(child).end);
                if crate::outline::label_at(ctx.text(range)).is_some_and(|(label, _, _)| {
                    matches!(label, crate::outline::Label::Rank(_) | crate::outline::Label::Members)
                }) {
                    leadership.paragraph(ctx, range);
                    for &extra in &ctx.node(child).paragraphs {
                        leadership.paragraph(ctx, extra);
                    }
                }
            }
        }
        let office = office_of(ctx, id);
        if leadership.is_empty() {
            self.attach_office(office);
            return;
        }
        let text = ctx.text((ctx.node(id).start, ctx.node(id).subtree_end));
        let commanded = !leadership.leaders.is_empty() && (text.contains("指挥部") || text.contains("领导小组"));
        let kind_ok = leadership.leaders.len() + leadership.members.len() >= 2 || office.is_some() || commanded;
        if !kind_ok {
            return;
        }
        for range in std::mem::take(&mut leadership.duties) {
            if office_in(ctx, range).is_none() && !lists_groups(ctx.text(range)) {
                duties.extend(duties_of_text(ctx, range));
            }
        }
        let (name, kind, place) = headquarters_name(ctx, id);
        let kind = if matches!(kind, BodyKind::WorkGroup | BodyKind::Office) { BodyKind::LeadingGroup } else { kind };
        let mut body = Body::new(name, kind, ctx.source(place, Rule::GroupHeading));
        body.number = ctx.number(id);
        body.duties = duties;
        body.office = office.map(Box::new);
        fill(&mut body, &mut self.organisation, leadership);
        body.parent = self.parent_of(&body);
        self.add(body);
    }

    /// A leading group set up before the first section.
    fn front(&mut self) {
        let ctx = self.ctx;
        let mut leadership = Leadership::default();
        let mut place = None;
        for &range in &ctx.outline.front {
            if (names_leaders(ctx, range) || place.is_some()) && leadership.paragraph(ctx, range) && place.is_none() {
                place = Some(range);
            }
        }
        let Some(place) = place.filter(|_| leadership.leaders.len() >= 2) else { return };
        let name = ctx
            .outline
            .front
            .iter()
            .find_map(|&range| set_up_name(ctx.text(range)))
            .map_or_else(|| "领导小组".to_owned(), |(name, _)| name);
        let kind = kind_of_name(&name).unwrap_or(BodyKind::LeadingGroup);
        let mut body = Body::new(name, kind, ctx.source(place, Rule::LabelledLine));
        leadership.duties.clear();
        fill(&mut body, &mut self.organisation, leadership);
        self.add(body);
    }

    fn office(&mut self, id: NodeId, name: String, leadership: Leadership, mut duties: Vec<Duty>) {
        let ctx = self.ctx;
        if duties.is_empty() {
            duties = duties_from(ctx, &leadership);
        }
        let found = office_of(ctx, id);
        let host = found.as_ref().and_then(|office| office.host.clone());
        let mut office = Office {
            name,
            host,
            leaders: leadership.leaders,
            members: leadership.lead_units.into_iter().chain(leadership.members).collect(),
            duties,
            source: ctx.source(ctx.node(id).title, Rule::GroupHeading),
        };
        if office.leaders.is_empty() {
            add_directors(ctx, (ctx.node(id).start, ctx.node(id).subtree_end), &mut office);
        }
        self.taken.push(id);
        self.inside[id] = true;
        self.organisation.phones.extend(leadership.phones);
        self.attach_office(Some(office));
    }

    /// Gives an office to the headquarters read last, or completes the one it has.
    fn attach_office(&mut self, office: Option<Office>) {
        let Some(office) = office else { return };
        let Some(headquarters) = self.organisation.headquarters.last_mut() else {
            let kind = BodyKind::Headquarters;
            let name = office.name.trim_end_matches("办公室").to_owned();
            if name.is_empty() {
                return;
            }
            let mut body = Body::new(name, kind, office.source.clone());
            body.status = BodyStatus::NamedOnly;
            body.office = Some(Box::new(office));
            self.organisation.headquarters.push(body);
            return;
        };
        match &mut headquarters.office {
            Some(known) => {
                known.host = known.host.take().or(office.host);
                if known.leaders.is_empty() {
                    known.leaders = office.leaders;
                }
                if known.members.is_empty() {
                    known.members = office.members;
                }
                if known.duties.is_empty() {
                    known.duties = office.duties;
                }
            }
            None => headquarters.office = Some(Box::new(office)),
        }
    }

    fn parent_of(&self, body: &Body) -> Option<String> {
        // The first headquarters commands the groups, the forward posts and the headquarters one tier down.
        self.organisation.headquarters.first().filter(|hq| !same_body(hq, body)).map(|hq| hq.name.clone())
    }

    fn add(&mut self, body: Body) {
        let list = match body.kind {
            BodyKind::ExpertGroup => &mut self.organisation.expert_groups,
            BodyKind::WorkGroup | BodyKind::Office => &mut self.organisation.groups,
            _ => &mut self.organisation.headquarters,
        };
        match list.iter_mut().find(|known| same_body(known, &body)) {
            Some(known) => merge(known, body),
            None => list.push(body),
        }
    }
}
