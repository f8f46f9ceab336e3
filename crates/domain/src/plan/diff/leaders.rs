//! Who leads a body.

use super::ChangeKind::{Added, Changed, Removed};
use super::changes::{At, Changes, Words};
use super::pair::Pairing;
use super::similar::normal;
use crate::Lang;
use crate::plan::Leader;

fn who(leader: &Leader) -> String {
    let parts = [leader.post.as_deref(), leader.person.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Tells who came, who left, who was replaced, and whose rank changed.
pub(super) fn leaders(changes: &mut Changes, body: &str, old: &[Leader], new: &[Leader]) {
    let path = ["organisation", body, "leaders"];
    let pairs = Pairing::new(old.len(), new.len())
        .by_key(old, new, |leader| format!("{:?} {}", leader.rank, normal(&who(leader))))
        .by_key(old, new, |leader| normal(&who(leader)))
        .by_key(old, new, |leader| format!("{:?}", leader.rank))
        .done();
    for (i, j) in pairs.both {
        let (before, after) = (&old[i], &new[j]);
        let words = if before.rank != after.rank {
            Words::new(
                format!("“{body}”的{}由{}改任{}", who(after), before.rank.words(Lang::Zh), after.rank.words(Lang::Zh)),
                format!(
                    "“{body}”: {} is now {}, was {}",
                    who(after),
                    after.rank.words(Lang::En),
                    before.rank.words(Lang::En)
                ),
            )
        } else if normal(&who(before)) != normal(&who(after)) {
            Words::new(
                format!("“{body}”的{}由{}改为{}", after.rank.words(Lang::Zh), who(before), who(after)),
                format!("“{body}”: {} is now {}, was {}", after.rank.words(Lang::En), who(after), who(before)),
            )
        } else {
            continue;
        };
        changes.push(Changed, &path, At::both(&before.source, &after.source), words);
    }
    for j in pairs.only_new {
        let (rank, who) = (new[j].rank, who(&new[j]));
        let words = Words::new(
            format!("“{body}”增加{}：{who}", rank.words(Lang::Zh)),
            format!("“{body}”: {} added: {who}", rank.words(Lang::En)),
        );
        changes.push(Added, &path, At::new(&new[j].source), words);
    }
    for i in pairs.only_old {
        let (rank, who) = (old[i].rank, who(&old[i]));
        let words = Words::new(
            format!("“{body}”减少{}：{who}", rank.words(Lang::Zh)),
            format!("“{body}”: {} removed: {who}", rank.words(Lang::En)),
        );
        changes.push(Removed, &path, At::old(&old[i].source), words);
    }
}
