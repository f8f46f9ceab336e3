//! Lists of words looked for at one edge of a text, or anywhere in it.

/// Characters that something may begin with.
///
/// Han text is passed by its bytes: of a character only the low ten bits are looked at, which stand in its last two bytes.
/// So a character may be stopped at that is none of these, and every one outside ASCII and the blocks of Han text is; none of
/// these is passed over.
pub(crate) struct Firsts([u64; 16]);

impl Firsts {
    pub(crate) fn new(characters: impl IntoIterator<Item = char>) -> Firsts {
        let mut known = [0; 16];
        for c in characters {
            let low = c as usize % 1024;
            known[low / 64] |= 1 << (low % 64);
        }
        Firsts(known)
    }

    /// Whether the character may be one of these.
    fn may_hold(&self, c: char) -> bool {
        let low = c as usize % 1024;
        self.0[low / 64] >> (low % 64) & 1 == 1
    }

    /// The first character at or behind a byte that may be one of these.
    pub(crate) fn next(&self, text: &str, from: usize) -> Option<(usize, char)> {
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(&lead) = bytes.get(at) {
            let (length, stop) = match (lead, bytes.get(at + 1..at + 3)) {
                (0xE3..=0xE9, Some(&[second, third])) => (3, self.0[usize::from(second & 15)] >> (third & 63) & 1 == 1),
                (..0x80, _) => (1, self.0[usize::from(lead / 64)] >> (lead % 64) & 1 == 1),
                _ => (1, true),
            };
            if stop {
                return Some((at, text[at..].chars().next()?));
            }
            at += length;
        }
        None
    }
}

