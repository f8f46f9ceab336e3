use lianfang_domain::plan::SectionKind;

use super::{
    Marker, Style, is_label_start,
    pieces::{Piece, mark_contents, pieces},
    section_kind,
};
use crate::{input::HintKind, text::Doc};

pub(crate) type NodeId = usize;

/// A heading or numbered item with everything under it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) parent: Option<NodeId>,
    pub(crate) depth: u8,
    pub(crate) marker: Option<Marker>,
    /// Bytes in the folded text: the piece that opens the node.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The heading, or the first clause, without number and closing sign.
    pub(crate) title: (usize, usize),
    /// What follows the heading in the same piece; empty for a bare heading.
    pub(crate) body: (usize, usize),
    /// Unnumbered paragraphs under the node, before or between its children.
    pub(crate) paragraphs: Vec<(usize, usize)>,
    pub(crate) children: Vec<NodeId>,
    pub(crate) kind: SectionKind,
    /// One past the last byte of everything under it.
    pub(crate) subtree_end: usize,
    /// A heading without a number among numbered ones.
    pub(crate) number_lost: bool,
    /// The number is written in another style than its neighbours.
    pub(crate) style_differs: bool,
    /// Whether the piece is nothing but a heading.
    pub(crate) bare: bool,
    /// Whether the title was set off by a sign, and is not just the first clause of a sentence.
    pub(crate) titled: bool,
}

/// The tree of a document.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) nodes: Vec<Node>,
    pub(crate) roots: Vec<NodeId>,
    /// Pieces before the first node.
    pub(crate) front: Vec<(usize, usize)>,
    pub(crate) pieces: Vec<Piece>,
}

/// Builds the tree of a document.
pub(crate) fn build(doc: &Doc) -> Outline {
    let mut pieces = pieces(doc);
    // They are kept as long as the document is read.
    pieces.shrink_to_fit();
    mark_contents(doc, &mut pieces);
    settle_styles(doc, &mut pieces);
    let mut builder = Builder { doc, outline: Outline::default(), stack: Vec::new() };
    for index in 0..pieces.len() {
        let owner = builder.add(&pieces, index);
        pieces[index].owner = owner;
    }
    let mut outline = builder.outline;
    outline.pieces = pieces;
    outline.nodes.shrink_to_fit();
    close_subtrees(&mut outline.nodes);
    outline
}

/// Turns `1.` into a top-level decimal where `1.1` follows, and drops bare numbers that no decimal document explains.
fn settle_styles(doc: &Doc, pieces: &mut [Piece]) {
    let decimal = pieces.iter().filter(|p| !p.contents && is_style(p, |s| matches!(s, Style::Decimal(_)))).count();
    let tops = pieces.iter().filter(|p| !p.contents && is_style(p, |s| s == Style::DecimalTop)).count();
    let mut last_top = 0;
    let next_firsts = next_firsts(pieces);
    for index in 0..pieces.len() {
        let next_first = next_firsts[index];
        let text = &doc.folded[pieces[index].start..pieces[index].end];
        let short = text.chars().count() <= 24 && !text.ends_with(['。', ';', ',']);
        let contents = pieces[index].contents;
        let Some(marker) = &mut pieces[index].marker else { continue };
        match marker.style {
            Style::DecimalTop if decimal < 2 && tops < 3 => pieces[index].marker = None,
            Style::DecimalTop if !short && decimal < 2 => pieces[index].marker = None,
            Style::DecimalTop => last_top = marker.value,
            Style::Arabic
                if decimal >= 2
                    && short
                    && !contents
                    && (next_first == Some(marker.value)
                        || (marker.value == last_top + 1
                            && last_top > 0
                            && section_kind(text) != SectionKind::Other)) =>
            {
                marker.style = Style::DecimalTop;
                last_top = marker.value;
            }
            _ => {}
        }
    }
}

