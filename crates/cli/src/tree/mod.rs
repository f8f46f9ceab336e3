//! A plan as a tree for the terminal.

mod doubts;
mod draw;
mod facts;
mod front;
mod levels;
mod node;
mod organisation;
mod procedure;
#[cfg(test)]
mod tests;
mod work;
mod wrap;

use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_domain::plan::{Plan, Reading};

pub(crate) use node::{Node, Paint};
pub(crate) use wrap::{columns, printable};

/// Whether the terminal gets colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    On,
    Off,
}

/// How much of long lists is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// The beginning of long lists and one line of each long text.
    Brief,
    /// Everything.
    Full,
}

/// How the tree is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) lang: Lang,
    pub(crate) width: usize,
    pub(crate) colour: Colour,
    pub(crate) detail: Detail,
}

impl View {
    fn pick<T>(&self, zh: T, en: T) -> T {
        self.lang.pick(zh, en)
    }

    /// A long text: whole in full detail, else its first line.
    fn text(&self, node: Node, text: &str) -> Node {
        match self.detail {
            Detail::Full => node.text(text),
            Detail::Brief => node.line(text),
        }
    }

    /// The first `most` nodes and a line that says how many were left out.
    fn first(&self, most: usize, mut nodes: Vec<Node>) -> Vec<Node> {
        let left = nodes.len().saturating_sub(most);
        // One more line costs no more than the line that would stand for it.
        if self.detail == Detail::Full || left <= 1 {
            return nodes;
        }
        nodes.truncate(most);
        let more = self.pick(format!("…… 另有 {left} 项，加 --full 显示"), format!("… {left} more, shown with --full"));
        nodes.push(Node::new(more).paint(Paint::Dim));
        nodes
    }
}

/// Writes every document of the reading, then what is doubtful.
pub(crate) fn write(out: &mut dyn Write, reading: &Reading, view: &View) -> io::Result<()> {
    for (at, plan) in reading.plans.iter().enumerate() {
        if reading.plans.len() > 1 {
            let (which, n) = (at + 1, reading.plans.len());
            let rule =
                view.pick(format!("---- 第 {which} 份，共 {n} 份 ----"), format!("---- document {which} of {n} ----"));
            writeln!(out, "\n{rule}")?;
        }
        write_plan(out, plan, view)?;
    }
    if let Some(part) = doubts::part(reading, view) {
        draw::part(out, view, &part)?;
    }
    Ok(())
}

/// Writes what is doubtful alone.
pub(crate) fn write_doubts(out: &mut dyn Write, reading: &Reading, view: &View) -> io::Result<()> {
    match doubts::part(reading, view) {
        Some(part) => draw::part(out, view, &part),
        None => writeln!(out, "\n{}", view.pick("没有需要核实的地方。", "Nothing to verify.")),
    }
}

fn write_plan(out: &mut dyn Write, plan: &Plan, view: &View) -> io::Result<()> {
    draw::part(out, view, &front::part(plan, view))?;
    let parts = [
        organisation::part(plan, view),
        organisation::unit_duties(plan, view),
        levels::part(plan, view),
        levels::grades(plan, view),
        procedure::part(&plan.level_procedure, view),
        levels::other_measures(plan, view),
        work::tasks(plan, view),
        work::phases(plan, view),
        facts::times(plan, view),
        facts::quantities(plan, view),
        facts::named_lists(plan, view),
        facts::mechanisms(plan, view),
        facts::report_flows(plan, view),
    ];
    parts.iter().flatten().try_for_each(|part| draw::part(out, view, part))
}

/// A heading with the count of what stands under it.
fn heading(title: &str, n: usize, view: &View) -> Node {
    let title = view.pick(format!("{title}（{n}）"), format!("{title} ({n})"));
    Node::new(title).paint(Paint::Bold)
}
