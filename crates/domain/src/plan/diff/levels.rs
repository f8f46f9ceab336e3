//! Response levels and event grades: criteria, measures, what they include, who reviews and decides.

use super::ChangeKind::{Added, Changed, Removed};
use super::changes::{At, Changes, Words};
use super::texts::{Named, Sentence, sentences};
use crate::Lang;
use crate::plan::{ConditionMode, Criterion, EventGrade, Level, Measure, Plan, ResponseLevel};

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    for level in ResponseLevel::ALL.into_iter().rev() {
        presence(changes, level, level_of(old, level), level_of(new, level));
        grades(changes, level, grade_of(old, level), grade_of(new, level));
    }
}

fn level_of(plan: &Plan, level: ResponseLevel) -> Option<&Level> {
    plan.levels.iter().find(|one| one.level == level)
}

fn grade_of(plan: &Plan, grade: ResponseLevel) -> Option<&EventGrade> {
    plan.event_grades.iter().find(|one| one.grade == grade)
}

fn presence(changes: &mut Changes, which: ResponseLevel, old: Option<&Level>, new: Option<&Level>) {
    let (zh, en) = (which.words(Lang::Zh), which.words(Lang::En));
    match (old, new) {
        (Some(old), Some(new)) => level(changes, old, new),
        (None, Some(new)) => {
            let words = Words::new(format!("增加{zh}响应"), format!("{en} added"));
            changes.push(Added, &["levels", which.numeral()], At { old: None, new: new.sources.first() }, words);
        }
        (Some(old), None) => {
            let words = Words::new(format!("删去{zh}响应"), format!("{en} removed"));
            changes.push(Removed, &["levels", which.numeral()], At { old: old.sources.first(), new: None }, words);
        }
        (None, None) => {}
    }
}

fn level(changes: &mut Changes, old: &Level, new: &Level) {
    let numeral = new.level.numeral();
    let (zh, en) = (new.level.words(Lang::Zh), new.level.words(Lang::En));
    let at = At { old: old.sources.first(), new: new.sources.first() };
    let mut value = |field: &str, what: [&str; 2], before: [String; 2], after: [String; 2]| {
        if before == after {
            return;
        }
        let words = Words::new(
            format!("{zh}响应的{}由{}改为{}", what[0], before[0], after[0]),
            format!("{en}: {} changed from {} to {}", what[1], before[1], after[1]),
        );
        changes.push(Changed, &["levels", numeral, field], at, words);
    };
    value("includes", ["所含级别", "level included"], included(old), included(new));
    value("criteria_mode", ["条件关系", "relation of criteria"], mode(old.criteria_mode), mode(new.criteria_mode));
    value("review_chain", ["专家审核", "expert review"], list(&old.review_chain), list(&new.review_chain));
    value("decided_by", ["决定机关", "deciding body"], list(&old.decided_by), list(&new.decided_by));
    value("active_from", ["启动日期", "date of activation"], active(old), active(new));
    let (label_zh, label_en) = (format!("{zh}启动条件"), format!("{en} criterion"));
    let path = ["levels", numeral, "criteria"];
    let named = Named { path: &path, zh: &label_zh, en: &label_en };
    sentences(changes, &named, &criteria(&old.criteria), &criteria(&new.criteria));
    let (label_zh, label_en) = (format!("{zh}措施"), format!("{en} measure"));
    let path = ["levels", numeral, "measures"];
    let named = Named { path: &path, zh: &label_zh, en: &label_en };
    sentences(changes, &named, &measures(&old.measures), &measures(&new.measures));
}

const UNSAID: [&str; 2] = ["（未写明）", "(not stated)"];

fn or_unsaid(words: Option<[String; 2]>) -> [String; 2] {
    words.unwrap_or_else(|| UNSAID.map(str::to_owned))
}

fn included(level: &Level) -> [String; 2] {
    let words = level.includes.map(|lower| [lower.words(Lang::Zh), lower.words(Lang::En)]);
    words.unwrap_or_else(|| ["（无）".to_owned(), "(none)".to_owned()])
}

fn active(level: &Level) -> [String; 2] {
    or_unsaid(level.active_from.map(|day| [day.words(Lang::Zh), day.words(Lang::En)]))
}

fn mode(mode: ConditionMode) -> [String; 2] {
    let words = [mode.words(Lang::Zh).to_owned(), mode.words(Lang::En).to_owned()];
    or_unsaid((mode != ConditionMode::Unstated).then_some(words))
}

fn list(items: &[String]) -> [String; 2] {
    let words = items.join("、");
    or_unsaid((!items.is_empty()).then(|| [words.clone(), words]))
}

fn criteria(list: &[Criterion]) -> Vec<Sentence<'_>> {
    list.iter().map(|one| Sentence { text: &one.text, source: &one.source }).collect()
}

fn measures(list: &[Measure]) -> Vec<Sentence<'_>> {
    list.iter().map(Sentence::from).collect()
}

fn grades(changes: &mut Changes, which: ResponseLevel, old: Option<&EventGrade>, new: Option<&EventGrade>) {
    let path = ["event_grades", which.numeral()];
    let (zh, en) = (which.words(Lang::Zh), which.words(Lang::En));
    match (old, new) {
        (Some(old), Some(new)) => {
            let (label_zh, label_en) = (format!("{zh}事件标准"), format!("grade {} criterion", which.numeral()));
            let named = Named { path: &path, zh: &label_zh, en: &label_en };
            sentences(changes, &named, &criteria(&old.criteria), &criteria(&new.criteria));
        }
        (None, Some(new)) => {
            let words = Words::new(format!("增加{zh}事件标准"), format!("event grade of {en} added"));
            changes.push(Added, &path, At::new(&new.source), words);
        }
        (Some(old), None) => {
            let words = Words::new(format!("删去{zh}事件标准"), format!("event grade of {en} removed"));
            changes.push(Removed, &path, At::old(&old.source), words);
        }
        (None, None) => {}
    }
}
