//! Lists of sentences: added, removed, reworded.

use super::ChangeKind::{Added, Removed, Reworded};
use super::changes::{At, Changes, Words, focus, short};
use super::pair::Pairing;
use super::similar::normal;
use crate::plan::{Measure, MeasureSet, Plan, Source, Text};

/// Two sentences at least this alike are one sentence reworded.
const REWORDED: u32 = 500;

/// A sentence with its place.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) source: &'a Source,
}

impl<'a> From<&'a Text> for Sentence<'a> {
    fn from(text: &'a Text) -> Self {
        Sentence { text: &text.text, source: &text.source }
    }
}

impl<'a> From<&'a Measure> for Sentence<'a> {
    fn from(measure: &'a Measure) -> Self {
        Sentence { text: &measure.text, source: &measure.source }
    }
}

/// What a list of sentences is called.
pub(super) struct Named<'a> {
    pub(super) path: &'a [&'a str],
    pub(super) zh: &'a str,
    pub(super) en: &'a str,
}

/// Tells what was added to, removed from and reworded in a list of sentences.
pub(super) fn sentences(changes: &mut Changes, list: &Named<'_>, old: &[Sentence<'_>], new: &[Sentence<'_>]) {
    let Named { path, zh, en } = list;
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |one| normal(one.text))
        .by_text(old, new, REWORDED, |one| one.text.to_owned())
        .done();
    for (i, j) in pairs.both {
        if normal(old[i].text) == normal(new[j].text) {
            continue;
        }
        let (before, after) = focus(old[i].text, new[j].text);
        let words = Words::new(
            format!("{zh}改写：“{before}”改为“{after}”"),
            format!("{en} reworded: “{before}” is now “{after}”"),
        );
        changes.push(Reworded, path, At::both(old[i].source, new[j].source), words);
    }
    for j in pairs.only_new {
        let text = short(new[j].text);
        let words = Words::new(format!("{zh}增加：“{text}”"), format!("{en} added: “{text}”"));
        changes.push(Added, path, At::new(new[j].source), words);
    }
    for i in pairs.only_old {
        let text = short(old[i].text);
        let words = Words::new(format!("{zh}删去：“{text}”"), format!("{en} removed: “{text}”"));
        changes.push(Removed, path, At::old(old[i].source), words);
    }
}

/// Compares the lists of texts that stand by themselves.
pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    fn of<'a, T>(list: &'a [T]) -> Vec<Sentence<'a>>
    where
        Sentence<'a>: From<&'a T>,
    {
        list.iter().map(Sentence::from).collect()
    }
    let mut list = |field: &str, zh: &str, en: &str, old: &[Text], new: &[Text]| {
        sentences(changes, &Named { path: &[field], zh, en }, &of(old), &of(new));
    };
    list("validity", "施行与解释", "validity", &old.validity, &new.validity);
    list("distribution", "主送单位", "addressees", &old.distribution, &new.distribution);
    list("purpose", "编制目的", "purpose", &old.purpose, &new.purpose);
    list("scope", "适用范围", "scope", &old.scope, &new.scope);
    list("goals", "工作目标", "goal", &old.goals, &new.goals);
    compare_named(changes, old, new);
    measure_sets(changes, &old.measure_sets, &new.measure_sets);
}

fn compare_named(changes: &mut Changes, old: &Plan, new: &Plan) {
    let mut list = |field: &str, zh: &str, en: &str, of: &dyn Fn(&Plan) -> Vec<Owned>| {
        let (old, new) = (of(old), of(new));
        sentences(changes, &Named { path: &[field], zh, en }, &borrowed(&old), &borrowed(&new));
    };
    list("principles", "工作原则", "principle", &|plan| {
        plan.principles.iter().map(|one| named(&one.title, &one.text, &one.source)).collect()
    });
    list("definitions", "名词术语", "definition", &|plan| {
        plan.definitions.iter().map(|one| named(&one.term, &one.meaning, &one.source)).collect()
    });
    list("mechanisms", "工作机制", "mechanism", &|plan| {
        plan.mechanisms.iter().map(|one| named(&one.name, &one.text, &one.source)).collect()
    });
    list("report_flows", "报送要求", "reporting rule", &|plan| {
        plan.report_flows.iter().map(|one| (one.text.clone(), one.source.clone())).collect()
    });
}

type Owned = (String, Source);

/// Name and words as one text; the name only where the words do not begin with it.
fn named(name: &str, text: &str, source: &Source) -> Owned {
    let whole = if text.starts_with(name) { text.to_owned() } else { format!("{name}：{text}") };
    (whole, source.clone())
}

fn borrowed(items: &[Owned]) -> Vec<Sentence<'_>> {
    items.iter().map(|(text, source)| Sentence { text, source }).collect()
}

fn measure_sets(changes: &mut Changes, old: &[MeasureSet], new: &[MeasureSet]) {
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |set| normal(&set.title))
        .by_text(old, new, REWORDED, |set| set.title.clone())
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        let (zh, en) = (format!("“{}”措施", after.title), format!("measure of “{}”", after.title));
        let path = ["measure_sets", after.title.as_str()];
        let (before, after) = (items(before), items(after));
        sentences(changes, &Named { path: &path, zh: &zh, en: &en }, &before, &after);
    }
    for j in pairs.only_new {
        let title = &new[j].title;
        let words = Words::new(format!("增加一节：“{title}”"), format!("section added: “{title}”"));
        changes.push(Added, &["measure_sets", title], At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let title = &old[i].title;
        let words = Words::new(format!("删去一节：“{title}”"), format!("section removed: “{title}”"));
        changes.push(Removed, &["measure_sets", title], At::old(&old[i].source), words);
    }
}

fn items(set: &MeasureSet) -> Vec<Sentence<'_>> {
    set.items.iter().map(Sentence::from).collect()
}
