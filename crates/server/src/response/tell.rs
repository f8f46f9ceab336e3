use lianfang_domain::{
    access::Role,
    notice::{About, Notice, NoticeKind, Urgency},
};
use lianfang_store::Tx;

use super::Case;
use crate::{Fault, visit::Visit};

/// Who decides on a proposal.
pub(super) const WHO_DECIDES: &[Role] = &[Role::Commander];
/// Who is told when the level changes.
pub(super) const WHO_FOLLOWS: &[Role] = &[Role::Office, Role::GroupLeader, Role::Expert, Role::Observer];
/// Who is told when a proposal is refused.
pub(super) const WHO_PROPOSED: &[Role] = &[Role::Office];

/// Tells the holders of these roles of a proposal, together with the change itself. Whoever does it is not told.
pub(super) async fn tell(
    visit: &Visit,
    tx: &mut Tx<'_>,
    case: &Case,
    (roles, kind): (&[Role], NoticeKind),
    urgency: Urgency,
) -> Result<(), Fault> {
    let own = visit.seat()?.user;
    let mut to = Vec::new();
    for role in roles {
        to.extend(visit.app.store().users_with_role(*role, &case.incident.area, visit.day()).await?);
    }
    to.retain(|one| one.user != own);
    to.sort_by_key(|one| one.user);
    to.dedup_by_key(|one| one.user);
    let notice = Notice {
        kind,
        about: About { what: case.incident.name.clone(), more: case.proposal.change.words(visit.lang), due_ms: None },
        href: case.href(),
        urgency,
        area: case.incident.area.clone(),
    };
    Ok(tx.notify(&to, &notice)?)
}

/// The roles in words, for saying beforehand who will be told.
pub(super) fn told(visit: &Visit, roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.words(visit.lang)).collect();
    words.join(visit.lang.pick("、", ", "))
}
