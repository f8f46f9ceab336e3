use lianfang_domain::plan::{LevelProcedure, Member, Text};

use super::{Node, Paint, View, levels};

/// How a level is started, changed and ended.
pub(super) fn part(procedure: &LevelProcedure, view: &View) -> Option<Node> {
    Node::new(view.pick("启动、调整和终止", "Starting, changing and ending"))
        .paint(Paint::Bold)
        .children(start(procedure, view))
        .children(change(procedure, view))
        .children(end(procedure, view))
        .unless_bare()
}

fn start(procedure: &LevelProcedure, view: &View) -> Option<Node> {
    let who = |zh: &str, en: &str, members: &[Member]| {
        (!members.is_empty()).then(|| Node::new(view.pick(zh, en)).list(members.iter().map(|member| &member.name)))
    };
    Node::new(view.pick("启动", "start"))
        .children(who("提出", "proposed by", &procedure.proposes))
        .children(who("批准", "approved by", &procedure.approves))
        .children(who("备案", "filed with", &procedure.files_with))
        .children(texts(view.pick("评估因素", "factors"), &procedure.assessment_factors, view))
        .unless_bare()
}

fn change(procedure: &LevelProcedure, view: &View) -> Option<Node> {
    let needs = procedure.lowering_needs.iter().map(|need| need.words(view.lang));
    let needs: Vec<&str> = needs.collect();
    Node::new(view.pick("调整", "change"))
        .children(procedure.jump_up.map(|may| jump(view.pick("越级提升", "skipping upwards"), may, view)))
        .children(procedure.jump_down.map(|may| jump(view.pick("越级降低", "skipping downwards"), may, view)))
        .children(texts(view.pick("提升", "raising"), &procedure.raising, view))
        .children(texts(view.pick("降低", "lowering"), &procedure.lowering, view))
        .children((!needs.is_empty()).then(|| Node::new(view.pick("降低前须有", "before lowering")).list(needs)))
        .unless_bare()
}

fn jump(label: &str, may: bool, view: &View) -> Node {
    let words = if may { view.pick("可以", "allowed") } else { view.pick("不可以", "not allowed") };
    Node::new(label).text(words)
}

fn end(procedure: &LevelProcedure, view: &View) -> Option<Node> {
    let ending = &procedure.termination;
    let label = match ending.mode.words(view.lang) {
        "" => view.pick("终止", "end").to_owned(),
        how => view.pick(format!("终止 · {how}"), format!("end, {how}")),
    };
    Node::new(label)
        .children(ending.conditions.iter().map(|one| levels::criterion(one, view)))
        .children(texts(view.pick("终止以后", "afterwards"), &ending.afterwards, view))
        .unless_bare()
}

fn texts(label: &str, texts: &[Text], view: &View) -> Vec<Node> {
    match texts {
        [] => Vec::new(),
        [only] => vec![view.text(Node::new(label), &only.text)],
        several => {
            let lines = several.iter().map(|one| view.text(Node::new(""), &one.text));
            vec![Node::new(label).children(view.first(5, lines.collect()))]
        }
    }
}
