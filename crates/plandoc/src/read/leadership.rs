//! Who leads a body and who belongs to it, from labelled lines and from prose.

use std::sync::LazyLock;

use lianfang_domain::plan::{Leader, Member, MemberKind, Phone, Rank, Rule};
use regex::Regex;

use crate::pattern::pattern;

use super::{
    Ctx,
    context::cut,
    persons::{is_name, read_leader_line, read_leaders},
};
use crate::{
    outline::{Label, label_at, label_or_space_at, rank_at},
    units::{is_post, is_unit_like, read_units},
};

/// What was read about one body.
#[derive(Debug, Default)]
pub(crate) struct Leadership {
    pub(crate) leaders: Vec<Leader>,
    pub(crate) lead_units: Vec<Member>,
    pub(crate) members: Vec<Member>,
    pub(crate) members_open: bool,
    pub(crate) by_post: Option<String>,
    pub(crate) phones: Vec<Phone>,
    /// Ranges that hold duties, in order.
    pub(crate) duties: Vec<(usize, usize)>,
    /// The label of the line before, for continuation lines.
    last: Option<(Label, &'static str)>,
    prefix: Option<char>,
}

impl Leadership {
    /// Whether nothing was said on leaders or members.
    pub(crate) fn is_empty(&self) -> bool {
        self.leaders.is_empty() && self.lead_units.is_empty() && self.members.is_empty()
    }

    /// Takes in one paragraph of the body. Returns whether it spoke of leaders or members.
    pub(crate) fn paragraph(&mut self, ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
        let text = ctx.text(range);
        if text.contains('|') {
            return self.table_row(ctx, range);
        }
        if label_at(text).is_some() || (label_or_space_at(text).is_some() && text.chars().count() < 60) {
            return self.labelled(ctx, range);
        }
        if self.continues_persons(ctx, range) {
            return true;
        }
        self.last = None;
        self.prose(ctx, range)
    }

    /// A row `副组长 | 姓名 | 单位及职务`. A member's post also names the member unit.
    fn table_row(&mut self, ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
        let cells: Vec<(usize, usize)> =
            cut(&ctx.doc.folded, range, &['|']).into_iter().map(|cell| ctx.trimmed(cell)).collect();
        let [first, name, post, ..] = cells.as_slice() else { return false };
        let person: String = ctx.text(*name).chars().filter(|c| *c != ' ').collect();
        if !is_name(&person) {
            return false;
        }
        let label = ctx.text(*first);
        let (rank, word) = match rank_at(label) {
            Some(found) => found,
            None if label.starts_with("成员") || label.starts_with("组员") => (Rank::MemberPerson, "成员"),
            None => return false,
        };
        let source = ctx.source((name.0, post.1), Rule::TableRow);
        self.leaders.push(Leader {
            rank,
            rank_text: word.to_owned(),
            person: Some(person),
            post: Some(ctx.show(*post)),
            source,
        });
        if rank == Rank::MemberPerson {
            let unit = unit_of_post(ctx.text(*post));
            if is_unit_like(unit) {
                let list = read_units(ctx.doc, post.0, post.0 + unit.len(), &mut None);
                self.members.extend(list.items.iter().map(|item| ctx.member(item, Rule::TableRow)));
            }
        }
        true
    }

    /// A paragraph that is one or more labels with their content.
    fn labelled(&mut self, ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
        let mut spoke = false;
        for (start, content, end, label, word) in label_segments(ctx, range) {
            if label == Label::Duties {
                self.last = Some((label, word));
                self.duties.push((content, range.1));
                return true;
            }
            // `成员单位:甲、乙。负责…`: the duties follow in the same line.
            let units =
                matches!(label, Label::Members | Label::LeadUnits | Label::SupportUnits | Label::ResponsibleUnits);
            let stop = ctx.text((content, end)).find('。').filter(|_| units).map(|i| content + i);
            let end = match stop {
                Some(stop) if ctx.text((stop, range.1)).chars().count() > 4 => {
                    self.duties.push((stop + '。'.len_utf8(), range.1));
                    stop
                }
                _ => end,
            };
            self.label(ctx, (start, content, end), label, word);
            spoke = true;
            if stop.is_some() {
                return true;
            }
        }
        spoke
    }

