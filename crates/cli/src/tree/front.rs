use lianfang_domain::plan::{DocumentDate, DocumentDateRole, Plan};

use super::{Node, Paint, View};

/// What the document is: title, kind, issuer, number, dates, what it rests on.
pub(super) fn part(plan: &Plan, view: &View) -> Node {
    let title = plan
        .title
        .as_ref()
        .map_or_else(|| view.pick("（未读到标题）", "(no title found)").to_owned(), |title| title.text.clone());
    let labelled = |zh: &str, en: &str, text: &str| Node::new(view.pick(zh, en)).text(text);
    let mut rows = vec![labelled("文种", "kind", plan.kind.words(view.lang))];
    if let Some(issuer) = &plan.issuer {
        rows.push(labelled("发文机关", "issued by", &issuer.text));
    }
    if let Some(number) = &plan.document_number {
        rows.push(labelled("文号", "number", &number.text));
    }
    rows.extend(plan.dates.iter().map(|date| date_node(date, view)));
    if !plan.legal_basis.is_empty() {
        let n = plan.legal_basis.len();
        let titles = plan.legal_basis.iter().map(|law| format!("《{}》", law.title));
        let count = view.pick(format!("编制依据（{n}）"), format!("rests on ({n})"));
        rows.push(view.text(Node::new(count), &titles.collect::<String>()));
    }
    if let Some(scope) = plan.scope.first() {
        rows.push(view.text(Node::new(view.pick("适用范围", "applies to")), &scope.text));
    }
    Node::new(title).paint(Paint::Bold).children(rows)
}

fn date_node(date: &DocumentDate, view: &View) -> Node {
    let label = match date.role {
        DocumentDateRole::Issued => view.pick("印发日期", "issued on"),
        DocumentDateRole::Published => view.pick("发布日期", "published on"),
        DocumentDateRole::Effective => view.pick("施行日期", "in force from"),
    };
    let text = match (date.date, date.proposed) {
        (Some(day), _) => day.words(view.lang),
        (None, Some(day)) => view.pick(
            format!("未知（原文“{}”，可能是 {}）", date.text, day.words(view.lang)),
            format!("unknown (“{}”, perhaps {})", date.text, day.words(view.lang)),
        ),
        (None, None) => view.pick(format!("未知（原文“{}”）", date.text), format!("unknown (“{}”)", date.text)),
    };
    Node::new(label).text(&text)
}
