use lianfang_domain::plan::{Plan, Quantity, QuantityRole};

use super::{Node, View, heading};

/// Every clock the plan sets.
pub(super) fn times(plan: &Plan, view: &View) -> Option<Node> {
    let nodes = plan.times.iter().map(|time| Node::new(time.kind.words(view.lang)).line(&time.subject));
    heading(view.pick("时限", "Clocks"), plan.times.len(), view).children(view.first(15, nodes.collect())).unless_bare()
}

/// Every number the plan states, by what it does.
pub(super) fn quantities(plan: &Plan, view: &View) -> Option<Node> {
    let roles = [
        (QuantityRole::Target, view.pick("目标", "targets"), 15),
        (QuantityRole::Threshold, view.pick("判定标准", "thresholds"), 8),
        (QuantityRole::Condition, view.pick("适用条件", "conditions"), 5),
        (QuantityRole::Fact, view.pick("陈述", "facts"), 5),
    ];
    let groups = roles.into_iter().filter_map(|(role, name, most)| {
        let of_role = plan.quantities.iter().filter(|quantity| quantity.role == role);
        let nodes: Vec<Node> = of_role.map(|quantity| quantity_node(quantity, view)).collect();
        let n = nodes.len();
        let label = view.pick(format!("{name}（{n}）"), format!("{name} ({n})"));
        Node::new(label).children(view.first(most, nodes)).unless_bare()
    });
    let groups: Vec<Node> = groups.collect();
    heading(view.pick("指标", "Quantities"), plan.quantities.len(), view).children(groups).unless_bare()
}

fn quantity_node(quantity: &Quantity, view: &View) -> Node {
    let value = match quantity.value {
        Some(_) => quantity.words(),
        None => view.pick(format!("未知 {}", quantity.unit), format!("unknown {}", quantity.unit)),
    };
    let subject = match &quantity.whose {
        Some(whose) => format!("{whose} · {}", quantity.subject),
        None => quantity.subject.clone(),
    };
    Node::new(value.trim()).line(&subject)
}

/// Lists with a name, such as 十同.
pub(super) fn named_lists(plan: &Plan, view: &View) -> Option<Node> {
    heading(view.pick("专用名单", "Named lists"), plan.named_lists.len(), view)
        .children(plan.named_lists.iter().map(|list| {
            let n = list.items.len();
            let count = view.pick(format!("{}（{n}）", list.name), format!("{} ({n})", list.name));
            Node::new(count).list(&list.items)
        }))
        .unless_bare()
}

/// Standing mechanisms.
pub(super) fn mechanisms(plan: &Plan, view: &View) -> Option<Node> {
    heading(view.pick("机制", "Mechanisms"), plan.mechanisms.len(), view)
        .children(plan.mechanisms.iter().map(|one| view.text(Node::new(&one.name), &one.text)))
        .unless_bare()
}

/// Who reports what to whom, and when.
pub(super) fn report_flows(plan: &Plan, view: &View) -> Option<Node> {
    let unsaid = || view.pick("未写明", "not stated").to_owned();
    let who = |units: &[String]| {
        if units.is_empty() { unsaid() } else { units.join("、") }
    };
    heading(view.pick("报送", "Reporting"), plan.report_flows.len(), view)
        .children(plan.report_flows.iter().map(|flow| {
            let when =
                flow.when.as_ref().map(|time| Node::new(view.pick("何时", "when")).text(&time.kind.words(view.lang)));
            Node::prose(&format!("{} → {}", who(&flow.from), who(&flow.to)))
                .children((!flow.what.is_empty()).then(|| view.text(Node::new(view.pick("内容", "what")), &flow.what)))
                .children(when)
        }))
        .unless_bare()
}