    fn label(&mut self, ctx: &Ctx<'_>, (start, content, end): (usize, usize, usize), label: Label, word: &'static str) {
        let range = (content, end);
        self.last = Some((label, word));
        match label {
            Label::Rank(rank) => self.leaders.extend(read_leader_line(ctx, range, rank, word)),
            Label::Members | Label::SupportUnits | Label::ResponsibleUnits => {
                self.add_members(ctx, range, Rule::LabelledLine)
            }
            Label::LeadUnits => self.add_lead_units(ctx, range, Rule::LabelledLine),
            Label::Phone => self.add_phone(ctx, (start, end), word),
            Label::Duties | Label::Deadline => {}
        }
    }

    fn add_phone(&mut self, ctx: &Ctx<'_>, range: (usize, usize), label: &'static str) {
        let text = ctx.text(range);
        let Some(at) = text.find(|c: char| c.is_ascii_digit() || c == '*') else { return };
        let number: String =
            text[at..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '*' | '-' | ' ')).collect();
        let start = range.0 + at;
        let person = self.leaders.last().and_then(|leader| leader.person.clone());
        self.phones.push(Phone {
            number: number.trim().to_owned(),
            person,
            label: label.to_owned(),
            body: None,
            source: ctx.source((start, start + number.trim_end().len()), Rule::LabelledLine),
        });
    }

    /// A line below `副组长：` that goes on with names.
    fn continues_persons(&mut self, ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
        let Some((label, word)) = self.last else { return false };
        let text = ctx.text(range);
        let short = text.chars().count() <= 48 && !text.contains(['。', ';', ':']);
        match label {
            Label::Rank(rank) if short => {
                let first = text.split([' ', '(']).next().unwrap_or(text);
                if is_name(first) || is_post(text) {
                    self.leaders.extend(read_leader_line(ctx, range, rank, word));
                    return true;
                }
                false
            }
            Label::Members if short && !text.contains("负责") => {
                let first = text.split(' ').next().unwrap_or(text);
                if is_name(first) && text.len() > first.len() {
                    self.leaders.extend(read_leader_line(ctx, range, Rank::MemberPerson, "成员"));
                } else if text.contains('、') || is_unit_like(text) {
                    self.add_members(ctx, range, Rule::LabelledLine);
                } else {
                    return false;
                }
                true
            }
            _ => false,
        }
    }

    fn add_lead_units(&mut self, ctx: &Ctx<'_>, range: (usize, usize), rule: Rule) {
        let list = read_units(ctx.doc, range.0, range.1, &mut self.prefix);
        self.lead_units.extend(list.items.iter().map(|item| ctx.member(item, rule)));
    }

    fn add_members(&mut self, ctx: &Ctx<'_>, range: (usize, usize), rule: Rule) {
        let first = ctx.text(range).trim().split([' ', '(']).next().unwrap_or("");
        let list = read_units(ctx.doc, range.0, range.1, &mut self.prefix);
        let persons = is_name(first) && ctx.text(range).trim().len() > first.len() && !ctx.text(range).contains('、');
        if persons {
            self.leaders.extend(read_leader_line(ctx, range, Rank::MemberPerson, "成员"));
            return;
        }
        self.members_open |= list.open;
        self.by_post = self.by_post.take().or(list.by_post);
        for item in &list.items {
            if item.kind == MemberKind::Person {
                let source = ctx.source((item.start, item.end), rule);
                let person = Some(item.text.clone());
                self.leaders.push(Leader {
                    rank: Rank::MemberPerson,
                    rank_text: "成员".to_owned(),
                    person,
                    post: None,
                    source,
                });
            } else if !self
                .members
                .iter()
                .any(|m| m.name == item.name && m.source.span == ctx.doc.span(item.start, item.end))
            {
                self.members.push(ctx.member(item, rule));
            }
        }
    }

    /// A paragraph of prose: leading sentences on leaders and members, then duties.
    fn prose(&mut self, ctx: &Ctx<'_>, range: (usize, usize)) -> bool {
        let mut spoke = false;
        let sentences = cut(&ctx.doc.folded, range, &['。', ';']);
        for (index, &sentence) in sentences.iter().enumerate() {
            let text = ctx.text(sentence).trim_start();
            if let Some((Label::Duties, _, _)) = label_at(text) {
                let duties = ctx.trimmed((sentence.0 + ctx.text(sentence).find(':').map_or(0, |i| i + 1), range.1));
                self.duties.push((duties.0, range.1));
                return spoke;
            }
            let duty_like = text.starts_with("负责") || text.starts_with("主要负责") || text.starts_with("统一领导");
            if duty_like || !self.sentence(ctx, sentence) {
                // `设立X指挥部,统一指挥…。由市长任总指挥,…`: the leaders come in a later sentence.
                if !spoke && !duty_like && sentences[index + 1..].iter().take(3).any(|&later| names_ranks(ctx, later)) {
                    continue;
                }
                if spoke || !self.is_empty() || index == 0 {
                    self.duties.push((sentence.0, range.1));
                }
                return spoke;
            }
            spoke = true;
            // `…组成,负责…;负责…`: the duties begin in the same sentence.
            if let Some(at) = duties_behind(ctx, sentence) {
                self.duties.push((at, range.1));
                return true;
            }
        }
        spoke
    }