/// For each piece, the first part of the next number behind it, if that one is a decimal.
fn next_firsts(pieces: &[Piece]) -> Vec<Option<u32>> {
    let mut firsts = vec![None; pieces.len()];
    let mut next = None;
    for (index, piece) in pieces.iter().enumerate().rev() {
        firsts[index] = next;
        if let Some(marker) = &piece.marker {
            next = matches!(marker.style, Style::Decimal(_)).then(|| marker.first());
        }
    }
    firsts
}

fn is_style(piece: &Piece, test: impl Fn(Style) -> bool) -> bool {
    piece.marker.as_ref().is_some_and(|m| test(m.style))
}

/// A node on the way from the root to where we are.
struct Open {
    node: NodeId,
    style: Style,
    value: u32,
}

struct Builder<'a> {
    doc: &'a Doc,
    outline: Outline,
    stack: Vec<Open>,
}

impl Builder<'_> {
    /// Puts a piece into the tree and says what it belongs to.
    fn add(&mut self, pieces: &[Piece], index: usize) -> Option<NodeId> {
        let piece = &pieces[index];
        let text = &self.doc.folded[piece.start..piece.end];
        let table = matches!(piece.hint, Some(HintKind::TableRow { .. }));
        let title_line = matches!(piece.hint, Some(HintKind::Heading(_)))
            && self.outline.nodes.is_empty()
            && piece.marker.is_none()
            && crate::title::ends_as_title(text);
        let node = if piece.contents || table || title_line || matches!(piece.hint, Some(HintKind::Title)) {
            None
        } else if let Some(marker) = self.real_marker(piece) {
            Some(self.open_marked(piece, marker))
        } else if let Some(style) = heading_style(pieces, index, text, self.doc) {
            self.open_heading(piece, style)
        } else {
            None
        };
        let owner = node.or_else(|| self.owner_of_paragraph(pieces, index));
        if node.is_none() && !piece.contents {
            match owner {
                Some(owner) => self.outline.nodes[owner].paragraphs.push((piece.start, piece.end)),
                None => self.outline.front.push((piece.start, piece.end)),
            }
        }
        owner.filter(|_| !piece.contents)
    }

    /// The node a paragraph belongs to: behind a list of plain sentences it goes on with what the list stands under.
    fn owner_of_paragraph(&self, pieces: &[Piece], index: usize) -> Option<NodeId> {
        let piece = &pieces[index];
        if let Some(parent) = self.leads_into_new_list(pieces, index) {
            return Some(parent);
        }
        let position = self.stack.iter().rposition(|open| {
            let node = &self.outline.nodes[open.node];
            let listed = open.style >= Style::BracketChinese && !node.titled && !node.bare;
            !(piece.first && listed && !node.bare_colon(self.doc))
        });
        position.or_else(|| self.stack.len().checked_sub(1)).map(|position| self.stack[position].node)
    }

    /// `响应措施:` between two lists of the same style: it belongs to what both lists stand under.
    fn leads_into_new_list(&self, pieces: &[Piece], index: usize) -> Option<NodeId> {
        let text = &self.doc.folded[pieces[index].start..pieces[index].end];
        let last = self.stack.last()?;
        let next = pieces.get(index + 1)?.marker.as_ref()?;
        let restarts = next.value == 1 && next.style == last.style && last.style >= Style::BracketChinese;
        let announces = pieces[index].first && text.ends_with([':', ',']);
        (restarts && announces).then(|| self.outline.nodes[last.node].parent).flatten()
    }

    /// The marker, if it can be one here: decimals must fit what was counted before.
    fn real_marker(&self, piece: &Piece) -> Option<Marker> {
        let marker = piece.marker.clone()?;
        if let Style::Decimal(_) = marker.style {
            let top = self.stack.iter().find(|open| {
                matches!(
                    open.style,
                    Style::DecimalTop | Style::Decimal(_) | Style::Chinese | Style::Chapter | Style::Arabic
                )
            });
            let current = top.map_or(0, |open| match &self.outline.nodes[open.node].marker {
                Some(m) => m.first(),
                None => 0,
            });
            let first = marker.first();
            let fits = first >= current && first <= current + 2 || first <= 2;
            return fits.then_some(marker);
        }
        Some(marker)
    }

    fn open_marked(&mut self, piece: &Piece, marker: Marker) -> NodeId {
        let (style, value) = (marker.style, marker.value);
        let mut style_differs = false;
        if let Some(position) =
            self.stack.iter().rposition(|open| open.style == style && !self.is_deeper_list(open, value))
        {
            self.stack.truncate(position);
        } else if let Some(position) = self.sibling_of_other_style(style, value) {
            let style = self.stack[position].style;
            self.stack.truncate(position);
            style_differs = true;
            return self.push(piece, Some(marker), style, value, style_differs);
        } else {
            while self.stack.last().is_some_and(|open| open.style > style && open.style != Style::None) {
                self.stack.pop();
            }
        }
        self.push(piece, Some(marker), style, value, style_differs)
    }

    /// A list that starts at one again inside an item of the same style opened by a colon stays inside it.
    fn is_deeper_list(&self, open: &Open, value: u32) -> bool {
        let node = &self.outline.nodes[open.node];
        value == 1
            && open.value >= 1
            && open.style >= Style::Arabic
            && node.children.is_empty()
            && node.bare_colon(self.doc)
    }

    /// `（8）` after `（七）`, `9、` after `八、`: the same list in another dress.
    fn sibling_of_other_style(&self, style: Style, value: u32) -> Option<usize> {
        let twin = match style {
            Style::BracketArabic => Style::BracketChinese,
            Style::BracketChinese => Style::BracketArabic,
            _ => return None,
        };
        let open_same = self.stack.iter().any(|open| open.style == style);
        if value < 2 || open_same {
            return None;
        }
        self.stack.iter().rposition(|open| open.style == twin && open.value + 1 == value)
    }

    fn open_heading(&mut self, piece: &Piece, style: Style) -> Option<NodeId> {
        let text = &self.doc.folded[piece.start..piece.end];
        if style == Style::None {
            let ending = text.chars().next_back();
            let sibling = self.stack.iter().rposition(|open| {
                let node = &self.outline.nodes[open.node];
                let title = &self.doc.folded[node.title.0..node.title.1];
                (node.marker.is_some() || node.number_lost)
                    && open.style >= Style::BracketChinese
                    && title.chars().next_back() == ending
                    && is_body_word(ending)
            });
            if let Some(position) = sibling {
                let style = self.stack[position].style;
                let value = self.stack[position].value + 1;
                self.stack.truncate(position);
                let node = self.push(piece, None, style, value, false);
                self.outline.nodes[node].number_lost = true;
                return Some(node);
            }
            if let Some(position) = self.stack.iter().position(|open| open.style == Style::None) {
                self.stack.truncate(position);
            } else {
                // An unnumbered heading ends the list of items before it.
                while self.stack.last().is_some_and(|open| !self.outline.nodes[open.node].bare) {
                    self.stack.pop();
                }
            }
            let first = self.stack.is_empty() && self.outline.nodes.is_empty();
            let names_body =
                ["指挥部", "办公室", "领导小组", "委员会", "中心", "机构"].iter().any(|end| text.ends_with(end));
            if first && (section_kind(text) == SectionKind::Other || names_body || crate::title::ends_as_title(text)) {
                return None;
            }
        } else if style == Style::Part && self.outline.nodes.is_empty() {
            // `附件` above the title of the plan itself.
            return None;
        } else {
            while self.stack.last().is_some_and(|open| open.style >= style) {
                self.stack.pop();
            }
        }
        Some(self.push(piece, None, style, 0, false))
    }

    fn push(&mut self, piece: &Piece, marker: Option<Marker>, style: Style, value: u32, style_differs: bool) -> NodeId {
        let id = self.outline.nodes.len();
        let parent = self.stack.last().map(|open| open.node);
        let node = open_node(self.doc, piece, marker, parent, self.stack.len(), style_differs);
        match parent {
            Some(parent) => self.outline.nodes[parent].children.push(id),
            None => self.outline.roots.push(id),
        }
        self.outline.nodes.push(node);
        self.stack.push(Open { node: id, style, value });
        id
    }
}

