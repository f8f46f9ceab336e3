//! Draws a tree of nodes with connectors, wrapped with a hanging indent.

use std::io::{self, Write};

use super::node::{Flow, Node, Paint};
use super::wrap::{clip, columns, fill, prose_pieces};
use super::{Colour, View};

/// Labels wider than this do not push their text's further lines to the right.
const WIDEST_HANG: usize = 20;

/// Draws a part: its heading at the margin and its tree below.
pub(crate) fn part(out: &mut dyn Write, view: &View, part: &Node) -> io::Result<()> {
    writeln!(out)?;
    lines(part, view.width).into_iter().try_for_each(|line| writeln!(out, "{}", line.shown(view.colour)))?;
    branches(out, view, &part.children, "")
}

fn branches(out: &mut dyn Write, view: &View, nodes: &[Node], prefix: &str) -> io::Result<()> {
    for (at, node) in nodes.iter().enumerate() {
        let (first, rest) = if at + 1 == nodes.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let room = view.width.saturating_sub(columns(prefix) + columns(first)).max(16);
        for (n, line) in lines(node, room).into_iter().enumerate() {
            let connector = if n == 0 { first } else { rest };
            writeln!(out, "{prefix}{connector}{}", line.shown(view.colour))?;
        }
        branches(out, view, &node.children, &format!("{prefix}{rest}"))?;
    }
    Ok(())
}

struct Line {
    label: String,
    paint: Paint,
    text: String,
}

impl Line {
    fn shown(&self, colour: Colour) -> String {
        let code = match (colour, self.paint) {
            (Colour::Off, _) | (_, Paint::Plain) => "",
            (Colour::On, Paint::Bold) => "1",
            (Colour::On, Paint::Dim) => "2",
            (Colour::On, Paint::Red) => "1;31",
            (Colour::On, Paint::Orange) => "1;38;5;208",
            (Colour::On, Paint::Yellow) => "1;33",
            (Colour::On, Paint::Blue) => "1;34",
        };
        if code.is_empty() || self.label.trim().is_empty() {
            return format!("{}{}", self.label, self.text);
        }
        format!("\u{1b}[{code}m{}\u{1b}[0m{}", self.label, self.text)
    }
}

/// The node's own lines: the label once, then the text, hanging under its own start.
fn lines(node: &Node, width: usize) -> Vec<Line> {
    let line = |label: &str, text: String| Line { label: label.to_owned(), paint: node.paint, text };
    if is_empty(&node.flow) {
        return fill(&prose_pieces(&node.label), width).into_iter().map(|label| line(&label, String::new())).collect();
    }
    let label = format!("{}{}", node.label, gap(&node.label));
    let hang = columns(&label);
    if hang > WIDEST_HANG || hang + 16 > width {
        return under(node, width, &line);
    }
    let pad = " ".repeat(hang);
    broken(&node.flow, width - hang)
        .into_iter()
        .enumerate()
        .map(|(n, text)| line(if n == 0 { &label } else { &pad }, text))
        .collect()
}

/// A number stands close to its text, as in the plan; a name stands apart.
fn gap(label: &str) -> &'static str {
    if label.is_empty() || label.ends_with('、') || (label.starts_with('（') && label.ends_with('）')) {
        ""
    } else if label.ends_with(['.', ')']) || label.chars().all(is_digit) {
        " "
    } else {
        "  "
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('①'..='⑳').contains(&c)
}

/// A wide label: its text goes on behind it and further lines are set in by two columns.
fn under(node: &Node, width: usize, line: &dyn Fn(&str, String) -> Line) -> Vec<Line> {
    let mut lines: Vec<Line> =
        fill(&prose_pieces(&node.label), width).into_iter().map(|label| line(&label, String::new())).collect();
    let mut texts = broken(&node.flow, width.saturating_sub(2));
    if let (Some(last), [only]) = (lines.last_mut(), texts.as_slice())
        && columns(&last.label) + 2 + columns(only) <= width
    {
        last.text = format!("  {only}");
        texts.clear();
    }
    lines.extend(texts.into_iter().map(|text| line("  ", text)));
    lines
}

fn broken(flow: &Flow, width: usize) -> Vec<String> {
    match flow {
        Flow::Prose(text) => fill(&prose_pieces(text), width),
        Flow::List(items) => fill(items, width),
        Flow::Line(text) => vec![clip(text.trim(), width)],
    }
}

fn is_empty(flow: &Flow) -> bool {
    match flow {
        Flow::Prose(text) | Flow::Line(text) => text.trim().is_empty(),
        Flow::List(items) => items.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, View, columns, part};
    use crate::tree::{Colour, Detail, Paint};
    use lianfang_domain::Lang;

    fn drawn(node: &Node, width: usize, colour: Colour) -> String {
        let view = View { lang: Lang::Zh, width, colour, detail: Detail::Brief };
        let mut out = Vec::new();
        part(&mut out, &view, node).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn sample() -> Node {
        Node::new("组织架构").paint(Paint::Bold).child(
            Node::new("医疗救治组")
                .child(Node::new("成员单位").list(["县卫健局", "县医保局", "县公安局", "县财政局"]))
                .child(Node::prose("负责病例救治、转运和院感防控。")),
        )
    }

    #[test]
    fn units_hang_under_the_first_unit() {
        let expected = "
组织架构
└─ 医疗救治组
   ├─ 成员单位  县卫健局、县医保局、
   │            县公安局、县财政局
   └─ 负责病例救治、转运和院感防控。
";
        assert_eq!(drawn(&sample(), 36, Colour::Off), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [30, 40, 57, 100] {
            let text = drawn(&sample(), width, Colour::Off);
            assert!(text.lines().all(|line| columns(line) <= width), "{text}");
        }
    }

    #[test]
    fn colour_is_written_only_where_it_is_on() {
        assert!(!drawn(&sample(), 40, Colour::Off).contains('\u{1b}'));
        assert!(drawn(&sample(), 40, Colour::On).contains("\u{1b}[1m组织架构\u{1b}[0m"));
    }
}
