//! Starting, changing and ending a response.

use super::ChangeKind::Changed;
use super::changes::{At, Changes, Words};
use super::members::{List, units};
use super::texts::{Named, Sentence, sentences};
use crate::Lang;
use crate::plan::{Criterion, LevelProcedure, LoweringNeed, Text};

pub(super) fn compare(changes: &mut Changes, old: &LevelProcedure, new: &LevelProcedure) {
    who(changes, old, new);
    values(changes, old, new);
    words(changes, old, new);
    let conditions = |list: &'_ [Criterion]| -> Vec<Text> {
        list.iter().map(|one| Text { text: one.text.clone(), source: one.source.clone() }).collect()
    };
    let (before, after) = (conditions(&old.termination.conditions), conditions(&new.termination.conditions));
    texts(changes, "conditions", ["终止条件", "condition of ending"], &before, &after);
}

fn who(changes: &mut Changes, old: &LevelProcedure, new: &LevelProcedure) {
    let lists = [
        ("proposes", "提出单位", "proposing body", &old.proposes, &new.proposes),
        ("approves", "批准机关", "approving body", &old.approves, &new.approves),
        ("files_with", "备案机关", "body it is filed with", &old.files_with, &new.files_with),
    ];
    for (field, zh, en, before, after) in lists {
        let path = ["level_procedure", field];
        let list = List { path: &path, of_zh: "启动程序", of_en: "starting", zh, en };
        units(changes, &list, before, after);
    }
}

fn values(changes: &mut Changes, old: &LevelProcedure, new: &LevelProcedure) {
    let mode = |procedure: &LevelProcedure, lang| procedure.termination.mode.words(lang).to_owned();
    let needs = |procedure: &LevelProcedure, lang: Lang| {
        let words: Vec<&str> = procedure.lowering_needs.iter().map(|need: &LoweringNeed| need.words(lang)).collect();
        words.join("、")
    };
    let mut value = |field: &str, what: [&str; 2], words: &dyn Fn(&LevelProcedure, Lang) -> String| {
        if words(old, Lang::Zh) == words(new, Lang::Zh) {
            return;
        }
        let said = |procedure, lang: Lang| match words(procedure, lang) {
            empty if empty.is_empty() => lang.pick("（未写明）", "(not stated)").to_owned(),
            words => words,
        };
        let told = Words::new(
            format!("{}由{}改为{}", what[0], said(old, Lang::Zh), said(new, Lang::Zh)),
            format!("{} changed from {} to {}", what[1], said(old, Lang::En), said(new, Lang::En)),
        );
        changes.push(Changed, &["level_procedure", field], At::default(), told);
    };
    value("jump_up", ["越级提升", "skipping levels upwards"], &|one, lang| may(one.jump_up, lang));
    value("jump_down", ["越级降低", "skipping levels downwards"], &|one, lang| may(one.jump_down, lang));
    value("lowering_needs", ["降低级别前的评估", "assessment before lowering"], &needs);
    value("termination", ["终止条件的关系", "relation of the conditions of ending"], &mode);
}

fn may(may: Option<bool>, lang: Lang) -> String {
    match may {
        Some(true) => lang.pick("可以", "allowed").to_owned(),
        Some(false) => lang.pick("不可以", "not allowed").to_owned(),
        None => String::new(),
    }
}

fn words(changes: &mut Changes, old: &LevelProcedure, new: &LevelProcedure) {
    let ends = (&old.termination.afterwards, &new.termination.afterwards);
    texts(changes, "assessment_factors", ["评估因素", "factor"], &old.assessment_factors, &new.assessment_factors);
    texts(changes, "raising", ["级别提升的规定", "rule on raising"], &old.raising, &new.raising);
    texts(changes, "lowering", ["级别降低的规定", "rule on lowering"], &old.lowering, &new.lowering);
    texts(changes, "afterwards", ["终止以后的规定", "rule on what follows the end"], ends.0, ends.1);
}

fn texts(changes: &mut Changes, field: &str, [zh, en]: [&str; 2], old: &[Text], new: &[Text]) {
    let old: Vec<Sentence<'_>> = old.iter().map(Sentence::from).collect();
    let new: Vec<Sentence<'_>> = new.iter().map(Sentence::from).collect();
    sentences(changes, &Named { path: &["level_procedure", field], zh, en }, &old, &new);
}
