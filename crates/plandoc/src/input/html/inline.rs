//! A line of a page while its pieces come in.

use super::super::flow::Zone;
use super::super::wide::is_wide;

/// The blanks that have been read but not yet written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Space,
    /// A line break in the source of the page.
    Break,
}

#[derive(Debug, Default)]
pub(super) struct Inline {
    text: String,
    gap: Gap,
    pub(super) zone: Zone,
}

impl Inline {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds text, taking runs of blanks together as a browser does. Non-breaking and wide
    /// spaces stay, because authors align with them.
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                let is_break = matches!(c, '\n' | '\r') || self.gap == Gap::Break;
                self.gap = if is_break { Gap::Break } else { Gap::Space };
            } else {
                self.close_gap(c);
                self.text.push(c);
            }
        }
    }

    /// Adds text of an element that keeps its blanks.
    pub(super) fn add_as_it_is(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// A line break in the source between two Chinese characters is no space.
    fn close_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.text.chars().next_back() else {
            return;
        };
        let is_nothing = gap == Gap::Break && is_wide(last) && is_wide(next);
        if gap != Gap::None && !is_nothing {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Inline;

    #[test]
    fn blanks_are_taken_together_but_chinese_lines_join_without_one() {
        let mut line = Inline::default();
        line.add("  先锋模\n   ");
        line.add("范 Plan\n A\u{A0}\u{A0}甲　乙 ");
        assert_eq!(line.into_text(), "先锋模范 Plan A\u{A0}\u{A0}甲　乙");
    }
}
