//! Headquarters, groups and expert groups.

use lianfang_domain::plan::{Body, BodyKind, BodyStatus, Duty, Office, Organisation, Rule, SectionKind};

use super::{
    Ctx,
    context::cut,
    duties::{duties_of_nodes, duties_of_text},
    leadership::Leadership,
    office::{add_directors, office_in},
};
use crate::outline::NodeId;

/// Reads all bodies. Also returns the nodes they took, so that nothing reads them twice.
pub(crate) fn read_bodies(ctx: &Ctx<'_>) -> (Organisation, Vec<NodeId>) {
    let mut reader = Reader {
        ctx,
        organisation: Organisation::default(),
        taken: Vec::new(),
        inside: vec![false; ctx.outline.nodes.len()],
    };
    for id in 0..ctx.outline.nodes.len() {
        if let Some(parent) = ctx.node(id).parent {
            reader.inside[id] = reader.inside[id] || (reader.inside[parent] && !is_container(ctx, parent));
        }
        reader.node(id);
    }
    reader.front();
    reader.groups_in_prose();
    reader.experts_in_sentences();
    reader.experts_in_lists();
    super::tables::groups_from_tables(ctx, &mut reader.organisation);
    (reader.organisation, reader.taken)
}

/// Whether a body's node holds further bodies of its own.
fn is_container(ctx: &Ctx<'_>, id: NodeId) -> bool {
    ctx.node(id).children.iter().filter(|&&child| body_name(ctx, child).is_some()).count() >= 1
}

struct Reader<'a> {
    ctx: &'a Ctx<'a>,
    organisation: Organisation,
    taken: Vec<NodeId>,
    /// Whether a node lies inside a body that was read whole.
    inside: Vec<bool>,
}

