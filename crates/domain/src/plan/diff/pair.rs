//! Which thing of the older version is which of the newer.

use std::collections::BTreeMap;

use super::similar::{Score, candidates};

/// Indices of things in both versions, in the older only, and in the newer only.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) both: Vec<(usize, usize)>,
    pub(super) only_old: Vec<usize>,
    pub(super) only_new: Vec<usize>,
}

/// Pairs that grow from the surest match to the weakest.
pub(super) struct Pairing {
    both: Vec<(usize, usize)>,
    old_free: Vec<usize>,
    new_free: Vec<usize>,
}

impl Pairing {
    pub(super) fn new(n_old: usize, n_new: usize) -> Pairing {
        Pairing { both: Vec::new(), old_free: (0..n_old).collect(), new_free: (0..n_new).collect() }
    }

    /// Pairs what has the same key: the first with the first, the second with the second.
    pub(super) fn by_key<T>(mut self, old: &[T], new: &[T], key: impl Fn(&T) -> String) -> Pairing {
        let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for j in self.new_free.iter().rev() {
            waiting.entry(key(&new[*j])).or_default().push(*j);
        }
        let matched: Vec<(usize, usize)> =
            self.old_free.iter().filter_map(|i| Some((*i, waiting.get_mut(&key(&old[*i]))?.pop()?))).collect();
        matched.into_iter().for_each(|(i, j)| self.take(i, j));
        self
    }

    /// Pairs what is at least as alike as `least`, the most alike first.
    pub(super) fn by_text<T>(self, old: &[T], new: &[T], least: Score, text: impl Fn(&T) -> String) -> Pairing {
        let old_texts: Vec<String> = self.old_free.iter().map(|i| text(&old[*i])).collect();
        let new_texts: Vec<String> = self.new_free.iter().map(|j| text(&new[*j])).collect();
        let found = candidates(&old_texts, &new_texts, least);
        let found = found.into_iter().map(|(score, i, j)| (score, self.old_free[i], self.new_free[j]));
        let found = found.collect();
        self.by_score(found)
    }

    /// Takes the best of the scored pairs, then the best of those left, and so on. Ties go to the pair that lies
    /// nearest in the order of the documents, so that swapping the versions gives the same pairs.
    pub(super) fn by_score(mut self, mut scored: Vec<(Score, usize, usize)>) -> Pairing {
        scored.sort_by_key(|(score, i, j)| (std::cmp::Reverse(*score), i.abs_diff(*j), i + j, *i));
        for (_, i, j) in scored {
            if self.old_free.binary_search(&i).is_ok() && self.new_free.binary_search(&j).is_ok() {
                self.take(i, j);
            }
        }
        self
    }

    pub(super) fn free(&self) -> (&[usize], &[usize]) {
        (&self.old_free, &self.new_free)
    }

    fn take(&mut self, i: usize, j: usize) {
        self.both.push((i, j));
        if let Ok(at) = self.old_free.binary_search(&i) {
            self.old_free.remove(at);
        }
        if let Ok(at) = self.new_free.binary_search(&j) {
            self.new_free.remove(at);
        }
    }

    /// The result, in the order of the newer version.
    pub(super) fn done(mut self) -> Pairs {
        self.both.sort_by_key(|(_, j)| *j);
        Pairs { both: self.both, only_old: self.old_free, only_new: self.new_free }
    }
}

#[cfg(test)]
mod tests {
    use super::Pairing;

    fn pairs(old: &[&str], new: &[&str]) -> super::Pairs {
        Pairing::new(old.len(), new.len())
            .by_key(old, new, |text| (*text).to_owned())
            .by_text(old, new, 500, |text| (*text).to_owned())
            .done()
    }

    #[test]
    fn the_same_comes_before_the_similar() {
        let pairs = pairs(&["物资保障组", "医疗救治组"], &["医疗救治组", "医疗救治专家组", "物资保障专班"]);
        assert_eq!(pairs.both, [(1, 0), (0, 2)]);
        assert_eq!(pairs.only_new, [1]);
        assert!(pairs.only_old.is_empty());
    }

    #[test]
    fn equal_texts_pair_in_their_order() {
        assert_eq!(pairs(&["甲", "甲"], &["甲", "甲", "甲"]).both, [(0, 0), (1, 1)]);
    }
}
