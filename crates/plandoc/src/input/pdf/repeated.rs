//! Finds the lines that pages repeat: running heads, page numbers and watermarks.

use std::collections::BTreeMap;

use super::layout::PageLine;

/// How many lines from the top and from the bottom of a page may be its head or foot.
const EDGE: usize = 2;

/// A line has to stand on this many pages, and on a third of all, to be a running head.
const FEWEST_PAGES: usize = 3;

/// For each line of each page, whether it is part of the page rather than of the text.
pub(super) fn frames(pages: &[Vec<PageLine>]) -> Vec<Vec<bool>> {
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for page in pages {
        let mut keys: Vec<_> = edge(page).map(key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let is_running = |line: &PageLine| {
        let key = key(line);
        let pages_with = counts.get(&key).copied().unwrap_or_default();
        !key.0.is_empty() && pages_with >= FEWEST_PAGES && pages_with * 3 >= pages.len()
    };
    pages
        .iter()
        .map(|page| {
            let lines = page.iter().enumerate();
            lines
                .map(|(index, line)| {
                    let at_edge = index < EDGE || index + EDGE >= page.len();
                    line.is_slanted || at_edge && (is_running(line) || is_page_number(&line.text))
                })
                .collect()
        })
        .collect()
}

fn edge(page: &[PageLine]) -> impl Iterator<Item = &PageLine> {
    page.iter().enumerate().filter(|(index, _)| *index < EDGE || index + EDGE >= page.len()).map(|(_, line)| line)
}

/// What stays the same from page to page: the text but for its numbers, its size and its place.
///
/// The size tells a running head from the title on the first page, which it often repeats in
/// small letters; the place tells it from the head of a table.
type Key = (String, i64, i64);

fn key(line: &PageLine) -> Key {
    let text = line.text.chars().filter(|c| !c.is_numeric() && !c.is_whitespace()).collect();
    (text, halves(line.size), halves(line.height))
}

fn halves(length: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and a page is a few hundred points high")]
    let halves = (length * 2.0).round() as i64;
    halves
}

/// `3`, `- 3 -`, `第 3 页`, `第 3 页 共 15 页`, `3/15`, `Page 3 of 15`.
fn is_page_number(line: &str) -> bool {
    let plain: String = line.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '·' | '~' | '―' | '─');
    let bare = plain.trim_matches(is_dash);
    let bare = bare.strip_prefix("page").unwrap_or(bare);
    let bare = bare.strip_prefix('第').unwrap_or(bare);
    let Some(rest) = without_number(bare) else {
        return false;
    };
    if rest.is_empty() || rest == "页" {
        return true;
    }
    let rest = rest.strip_prefix('页').unwrap_or(rest);
    let rest = rest.trim_start_matches(['/', ',', '，', '(', '（']);
    let rest = rest.strip_prefix("of").unwrap_or(rest);
    let rest = rest.strip_prefix('共').unwrap_or(rest);
    let parted = rest.len() < bare.len();
    without_number(rest).is_some_and(|end| parted && matches!(end.trim_end_matches([')', '）']), "" | "页"))
}

/// What follows a number of up to four digits, wide or narrow.
fn without_number(text: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let rest = text.trim_start_matches(is_digit);
    let digits = text.chars().count() - rest.chars().count();
    (1..=4).contains(&digits).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::layout::PageLine;
    use super::{frames, is_page_number};

    fn line(text: &str, size: f64) -> PageLine {
        PageLine { text: text.to_owned(), size, height: 700.0, is_slanted: false }
    }

    #[test]
    fn page_numbers_are_recognised() {
        for text in ["3", "- 3 -", "—３—", "第 3 页", "第3页 共15页", "第3页/共15页", "3/15", "Page 3 of 15"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2020年", "3、组织", "第3条", "13900000001", "3.5", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn a_running_head_is_frame_but_the_title_it_repeats_is_not() {
        let page = |size: f64, number: &str| {
            vec![
                line("青岚县预案", size),
                line("正文一", 12.0),
                line("正文", 12.0),
                line("尾", 12.0),
                line(number, 9.0),
            ]
        };
        let mut pages = vec![page(22.0, "- 1 -"), page(9.0, "- 2 -"), page(9.0, "- 3 -"), page(9.0, "4")];
        pages[1][1].text = "别的".to_owned();
        pages[2][1].text = "另外".to_owned();
        for (index, page) in pages.iter_mut().enumerate() {
            page[3].text = "甲乙丙丁".chars().nth(index).unwrap().to_string();
        }
        let found = frames(&pages);
        assert_eq!(found[0], [false, false, false, false, true]);
        assert_eq!(found[3], [true, false, false, false, true]);
    }
}