impl Reader<'_> {
    fn node(&mut self, id: NodeId) {
        if self.inside[id] {
            return;
        }
        match body_name(self.ctx, id) {
            Some((name, kind)) => self.body(id, name, kind),
            None => self.headquarters_in_section(id),
        }
    }

    fn body(&mut self, id: NodeId, name: String, kind: BodyKind) {
        let ctx = self.ctx;
        let nested = ctx.node(id).children.iter().any(|&child| body_name(ctx, child).is_some());
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
        let mut body = empty_body(name, kind, ctx.number(id), ctx.source(title, Rule::GroupHeading));
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
            let group = group_at_start(ctx.text(range)).is_some();
            if group || (!names_leaders(ctx.text(range)) && !spoke) {
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
        let mut body = empty_body(name, kind, ctx.number(id), ctx.source(place, Rule::GroupHeading));
        body.duties = duties;
        body.office = office.map(Box::new);
        fill(&mut body, &mut self.organisation, leadership);
        self.add(body);
    }

    /// `专家组:设甲专家组和乙专家组`: each is a group of its own.
    fn several_experts(&mut self, id: NodeId, name: &str) -> bool {
        let ctx = self.ctx;
        if !is_generic(name) {
            return false;
        }
        for range in ctx.own_text(id) {
            let names = expert_names(ctx, range);
            if names.len() >= 2 {
                for place in names {
                    self.add_expert(place, BodyStatus::SetUp);
                }
                self.taken.push(id);
                self.inside[id] = true;
                return true;
            }
        }
        false
    }

    /// Groups that only running text describes, one after another: `综合组由…牵头,…。救治组由…牵头,…。`
    fn groups_in_prose(&mut self) {
        let ctx = self.ctx;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (piece, node) in &ctx.outline.pieces {
            let opens_node = node.is_some_and(|id| ctx.node(id).start == piece.start && body_name(ctx, id).is_some());
            let in_body = node.is_some_and(|id| self.inside[id] || self.taken.contains(&id));
            if piece.contents || opens_node || in_body {
                continue;
            }
            let mut open: Option<(usize, usize)> = None;
            for sentence in cut(&ctx.doc.folded, (piece.start, piece.end), &['。']) {
                let start = ctx.trimmed(sentence).0;
                if group_at_start(ctx.text((start, sentence.1))).is_some() {
                    found.extend(open.replace((start, sentence.1)));
                } else if let Some(group) = &mut open {
                    group.1 = sentence.1;
                }
            }
            found.extend(open);
        }
        if found.len() >= 2 {
            for range in found {
                self.group_in_prose(range);
            }
        }
    }

    fn group_in_prose(&mut self, range: (usize, usize)) {
        let ctx = self.ctx;
        let Some(name) = group_at_start(ctx.text(range)) else { return };
        let Some(kind) = kind_of_name(name).filter(|kind| matches!(kind, BodyKind::WorkGroup | BodyKind::ExpertGroup))
        else {
            return;
        };
        let place = (range.0, range.0 + name.len());
        let mut leadership = Leadership::default();
        leadership.paragraph(ctx, (place.1, range.1));
        if leadership.is_empty() {
            return;
        }
        let mut body = empty_body(name.to_owned(), kind, None, ctx.source(place, Rule::LeadershipSentence));
        body.duties = duties_from(ctx, &leadership);
        fill(&mut body, &mut self.organisation, leadership);
        body.parent = self.parent_of(&body);
        self.add(body);
    }

    fn add_expert(&mut self, place: (usize, usize), status: BodyStatus) {
        let name = self.ctx.text(place).to_owned();
        let mut body = empty_body(name, BodyKind::ExpertGroup, None, self.ctx.source(place, Rule::GroupList));
        body.status = status;
        body.parent = self.organisation.headquarters.first().map(|hq| hq.name.clone());
        self.add(body);
    }

    /// Expert groups that a list names and nothing describes.
    fn experts_in_lists(&mut self) {
        let ctx = self.ctx;
        for (piece, _) in ctx.outline.pieces.iter().filter(|(piece, _)| !piece.contents) {
            let range = (piece.start, piece.end);
            let text = ctx.text(range);
            if !text.contains("专家组")
                || !(text.contains("下设") || text.contains("设立") || text.contains("设有") || text.contains("分设"))
            {
                continue;
            }
            for place in expert_names(ctx, range) {
                let name = ctx.text(place);
                let known = self
                    .organisation
                    .expert_groups
                    .iter()
                    .any(|body| body.name == name || body.aliases.iter().any(|alias| alias == name));
                if !known {
                    let rest = &ctx.doc.folded[place.1..piece.end];
                    let absent = rest.starts_with('(')
                        && rest
                            .split(')')
                            .next()
                            .is_some_and(|inner| inner.contains("未成立") || inner.contains("未组建"));
                    self.add_expert(place, if absent { BodyStatus::NotYetSetUp } else { BodyStatus::NamedOnly });
                }
            }
        }
    }

    /// Expert groups that only a sentence sets up.
    fn experts_in_sentences(&mut self) {
        let ctx = self.ctx;
        for (piece, _) in &ctx.outline.pieces {
            let text = ctx.text((piece.start, piece.end));
            let Some(name) = set_up_experts(text).filter(|_| !piece.contents) else { continue };
            let known =
                self.organisation.expert_groups.iter().any(|body| {
                    body.name.ends_with(&name) || name.ends_with(&body.name) || body.aliases.contains(&name)
                });
            if known || name.chars().count() < 4 {
                continue;
            }
            let at = piece.start + text.find(&name).unwrap_or(0);
            let sentence = ctx.sentence_around(at);
            let mut body = empty_body(
                name.clone(),
                BodyKind::ExpertGroup,
                None,
                ctx.source((at, at + name.len()), Rule::LeadershipSentence),
            );
            let rest = (at + name.len(), sentence.1);
            let duties_from = ctx.text(rest).find([',', ';']).map_or(rest.1, |i| rest.0 + i);
            body.duties = duties_of_text(ctx, (duties_from, rest.1));
            body.parent = self.organisation.headquarters.first().map(|hq| hq.name.clone());
            self.organisation.expert_groups.push(body);
        }
    }

    /// A leading group set up before the first section.
    fn front(&mut self) {
        let ctx = self.ctx;
        let mut leadership = Leadership::default();
        let mut place = None;
        for &range in &ctx.outline.front {
            let text = ctx.text(range);
            if names_leaders(text) || place.is_some() {
                if leadership.paragraph(ctx, range) && place.is_none() {
                    place = Some(range);
                }
            }
        }
        let Some(place) = place.filter(|_| leadership.leaders.len() >= 2) else { return };
        let name = ctx
            .outline
            .front
            .iter()
            .find_map(|&range| set_up_name(ctx.text(range)))
            .unwrap_or_else(|| "领导小组".to_owned());
        let kind = kind_of_name(&name).unwrap_or(BodyKind::LeadingGroup);
        let mut body = empty_body(name, kind, None, ctx.source(place, Rule::LabelledLine));
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
            let mut body = empty_body(name, kind, None, office.source.clone());
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
        let groups = matches!(body.kind, BodyKind::WorkGroup | BodyKind::ExpertGroup);
        groups.then(|| self.organisation.headquarters.first().map(|hq| hq.name.clone())).flatten()
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

fn same_body(known: &Body, body: &Body) -> bool {
    if known.name == body.name || known.aliases.contains(&body.name) || body.aliases.contains(&known.name) {
        return true;
    }
    // `县指挥部` after `青岚县…应急指挥部` is the same one.
    let short = body.name.trim_start_matches(|c| "省市县区州院校本".contains(c));
    if known.kind == body.kind && matches!(short, "指挥部" | "应急指挥部" | "领导小组" | "应急领导小组")
    {
        return true;
    }
    let headquarters = !matches!(body.kind, BodyKind::WorkGroup | BodyKind::ExpertGroup);
    let one_is_plain = known.name.ends_with(&body.name) || body.name.ends_with(&known.name);
    headquarters && one_is_plain && (known.leaders.is_empty() || body.leaders.is_empty())
}

fn merge(known: &mut Body, body: Body) {
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

pub(crate) fn empty_body(
    name: String,
    kind: BodyKind,
    number: Option<String>,
    source: lianfang_domain::plan::Source,
) -> Body {
    Body {
        name,
        kind,
        status: BodyStatus::SetUp,
        number,
        parent: None,
        aliases: Vec::new(),
        leaders: Vec::new(),
        lead_units: Vec::new(),
        members: Vec::new(),
        members_open: false,
        members_by_post: None,
        office: None,
        duties: Vec::new(),
        source,
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

/// Leaders and duties of the node of a body. With nested bodies only its own text counts.
fn read_node(ctx: &Ctx<'_>, id: NodeId, nested: bool) -> (Leadership, Vec<Duty>) {
    let node = ctx.node(id);
    let mut leadership = Leadership::default();
    title_bracket(ctx, id, &mut leadership);
    for range in ctx.own_text(id) {
        leadership.paragraph(ctx, range);
    }
    let mut duty_nodes: Vec<NodeId> = Vec::new();
    if !nested {
        for &child in &node.children {
            child_of_body(ctx, child, &mut leadership, &mut duty_nodes);
        }
    }
    leadership.duties.retain(|&range| office_in(ctx, range).is_none() && !lists_groups(ctx.text(range)));
    let mut duties = duties_of_nodes(ctx, &duty_nodes);
    if duties.is_empty() {
        duties = duties_from(ctx, &leadership);
    } else {
        // Text before the first numbered item is a duty of its own only when it says 负责.
        let lead_in: Vec<_> = leadership
            .duties
            .iter()
            .filter(|&&range| {
                !ctx.text(range).trim_end().ends_with(':') && ctx.text(range).contains("负责") && range.1 > range.0
            })
            .copied()
            .collect();
        let first = duty_nodes.first().map_or(0, |&n| ctx.node(n).start);
        let mut before = Vec::new();
        for range in lead_in {
            let label_only = ctx.text(range).trim().is_empty();
            if !label_only && range.0 < first && ctx.text(range).chars().count() > 8 {
                before.extend(duties_of_text(ctx, range));
            }
        }
        before.append(&mut duties);
        duties = before;
    }
    (leadership, duties)
}

/// A numbered item inside a body: a label with people or units, a 职责 heading, or a duty.
fn child_of_body(ctx: &Ctx<'_>, child: NodeId, leadership: &mut Leadership, duty_nodes: &mut Vec<NodeId>) {
    use crate::outline::{Label, label_at};
    let node = ctx.node(child);
    let whole = (node.title.0, node.end);
    let title = ctx.title(child);
    if title.contains("成员单位") && title.contains("职责") {
        return;
    }
    match label_at(ctx.text(whole)) {
        Some((Label::Duties, _, len)) => {
            if node.children.is_empty() {
                leadership.duties.push((node.title.0 + len, node.end));
            } else {
                duty_nodes.extend(&node.children);
            }
        }
        Some(_) => {
            leadership.paragraph(ctx, whole);
            for &range in &node.paragraphs {
                leadership.paragraph(ctx, range);
            }
        }
        None if title.ends_with("职责") && !node.children.is_empty() => duty_nodes.extend(&node.children),
        None if title.ends_with("职责") && node.titled => leadership.duties.extend(ctx.own_text(child)),
        None if matches!(title, "组成" | "人员组成" | "组成人员" | "成员组成" | "组成单位") => {
            for range in ctx.own_text(child) {
                leadership.paragraph(ctx, range);
            }
        }
        None => duty_nodes.push(child),
    }
}

/// `综合协调组(牵头单位:县卫健局)`.
fn title_bracket(ctx: &Ctx<'_>, id: NodeId, leadership: &mut Leadership) {
    let title = ctx.node(id).title;
    let text = ctx.text(title);
    let (Some(open), Some(close)) = (text.find('('), text.rfind(')')) else { return };
    if open < close {
        leadership.paragraph(ctx, (title.0 + open + 1, title.0 + close));
        leadership.duties.clear();
    }
}

fn duties_from(ctx: &Ctx<'_>, leadership: &Leadership) -> Vec<Duty> {
    leadership.duties.iter().flat_map(|&range| duties_of_text(ctx, range)).collect()
}

fn office_of(ctx: &Ctx<'_>, id: NodeId) -> Option<Office> {
    ctx.own_text(id).into_iter().find_map(|range| office_in(ctx, range))
}

fn names_leaders(text: &str) -> bool {
    ["总指挥", "指挥长", "组长", "主任委员", "召集人"].iter().any(|word| text.contains(word))
}

/// A sentence that only lists the groups below.
pub(crate) fn lists_groups(text: &str) -> bool {
    (text.contains("下设") || text.contains("设立") || text.contains("设有")) && text.matches('组').count() >= 2
}

fn status(ctx: &Ctx<'_>, id: NodeId, name: &str) -> BodyStatus {
    let node = ctx.node(id);
    let own = ctx.text((node.start, node.end));
    if ["未成立", "尚未成立", "未组建", "待成立"].iter().any(|word| own.contains(word)) {
        return BodyStatus::NotYetSetUp;
    }
    // `下设决策咨询专家组(目前未成立)、…` in another sentence.
    let says = |at: usize| {
        let rest = &ctx.doc.folded[at + name.len()..];
        rest.strip_prefix('(')
            .and_then(|r| r.split(')').next())
            .is_some_and(|inner| inner.contains("未成立") || inner.contains("未组建"))
    };
    let from = ctx.node(id).parent.map_or(0, |parent| ctx.node(parent).start);
    let region = &ctx.doc.folded[from..node.subtree_end];
    if region.match_indices(name).any(|(at, _)| says(from + at)) { BodyStatus::NotYetSetUp } else { BodyStatus::SetUp }
}

/// A bare heading that names a group counts when it stands among groups or in the part on organisation.
fn set_up_elsewhere(ctx: &Ctx<'_>, id: NodeId) -> bool {
    ctx.ancestors(id).any(|a| matches!(ctx.node(a).kind, SectionKind::Organisation | SectionKind::Experts))
}

/// The name of the headquarters that a section sets up, its kind, and where the name stands.
fn headquarters_name(ctx: &Ctx<'_>, id: NodeId) -> (String, BodyKind, (usize, usize)) {
    let node = ctx.node(id);
    for range in ctx.own_text(id) {
        if let Some(name) = set_up_name(ctx.text(range)) {
            let kind = kind_of_name(&name).unwrap_or(BodyKind::Headquarters);
            let at = ctx.text(range).find(&name).map_or(range.0, |i| range.0 + i);
            return (name.clone(), kind, (at, at + name.len()));
        }
    }
    let title = clean_name(ctx.title(id));
    let title = ["决定成立", "成立", "设立", "组建", "建立"]
        .iter()
        .find_map(|verb| title.strip_prefix(verb))
        .unwrap_or(&title)
        .to_owned();
    let kind = kind_of_name(&title);
    if kind.is_none() {
        if let Some((name, place)) = ctx.own_text(id).into_iter().find_map(|range| opening_name(ctx, range)) {
            return (name.clone(), kind_of_name(&name).unwrap_or(BodyKind::Headquarters), place);
        }
    }
    let name = match kind {
        Some(_) => title,
        None => {
            if ctx.text((node.start, node.subtree_end)).contains("领导小组") {
                "领导小组".to_owned()
            } else {
                "指挥部".to_owned()
            }
        }
    };
    (name, kind.unwrap_or(BodyKind::Headquarters), node.title)
}

/// A paragraph that begins with the name of a headquarters (`X指挥部统一领导…`).
fn opening_name(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<(String, (usize, usize))> {
    let text = ctx.text(range);
    let end = ["指挥部", "领导小组"].iter().filter_map(|word| text.find(word).map(|i| i + word.len())).min()?;
    let name = &text[..end];
    let clean = name.chars().all(crate::text::is_cjk) && (4..=40).contains(&name.chars().count());
    clean.then(|| (name.to_owned(), (range.0, range.0 + end)))
}

/// The full name where the text gives it (`县政府设立青岚县…指挥部(以下简称县指挥部)`); the heading stays as an alias.
fn full_name(ctx: &Ctx<'_>, id: NodeId, body: &mut Body) {
    if body.kind == BodyKind::WorkGroup {
        return;
    }
    for range in ctx.own_text(id).into_iter().take(2) {
        let text = ctx.text(range);
        let name = if body.kind == BodyKind::ExpertGroup { set_up_experts(text) } else { set_up_name(text) };
        let Some(name) = name.filter(|name| {
            name.chars().count() > body.name.chars().count() && name.chars().last() == body.name.chars().last()
        }) else {
            continue;
        };
        if let Some(short) = text
            .split("简称")
            .nth(1)
            .map(|rest| rest.trim_start_matches([':', '"']))
            .and_then(|rest| rest.split([')', '"', ',']).next())
        {
            if short.chars().count() <= 12 && kind_of_name(short).is_some() {
                body.aliases.push(short.to_owned());
            }
        }
        let heading = std::mem::replace(&mut body.name, name);
        if !body.aliases.contains(&heading) {
            body.aliases.push(heading);
        }
        return;
    }
}

/// Names of expert groups in a list behind 设.
fn expert_names(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize)> {
    static NAME: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r"(?:设立?|设有|下设|分设|成立|组建|、|和|及)(?P<n>[\p{Han}]{2,10}专家组)").ok()
    });
    let text = ctx.text(range);
    let found: Vec<(usize, usize)> = NAME
        .as_ref()
        .map(|re| {
            re.captures_iter(text)
                .filter_map(|c| c.name("n").map(|m| (range.0 + m.start(), range.0 + m.end())))
                .collect()
        })
        .unwrap_or_default();
    if found.len() >= 2 { found } else { Vec::new() }
}

/// `组建X专家咨询委员会`: the name.
pub(crate) fn set_up_experts(text: &str) -> Option<String> {
    static EXPERTS: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(r"(?:组建|成立|设立|建立)(?:了)?(?P<n>[\p{Han}]{0,20}专家(?:咨询)?(?:委员会|组|库))").ok()
    });
    if !text.contains("专家") {
        return None;
    }
    let name = EXPERTS.as_ref()?.captures(text)?.name("n")?.as_str();
    (!name.contains(['及', '和', '与']) && !name.contains("领导小组")).then(|| name.to_owned())
}

/// `成立X指挥部`, `设立X领导小组`: the name.
fn set_up_name(text: &str) -> Option<String> {
    for verb in ["决定成立", "成立", "设立", "组建", "建立"] {
        let Some(at) = text.find(verb) else { continue };
        let rest = &text[at + verb.len()..];
        let end = ["指挥部", "领导小组", "工作小组", "委员会", "专班"]
            .iter()
            .filter_map(|word| rest.find(word).map(|i| i + word.len()))
            .min()?;
        let name = rest[..end].trim_start_matches("了").trim_start_matches("由").trim_matches('"');
        if (4..=50).contains(&name.chars().count()) && !name.contains(['。', ';', ',']) {
            return Some(name.replace(' ', ""));
        }
    }
    None
}

/// Words that make a heading an act or a rule, not the name of a body.
const NOT_NAMES: &[&str] = &[
    "派出", "成立", "组建", "设立", "下设", "建立", "启动", "赴", "加强", "明确", "完善", "落实", "健全", "调整",
    "发挥", "派遣", "开展", "召开", "指派", "调集", "加入", "强化",
];

/// The name and kind of the body that a heading names, if it names one.
pub(crate) fn body_name(ctx: &Ctx<'_>, id: NodeId) -> Option<(String, BodyKind)> {
    let node = ctx.node(id);
    if !node.titled {
        // `(1)现场救援组由县卫健局牵头,…` has no heading of its own.
        let name = group_at_start(ctx.text((node.title.0, node.end)))?;
        return kind_of_name(name)
            .filter(|kind| matches!(kind, BodyKind::WorkGroup | BodyKind::ExpertGroup))
            .map(|kind| (name.to_owned(), kind));
    }
    let name = clean_name(ctx.title(id));
    let count = name.chars().count();
    if ["下设", "个小组", "个工作组", "个组", "个小队"].iter().any(|word| name.contains(word)) {
        return None;
    }
    if !(2..=30).contains(&count)
        || name.contains(['、', ',', '。'])
        || NOT_NAMES.iter().any(|word| name.starts_with(word))
    {
        return None;
    }
    let kind = kind_of_name(&name).or_else(|| is_team(ctx, id, &name).then_some(BodyKind::WorkGroup))?;
    // A unit's own duty (`县政府办公室`) is no office of a headquarters.
    if kind == BodyKind::Office && !is_office_name(&name) {
        return None;
    }
    let response =
        ctx.ancestors(id).any(|a| matches!(ctx.node(a).kind, SectionKind::Grading | SectionKind::Supplement));
    (!response).then_some((name, kind))
}

/// A team counts as a group when labels for its people follow (`排查登记队` / `队长:…`).
fn is_team(ctx: &Ctx<'_>, id: NodeId, name: &str) -> bool {
    let team = name.ends_with('队') && (4..=10).contains(&name.chars().count());
    let node = ctx.node(id);
    let labelled = |range: (usize, usize)| {
        matches!(
            crate::outline::label_at(ctx.text(range)),
            Some((crate::outline::Label::Rank(_) | crate::outline::Label::Members, _, _))
        )
    };
    team && (ctx.own_text(id).into_iter().any(labelled)
        || node.children.iter().any(|&child| labelled((ctx.node(child).title.0, ctx.node(child).end))))
}

/// The name of a group that a sentence begins with (`综合组由…牵头`, `现场救援组:由…`).
fn group_at_start(text: &str) -> Option<&str> {
    static START: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
        regex::Regex::new(
            r"^(?P<n>[\p{Han}]{1,13}?(?:组|专班|分队))(?:\([^()]{1,20}\))?(?:由|:|,由|的?组长|牵头单位|,牵头|以)",
        )
        .ok()
    });
    let name = START.as_ref()?.captures(text.trim_start())?.name("n")?.as_str();
    let verb = NOT_NAMES.iter().any(|word| name.starts_with(word))
        || name.starts_with(['由', '各', '向', '经', '本', '该', '下']);
    (!verb && !is_generic(name) && !name.ends_with("小组") && name.chars().count() >= 3).then_some(name)
}