    /// One sentence: every anchor takes the words before or behind it.
    pub(crate) fn sentence(&mut self, ctx: &Ctx<'_>, sentence: (usize, usize)) -> bool {
        let anchors = anchors(ctx, sentence);
        if anchors.is_empty() {
            return false;
        }
        let before = (self.leaders.len(), self.lead_units.len(), self.members.len());
        let mut from = sentence.0;
        let mut index = 0;
        while let Some(anchor) = anchors.get(index) {
            let next_start = anchors.get(index + 1).map_or(sentence.1, |next| next.start);
            match anchor.kind {
                AnchorKind::Prefix(role) => {
                    let content =
                        (anchor.end, prefix_end(ctx, anchor.end, next_start, anchors.get(index + 1), sentence.1));
                    self.take(ctx, content, role, anchor.word);
                    from = content.1;
                }
                AnchorKind::Suffix(role) => {
                    if from < anchor.start {
                        self.take(ctx, (from, anchor.start), role, anchor.word);
                    }
                    from = anchor.end;
                }
                AnchorKind::Closer => from = anchor.end,
            }
            index += 1;
        }
        before != (self.leaders.len(), self.lead_units.len(), self.members.len())
    }

    fn take(&mut self, ctx: &Ctx<'_>, content: (usize, usize), role: Role, word: &'static str) {
        let content = ctx.trimmed(content);
        let text = ctx.text(content).trim();
        if text.is_empty() || text.chars().count() > 900 {
            return;
        }
        match role {
            Role::Rank(rank) => {
                // What stands before `,由` sets the body up and names no one.
                let start = content.0 + ctx.text(content).find(text).unwrap_or(0) + names_start(text);
                self.leaders.extend(read_leaders(ctx, (start, content.1), rank, word, Rule::LeadershipSentence));
            }
            Role::Lead => self.take_lead(ctx, content),
            Role::Member => {
                let start = member_start(ctx, content);
                self.add_members(ctx, (start, content.1), Rule::LeadershipSentence);
            }
        }
    }

    /// `由分管卫健副区长牵头` names an official, `由区卫健局牵头` a unit.
    fn take_lead(&mut self, ctx: &Ctx<'_>, content: (usize, usize)) {
        let text = ctx.text(content);
        let start = text.rfind('由').map_or(content.0, |i| content.0 + i + '由'.len_utf8());
        let content = (start, content.1);
        let text = ctx.text(content).trim();
        if is_post(text.trim_end_matches("同志")) || text.ends_with("同志") {
            self.leaders.extend(read_leaders(ctx, content, Rank::LeadingOfficial, "牵头", Rule::LeadershipSentence));
        } else if text.chars().count() <= 60 {
            self.add_lead_units(ctx, content, Rule::LeadershipSentence);
        }
    }
}

/// Where the duties begin behind the last anchor of a sentence.
fn duties_behind(ctx: &Ctx<'_>, sentence: (usize, usize)) -> Option<usize> {
    let last = anchors(ctx, sentence).last().map(|anchor| anchor.end)?;
    let text = ctx.text((last, sentence.1));
    let at =
        [",负责", ",主要负责", ",具体负责", ",承担", ",统一负责"].iter().filter_map(|head| text.find(head)).min()?;
    (at <= 24 || text[..at].chars().count() <= 8).then_some(last + at + 1)
}

/// Where the people begin: behind `由`, or behind the clause that sets the body up.
fn names_start(text: &str) -> usize {
    if let Some(at) = text.rfind('由').filter(|&at| !text[at..].contains('、') || !text[..at].contains('、')) {
        return at + '由'.len_utf8();
    }
    let sets_up = ["成立", "设立", "组建", "建立"].iter().any(|verb| text.contains(verb));
    if sets_up { text.rfind(',').map_or(0, |at| at + 1) } else { 0 }
}

/// Behind `会同` and the like only the list itself counts.
fn member_start(ctx: &Ctx<'_>, content: (usize, usize)) -> usize {
    let text = ctx.text(content);
    ["会同", "成员由", "由", "以及", "包括"]
        .iter()
        .filter_map(|head| text.find(head).filter(|&i| i < 24).map(|i| content.0 + i + head.len()))
        .max()
        .unwrap_or(content.0)
}

