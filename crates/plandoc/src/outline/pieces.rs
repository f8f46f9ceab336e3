use std::sync::LazyLock;

use super::{Marker, NodeId, Style, is_label_start, marker_at, marker_before_number};
use crate::{input::HintKind, text::Doc, words::Firsts};

/// A piece of the text: a line, or a part of a line where an inline number begins.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Bytes in the folded text; the line end is not included.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) marker: Option<Marker>,
    pub(crate) hint: Option<HintKind>,
    pub(crate) blank_before: bool,
    /// Whether it begins its line.
    pub(crate) first: bool,
    /// Whether it is a line of a table of contents.
    pub(crate) contents: bool,
    /// The section or item it belongs to.
    pub(crate) owner: Option<NodeId>,
}

/// Cuts every line at its inline numbers.
pub(super) fn pieces(doc: &Doc) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(doc.lines.len());
    let mut annexes = false;
    for line in &doc.lines {
        let text = &doc.folded[line.start..line.end];
        let table = matches!(line.hint, Some(HintKind::TableRow { .. }));
        // `附件:1.甲预案` and the lines `2.乙预案` below it name annexes; they are no list of the plan.
        annexes = is_annex_line(text) || (annexes && is_annex_entry(text));
        let cuts = if table || annexes { vec![(0, None)] } else { cuts(text) };
        let before_line = pieces
            .last()
            .and_then(|piece: &Piece| piece.marker.as_ref())
            .filter(|m| m.style == Style::Arabic)
            .map(|m| m.value);
        let mut cuts = cuts;
        if let Some(number) =
            marker_before_number(text).filter(|m| !table && cuts[0].1.is_none() && before_line == Some(m.value - 1))
        {
            cuts[0].1 = Some(number);
        }
        for (i, (at, marker)) in cuts.iter().enumerate() {
            let end = cuts.get(i + 1).map_or(text.len(), |next| next.0);
            let kept = text[*at..end].trim_end().len();
            pieces.push(Piece {
                start: line.start + at,
                end: line.start + at + kept,
                marker: marker.clone(),
                hint: line.hint.filter(|_| i == 0 || table),
                blank_before: line.blank_before && i == 0,
                first: i == 0,
                contents: false,
                owner: None,
            });
        }
    }
    pieces
}

fn is_annex_line(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附:"));
    rest.is_some_and(|rest| rest.contains([':', '.', ' ']) || text.starts_with("附:"))
        && text.chars().count() <= 60
        && !text.ends_with('。')
}

fn is_annex_entry(text: &str) -> bool {
    marker_at(text).is_some_and(|m| m.style == Style::Arabic)
        && text.chars().count() <= 44
        && !text.contains(['。', ';', ','])
}

/// Where the pieces of a line begin, each with its number.
fn cuts(text: &str) -> Vec<(usize, Option<Marker>)> {
    let mut cuts = vec![(0, marker_at(text))];
    let candidates = candidates(text);
    if candidates.is_empty() {
        return cuts;
    }
    // Several decimal numbers inside one long line: the line ends of the document are lost.
    let decimals = candidates.iter().filter(|(_, marker, _)| matches!(marker.style, Style::Decimal(_))).count();
    let one_line_document = text.len() > 1000 && decimals >= 4;
    let mut state = Sequence::default();
    if let Some(marker) = &cuts[0].1 {
        state.accept(marker);
    }
    let later = Later::new(&candidates);
    for (index, (at, marker, glued)) in candidates.iter().enumerate() {
        let fits = state.fits(marker, &later, index, one_line_document);
        if fits && (!glued || ((one_line_document || marker.style == Style::Arabic) && state.is_exact(marker))) {
            state.accept(marker);
            cuts.push((*at, Some(marker.clone())));
        }
    }
    cuts
}

