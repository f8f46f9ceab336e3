//! Lists of units: who came, who left.

use super::ChangeKind::{Added, Removed};
use super::changes::{At, Changes, Words};
use super::pair::Pairing;
use super::similar::normal;
use crate::plan::{Member, Source};

/// Whose list it is and what its members are called.
pub(super) struct List<'a> {
    pub(super) path: &'a [&'a str],
    /// Stands before the sentence: `“医疗救治组”`.
    pub(super) of_zh: &'a str,
    pub(super) of_en: &'a str,
    /// `成员单位`.
    pub(super) zh: &'a str,
    pub(super) en: &'a str,
}

/// Tells which units were added to and removed from a list.
pub(super) fn units(changes: &mut Changes, list: &List<'_>, old: &[Member], new: &[Member]) {
    let name = |member: &Member| normal(&member.name);
    let pairs = Pairing::new(old.len(), new.len()).by_key(old, new, name).done();
    let List { path, of_zh, of_en, zh, en } = list;
    for j in pairs.only_new {
        let unit = &new[j].name;
        let words = Words::new(format!("{of_zh}增加{zh}：{unit}"), format!("{of_en}: {en} added: {unit}"));
        changes.push(Added, &[*path, &[unit.as_str()]].concat(), At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let unit = &old[i].name;
        let words = Words::new(format!("{of_zh}减少{zh}：{unit}"), format!("{of_en}: {en} removed: {unit}"));
        changes.push(Removed, &[*path, &[unit.as_str()]].concat(), At::old(&old[i].source), words);
    }
}

/// A name with its place, where the plan has no more than that.
pub(super) type Name<'a> = (&'a str, &'a Source);

/// Tells which names were added to and removed from a list.
pub(super) fn names(changes: &mut Changes, list: &List<'_>, old: &[Name<'_>], new: &[Name<'_>]) {
    let pairs = Pairing::new(old.len(), new.len()).by_key(old, new, |(name, _)| normal(name)).done();
    let List { path, of_zh, of_en, zh, en } = list;
    for j in pairs.only_new {
        let (name, source) = new[j];
        let words = Words::new(format!("{of_zh}增加{zh}：{name}"), format!("{of_en}: {en} added: {name}"));
        changes.push(Added, &[*path, &[name]].concat(), At::new(source), words);
    }
    for i in pairs.only_old {
        let (name, source) = old[i];
        let words = Words::new(format!("{of_zh}删去{zh}：{name}"), format!("{of_en}: {en} removed: {name}"));
        changes.push(Removed, &[*path, &[name]].concat(), At::old(source), words);
    }
}
