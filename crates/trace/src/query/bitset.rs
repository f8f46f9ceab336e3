//! A set of persons by number.

/// One bit a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bitset(Vec<u64>);

impl Bitset {
    /// An empty set for so many persons.
    pub(crate) fn new(persons: usize) -> Bitset {
        Bitset(vec![0; persons.div_ceil(64)])
    }

    #[inline(always)]
    pub(crate) fn insert(&mut self, person: u32) {
        if let Some(word) = self.0.get_mut(person as usize / 64) {
            *word |= 1 << (person % 64);
        }
    }

    /// Adds someone and says whether it was new; someone beyond the end never is.
    #[inline(always)]
    pub(crate) fn add(&mut self, person: u32) -> bool {
        let bit = 1 << (person % 64);
        self.0.get_mut(person as usize / 64).is_some_and(|word| std::mem::replace(word, *word | bit) & bit == 0)
    }

    pub(crate) fn remove(&mut self, person: u32) {
        if let Some(word) = self.0.get_mut(person as usize / 64) {
            *word &= !(1 << (person % 64));
        }
    }

    pub(crate) fn contains(&self, person: u32) -> bool {
        self.0.get(person as usize / 64).is_some_and(|word| word >> (person % 64) & 1 == 1)
    }

    pub(crate) fn union(&mut self, other: &Bitset) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The members, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..)
            .zip(&self.0)
            .flat_map(|(index, &word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * 64 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_out_in_order_and_once() {
        let mut set = Bitset::new(200);
        for person in [5, 199, 64, 5, 1000] {
            set.insert(person);
        }
        set.remove(64);
        assert_eq!(set.iter().collect::<Vec<_>>(), [5, 199]);
        assert!(set.add(64) && !set.add(64) && !set.add(1000));
        set.remove(64);
        assert!(set.contains(5) && !set.contains(64) && !set.contains(1000));
        let mut other = Bitset::new(200);
        other.insert(7);
        other.union(&set);
        assert_eq!(other.len(), 3);
    }
}