impl Node {
    /// Whether the opening piece ends with a colon that announces a list.
    fn bare_colon(&self, doc: &Doc) -> bool {
        doc.folded[self.start..self.end].ends_with(':')
    }
}

fn is_body_word(ending: Option<char>) -> bool {
    matches!(ending, Some('组' | '部' | '队' | '班'))
}

fn open_node(
    doc: &Doc,
    piece: &Piece,
    marker: Option<Marker>,
    parent: Option<NodeId>,
    depth: usize,
    style_differs: bool,
) -> Node {
    let content = piece.start + marker.as_ref().map_or(0, |m| m.len);
    let content = content.min(piece.end);
    let (title_end, body, titled) = split_title(&doc.folded[content..piece.end]);
    let title = (content, content + title_end);
    let body = (content + body, piece.end);
    let bare = body.0 >= body.1 && !doc.folded[title.0..piece.end].ends_with(['。', ';']);
    let heading = &doc.folded[title.0..title.1];
    Node {
        parent,
        depth: u8::try_from(depth + 1).unwrap_or(u8::MAX),
        marker,
        start: piece.start,
        end: piece.end,
        title,
        body,
        paragraphs: Vec::new(),
        children: Vec::new(),
        kind: if titled || bare { section_kind(heading) } else { SectionKind::Other },
        subtree_end: piece.end,
        number_lost: false,
        style_differs,
        bare,
        titled: titled || bare,
    }
}

