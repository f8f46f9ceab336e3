//! How alike two texts are: the share of neighbouring characters that they have in common (Dice's coefficient on
//! character bigrams), which needs no word list and suits Chinese.

use std::collections::{BTreeMap, BTreeSet};

/// Letters, digits and characters alone: what counts when two texts are compared.
pub(super) fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || "≥≤><=%℃".contains(*c)).collect()
}

type Bigram = (char, char);

/// The pairs of neighbours in a text. A single character is paired with itself.
fn bigrams(text: &str) -> BTreeSet<Bigram> {
    let chars: Vec<char> = normal(text).chars().collect();
    match chars.as_slice() {
        [only] => BTreeSet::from([(*only, *only)]),
        several => several.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    }
}

/// Alikeness in thousandths, from 0 to 1000.
pub(super) type Score = u32;

fn score(shared: usize, a: usize, b: usize) -> Score {
    if a + b == 0 {
        return 1000;
    }
    u32::try_from(2000 * shared / (a + b)).unwrap_or(1000)
}

/// Alikeness of two texts.
pub(super) fn alike(a: &str, b: &str) -> Score {
    let (a, b) = (bigrams(a), bigrams(b));
    score(a.intersection(&b).count(), a.len(), b.len())
}

/// A bigram that stands in more texts than this tells nothing and would cost a comparison of all with all.
const COMMON: usize = 400;

/// All pairs of texts at least as alike as `least`, as (score, index in old, index in new). Only texts that share an
/// uncommon bigram are compared, so that the work stays near the length of the texts.
pub(super) fn candidates(old: &[String], new: &[String], least: Score) -> Vec<(Score, usize, usize)> {
    let old: Vec<BTreeSet<Bigram>> = old.iter().map(|text| bigrams(text)).collect();
    let new: Vec<BTreeSet<Bigram>> = new.iter().map(|text| bigrams(text)).collect();
    let in_old = places(&old);
    let in_new = places(&new);
    let mut met: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (bigram, here) in &in_old {
        let Some(there) = in_new.get(bigram) else {
            continue;
        };
        if here.len() + there.len() > COMMON {
            continue;
        }
        met.extend(here.iter().flat_map(|i| there.iter().map(move |j| (*i, *j))));
    }
    met.into_iter()
        .map(|(i, j)| (score(old[i].intersection(&new[j]).count(), old[i].len(), new[j].len()), i, j))
        .filter(|(score, _, _)| *score >= least)
        .collect()
}

fn places(texts: &[BTreeSet<Bigram>]) -> BTreeMap<Bigram, Vec<usize>> {
    let mut places: BTreeMap<Bigram, Vec<usize>> = BTreeMap::new();
    for (at, bigrams) in texts.iter().enumerate() {
        for bigram in bigrams {
            places.entry(*bigram).or_default().push(at);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{alike, candidates};

    #[test]
    fn the_same_words_are_wholly_alike_whatever_the_punctuation() {
        assert_eq!(alike("统一领导，分级负责。", "统一领导,分级负责"), 1000);
        assert_eq!(alike("", ""), 1000);
        assert_eq!(alike("甲", "甲"), 1000);
        assert_eq!(alike("统一领导", "完全不同"), 0);
    }

    #[test]
    fn a_changed_figure_leaves_a_sentence_much_alike() {
        let score = alike("储备核酸检测设备不少于60台。", "储备核酸检测设备不少于80台。");
        assert!((700..1000).contains(&score), "{score}");
    }

    #[test]
    fn candidates_agree_with_comparing_all_with_all() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let old = texts(&["开展流行病学调查", "做好医疗救治", "加强宣传"]);
        let new = texts(&["加强舆论宣传", "及时开展流行病学调查", "储备物资"]);
        let mut naive = Vec::new();
        for (i, a) in old.iter().enumerate() {
            for (j, b) in new.iter().enumerate() {
                naive.push((alike(a, b), i, j));
            }
        }
        naive.retain(|(score, _, _)| *score >= 400);
        assert_eq!(candidates(&old, &new, 400), naive);
    }
}
