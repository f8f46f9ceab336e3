//! What the document is: title, issuer, number, dates, legal basis.

use super::ChangeKind::{Added, Changed, Removed};
use super::changes::{At, Changes, Words};
use super::members::{List, Name, names};
use super::pair::Pairing;
use super::similar::normal;
use crate::Lang;
use crate::plan::{DocumentDate, DocumentDateRole, Plan, Text};

pub(super) fn compare(changes: &mut Changes, old: &Plan, new: &Plan) {
    if old.kind != new.kind {
        let words = Words::new(
            format!("文种由{}改为{}", old.kind.words(Lang::Zh), new.kind.words(Lang::Zh)),
            format!("kind changed from {} to {}", old.kind.words(Lang::En), new.kind.words(Lang::En)),
        );
        changes.push(Changed, &["kind"], At::default(), words);
    }
    text(changes, ["title", "标题", "title"], old.title.as_ref(), new.title.as_ref());
    text(changes, ["issuer", "发文机关", "issuer"], old.issuer.as_ref(), new.issuer.as_ref());
    let numbers = (old.document_number.as_ref(), new.document_number.as_ref());
    text(changes, ["document_number", "文号", "document number"], numbers.0, numbers.1);
    dates(changes, &old.dates, &new.dates);
    legal_basis(changes, old, new);
}

fn text(changes: &mut Changes, [field, zh, en]: [&str; 3], old: Option<&Text>, new: Option<&Text>) {
    match (old, new) {
        (Some(before), Some(after)) if normal(&before.text) != normal(&after.text) => {
            let words = Words::new(
                format!("{zh}由“{}”改为“{}”", before.text, after.text),
                format!("{en} changed from “{}” to “{}”", before.text, after.text),
            );
            changes.push(Changed, &[field], At::both(&before.source, &after.source), words);
        }
        (None, Some(after)) => {
            let words = Words::new(format!("增加{zh}：{}", after.text), format!("{en} added: {}", after.text));
            changes.push(Added, &[field], At::new(&after.source), words);
        }
        (Some(before), None) => {
            let words = Words::new(format!("删去{zh}：{}", before.text), format!("{en} removed: {}", before.text));
            changes.push(Removed, &[field], At::old(&before.source), words);
        }
        _ => {}
    }
}

fn dates(changes: &mut Changes, old: &[DocumentDate], new: &[DocumentDate]) {
    let key = |date: &DocumentDate| format!("{:?} {}", date.role, words(date, Lang::Zh));
    let role = |date: &DocumentDate| format!("{:?}", date.role);
    let pairs = Pairing::new(old.len(), new.len()).by_key(old, new, key).by_key(old, new, role).done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        if key(before) == key(after) {
            continue;
        }
        let (zh, en) = role_words(after.role);
        let words = Words::new(
            format!("{zh}由{}改为{}", words(before, Lang::Zh), words(after, Lang::Zh)),
            format!("{en} changed from {} to {}", words(before, Lang::En), words(after, Lang::En)),
        );
        changes.push(Changed, &["dates"], At::both(&before.source, &after.source), words);
    }
    for j in pairs.only_new {
        let (zh, en) = role_words(new[j].role);
        let words = Words::new(
            format!("增加{zh}：{}", words(&new[j], Lang::Zh)),
            format!("{en} added: {}", words(&new[j], Lang::En)),
        );
        changes.push(Added, &["dates"], At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let (zh, en) = role_words(old[i].role);
        let words = Words::new(
            format!("删去{zh}：{}", words(&old[i], Lang::Zh)),
            format!("{en} removed: {}", words(&old[i], Lang::En)),
        );
        changes.push(Removed, &["dates"], At::old(&old[i].source), words);
    }
}

fn words(date: &DocumentDate, lang: Lang) -> String {
    date.date.map_or_else(|| format!("“{}”", date.text), |day| day.words(lang))
}

fn role_words(role: DocumentDateRole) -> (&'static str, &'static str) {
    match role {
        DocumentDateRole::Issued => ("印发日期", "date of issue"),
        DocumentDateRole::Published => ("发布日期", "date of publication"),
        DocumentDateRole::Effective => ("施行日期", "date in force"),
    }
}

fn legal_basis(changes: &mut Changes, old: &Plan, new: &Plan) {
    fn of(plan: &Plan) -> Vec<Name<'_>> {
        plan.legal_basis.iter().map(|law| (law.title.as_str(), &law.source)).collect()
    }
    let list = List { path: &["legal_basis"], of_zh: "", of_en: "legal basis", zh: "编制依据", en: "document" };
    names(changes, &list, &of(old), &of(new));
}