/// Words by the character at one of their edges; words of one character keep the order of their list.
struct Shelves<T> {
    words: Vec<(&'static str, T)>,
    /// Where in `words` those of a character stand, sorted by character.
    shelves: Vec<(char, std::ops::Range<usize>)>,
    known: Firsts,
}

impl<T: Copy> Shelves<T> {
    fn new(list: impl IntoIterator<Item = (&'static str, T)>, edge: fn(&str) -> Option<char>) -> Shelves<T> {
        let mut words: Vec<_> = list.into_iter().filter_map(|(word, value)| Some((edge(word)?, word, value))).collect();
        words.sort_by_key(|&(c, _, _)| c);
        let mut shelves: Vec<(char, std::ops::Range<usize>)> = Vec::new();
        for (index, &(c, _, _)) in words.iter().enumerate() {
            match shelves.last_mut() {
                Some((last, range)) if *last == c => range.end = index + 1,
                _ => shelves.push((c, index..index + 1)),
            }
        }
        let known = Firsts::new(shelves.iter().map(|&(c, _)| c));
        Shelves { words: words.into_iter().map(|(_, word, value)| (word, value)).collect(), shelves, known }
    }

    fn of(&self, c: char) -> &[(&'static str, T)] {
        if !self.known.may_hold(c) {
            return &[];
        }
        match self.shelves.binary_search_by_key(&c, |&(known, _)| known) {
            Ok(index) => &self.words[self.shelves[index].1.clone()],
            Err(_) => &[],
        }
    }
}

/// Words that a text may start with.
///
/// The text is asked for its first character before any word is compared, so a long list costs as little as a short one.
pub(crate) struct Heads<T>(Shelves<T>);

impl<T: Copy> Heads<T> {
    pub(crate) fn new(list: impl IntoIterator<Item = (&'static str, T)>) -> Heads<T> {
        Heads(Shelves::new(list, |word| word.chars().next()))
    }

    /// The words that the text starts with, in the order of the list.
    pub(crate) fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        let shelf = text.chars().next().map_or(&[][..], |first| self.0.of(first));
        shelf.iter().copied().filter(|(word, _)| text.starts_with(word))
    }

    /// The first word of the list that the text starts with.
    pub(crate) fn first_of(&self, text: &str) -> Option<(&'static str, T)> {
        self.of(text).next()
    }

    /// Shows every place in the text where a word of the list stands, also inside another one: byte, word, meaning.
    pub(crate) fn each_inside(&self, text: &str, mut see: impl FnMut(usize, &'static str, T)) {
        let mut from = 0;
        while let Some((at, c)) = self.0.known.next(text, from) {
            for &(word, value) in self.0.of(c) {
                if text[at..].starts_with(word) {
                    see(at, word, value);
                }
            }
            from = at + c.len_utf8();
        }
    }
}

impl Heads<()> {
    /// A list of words that mean nothing further.
    pub(crate) fn plain(words: &[&'static str]) -> Heads<()> {
        Heads::new(words.iter().map(|&word| (word, ())))
    }

    /// Whether the text starts with one of the words.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.first_of(text).is_some()
    }

    /// All words of the list.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.0.words.iter().map(|&(word, ())| word)
    }

    /// Whether the text is one of the words.
    pub(crate) fn hold(&self, text: &str) -> bool {
        self.of(text).any(|(word, ())| word == text)
    }

    /// Whether one of the words stands anywhere in the text.
    pub(crate) fn are_inside(&self, text: &str) -> bool {
        let mut from = 0;
        while let Some((at, c)) = self.0.known.next(text, from) {
            if self.0.of(c).iter().any(|(word, ())| text[at..].starts_with(word)) {
                return true;
            }
            from = at + c.len_utf8();
        }
        false
    }
}

/// Words that a text may end with; the same as [`Heads`] from the other side.
pub(crate) struct Tails<T>(Shelves<T>);

impl<T: Copy> Tails<T> {
    pub(crate) fn new(list: impl IntoIterator<Item = (&'static str, T)>) -> Tails<T> {
        Tails(Shelves::new(list, |word| word.chars().next_back()))
    }

    /// The words that the text ends with, in the order of the list.
    pub(crate) fn of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        let shelf = text.chars().next_back().map_or(&[][..], |last| self.0.of(last));
        shelf.iter().copied().filter(|(word, _)| text.ends_with(word))
    }

    /// The first word of the list that the text ends with.
    pub(crate) fn first_of(&self, text: &str) -> Option<(&'static str, T)> {
        self.of(text).next()
    }
}

impl Tails<()> {
    /// A list of words that mean nothing further.
    pub(crate) fn plain(words: &[&'static str]) -> Tails<()> {
        Tails::new(words.iter().map(|&word| (word, ())))
    }

    /// Whether the text ends with one of the words.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.first_of(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_character_of_the_set_is_passed_over(text in "[县市0A ,。×é\u{3000}〇㐀龥𠀀组]{0,12}") {
            let firsts = Firsts::new(['县', '0', '。', '𠀀', '\u{3000}', '×']);
            let mut stops = Vec::new();
            let mut from = 0;
            while let Some((at, c)) = firsts.next(&text, from) {
                stops.push((at, c));
                from = at + c.len_utf8();
            }
            for (at, c) in text.char_indices().filter(|(_, c)| "县0。𠀀\u{3000}×".contains(*c)) {
                prop_assert!(stops.contains(&(at, c)));
            }
        }
    }

    #[test]
    fn the_first_word_of_the_list_is_found_whatever_its_length() {
        let heads = Heads::new([("人", 1), ("人次", 2), ("万人", 3)]);
        assert_eq!(heads.first_of("人次。"), Some(("人", 1)));
        assert_eq!(heads.of("人次。").map(|(_, n)| n).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(heads.first_of("台"), None);
        assert_eq!(heads.first_of(""), None);
    }

    #[test]
    fn an_ending_is_found_by_its_last_character() {
        let tails = Tails::plain(&["中心", "委员会", "局"]);
        assert!(tails.are_in("县疾控中心"));
        assert!(tails.are_in("局"));
        assert!(!tails.are_in("内心"));
        assert!(!tails.are_in("heart"));
    }
}
