use aho_corasick::{AhoCorasick, Anchored, Input, StartKind};
use regex::Regex;

/// A pattern of the reading rules.
///
/// A pattern that does not compile must never read as "nothing found": it stops the program at its first use, and the
/// tests of the command line, built with exactly the features that users get, use every rule.
#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this crate; one that is no pattern is our mistake"
)]
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant of this crate is a valid pattern")
}

/// A search for many words at once; the same promise as [`pattern`].
#[expect(clippy::expect_used, reason = "a list of constant words always builds")]
pub(crate) fn any_of<'a>(words: impl IntoIterator<Item = &'a &'a str>) -> AhoCorasick {
    AhoCorasick::new(words).expect("a list of constant words builds")
}

/// Words looked for at the start of a text.
pub(crate) struct Starts(AhoCorasick);

impl Starts {
    /// The same promise as [`pattern`].
    #[expect(clippy::expect_used, reason = "a list of constant words always builds")]
    pub(crate) fn new(words: &[&str]) -> Starts {
        let builder = AhoCorasick::builder().start_kind(StartKind::Anchored).build(words);
        Starts(builder.expect("a list of constant words builds"))
    }

    /// Whether the text starts with one of the words.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.0.is_match(Input::new(text).anchored(Anchored::Yes))
    }
}