fn is_office_name(name: &str) -> bool {
    let base = name.trim_end_matches("办公室");
    base.is_empty() || ["指挥部", "领导小组", "应急", "委员会", "防控", "小组"].iter().any(|word| base.contains(word))
}

/// A heading without what only says that duties follow (`综合协调组职责`).
fn clean_name(title: &str) -> String {
    let mut name = title.trim();
    if let Some(open) = name.find('(') {
        name = &name[..open];
    }
    loop {
        let before = name;
        for tail in [
            "及其职责",
            "的职责",
            "主要职责",
            "工作职责",
            "及职责",
            "和职责",
            "与职责",
            "组成及",
            "组成和",
            "组成",
            "职责",
            "设置",
            "及其",
            "成员",
            "及",
            "和",
            ":",
            "的",
            " ",
        ] {
            name = name.strip_suffix(tail).unwrap_or(name);
        }
        if before == name {
            break;
        }
    }
    name.replace(' ', "").trim_matches(['"', '[', ']']).to_owned()
}

/// What kind of body a name is, by its ending.
pub(crate) fn kind_of_name(name: &str) -> Option<BodyKind> {
    let expert = name.contains("专家");
    if expert && ["组", "委员会", "库", "委", "小组", "团队", "队伍"].iter().any(|ending| name.ends_with(ending))
    {
        return Some(BodyKind::ExpertGroup);
    }
    if name.ends_with("办公室") {
        return Some(BodyKind::Office);
    }
    if name.ends_with("指挥部") || name.ends_with("指挥中心") {
        let forward = ["前线", "前方", "现场", "前沿"].iter().any(|word| name.contains(word));
        return Some(if forward { BodyKind::ForwardCommand } else { BodyKind::Headquarters });
    }
    if name.ends_with("领导小组") || name.ends_with("领导组") || name.ends_with("委员会") && name.contains("应急")
    {
        return Some(BodyKind::LeadingGroup);
    }
    let group = ["组", "专班", "小分队", "突击队", "应急队", "救援队"].iter().any(|ending| name.ends_with(ending));
    (group && name.chars().count() <= 18).then_some(BodyKind::WorkGroup)
}

/// Names that say only that groups follow.
fn is_generic(name: &str) -> bool {
    matches!(
        name,
        "工作组"
            | "专家组"
            | "专项工作组"
            | "应急工作组"
            | "各工作组"
            | "工作小组"
            | "专班"
            | "现场工作组"
            | "专业组"
            | "应急处置工作组"
            | "专项组"
            | "工作专班"
            | "现场处置工作组"
    )
}
