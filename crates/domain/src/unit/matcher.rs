use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::full_form::{Department, expand, short_forms};
use super::rank::{Fit, Known, Label, Query, Sameness, distance_loss, fit, judge, nearness};
use super::similar::{Features, likeness, tells_apart};
use super::{MatchReason, Places, Suggestion, Unit, edit_ratio, normal_name};
use crate::area::AreaCode;

/// How many suggestions are given at most.
const MOST: usize = 8;
/// Names written alike are looked for only where nothing fits at least so well.
const GOOD: u16 = 740;
/// How alike names must be to be suggested as similar.
const ALIKE: u16 = 600;
/// How many of the names most alike are judged by their characters.
const JUDGED: usize = 24;

/// The places of names in the list by what they share.
type Index<K> = BTreeMap<K, Vec<usize>>;

/// Finds the registered units that a written name may mean. Built once for a list of units; each question is then
/// answered from indexes.
///
/// ```
/// use lianfang_domain::unit::{AreaName, Matcher, Places, Unit, UnitKind};
/// use lianfang_domain::{Id, UnitId};
///
/// let area = AreaName { code: "990101".parse()?, name: "清河区".into(), short: None };
/// let unit = Unit {
///     id: UnitId(Id::from_number(1)),
///     name: "清河区卫生健康局".into(),
///     kind: UnitKind::Department,
///     area: area.code.clone(),
///     parent: None,
///     aliases: Vec::new(),
///     duty_phone: None,
///     merged_into: None,
/// };
/// let matcher = Matcher::new(&[unit], Places::new([area]));
/// assert_eq!(matcher.suggest("区卫健局")[0].name, "清河区卫生健康局");
/// # Ok::<(), lianfang_domain::area::AreaCodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    places: Arc<Places>,
    units: Vec<Known>,
    labels: Vec<Label>,
    by_normal: Index<String>,
    by_core: Index<String>,
    by_full: Index<String>,
    by_department: Index<Department>,
    alike: Features,
}

/// The best that is known of each unit.
#[derive(Default)]
struct Found {
    best: BTreeMap<usize, (u16, MatchReason, usize)>,
}

impl Found {
    fn add(&mut self, label: usize, unit: usize, score: u16, reason: MatchReason) {
        let entry = self.best.entry(unit).or_insert((score, reason, label));
        if score > entry.0 {
            *entry = (score, reason, label);
        }
    }

    fn best_score(&self) -> u16 {
        self.best.values().map(|(score, ..)| *score).max().unwrap_or(0)
    }
}

