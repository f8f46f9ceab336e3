use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{Body, Plan};

/// How much a text must share with a group's words, in units of a pair of characters that no other group has.
const LEAST: f64 = 3.0;
/// How far the next group must lie behind.
const AHEAD: f64 = 1.5;

/// Pairs of characters.
type Pairs = BTreeSet<(char, char)>;

/// The groups of a plan by the words of their names and duties: to which of them a measure goes that names nobody.
pub(super) struct GroupWords<'a> {
    groups: Vec<(&'a Body, Pairs)>,
    /// In how many groups a pair stands.
    spread: BTreeMap<(char, char), usize>,
}

impl<'a> GroupWords<'a> {
    pub(super) fn of(plan: &'a Plan) -> GroupWords<'a> {
        let words = |body: &Body| {
            let duties = body.duties.iter().filter(|duty| !duty.boilerplate).map(|duty| duty.text.as_str());
            duties.chain([body.name.trim_end_matches('组')]).flat_map(pairs).collect::<Pairs>()
        };
        let groups: Vec<(&Body, Pairs)> = plan.organisation.groups.iter().map(|body| (body, words(body))).collect();
        let mut spread = BTreeMap::new();
        for pair in groups.iter().flat_map(|(_, pairs)| pairs) {
            *spread.entry(*pair).or_insert(0) += 1;
        }
        GroupWords { groups, spread }
    }

    /// The group that a text names, or else the one that its words fit, if it is clearly ahead of the others.
    pub(super) fn fit(&self, text: &str) -> Option<&'a Body> {
        let named: Vec<&Body> = self.groups.iter().map(|(body, _)| *body).filter(|body| names(text, body)).collect();
        if let [only] = named[..] {
            return Some(only);
        }
        let own: Pairs = pairs(text).collect();
        let mut scores: Vec<(f64, &Body)> =
            self.groups.iter().map(|(body, pairs)| (self.shared(&own, pairs), *body)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, body) = scores.first().copied()?;
        let second = scores.get(1).map_or(0.0, |(score, _)| *score);
        (best >= LEAST && best >= second * AHEAD).then_some(body)
    }

    /// What two texts share, each pair by how few groups have it.
    fn shared(&self, own: &Pairs, group: &Pairs) -> f64 {
        let weight =
            |pair| 1.0 / self.spread.get(pair).map_or(1.0, |n| f64::from(u32::try_from(*n).unwrap_or(u32::MAX)));
        own.intersection(group).map(weight).sum()
    }
}

/// Whether a text names a body.
fn names(text: &str, body: &Body) -> bool {
    std::iter::once(&body.name).chain(&body.aliases).any(|name| text.contains(name.as_str()))
}

/// Every two characters that stand beside each other in one word or sentence. What every plan is full of tells nothing.
fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    const EMPTY: &[&str] =
        &["负责", "工作", "疫情", "防控", "做好", "开展", "组织", "加强", "落实", "措施", "有关", "进行"];
    let spoken = EMPTY.iter().fold(text.to_owned(), |text, word| text.replace(word, "，"));
    let signs: Vec<char> = spoken.chars().collect();
    let is_word = |sign: &char| ('\u{4e00}'..='\u{9fff}').contains(sign);
    signs.windows(2).filter(|two| two.iter().all(is_word)).map(|two| (two[0], two[1])).collect::<Vec<_>>().into_iter()
}
