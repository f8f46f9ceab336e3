use lianfang_domain::post::Tenure;
use lianfang_store::{IncumbencyRecord, PostRecord, PostState};

use crate::{shown::date, visit::Visit};

/// A post with who is in it today.
#[derive(Clone, Debug)]
pub(crate) struct PostLine {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) rank_order: u16,
    pub(crate) duty_phone: String,
    pub(crate) is_open: bool,
    pub(crate) people: Vec<PersonLine>,
}

impl PostLine {
    /// Whether nobody is in it today.
    pub(crate) fn is_vacant(&self) -> bool {
        self.people.is_empty()
    }
}

/// Someone's time in a post.
#[derive(Clone, Debug)]
pub(crate) struct PersonLine {
    pub(crate) id: String,
    pub(crate) person: String,
    pub(crate) is_acting: bool,
    /// As far as the reader may see it.
    pub(crate) phone: String,
    pub(crate) since: String,
    pub(crate) until: String,
    pub(crate) runs: bool,
}

impl PersonLine {
    pub(crate) fn of(holder: &IncumbencyRecord, visit: &Visit) -> PersonLine {
        let time = &holder.incumbency;
        PersonLine {
            id: time.id.to_string(),
            person: time.person.clone(),
            is_acting: time.tenure == Tenure::Acting,
            phone: holder.phone.clone(),
            since: date(time.from_on, visit.lang),
            until: time.until_on.map(|until| date(until, visit.lang)).unwrap_or_default(),
            runs: time.runs_on(visit.day()),
        }
    }
}

/// Posts by rank, those in use first, each with who is in it today.
pub(crate) fn post_lines(posts: &[PostRecord], visit: &Visit) -> Vec<PostLine> {
    let mut lines: Vec<PostLine> = posts.iter().map(|post| post_line(post, visit)).collect();
    lines.sort_by_key(|line| !line.is_open);
    lines
}

pub(crate) fn post_line(record: &PostRecord, visit: &Visit) -> PostLine {
    let today = record.holders.iter().filter(|holder| holder.incumbency.runs_on(visit.day()));
    PostLine {
        id: record.post.id.to_string(),
        title: record.post.title.clone(),
        rank_order: record.post.rank_order,
        duty_phone: record.post.duty_phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_open: record.state == PostState::Open,
        people: today.map(|holder| PersonLine::of(holder, visit)).collect(),
    }
}