/// The unit of a post: `区教育局副局长` → `区教育局`.
fn unit_of_post(post: &str) -> &str {
    const POSTS: &[&str] = &[
        "党组书记",
        "党委书记",
        "党组成员",
        "主要负责人",
        "分管负责人",
        "负责人",
        "部长",
        "局长",
        "主任",
        "院长",
        "书记",
        "主席",
        "站长",
        "所长",
        "科长",
        "处长",
        "会长",
        "大队长",
        "支队长",
        "队长",
        "校长",
        "经理",
        "镇长",
        "乡长",
    ];
    let first = post.split(['、', ',']).next().unwrap_or(post);
    let base = POSTS.iter().find_map(|word| first.strip_suffix(word)).unwrap_or(first);
    base.strip_suffix("常务副").or_else(|| base.strip_suffix('副')).unwrap_or(base)
}

/// Whether a sentence gives ranks to people.
fn names_ranks(ctx: &Ctx<'_>, sentence: (usize, usize)) -> bool {
    anchors(ctx, sentence)
        .iter()
        .any(|anchor| matches!(anchor.kind, AnchorKind::Prefix(Role::Rank(_)) | AnchorKind::Suffix(Role::Rank(_))))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Rank(Rank),
    Lead,
    Member,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum AnchorKind {
    /// The words behind it are meant (`组长由…`).
    Prefix(Role),
    /// The words before it are meant (`…任组长`).
    Suffix(Role),
    /// Closes a prefix (`担任`).
    Closer,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    start: usize,
    end: usize,
    kind: AnchorKind,
    word: &'static str,
}

const RANKS: &str = "(?:第一|常务|执行)?(?:副)?(?:总指挥长|总指挥|指挥长|组长|队长|召集人|主任委员)";

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<prefix>{RANKS})(?:单位)?(?:由|为|是|:)|(?P<suffix>(?:分别|共同)?(?:兼任|担任|任|为|作为)){RANKS}|(?P<members>成员单位|成员|组成单位|参加单位|组成人员)(?:主要)?(?:由|为|包括|有|是|:)|(?P<leadp>牵头(?:单位|部门|责任单位)(?:为|是|由|:))|(?P<asmember>(?:为|任|作为|是|担任)(?:成员单位|指挥部成员|领导小组成员|组成员|小组成员|成员|组员|参加单位|配合单位))|(?P<lead>共同牵头负责|共同牵头|牵头负责|牵头组织|牵头)|(?P<with>会同)|(?P<resp>负责)|(?P<join>(?:共同)?(?:组成|参加|参与|配合))|(?P<close>担任|兼任)"
    ))
});

fn anchors(ctx: &Ctx<'_>, sentence: (usize, usize)) -> Vec<Anchor> {
    let re = &*ANCHOR;
    let text = ctx.text(sentence);
    let mut anchors: Vec<Anchor> = Vec::new();
    for captures in re.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let (start, end) = (sentence.0 + whole.start(), sentence.0 + whole.end());
        let kind_word = if let Some(prefix) = captures.name("prefix") {
            rank_in(prefix.as_str()).map(|(rank, word)| (AnchorKind::Prefix(Role::Rank(rank)), word))
        } else if let Some(verb) = captures.name("suffix") {
            rank_in(&whole.as_str()[verb.len()..]).map(|(rank, word)| (AnchorKind::Suffix(Role::Rank(rank)), word))
        } else if captures.name("members").is_some() {
            Some((AnchorKind::Prefix(Role::Member), "成员单位"))
        } else if captures.name("leadp").is_some() {
            Some((AnchorKind::Prefix(Role::Lead), "牵头单位"))
        } else if captures.name("asmember").is_some() {
            Some((AnchorKind::Suffix(Role::Member), "成员单位"))
        } else if captures.name("lead").is_some() {
            Some((AnchorKind::Suffix(Role::Lead), "牵头"))
        } else if captures.name("with").is_some() {
            with_units(&text[whole.end()..]).then_some((AnchorKind::Prefix(Role::Member), "会同"))
        } else if captures.name("resp").is_some() {
            answers_for(text, whole.start(), whole.end()).then_some((AnchorKind::Suffix(Role::Lead), "负责"))
        } else if captures.name("join").is_some() {
            joins_list(text, whole.start()).then_some((AnchorKind::Suffix(Role::Member), "组成"))
        } else {
            Some((AnchorKind::Closer, ""))
        };
        if let Some((kind, word)) = kind_word {
            anchors.push(Anchor { start, end, kind, word });
        }
    }
    // A lone closer says nothing.
    if anchors.iter().all(|anchor| anchor.kind == AnchorKind::Closer) {
        anchors.clear();
    }
    anchors
}

