use lianfang_domain::plan::{Finding, Reading, Severity};

use crate::code::code;

use super::{Detail, Node, Paint, View};

/// What a person should verify, the gravest first.
pub(super) fn part(reading: &Reading, view: &View) -> Option<Node> {
    let severities = [Severity::Error, Severity::Warning, Severity::Question, Severity::Note];
    let groups = severities.into_iter().filter_map(|severity| {
        let of_it = reading.findings.iter().filter(|finding| finding.severity == severity);
        let nodes: Vec<Node> = of_it.map(|finding| finding_node(finding, reading, view)).collect();
        let n = nodes.len();
        let name = severity.words(view.lang);
        let label = view.pick(format!("{name}（{n}）"), format!("{name} ({n})"));
        let most = if severity == Severity::Note { 5 } else { usize::MAX };
        Node::new(label).paint(paint(severity)).children(view.first(most, nodes)).unless_bare()
    });
    super::heading(view.pick("待核实", "To verify"), reading.findings.len(), view).children(groups).unless_bare()
}

fn paint(severity: Severity) -> Paint {
    match severity {
        Severity::Error => Paint::Red,
        Severity::Warning => Paint::Yellow,
        Severity::Question => Paint::Blue,
        Severity::Note => Paint::Dim,
    }
}

fn finding_node(finding: &Finding, reading: &Reading, view: &View) -> Node {
    let quote = (!finding.place.quote.is_empty()).then(|| quote_node(&finding.place.quote, view));
    let question = finding.question(view.lang);
    let ask = (!question.is_empty()).then(|| Node::new(view.pick("请问", "ask")).text(question));
    Node::new(place(finding, reading, view))
        .text(&format!("{} [{}]", finding.message(view.lang), code(finding.code)))
        .children(quote)
        .children(ask)
}

fn quote_node(quote: &str, view: &View) -> Node {
    let node = Node::new(view.pick("原文", "text")).paint(Paint::Dim);
    match view.detail {
        Detail::Full => node.text(quote),
        Detail::Brief => node.line(quote),
    }
}

/// `37:4`, and which document where the file holds several.
fn place(finding: &Finding, reading: &Reading, view: &View) -> String {
    let place = &finding.place;
    let at = format!("{}:{}", place.line, place.column);
    if reading.plans.len() < 2 {
        return at;
    }
    let which = place.plan + 1;
    view.pick(format!("第 {which} 份 {at}"), format!("document {which}, {at}"))
}