/// Splits an item into heading and text: (end of heading, start of text, whether a sign sets the heading off).
fn split_title(content: &str) -> (usize, usize, bool) {
    if let Some(end) = glued_heading(content) {
        return (end, end, true);
    }
    let mut count = 0;
    let mut depth = 0;
    for (at, c) in content.char_indices() {
        count += 1;
        let rest = at + c.len_utf8();
        match c {
            '(' | '[' | '《' => depth += 1,
            ')' | ']' | '》' => depth -= 1,
            '。' if depth <= 0 && count <= 36 => return (at, skip_spaces(content, rest), true),
            ':' if depth <= 0 && count <= 24 => return (at, skip_spaces(content, rest), true),
            ' ' if depth <= 0
                && (3..=22).contains(&count)
                && !content[..at].contains([',', '、', ';'])
                && content[rest..].chars().count() >= 12 =>
            {
                return (at, skip_spaces(content, rest), true);
            }
            _ => {}
        }
        if count > 36 {
            break;
        }
    }
    if let Some(end) = group_with_bracket(content) {
        return (end, skip_spaces(content, end), true);
    }
    let total = content.chars().count();
    if total <= 36 && !content.ends_with(['。', ';', '!']) {
        return (content.trim_end_matches([':', ',']).len(), content.len(), total <= 30);
    }
    let clause = content.find([',', ';', '。', ':']).unwrap_or(content.len());
    (clause, 0, false)
}

/// `组织动员组(县政府办牵头,县教育局参加)`: the bracket belongs to the heading.
fn group_with_bracket(content: &str) -> Option<usize> {
    let open = content.find('(')?;
    let name = &content[..open];
    // A bracket inside the bracket (`各乡镇(街道)`) belongs to it.
    let close = closing(&content[open..]).map(|i| open + i)?;
    let group =
        ["组", "专班", "队"].iter().any(|ending| name.trim_end().ends_with(ending)) && name.chars().count() <= 16;
    let units = ["牵头", "组长", "成员", "负责"].iter().any(|word| content[open..close].contains(word));
    (group && units).then_some(close + 1)
}

