use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PhoneNumber;
use crate::{IncumbencyId, Lang, PostId, UnitId};

/// A post of a unit. Orders go to posts; who holds one changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The post itself.
    pub id: PostId,
    /// Its unit.
    pub unit: UnitId,
    /// Title (`局长`, `疾控科科长`).
    pub title: String,
    /// Place in the order of rank within the unit; 1 comes first. Posts of equal rank share a number.
    pub rank_order: u16,
    /// The number that reaches whoever is on duty for the post.
    pub duty_phone: Option<PhoneNumber>,
}

/// In what way someone holds a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// 正式任职.
    #[default]
    Full,
    /// 代理、主持工作: stands in while the post is vacant or its holder is away.
    Acting,
}

impl Tenure {
    /// Both, the full one first.
    pub const ALL: [Tenure; 2] = [Tenure::Full, Tenure::Acting];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Tenure::Full => "full",
            Tenure::Acting => "acting",
        }
    }

    /// The tenure of a code.
    pub fn from_code(code: &str) -> Option<Tenure> {
        Tenure::ALL.into_iter().find(|tenure| tenure.code() == code)
    }

    /// The tenure in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Tenure::Full => lang.pick("任职", "In post"),
            Tenure::Acting => lang.pick("代理", "Acting"),
        }
    }
}

/// A person's time in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incumbency {
    /// The incumbency itself.
    pub id: IncumbencyId,
    /// The post.
    pub post: PostId,
    /// The person's name.
    pub person: String,
    /// The person's own number, as far as known.
    pub phone: Option<PhoneNumber>,
    /// First day.
    pub from_on: Date,
    /// Last day, if it has ended or its end is known.
    pub until_on: Option<Date>,
    /// In full or acting.
    pub tenure: Tenure,
}

impl Incumbency {
    /// Whether it runs on a day. First and last day count.
    pub fn runs_on(&self, day: Date) -> bool {
        self.from_on <= day && self.until_on.is_none_or(|until| day <= until)
    }

    /// Whether the two run on any common day.
    pub fn overlaps(&self, other: &Incumbency) -> bool {
        let begins_in_time = |a: &Incumbency, b: &Incumbency| a.until_on.is_none_or(|until| b.from_on <= until);
        begins_in_time(self, other) && begins_in_time(other, self)
    }
}

/// Who is in a post on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPost<'a> {
    /// Who holds it in full.
    pub holder: Option<&'a Incumbency>,
    /// Who acts.
    pub acting: Option<&'a Incumbency>,
}

impl<'a> InPost<'a> {
    /// Whom to turn to: who acts stands in for the holder.
    pub fn in_charge(self) -> Option<&'a Incumbency> {
        self.acting.or(self.holder)
    }

    /// Whether nobody is there, neither in full nor acting.
    pub fn is_vacant(self) -> bool {
        self.in_charge().is_none()
    }
}

/// Who is in a post on a day, of the incumbencies of that post.
pub fn in_post(incumbencies: &[Incumbency], post: PostId, day: Date) -> InPost<'_> {
    let running = |tenure| incumbencies.iter().find(|one| one.post == post && one.tenure == tenure && one.runs_on(day));
    InPost { holder: running(Tenure::Full), acting: running(Tenure::Acting) }
}

/// Days on which nobody is in a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Vacancy {
    /// First day without anybody.
    pub from_on: Date,
    /// Last such day within the days asked for.
    pub until_on: Date,
}

/// When nobody was in a post, in full or acting, from a first to a last day. An empty list means that somebody was
/// always there.
pub fn vacancies(incumbencies: &[Incumbency], post: PostId, first: Date, last: Date) -> Vec<Vacancy> {
    let mut held: Vec<&Incumbency> = incumbencies.iter().filter(|one| one.post == post).collect();
    held.sort_by_key(|one| one.from_on);
    let mut found = Vec::new();
    let mut open = first;
    for one in held {
        if one.from_on > last {
            break;
        }
        if let Some(until_on) = one.from_on.yesterday().ok().filter(|day| open <= *day) {
            found.push(Vacancy { from_on: open, until_on });
        }
        match one.until_on.map(Date::tomorrow) {
            Some(Ok(next)) => open = open.max(next),
            Some(Err(_)) | None => return found,
        }
    }
    if open <= last {
        found.push(Vacancy { from_on: open, until_on: last });
    }
    found
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Id;

    pub(in crate::post) fn post_id() -> PostId {
        PostId(Id::from_number(7))
    }

    /// Someone in post from a day of November 2026 to another.
    pub(in crate::post) fn one(person: &str, tenure: Tenure, from: i8, until: Option<i8>) -> Incumbency {
        Incumbency {
            id: IncumbencyId(Id::from_number(i64::from(from))),
            post: post_id(),
            person: person.to_owned(),
            phone: None,
            from_on: date(2026, 11, from),
            until_on: until.map(|day| date(2026, 11, day)),
            tenure,
        }
    }

    fn times() -> Vec<Incumbency> {
        vec![
            one("张三", Tenure::Full, 1, Some(9)),
            one("李四", Tenure::Acting, 8, Some(11)),
            one("王五", Tenure::Full, 15, Some(20)),
        ]
    }

    #[test]
    fn who_is_in_charge_depends_on_the_day_and_who_acts_stands_in() {
        let times = times();
        let cases = [
            (1, Some("张三")),
            (7, Some("张三")),
            (8, Some("李四")),
            (9, Some("李四")),
            (11, Some("李四")),
            (12, None),
            (15, Some("王五")),
            (21, None),
        ];
        for (day, person) in cases {
            let there = in_post(&times, post_id(), date(2026, 11, day));
            assert_eq!(there.in_charge().map(|one| one.person.as_str()), person, "{day}");
            assert_eq!(there.is_vacant(), person.is_none(), "{day}");
        }
    }

    #[test]
    fn another_post_has_its_own_people() {
        let other = PostId(Id::from_number(8));
        assert!(in_post(&times(), other, date(2026, 11, 3)).is_vacant());
    }

    #[test]
    fn vacancies_are_exactly_the_days_on_which_nobody_is_there() {
        let times = times();
        for (first, last) in [(1, 30), (5, 13), (12, 14), (16, 18), (21, 30), (13, 13)] {
            let found = vacancies(&times, post_id(), date(2026, 11, first), date(2026, 11, last));
            for day in (first..=last).map(|day| date(2026, 11, day)) {
                let listed = found.iter().any(|gap| gap.from_on <= day && day <= gap.until_on);
                assert_eq!(listed, in_post(&times, post_id(), day).is_vacant(), "{first}–{last}: {day}");
            }
            assert!(found.windows(2).all(|pair| pair[0].until_on < pair[1].from_on));
        }
    }

    #[test]
    fn a_post_that_nobody_ever_held_is_vacant_all_the_time() {
        let (first, last) = (date(2026, 11, 1), date(2026, 11, 30));
        assert_eq!(vacancies(&[], post_id(), first, last), [Vacancy { from_on: first, until_on: last }]);
    }

    #[test]
    fn an_open_end_leaves_no_vacancy_after_it() {
        let times = [one("张三", Tenure::Full, 10, None)];
        let found = vacancies(&times, post_id(), date(2026, 11, 1), date(2026, 12, 31));
        assert_eq!(found, [Vacancy { from_on: date(2026, 11, 1), until_on: date(2026, 11, 9) }]);
    }
}
