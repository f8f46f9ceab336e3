//! The office of a headquarters, and the duties of bodies and units.

use super::ChangeKind::{Added, Changed, Removed};
use super::changes::{At, Changes, Words};
use super::leaders::leaders;
use super::members::{List, units};
use super::texts::{Named, Sentence, sentences};
use crate::plan::{Duty, Office};

/// Tells whether the office came, went, moved or changed.
pub(super) fn office(changes: &mut Changes, body: &str, offices: (Option<&Office>, Option<&Office>), at: At<'_>) {
    let path = ["organisation", body, "office"];
    match offices {
        (Some(old), Some(new)) => same_office(changes, body, old, new),
        (None, Some(new)) => {
            let words = Words::new(format!("“{body}”增设办公室"), format!("“{body}”: office added"));
            changes.push(Added, &path, At { old: at.old, new: Some(&new.source) }, words);
        }
        (Some(old), None) => {
            let words = Words::new(format!("“{body}”不再设办公室"), format!("“{body}”: office removed"));
            changes.push(Removed, &path, At { old: Some(&old.source), new: at.new }, words);
        }
        (None, None) => {}
    }
}

fn same_office(changes: &mut Changes, body: &str, old: &Office, new: &Office) {
    let name = format!("{body}办公室");
    if old.host != new.host {
        let host = |office: &Office, unsaid: &str| office.host.clone().unwrap_or_else(|| unsaid.to_owned());
        let words = Words::new(
            format!("“{body}”办公室由设在{}改为设在{}", host(old, "（未写明）"), host(new, "（未写明）")),
            format!("“{body}”: office moved from {} to {}", host(old, "(not stated)"), host(new, "(not stated)")),
        );
        changes.push(Changed, &["organisation", body, "office"], At::both(&old.source, &new.source), words);
    }
    leaders(changes, &name, &old.leaders, &new.leaders);
    let path = ["organisation", body, "office", "members"];
    let quoted = format!("“{name}”");
    let list = List { path: &path, of_zh: &quoted, of_en: &quoted, zh: "成员", en: "member" };
    units(changes, &list, &old.members, &new.members);
    duties(changes, &["organisation", body, "office", "duties"], &name, &old.duties, &new.duties);
}

/// Tells which duties were added, removed and reworded.
pub(super) fn duties(changes: &mut Changes, path: &[&str], whose: &str, old: &[Duty], new: &[Duty]) {
    fn of(duties: &[Duty]) -> Vec<Sentence<'_>> {
        duties.iter().map(|duty| Sentence { text: &duty.text, source: &duty.source }).collect()
    }
    let (zh, en) = (format!("“{whose}”的职责"), format!("“{whose}”: duty"));
    sentences(changes, &Named { path, zh: &zh, en: &en }, &of(old), &of(new));
}
