//! Puts pieces of text together to lines by their places on the page.

use super::super::lines::is_break;
use super::super::wide::is_wide;

/// Pieces whose base lines differ by less than this part of the font size share a line.
const SAME_LINE: f64 = 0.45;

/// A gap of more than this many letters parts the columns of a table.
const COLUMN_GAP: f64 = 3.0;

/// A piece of text that was shown in one go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    pub(super) text: String,
    /// Where its base line begins and ends.
    pub(super) start: (f64, f64),
    pub(super) end: (f64, f64),
    /// A vector of length 1.
    pub(super) direction: (f64, f64),
    /// The height of the font on the page.
    pub(super) size: f64,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageLine {
    pub(super) text: String,
    pub(super) size: f64,
    /// How high on the page it stands.
    pub(super) height: f64,
    /// It runs across the page at an angle, as watermarks do.
    pub(super) is_slanted: bool,
}

#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: Vec<PageLine>,
    current: Option<Current>,
}

#[derive(Debug)]
struct Current {
    line: String,
    last: Fragment,
    size: f64,
}

impl Layout {
    pub(super) fn add(&mut self, fragment: Fragment) {
        match &mut self.current {
            Some(current) if current.is_drawn_twice(&fragment) => {}
            Some(current) if current.takes(&fragment) => current.join(fragment),
            _ => {
                self.end_line();
                self.current = Some(Current { line: fragment.text.clone(), size: fragment.size, last: fragment });
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<PageLine> {
        self.end_line();
        self.lines
    }

    fn end_line(&mut self) {
        let Some(current) = self.current.take() else {
            return;
        };
        let (x, y) = current.last.direction;
        let text = current.line.replace(is_break, " ");
        let text = text.trim_end();
        if !text.trim_start().is_empty() {
            self.lines.push(PageLine {
                text: text.to_owned(),
                size: current.size,
                height: current.last.end.1,
                is_slanted: x.abs().min(y.abs()) > 0.1,
            });
        }
    }
}

impl Current {
    /// Some programs draw a letter twice, slightly shifted, to make it bold.
    fn is_drawn_twice(&self, next: &Fragment) -> bool {
        let (x, y) = (next.start.0 - self.last.start.0, next.start.1 - self.last.start.1);
        next.text == self.last.text && x.hypot(y) < 0.1 * next.size
    }

    /// Whether the piece goes on where the line stands.
    fn takes(&self, next: &Fragment) -> bool {
        let (dx, dy) = self.last.direction;
        let (ndx, ndy) = next.direction;
        let size = self.size.max(next.size);
        let is_parallel = dx * ndx + dy * ndy > 0.99;
        is_parallel && self.across(next).abs() < SAME_LINE * size && self.gap(next) > -size
    }

    fn join(&mut self, next: Fragment) {
        let gap = self.gap(&next) / self.size.max(next.size).max(f64::MIN_POSITIVE);
        let before = self.line.chars().next_back();
        let after = next.text.chars().next();
        if let (Some(before), Some(after)) = (before, after)
            && !before.is_whitespace()
            && !after.is_whitespace()
        {
            if gap > COLUMN_GAP {
                self.line.push('\t');
            } else if gap > least_space(before, after) {
                self.line.push(' ');
            }
        }
        self.line.push_str(&next.text);
        self.size = self.size.max(next.size);
        self.last = next;
    }

    /// How far the piece lies after the end of the line, along the line.
    fn gap(&self, next: &Fragment) -> f64 {
        let (dx, dy) = self.last.direction;
        (next.start.0 - self.last.end.0) * dx + (next.start.1 - self.last.end.1) * dy
    }

    /// How far the piece lies above the line.
    fn across(&self, next: &Fragment) -> f64 {
        let (dx, dy) = self.last.direction;
        (next.start.1 - self.last.end.1) * dx - (next.start.0 - self.last.end.0) * dy
    }
}

/// The gap from which on two letters are parted by a space, in letters.
///
/// Justified lines stretch Chinese text a little between all characters, and Word leaves a quarter
/// of a letter between Chinese and Latin by itself.
fn least_space(before: char, after: char) -> f64 {
    match (is_wide(before), is_wide(after)) {
        (true, true) => 0.5,
        (false, false) => 0.2,
        _ => 0.45,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Layout};

    fn fragment(text: &str, x: f64, y: f64) -> Fragment {
        let width: f64 = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum();
        Fragment { text: text.to_owned(), start: (x, y), end: (x + width, y), direction: (1.0, 0.0), size: 10.0 }
    }

    fn lines(fragments: &[(&str, f64, f64)]) -> Vec<String> {
        let mut layout = Layout::default();
        for (text, x, y) in fragments {
            layout.add(fragment(text, *x, *y));
        }
        layout.finish().into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn gaps_become_spaces_only_where_they_are_wide_enough() {
        let joined = lines(&[
            ("青岚", 0.0, 0.0),
            ("县", 21.0, 0.0),
            ("2020", 33.0, 0.0),
            ("plan", 56.0, 0.0),
            ("电话", 120.0, 0.0),
        ]);
        assert_eq!(joined, ["青岚县2020 plan\t电话"]);
    }

    #[test]
    fn another_base_line_or_a_jump_back_begins_a_line() {
        let parted = lines(&[("甲乙", 0.0, 0.0), ("丙", 0.0, -15.0), ("丁", -40.0, -15.0)]);
        assert_eq!(parted, ["甲乙", "丙", "丁"]);
    }

    #[test]
    fn letters_drawn_twice_to_look_bold_are_read_once() {
        assert_eq!(lines(&[("总则", 0.0, 0.0), ("总则", 0.3, 0.0)]), ["总则"]);
    }
}