impl Matcher {
    /// Indexes the names of units; those merged into another are left out, as the other has their names.
    pub fn new<'a>(units: impl IntoIterator<Item = &'a Unit>, places: impl Into<Arc<Places>>) -> Matcher {
        let places = places.into();
        let mut labels = Vec::new();
        let mut known = Vec::new();
        for unit in units.into_iter().filter(|unit| unit.merged_into.is_none()) {
            let aliases = unit.aliases.iter().map(|alias| (&alias.text, Some(alias.kind)));
            for (text, alias) in std::iter::once((&unit.name, None)).chain(aliases) {
                let placed = places.placed(&normal_name(text));
                let full = expand(&placed.core);
                labels.push(Label { unit: known.len(), text: text.clone(), alias, placed, full });
            }
            let sign = places.sign(&unit.area);
            known.push(Known { id: unit.id, name: unit.name.clone(), area: unit.area.clone(), sign });
        }
        Matcher {
            by_normal: indexed(&labels, |label| Some(normal_name(&label.text))),
            by_core: indexed(&labels, |label| Some(label.placed.core.clone())),
            by_full: indexed(&labels, |label| Some(label.full.text.clone())),
            by_department: indexed(&labels, |label| label.full.department),
            alike: Features::new(labels.iter().map(|label| [label.placed.core.as_str(), label.full.text.as_str()])),
            places,
            units: known,
            labels,
        }
    }

    /// The units that a written name may mean, the likeliest first. A name for all units of a kind (`各镇人民政府`) means
    /// none of them alone.
    pub fn suggest(&self, name: &str) -> Vec<Suggestion> {
        self.answer(name, None)
    }

    /// The units that a name may mean where it is written in a document of an area: `区` is then that area's district,
    /// and units elsewhere come last.
    pub fn suggest_near(&self, name: &str, near: &AreaCode) -> Vec<Suggestion> {
        self.answer(name, Some(near))
    }

    fn answer(&self, name: &str, near: Option<&AreaCode>) -> Vec<Suggestion> {
        let query = self.query(name, near);
        if query.normal.is_empty() || is_collective(&query.normal) {
            return Vec::new();
        }
        let mut found = Found::default();
        self.add_same_names(&query, &mut found);
        self.add_same_departments(&query, &mut found);
        if found.best_score() < GOOD {
            self.add_alike(&query, &mut found);
        }
        self.ranked(&query, &found)
    }

    fn query(&self, name: &str, near: Option<&AreaCode>) -> Query {
        let normal = normal_name(name);
        let placed = self.places.placed(&normal);
        let full = expand(&placed.core);
        let here = near.into_iter().flat_map(|near| std::iter::once(near.clone()).chain(near.ancestors()));
        let sign_area = here.into_iter().find(|area| placed.sign.is_some() && self.places.sign(area) == placed.sign);
        Query { normal, placed, full, near: near.cloned(), sign_area }
    }

    fn add_same_names(&self, query: &Query, found: &mut Found) {
        for &place in self.by_normal.get(&query.normal).into_iter().flatten() {
            let label = &self.labels[place];
            let (score, reason) =
                label.alias.map_or((1000, MatchReason::Exact), |kind| (970, MatchReason::Alias(kind)));
            let loss = distance_loss(query, &self.units[label.unit]);
            found.add(place, label.unit, score - loss, reason);
        }
    }

    fn add_same_departments(&self, query: &Query, found: &mut Found) {
        let by_department = query.full.department.and_then(|department| self.by_department.get(&department));
        let all = [
            (Sameness::Core, self.by_core.get(&query.placed.core)),
            (Sameness::Full, self.by_full.get(&query.full.text)),
            (Sameness::Department, by_department),
        ];
        for (sameness, places) in all {
            for &place in places.into_iter().flatten() {
                let label = &self.labels[place];
                let unit = &self.units[label.unit];
                if let Some((score, reason)) = judge(sameness, fit(query, label, unit), query.placed.area_alone) {
                    found.add(place, label.unit, score - distance_loss(query, unit), reason);
                }
            }
        }
    }

    fn add_alike(&self, query: &Query, found: &mut Found) {
        for place in self.alike.nearest(&[&query.placed.core, &query.full.text], JUDGED) {
            let label = &self.labels[place];
            let unit = &self.units[label.unit];
            let fits = matches!(fit(query, label, unit), Fit::Named | Fit::Signed | Fit::Bare | Fit::Within);
            let ratio = alike(query, label);
            if fits && ratio >= ALIKE {
                let score = 7 * (ratio / 10);
                found.add(place, label.unit, score.saturating_sub(distance_loss(query, unit)), MatchReason::Similar);
            }
        }
    }

    fn ranked(&self, query: &Query, found: &Found) -> Vec<Suggestion> {
        let mut all: Vec<_> = found.best.iter().collect();
        all.sort_by_key(|(unit, (score, _, label))| {
            let known = &self.units[**unit];
            let changed = Reverse(edit_ratio(&query.normal, &self.labels[*label].text));
            (Reverse(*score), Reverse(nearness(query, known)), changed, known.id)
        });
        let suggestion = |(unit, (score, reason, label)): (&usize, &(u16, MatchReason, usize))| Suggestion {
            unit: self.units[*unit].id,
            name: self.units[*unit].name.clone(),
            matched: self.labels[*label].text.clone(),
            reason: *reason,
            score: *score,
        };
        all.into_iter().take(MOST).map(suggestion).collect()
    }
}

fn indexed<K: Ord>(labels: &[Label], key: impl Fn(&Label) -> Option<K>) -> Index<K> {
    let mut index = Index::new();
    for (place, label) in labels.iter().enumerate() {
        if let Some(key) = key(label) {
            index.entry(key).or_default().push(place);
        }
    }
    index
}

/// How alike a written name and a registered one are without their places; 0 where they certainly mean two units.
fn alike(query: &Query, label: &Label) -> u16 {
    let (asked, own) = (&query.full, &label.full);
    let two_departments = asked.department.is_some() && own.department.is_some() && asked.department != own.department;
    if two_departments || tells_apart(&query.placed.core, &label.placed.core) {
        return 0;
    }
    let shorts = short_forms(own);
    let ways = shorts.iter().map(|short| edit_ratio(&query.placed.core, short));
    let core = likeness(&query.placed.core, &label.placed.core);
    ways.chain([core, likeness(&asked.text, &own.text)]).max().unwrap_or(0)
}

/// Whether all units of a kind are meant (`各镇人民政府`), not one.
fn is_collective(normal: &str) -> bool {
    ["各", "有关", "相关", "其他", "所有", "全区各", "全县各", "全市各"].iter().any(|word| normal.starts_with(word))
}

#[cfg(test)]
mod tests;
