//! Bodies that only running text or a list describes.

use regex::Regex;

use crate::pattern::pattern;
use lianfang_domain::plan::{Body, BodyKind, BodyStatus, Rule};

use super::Reader;
use super::merge::fill;
use super::names::{group_at_start, is_generic, kind_of_name};
use super::node::duties_from;
use crate::outline::NodeId;
use crate::read::context::cut;
use crate::read::duties::duties_of_text;
use crate::read::leadership::Leadership;
use crate::read::{Ctx, Cue};

impl Reader<'_> {
    /// `专家组:设甲专家组和乙专家组`: each is a group of its own.
    pub(super) fn several_experts(&mut self, id: NodeId, name: &str) -> bool {
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

    /// Headquarters one tier down that no section describes.
    pub(super) fn nested_headquarters(&mut self) {
        let ctx = self.ctx;
        let Some(parent) = self.organisation.headquarters.first().map(|hq| hq.name.clone()) else { return };
        for piece in ctx.outline.pieces.iter().filter(|piece| !piece.contents) {
            let Some((name, place)) = nested_name(ctx, (piece.start, piece.end)) else { continue };
            if self.organisation.headquarters.iter().any(|hq| hq.name == name) {
                continue;
            }
            let kind = kind_of_name(&name).unwrap_or(BodyKind::Headquarters);
            let mut body = Body::new(name, kind, ctx.source(place, Rule::LeadershipSentence));
            body.parent = Some(parent.clone());
            self.organisation.headquarters.push(body);
        }
    }

    /// Groups that only running text describes, one after another: `综合组由…牵头,…。救治组由…牵头,…。`
    pub(super) fn groups_in_prose(&mut self) {
        let ctx = self.ctx;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for piece in ctx.outline.pieces.iter().filter(|piece| ctx.says(Cue::Group, (piece.start, piece.end))) {
            let opens_node =
                piece.owner.is_some_and(|id| ctx.node(id).start == piece.start && self.names[id].is_some());
            let in_body = piece.owner.is_some_and(|id| self.inside[id] || self.taken.contains(&id));
            if piece.contents || opens_node || in_body {
                continue;
            }
            let mut open: Option<(usize, usize)> = None;
            for sentence in cut(&ctx.doc.folded, (piece.start, piece.end), &['。']) {
                let start = ctx.trimmed(sentence).0;
                if group_at_start(ctx, (start, sentence.1)).is_some() {
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

    pub(super) fn group_in_prose(&mut self, range: (usize, usize)) {
        let ctx = self.ctx;
        let Some(name) = group_at_start(ctx, range) else { return };
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
        let mut body = Body::new(name, kind, ctx.source(place, Rule::LeadershipSentence));
        body.duties = duties_from(ctx, &leadership);
        fill(&mut body, &mut self.organisation, leadership);
        body.parent = self.parent_of(&body);
        self.add(body);
    }

    pub(super) fn add_expert(&mut self, place: (usize, usize), status: BodyStatus) {
        let name = self.ctx.text(place).to_owned();
        let mut body = Body::new(name, BodyKind::ExpertGroup, self.ctx.source(place, Rule::GroupList));
        body.status = status;
        body.parent = self.organisation.headquarters.first().map(|hq| hq.name.clone());
        self.add(body);
    }

    /// Expert groups that a list names and nothing describes.
    pub(super) fn experts_in_lists(&mut self) {
        let ctx = self.ctx;
        for piece in ctx.outline.pieces.iter().filter(|piece| !piece.contents) {
            let range = (piece.start, piece.end);
            if !ctx.says(Cue::Experts, range) {
                continue;
            }
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
    pub(super) fn experts_in_sentences(&mut self) {
        let ctx = self.ctx;
        for piece in &ctx.outline.pieces {
            let text = ctx.text((piece.start, piece.end));
            let Some(name) = set_up_experts(ctx, (piece.start, piece.end)).filter(|_| !piece.contents) else {
                continue;
            };
            let known =
                self.organisation.expert_groups.iter().any(|body| {
                    body.name.ends_with(&name) || name.ends_with(&body.name) || body.aliases.contains(&name)
                });
            if known || name.chars().count() < 4 {
                continue;
            }
            let at = piece.start + text.find(&name).unwrap_or(0);
            let sentence = ctx.sentence_around(at);
            let mut body = Body::new(
                name.clone(),
                BodyKind::ExpertGroup,
                ctx.source((at, at + name.len()), Rule::LeadershipSentence),
            );
            let rest = (at + name.len(), sentence.1);
            let duties_from = ctx.text(rest).find([',', ';']).map_or(rest.1, |i| rest.0 + i);
            body.duties = duties_of_text(ctx, (duties_from, rest.1));
            body.parent = self.organisation.headquarters.first().map(|hq| hq.name.clone());
            self.organisation.expert_groups.push(body);
        }
    }
}

/// `各镇(街道)分别成立…指挥部`: the headquarters one tier down, one for each area, and where the words stand.
pub(super) fn nested_name(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<(String, (usize, usize))> {
    static NESTED: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        pattern(
            r"(?P<w>各[\p{Han}()、]{1,24}?)(?:也要|也应|分别|相应|要|应当|应)[\p{Han}]{0,8}?(?:成立|设立|组建)[^,。;]{0,30}?(?P<n>指挥部|领导小组)",
        )
    });
    let text = ctx.text(range);
    if !ctx.says(Cue::SetUp, range) || !text.contains('各') {
        return None;
    }
    let captures = NESTED.captures(text)?;
    let (whole, areas, noun) = (captures.get(0)?, captures.name("w")?, captures.name("n")?);
    Some((format!("{}{}", areas.as_str(), noun.as_str()), (range.0 + whole.start(), range.0 + whole.end())))
}

/// Names of expert groups in a list behind 设.
pub(super) fn expert_names(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize)> {
    static NAME: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        pattern(r"(?:设立?|设有|下设|分设|成立|组建|、|和|及)(?P<n>[\p{Han}]{2,10}专家组)")
    });
    let text = ctx.text(range);
    let found: Vec<(usize, usize)> = NAME
        .captures_iter(text)
        .filter_map(|c| c.name("n").map(|m| (range.0 + m.start(), range.0 + m.end())))
        .collect();
    if found.len() >= 2 { found } else { Vec::new() }
}

/// `组建X专家咨询委员会`: the name.
pub(crate) fn set_up_experts(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<String> {
    static EXPERTS: std::sync::LazyLock<Regex> = std::sync::LazyLock::new(|| {
        pattern(r"(?:组建|成立|设立|建立)(?:了)?(?P<n>[\p{Han}]{0,20}专家(?:咨询)?(?:委员会|组|库))")
    });
    if !ctx.says(Cue::Experts, range) {
        return None;
    }
    let text = ctx.text(range);
    let name = EXPERTS.captures(text)?.name("n")?.as_str();
    (!name.contains(['及', '和', '与']) && !name.contains("领导小组")).then(|| name.to_owned())
}