/// Where the bracket that opens the text closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// A standard heading to which the text is glued (`1.1编制目的为规范…`).
fn glued_heading(content: &str) -> Option<usize> {
    const HEADS: &[&str] = &[
        "编制目的",
        "编制依据",
        "适用范围",
        "工作原则",
        "事件分级",
        "响应分级",
        "响应终止",
        "信息报告",
        "信息发布",
        "后期处置",
        "善后处置",
        "总结评估",
        "监督检查",
        "预案管理",
        "预案解释",
        "实施时间",
        "经费保障",
        "物资保障",
        "人员保障",
        "技术保障",
        "通信保障",
        "交通保障",
        "队伍保障",
        "宣传教育",
        "培训演练",
        "奖励与责任",
    ];
    let head = HEADS.iter().find(|head| content.starts_with(**head))?;
    let next = content[head.len()..].chars().next()?;
    let long = content[head.len()..].chars().count() >= 14;
    (long
        && crate::text::is_cjk(next)
        && !matches!(next, '和' | '及' | '与' | '的' | '制' | '机' | '工' | '程' | '原' | '要' | '组' | '小' | '专'))
    .then_some(head.len())
}

fn skip_spaces(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// The style of an unnumbered heading, if the piece is one.
fn heading_style(pieces: &[Piece], index: usize, text: &str, doc: &Doc) -> Option<Style> {
    let piece = &pieces[index];
    if let Some(HintKind::Heading(level)) = piece.hint {
        return (text.chars().count() <= 60).then_some(Style::Hint(level));
    }
    let count = text.chars().count();
    if piece.first && is_special_heading(text) {
        return Some(Style::None);
    }
    if !piece.first
        || !(2..=24).contains(&count)
        || text.contains(['。', ',', ';', ':', '|', '、', '《'])
        || is_label_start(text)
    {
        return if piece.first && text.starts_with("附件") && count <= 40 && !text.contains(['。', '|']) {
            Some(Style::Part)
        } else {
            None
        };
    }
    let next = pieces.get(index + 1)?;
    let next_text = &doc.folded[next.start..next.end];
    let before_closed = index == 0 || {
        let before = &pieces[index - 1];
        let before_text = &doc.folded[before.start..before.end];
        before.marker.is_some() || crate::text::ends_closed(before_text) || piece.blank_before
    };
    let opens_text = next.marker.is_some() || next_text.chars().count() > count || is_label_start(next_text);
    (before_closed && opens_text && ends_as_heading(text)).then_some(Style::None)
}

/// `〔医疗救治组〕` on a line of its own, and `四级疫情(一般):` before its items.
fn is_special_heading(text: &str) -> bool {
    let count = text.chars().count();
    let bracketed =
        text.starts_with('[') && text.ends_with(']') && (4..=18).contains(&count) && text.matches('[').count() == 1;
    let level = text.ends_with(':')
        && count <= 20
        && text.contains('级')
        && !text.contains([',', '。'])
        && crate::read::level_in(text).is_some_and(|(_, start, _)| start < 12);
    bracketed || level
}

/// Endings of headings that are written without a number.
fn ends_as_heading(text: &str) -> bool {
    let text = text.trim_end_matches([')', '(']);
    const ENDINGS: &[&str] = &[
        "组",
        "专班",
        "指挥部",
        "办公室",
        "职责",
        "机构",
        "体系",
        "措施",
        "原则",
        "目的",
        "依据",
        "范围",
        "保障",
        "阶段",
        "要求",
        "任务",
        "目标",
        "标准",
        "程序",
        "响应",
        "终止",
        "条件",
        "准备",
        "附则",
        "总则",
        "制度",
        "机制",
        "安排",
        "分工",
        "分级",
        "情况",
        "问题",
        "打算",
        "小队",
        "队",
    ];
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}

fn close_subtrees(nodes: &mut [Node]) {
    for id in (0..nodes.len()).rev() {
        // Nothing comes to them any more, and they are kept as long as the document is read.
        nodes[id].paragraphs.shrink_to_fit();
        nodes[id].children.shrink_to_fit();
        let paragraphs = nodes[id].paragraphs.iter().map(|p| p.1).max().unwrap_or(0);
        let own = nodes[id].subtree_end.max(paragraphs);
        nodes[id].subtree_end = own;
        if let Some(parent) = nodes[id].parent {
            nodes[parent].subtree_end = nodes[parent].subtree_end.max(own);
        }
    }
}
