use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Decided, Fault, GoodRow, Refused};
use crate::post::{HandOver, Incumbency, Post, Tenure, appoint, hand_over, in_post};
use crate::unit::normal_name;
use crate::{Id, IncumbencyId, PostId, UnitId};

/// A registered post in use with who held and holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPost {
    /// The post.
    pub post: Post,
    /// Times in the post, with telephone numbers.
    pub holders: Vec<Incumbency>,
}

/// What happens to who holds a registered post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderStep {
    /// Someone comes into a vacant post.
    Appoint(Incumbency),
    /// Someone follows someone else.
    HandOver(HandOver),
    /// The record of whoever holds it gets another telephone number.
    Correct(Incumbency),
}

/// What is done for the post of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostStep {
    /// The post is new.
    Add {
        /// The row.
        row: usize,
        /// The post.
        post: Post,
        /// Who holds it, if the row says so.
        holder: Option<Incumbency>,
    },
    /// The post is there, and who holds it changes.
    Holder {
        /// The row.
        row: usize,
        /// The post.
        post: PostId,
        /// What happens.
        step: HolderStep,
    },
}

/// The posts of one unit.
pub(super) struct Posts<'a> {
    pub(super) unit: UnitId,
    pub(super) there: &'a [&'a KnownPost],
    pub(super) today: Date,
}

impl Posts<'_> {
    fn called(&self, title: &str, taken: &BTreeSet<PostId>) -> Vec<&KnownPost> {
        let title = normal_name(title);
        let same = |post: &&&KnownPost| normal_name(&post.post.title) == title && !taken.contains(&post.post.id);
        self.there.iter().filter(same).copied().collect()
    }
}

/// Decides what the rows of one unit do to its posts. A post may bear the same title as another (several 副局长): each
/// row takes the one that its person holds, then a vacant one; where the unit has one of that title and the table one
/// row, the post is handed over; else it is new.
pub(super) fn decide_posts(rows: &[&GoodRow], of: &Posts<'_>, new_id: &mut dyn FnMut() -> Id) -> Decided<PostStep> {
    let mut decided = Decided { steps: Vec::new(), refused: Vec::new() };
    let mut taken = BTreeSet::new();
    let titled: Vec<(&GoodRow, &str)> = rows.iter().filter_map(|row| Some((*row, row.text("post_title")?))).collect();
    let mut left = Vec::new();
    for (row, title) in &titled {
        match of.called(title, &taken).into_iter().find(|post| is_held_by(post, row, of.today)) {
            Some(post) => {
                taken.insert(post.post.id);
                decided.steps.extend(correct(row, post, of, new_id));
            }
            None => left.push((*row, *title)),
        }
    }
    let next = of.there.iter().map(|post| post.post.rank_order).max().unwrap_or(0);
    for (row, title) in left {
        let called = of.called(title, &taken);
        let vacant = |post: &&&KnownPost| in_post(&post.holders, post.post.id, of.today).is_vacant();
        let only = titled.iter().filter(|(_, other)| normal_name(other) == normal_name(title)).count() == 1;
        let free = called.iter().find(vacant).or(called.first().filter(|_| only && called.len() == 1));
        let new = next.saturating_add(u16::try_from(decided.steps.len() + 1).unwrap_or(u16::MAX));
        let step = match free {
            Some(post) => {
                taken.insert(post.post.id);
                take(row, post, of, new_id)
            }
            None => Ok(Some(add(row, title, new, of, new_id))),
        };
        match step {
            Ok(step) => decided.steps.extend(step),
            Err(fault) => decided.refused.push(Refused { row: row.row, field: "incumbent", fault }),
        }
    }
    decided
}

fn is_held_by(post: &KnownPost, row: &GoodRow, today: Date) -> bool {
    let Some(person) = row.text("incumbent") else { return false };
    let now = in_post(&post.holders, post.post.id, today);
    now.holder.or(now.acting).is_some_and(|holder| normal_name(&holder.person) == normal_name(person))
}

fn incumbency(row: &GoodRow, post: PostId, of: &Posts<'_>, new_id: &mut dyn FnMut() -> Id) -> Option<Incumbency> {
    let person = row.text("incumbent")?.to_owned();
    Some(Incumbency {
        id: IncumbencyId(new_id()),
        post,
        person,
        phone: row.phone("phone").cloned(),
        from_on: row.date("in_post_from_on").unwrap_or(of.today),
        until_on: None,
        tenure: Tenure::Full,
    })
}

/// Whoever holds the post is the one in the row: only the number may be new.
fn correct(row: &GoodRow, post: &KnownPost, of: &Posts<'_>, new_id: &mut dyn FnMut() -> Id) -> Option<PostStep> {
    let now = in_post(&post.holders, post.post.id, of.today);
    let holder = now.holder.or(now.acting)?;
    let phone = row.phone("phone").filter(|phone| holder.phone.as_ref() != Some(*phone))?.clone();
    let corrected = Incumbency { id: IncumbencyId(new_id()), phone: Some(phone), ..holder.clone() };
    Some(PostStep::Holder { row: row.row, post: post.post.id, step: HolderStep::Correct(corrected) })
}

/// Someone comes into a registered post.
fn take(
    row: &GoodRow,
    post: &KnownPost,
    of: &Posts<'_>,
    new_id: &mut dyn FnMut() -> Id,
) -> Result<Option<PostStep>, Fault> {
    let Some(new) = incumbency(row, post.post.id, of, new_id) else { return Ok(None) };
    let vacant = in_post(&post.holders, post.post.id, new.from_on).holder.is_none();
    let step = if vacant && appoint(&post.holders, &new).is_ok() {
        HolderStep::Appoint(new)
    } else {
        HolderStep::HandOver(hand_over(&post.holders, new).map_err(Fault::Post)?)
    };
    Ok(Some(PostStep::Holder { row: row.row, post: post.post.id, step }))
}

fn add(row: &GoodRow, title: &str, rank_order: u16, of: &Posts<'_>, new_id: &mut dyn FnMut() -> Id) -> PostStep {
    let id = PostId(new_id());
    let post = Post { id, unit: of.unit, title: title.trim().to_owned(), rank_order, duty_phone: None };
    PostStep::Add { row: row.row, post, holder: incumbency(row, id, of, new_id) }
}
