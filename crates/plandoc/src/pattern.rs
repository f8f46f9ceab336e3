use aho_corasick::AhoCorasick;
use regex::Regex;

/// The Han script, in ranges that also take in the gaps between its blocks, where Unicode has no characters or adds Han ones.
///
/// Patterns hold the script many times over, and what a range costs to build and to run grows with the pieces it is cut into.
const HAN: &str = r"[\x{2E80}-\x{2FD5}\x{3005}\x{3007}\x{3021}-\x{3029}\x{3038}-\x{303B}\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAD9}\x{16FE2}\x{16FE3}\x{16FF0}\x{16FF1}\x{20000}-\x{323AF}]";

/// A pattern of the reading rules. `\p{Han}` stands for any character of the Han script.
///
/// A pattern that does not compile must never read as "nothing found": it stops the program at its first use, and the
/// tests of the command line, built with exactly the features that users get, use every rule.
#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this crate; one that is no pattern is our mistake"
)]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\p{Han}", HAN)).expect("a constant of this crate is a valid pattern")
}

/// A search for many words at once; the same promise as [`pattern`].
#[expect(clippy::expect_used, reason = "a list of constant words always builds")]
pub(crate) fn any_of<'a>(words: impl IntoIterator<Item = &'a &'a str>) -> AhoCorasick {
    AhoCorasick::new(words).expect("a list of constant words builds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_han_character_is_in_the_ranges_of_its_script() {
        let (exact, ranges) = (Regex::new(r"^\p{Han}$").unwrap(), pattern(r"^\p{Han}$"));
        let mut more = Vec::new();
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let (exact, ranges) = (exact.is_match(&text), ranges.is_match(&text));
            assert!(!exact || ranges, "{c:?} is missing");
            if ranges && !exact {
                more.push(c);
            }
        }
        let script = |c: char| c >= '\u{20000}' || !c.is_alphanumeric();
        assert!(more.into_iter().all(script), "the ranges take in another script");
    }
}