/// Whether a list of units follows `会同`, and not `有关部门`.
fn with_units(text: &str) -> bool {
    let list = text.split([',', '。', ';']).next().unwrap_or(text);
    let first = list.split('、').next().unwrap_or(list).trim_end_matches("等部门").trim_end_matches("等单位");
    is_unit_like(first) && !first.starts_with("有关") && !first.starts_with("相关")
}

/// `由市急救中心负责,…参加`: the unit answers for the group; `负责…工作` is a duty.
fn answers_for(text: &str, at: usize, end: usize) -> bool {
    let closes = text[end..].chars().next().is_none_or(|c| matches!(c, ',' | ';' | '。'));
    let by = text[..at].rfind('由').map(|i| &text[i + '由'.len_utf8()..at]);
    closes && by.is_some_and(|name| is_unit_like(name) && name.chars().count() <= 24)
}

/// `配合` and `参加` are anchors only behind a list of units, not in a duty (`积极参与演练`).
fn joins_list(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches("共同");
    let name = before.rsplit(['、', ',', '由']).next().unwrap_or(before);
    let opens = before.ends_with("等部门")
        || before.ends_with("等单位")
        || before.ends_with('等')
        || before.ends_with("等部门和单位")
        || before.ends_with("等有关部门")
        || before.ends_with("等相关部门");
    opens || (is_unit_like(name.trim()) && name.chars().count() <= 20)
}

fn rank_in(text: &str) -> Option<(Rank, &'static str)> {
    rank_at(text).or_else(|| text.strip_prefix("第一").or_else(|| text.strip_prefix("执行")).and_then(rank_at))
}

/// Where the words behind a prefix end: before the next anchor's own words, or at the closer.
fn prefix_end(ctx: &Ctx<'_>, from: usize, next_start: usize, next: Option<&Anchor>, sentence_end: usize) -> usize {
    let Some(next) = next else {
        // A list joined by `、` ends at the first comma (`会同甲、乙等部门,调查…`); one with commas inside goes on.
        let text = &ctx.doc.folded[from..sentence_end];
        let comma =
            text.find(',').filter(|&at| text[..at].contains("等部门") || ctx.doc.folded[..from].ends_with("会同"));
        return comma.map_or(sentence_end, |at| from + at);
    };
    let text = &ctx.doc.folded[from..next_start];
    match next.kind {
        AnchorKind::Closer => next_start,
        // `成员由A、B组成`: the closing word belongs to the prefix.
        AnchorKind::Suffix(Role::Member) => next_start,
        _ => text.rfind([',', ';', '。']).map_or(next_start, |i| from + i),
    }
}

/// The labels of a paragraph: (start, content start, content end, label, word).
fn label_segments(ctx: &Ctx<'_>, range: (usize, usize)) -> Vec<(usize, usize, usize, Label, &'static str)> {
    let text = ctx.text(range);
    let mut starts = Vec::new();
    let mut fresh = true;
    for (at, c) in text.char_indices() {
        if fresh {
            let found = if at == 0 {
                label_or_space_at(text)
            } else {
                label_at(&text[at..]).or_else(|| spaced_label(&text[at..]))
            };
            if let Some((label, word, len)) = found {
                starts.push((range.0 + at, range.0 + at + len, label, word));
            }
        }
        fresh = matches!(c, ',' | ';' | '。' | ' ' | '(');
    }
    let mut segments = Vec::new();
    for (index, &(start, content, label, word)) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(range.1, |next| next.0);
        segments.push((start, content, end.max(content), label, word));
    }
    segments
}

/// A ranked label with a space behind it inside a line (`,成员 李某某`).
fn spaced_label(text: &str) -> Option<(Label, &'static str, usize)> {
    label_or_space_at(text).filter(|(label, _, len)| {
        matches!(label, Label::Rank(_) | Label::Members) && text[*len..].starts_with(crate::text::is_cjk)
    })
}

impl Leadership {
    /// One cell of a table, under the label of its column.
    pub(crate) fn cell(&mut self, ctx: &Ctx<'_>, label: &str, cell: (usize, usize)) {
        match label {
            "组长" => self.leaders.extend(read_leader_line(ctx, cell, Rank::Leader, "组长")),
            "牵头单位" => self.add_lead_units(ctx, cell, Rule::TableRow),
            _ => self.add_members(ctx, cell, Rule::TableRow),
        }
    }
}