/// Places inside a line where a number may begin: (byte, number, whether it follows text without a sign).
fn candidates(text: &str) -> Vec<(usize, Marker, bool)> {
    static FIRSTS: LazyLock<Firsts> =
        LazyLock::new(|| Firsts::new("0123456789(一二三四五六七八九十第".chars().chain('㈠'..='㈩')));
    let mut found = Vec::new();
    let mut from = text.chars().next().map_or(0, char::len_utf8);
    while let Some((at, c)) = FIRSTS.next(text, from) {
        from = at + c.len_utf8();
        let may_begin = matches!(c, '0'..='9' | '(' | '①'..='⒛' | '㈠'..='㈩') || is_numeral(c) && c != '百';
        let before = text[..at].chars().next_back().unwrap_or('\0');
        if may_begin && !before.is_ascii_digit() && before != '.' && !is_numeral(before) {
            let sign = text[..at].trim_end_matches(' ').chars().next_back().unwrap_or('\0');
            let spaced = before == ' ';
            let glued = !(spaced || matches!(sign, '。' | ';' | ':' | '!' | '?' | '"'));
            let sure = marker_at(&text[at..]);
            let exact_only = sure.is_none();
            if let Some(marker) = sure.or_else(|| marker_before_number(&text[at..]))
                && allowed(&marker, sign, spaced, glued, text.len())
            {
                found.push((at, marker, exact_only || glued && matches!(before, ' '..='~' | '\u{3000}'..)));
            }
        }
    }
    found
}

fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '第')
}

/// Whether a number of this style may begin behind this sign.
fn allowed(marker: &Marker, sign: char, spaced: bool, glued: bool, line_length: usize) -> bool {
    let stop = matches!(sign, '。' | ';' | ':' | '!' | '?' | '"');
    match marker.style {
        Style::Circled | Style::BracketArabic | Style::ChineseIs => stop || spaced || matches!(sign, ',' | '、'),
        Style::BracketChinese | Style::HalfBracket => stop || spaced,
        Style::Arabic => stop || (spaced && line_length > 600),
        Style::Chinese | Style::Chapter | Style::Part | Style::Division => stop || (spaced && line_length > 300),
        Style::Article => stop || spaced,
        Style::DecimalTop => (stop || spaced) && line_length > 1000,
        Style::Decimal(_) => (stop || spaced || glued) && line_length > 1000,
        Style::Hint(_) | Style::Letter | Style::None => false,
    }
}

/// Which values of which style come later in the line.
struct Later<'a> {
    candidates: &'a [(usize, Marker, bool)],
}

impl<'a> Later<'a> {
    fn new(candidates: &'a [(usize, Marker, bool)]) -> Self {
        Later { candidates }
    }

    /// Whether a bare number opens a chapter: its first section follows, or the next chapter does (`5 保障措施 6 附则`).
    fn opens_chapter(&self, value: u32, from: usize) -> bool {
        self.candidates[from + 1..]
            .iter()
            .find(|(_, marker, _)| matches!(marker.style, Style::Decimal(_) | Style::DecimalTop))
            .is_none_or(|(_, marker, _)| marker.first() == value || marker.first() == value + 1 || marker.first() == 1)
    }

    /// Whether a second or third item of the same style follows soon.
    fn has_next(&self, style: Style, sign: char, from: usize) -> bool {
        self.candidates[from + 1..].iter().take(60).any(|(_, marker, _)| {
            marker.style == style && marker.sign == sign && (marker.value == 2 || marker.value == 3)
        })
    }
}

/// What has been counted so far in the line.
#[derive(Default)]
struct Sequence {
    last: std::collections::BTreeMap<(Style, char), u32>,
    decimal: Vec<u32>,
    top: u32,
}

impl Sequence {
    fn accept(&mut self, marker: &Marker) {
        match marker.style {
            Style::Decimal(_) => {
                self.decimal = marker.parts().to_vec();
                self.top = marker.first();
            }
            Style::DecimalTop => {
                self.top = marker.value;
                self.decimal = vec![marker.value];
            }
            _ => {}
        }
        // A heading starts the lists below it anew.
        let style = marker.style;
        self.last.retain(|&(other, _), _| other <= style);
        self.last.insert((style, marker.sign), marker.value);
    }

