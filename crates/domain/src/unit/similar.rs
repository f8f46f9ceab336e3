//! Which of many names are written alike: shared characters and pairs of neighbours find the candidates, where what is
//! rare counts more, and the number of changed characters judges them.

use std::collections::{BTreeMap, BTreeSet};

/// A character, or a character with its neighbour.
type Feature = (char, char);

fn features(texts: &[&str]) -> BTreeSet<Feature> {
    let mut found = BTreeSet::new();
    for text in texts {
        let chars: Vec<char> = text.chars().collect();
        found.extend(chars.iter().map(|c| (*c, '\0')));
        found.extend(chars.windows(2).map(|pair| (pair[0], pair[1])));
    }
    found
}

/// Names by what they are made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    holders: BTreeMap<Feature, Vec<usize>>,
    /// Of each name, what its features weigh together.
    weights: Vec<usize>,
}

impl Features {
    /// Each name is given in all its ways of writing.
    pub(super) fn new<'a>(names: impl Iterator<Item = [&'a str; 2]>) -> Features {
        let mut index = Features::default();
        let mut sets = Vec::new();
        for (place, texts) in names.enumerate() {
            let set = features(&texts);
            for feature in &set {
                index.holders.entry(*feature).or_default().push(place);
            }
            sets.push(set);
        }
        let count = sets.len();
        let weigh = |set: &BTreeSet<Feature>| set.iter().map(|feature| index.weight(feature, count)).sum();
        index.weights = sets.iter().map(weigh).collect();
        index
    }

    /// What is rare weighs more: one, and one more for each halving of the number of names that have it.
    fn weight(&self, feature: &Feature, count: usize) -> usize {
        let holders = self.holders.get(feature).map_or(1, Vec::len).max(1);
        1 + usize::try_from((count / holders).max(1).ilog2()).unwrap_or(0)
    }

    /// The places of at most so many names most like these texts, the most alike first.
    pub(super) fn nearest(&self, texts: &[&str], most: usize) -> Vec<usize> {
        let wanted = features(texts);
        let mut shared = vec![0; self.weights.len()];
        let mut own = 0;
        for feature in &wanted {
            let weight = self.weight(feature, self.weights.len());
            own += weight;
            for place in self.holders.get(feature).into_iter().flatten() {
                shared[*place] += weight;
            }
        }
        let mut found: Vec<(usize, usize)> = (0..shared.len())
            .filter(|place| shared[*place] > 0)
            .map(|place| (2000 * shared[place] / (own + self.weights[place]), place))
            .collect();
        let by_score = |a: &(usize, usize), b: &(usize, usize)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > most {
            found.select_nth_unstable_by(most, by_score);
            found.truncate(most);
        }
        found.sort_by(by_score);
        found.into_iter().map(|(_, place)| place).collect()
    }
}

/// How alike two texts are, from 0 to 1000: the share of characters that need not be changed (Levenshtein 1966).
pub(crate) fn edit_ratio(a: &str, b: &str) -> u16 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 1000;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    u16::try_from(1000 * (longest - row[b.len()]) / longest).unwrap_or(0)
}

const NUMERALS: &str = "0123456789一二三四五六七八九十零〇两东西南北";

fn numerals(text: &str) -> String {
    text.chars().filter(|c| NUMERALS.contains(*c)).collect()
}

/// The township or village with which a name begins.
fn township(text: &str) -> Option<&str> {
    let end = text.char_indices().skip(1).take(5).find(|(_, c)| "镇乡村".contains(*c));
    let street = ["街道", "社区"].iter().filter_map(|word| text.find(word).filter(|at| *at > 0)).min();
    let end = end.map(|(at, c)| at + c.len_utf8()).into_iter().chain(street.map(|at| at + "街道".len())).min()?;
    text.get(..end)
}

/// Whether two names are certainly of different units though they look alike: another number or point of the compass
/// (`第一医院`, `第二医院`), or another township.
pub(super) fn tells_apart(a: &str, b: &str) -> bool {
    let townships = township(a).zip(township(b));
    let (a, b) = (numerals(a), numerals(b));
    let two_numbers = !a.is_empty() && !b.is_empty() && a != b;
    two_numbers || townships.is_some_and(|(a, b)| edit_ratio(a, b) < 600)
}

/// How alike two names are of which one begins or ends with the other (`海关`, `海关办事处`).
const CUT_SHORT: u16 = 650;

/// How alike two names are, where one may also be the other cut short.
pub(super) fn likeness(a: &str, b: &str) -> u16 {
    let ratio = edit_ratio(a, b);
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_name = short.chars().nth(1).is_some();
    let cut = is_name && (long.starts_with(short) || long.ends_with(short) && 2 * short.len() >= long.len());
    if cut { ratio.max(CUT_SHORT) } else { ratio }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_unchanged_characters_is_the_likeness() {
        for (a, b, ratio) in [("", "", 1000), ("卫健局", "卫健局", 1000), ("卫健局", "卫建局", 666), ("甲", "乙", 0)]
        {
            assert_eq!(edit_ratio(a, b), ratio);
            assert_eq!(edit_ratio(b, a), ratio);
        }
        assert_eq!(edit_ratio("社区卫生服务中心", "社区卫生服务"), 750);
    }

    #[test]
    fn the_nearest_names_are_those_that_comparing_all_would_find() {
        let names = ["卫生健康局", "卫生监督所", "财政局", "民政局", "中心小学", "第一人民医院", "农业农村局"];
        let index = Features::new(names.iter().map(|name| [*name, *name]));
        for (text, first) in [("卫生健康", "卫生健康局"), ("第一医院", "第一人民医院"), ("农业局", "农业农村局")]
        {
            assert_eq!(names[index.nearest(&[text], 3)[0]], first);
            assert_eq!(index.nearest(&[text], 99)[..1], index.nearest(&[text], 1));
        }
        assert!(index.nearest(&["甲乙"], 3).is_empty());
    }

    #[test]
    fn numbers_and_townships_tell_names_apart() {
        assert!(tells_apart("第一人民医院", "第二人民医院"));
        assert!(tells_apart("白鹭镇卫生院", "石桥镇卫生院"));
        assert!(!tells_apart("柳湾镇卫生院", "柳弯镇卫生院"));
        assert!(!tells_apart("卫健局", "卫建局"));
        assert!(!tells_apart("人民医院", "第二人民医院"), "which one is open");
    }

    #[test]
    fn a_name_cut_short_is_alike() {
        for (a, b) in [("海关", "海关办事处"), ("小学", "中心小学"), ("卫生健康局", "卫生健康局医政科")]
        {
            assert!(likeness(a, b) >= CUT_SHORT && likeness(a, b) == likeness(b, a), "{a}");
        }
        assert!(likeness("局", "财政局") < 600 && likeness("医院", "第一人民医院") < 600);
    }
}
