use super::similar::normal;
use super::{Change, ChangeKind};
use crate::plan::{Plan, Source, Span};

/// The changes found so far, with the places they have told about.
#[derive(Default)]
pub(super) struct Changes {
    list: Vec<Change>,
    told_old: Vec<Span>,
    told_new: Vec<Span>,
}

/// A sentence in both languages.
pub(super) struct Words {
    pub(super) zh: String,
    pub(super) en: String,
}

impl Words {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Words {
        Words { zh: zh.into(), en: en.into() }
    }
}

/// Where a change stands in each version.
#[derive(Clone, Copy, Default)]
pub(super) struct At<'a> {
    pub(super) old: Option<&'a Source>,
    pub(super) new: Option<&'a Source>,
}

impl<'a> At<'a> {
    pub(super) fn both(old: &'a Source, new: &'a Source) -> At<'a> {
        At { old: Some(old), new: Some(new) }
    }

    pub(super) fn old(old: &'a Source) -> At<'a> {
        At { old: Some(old), new: None }
    }

    pub(super) fn new(new: &'a Source) -> At<'a> {
        At { old: None, new: Some(new) }
    }
}

impl Changes {
    pub(super) fn push(&mut self, kind: ChangeKind, path: &[&str], at: At<'_>, words: Words) {
        self.told_old.extend(at.old.map(|source| source.span));
        self.told_new.extend(at.new.map(|source| source.span));
        self.list.push(Change {
            kind,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            zh: words.zh,
            en: words.en,
            old_line: at.old.map(|source| source.line),
            new_line: at.new.map(|source| source.line),
        });
    }

    /// Whether a change of the older text that covers this place has been told.
    pub(super) fn told_in_old(&self, span: Span) -> bool {
        covers(&self.told_old, span)
    }

    /// Whether a change of the newer text that covers this place has been told.
    pub(super) fn told_in_new(&self, span: Span) -> bool {
        covers(&self.told_new, span)
    }

    /// Whether a change told about the older text touches this place.
    pub(super) fn touched_in_old(&self, span: Span) -> bool {
        self.told_old.iter().any(|told| told.overlaps(span))
    }

    /// Whether a change told about the newer text touches this place.
    pub(super) fn touched_in_new(&self, span: Span) -> bool {
        self.told_new.iter().any(|told| told.overlaps(span))
    }

    /// The changes. Texts that differ in their order alone still count as one, so that "no change" can be relied on.
    pub(super) fn finish(mut self, old: &Plan, new: &Plan) -> Vec<Change> {
        if self.list.is_empty() && normal(&old.text) != normal(&new.text) {
            let words = Words::new(
                "文字的次序有改动，内容没有变。",
                "The order of the text differs; its contents are the same.",
            );
            self.push(ChangeKind::Changed, &["text"], At::default(), words);
        }
        self.list
    }
}

fn covers(told: &[Span], span: Span) -> bool {
    span.start < span.end && told.iter().any(|outer| outer.start <= span.start && span.end <= outer.end)
}

/// The text for a sentence: its first 60 characters, on one line.
pub(super) fn short(text: &str) -> String {
    cut(&text.split_whitespace().collect::<Vec<_>>().join(" "), 60)
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most).chain(std::iter::once('…')).collect()
}

/// The parts in which two texts differ, each with a little of what stands around it.
pub(super) fn focus(old: &str, new: &str) -> (String, String) {
    const AROUND: usize = 8;
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let shortest = a.len().min(b.len());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take(shortest - head).take_while(|(x, y)| x == y).count();
    let piece = |text: &[char]| {
        let start = head.saturating_sub(AROUND);
        let end = (text.len() - tail + AROUND).min(text.len());
        let dots = |cut: bool| if cut { "…" } else { "" };
        let middle: String = text[start..end].iter().collect();
        format!("{}{}{}", dots(start > 0), cut(&middle, 80), dots(end < text.len()))
    };
    (piece(&a), piece(&b))
}

#[cfg(test)]
mod tests {
    use super::{focus, short};

    #[test]
    fn only_the_part_that_differs_is_quoted() {
        let old = "全县核酸检测机构应当储备检测设备不少于60台，并定期检定校准确保随时可用。";
        let (before, after) = focus(old, &old.replace("60台", "80台"));
        assert_eq!(before, "…备检测设备不少于60台，并定期检定…");
        assert!(after.contains("80台"), "{after}");
    }

    #[test]
    fn repeated_characters_do_not_confuse_the_ends() {
        assert_eq!(focus("甲甲", "甲甲甲"), ("甲甲".to_owned(), "甲甲甲".to_owned()));
        assert_eq!(focus("", "甲"), (String::new(), "甲".to_owned()));
    }

    #[test]
    fn a_long_text_is_cut_where_one_can_see_it() {
        assert!(short(&"长".repeat(99)).ends_with('…'));
    }
}