    fn fits(&self, marker: &Marker, later: &Later<'_>, index: usize, one_line: bool) -> bool {
        if matches!(marker.style, Style::Decimal(_) | Style::DecimalTop) {
            return one_line
                && self.fits_decimal(marker)
                && (marker.style != Style::DecimalTop || later.opens_chapter(marker.value, index));
        }
        match self.last.get(&(marker.style, marker.sign)) {
            // A number used twice is still a number (`…(3)…(3)…(5)`).
            Some(&last) if marker.value >= last && marker.value <= last + 3 && marker.value > 1 => true,
            _ => marker.value == 1 && later.has_next(marker.style, marker.sign, index),
        }
    }

    fn fits_decimal(&self, marker: &Marker) -> bool {
        let parts = marker.parts();
        let known = &self.decimal;
        let common = parts.iter().zip(known).take_while(|(a, b)| a == b).count();
        if marker.style == Style::DecimalTop {
            return marker.value == self.top + 1 || marker.value == 1;
        }
        let rest = &parts[common..];
        match rest {
            [] => false,
            [value] => {
                let last = known.get(common).copied().unwrap_or(0);
                *value > last && *value <= last + 2 || (*value == 1 && common == parts.len() - 1)
            }
            [first, tail @ ..] => {
                // A new branch: `2.1` after `1.4`, `3.1.1` after `2.6`.
                let last = known.get(common).copied().unwrap_or(0);
                (*first == last + 1 || *first == 1) && tail.iter().all(|&v| v == 1)
            }
        }
    }

    fn is_exact(&self, marker: &Marker) -> bool {
        self.fits_decimal(marker)
            || self.last.get(&(marker.style, marker.sign)).is_some_and(|last| last + 1 == marker.value)
    }
}

/// Marks the lines of a table of contents, so that they are kept but not read as sections.
pub(super) fn mark_contents(doc: &Doc, pieces: &mut [Piece]) {
    let text = |piece: &Piece| &doc.folded[piece.start..piece.end];
    for piece in pieces.iter_mut() {
        piece.contents = has_leader_dots(&doc.folded[piece.start..piece.end]);
    }
    let Some(head) = pieces.iter().take(200).position(|p| matches!(text(p).trim_end_matches(':'), "目录" | "目次"))
    else {
        mark_glued_contents(doc, pieces);
        return;
    };
    let Some(first) = pieces.get(head + 1).map(|p| key(text(p)).to_owned()).filter(|key| !key.is_empty()) else {
        return;
    };
    let again = pieces[head + 2..].iter().take(400).position(|p| key(text(p)).starts_with(&first));
    pieces[head].contents = true;
    if let Some(again) = again {
        for piece in &mut pieces[head..head + 2 + again] {
            piece.contents = true;
        }
    }
}

/// `目录 1 总则 1.1 …` all in one line: the entries end where the first one comes again.
fn mark_glued_contents(doc: &Doc, pieces: &mut [Piece]) {
    let is_head = |p: &Piece| {
        let text = &doc.folded[p.start..p.end];
        text.ends_with("目录") || text.starts_with("目录 ") || text.ends_with("目录:")
    };
    let Some(head) = pieces.iter().take(20).position(is_head) else { return };
    let Some(first) = pieces.get(head + 1).and_then(|p| p.marker.clone()) else { return };
    let again = pieces[head + 2..].iter().position(|p| {
        p.marker.as_ref().is_some_and(|m| {
            m.style == first.style && m.value == first.value && m.parts() == first.parts() && m.sign == first.sign
        })
    });
    if let Some(again) = again {
        for piece in &mut pieces[head + 1..head + 2 + again] {
            piece.contents = true;
        }
    }
}

fn has_leader_dots(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
        && (text.contains("....") || text.contains("……") || text.contains("····"))
        && !is_label_start(text)
}

/// An entry without its number, dots and page.
fn key(text: &str) -> &str {
    let start = marker_at(text).map_or(0, |m| m.len);
    text[start..]
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '…' || c == '·' || c == ' ' || c == '-')
}
