use jiff::civil::Date;

use super::{Incumbency, Tenure};
use crate::{Lang, plan::PartialDate};

/// Why someone cannot be put into a post, or a time in post not be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostRefusal {
    /// No name is given.
    NoName,
    /// The last day lies before the first.
    EndsBeforeStart {
        /// First day.
        from_on: Date,
        /// Last day.
        until_on: Date,
    },
    /// Someone is in the post at the same time and in the same way.
    Overlap {
        /// Who.
        person: String,
        /// First day.
        from_on: Date,
        /// Last day, if any.
        until_on: Option<Date>,
        /// In full or acting.
        tenure: Tenure,
    },
    /// The person holds the post already.
    AlreadyInPost {
        /// Who.
        person: String,
        /// Since when.
        from_on: Date,
    },
    /// The time in post has ended before.
    AlreadyLeft {
        /// Who.
        person: String,
        /// Last day.
        until_on: Date,
    },
}

impl PostRefusal {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            PostRefusal::NoName => {
                lang.pick("请填写任职人员姓名。", "Write the name of the person in the post.").to_owned()
            }
            PostRefusal::EndsBeforeStart { from_on, until_on } => {
                let (from, until) = (day(*from_on, lang), day(*until_on, lang));
                lang.pick(
                    format!("离任日期{until}早于任职日期{from}，请核对两个日期。"),
                    format!("The last day, {until}, lies before the first, {from}; check both dates."),
                )
            }
            PostRefusal::Overlap { person, from_on, until_on, tenure } => {
                overlap(person, *from_on, *until_on, *tenure, lang)
            }
            PostRefusal::AlreadyInPost { person, from_on } => {
                let from = day(*from_on, lang);
                lang.pick(
                    format!("{person}自{from}起已任该职务，不必交接；如系同名，请填写电话以便区分。"),
                    format!(
                        "{person} has held the post since {from}; nothing is to be handed over. If it is someone else \
                         of the same name, give a telephone number to tell them apart."
                    ),
                )
            }
            PostRefusal::AlreadyLeft { person, until_on } => {
                let until = day(*until_on, lang);
                lang.pick(
                    format!("{person}已于{until}离任；如日期有误，请更正该任职记录。"),
                    format!("{person} left the post on {until}; if that is wrong, correct that record."),
                )
            }
        }
    }
}

fn overlap(person: &str, from_on: Date, until_on: Option<Date>, tenure: Tenure, lang: Lang) -> String {
    let from = day(from_on, lang);
    let until = until_on.map_or_else(|| lang.pick("今", "now").to_owned(), |until| day(until, lang));
    match (lang, tenure) {
        (Lang::Zh, Tenure::Full) => {
            format!("{person}在{from}至{until}任该职务，时间重叠。请改日期，或办理交接，或登记为代理。")
        }
        (Lang::Zh, Tenure::Acting) => {
            format!("{person}在{from}至{until}代理该职务，时间重叠。请改日期，或先结束其代理。")
        }
        (Lang::En, Tenure::Full) => format!(
            "{person} holds the post from {from} to {until}, at the same time. Change the dates, hand the post over, or \
             enter the new person as acting."
        ),
        (Lang::En, Tenure::Acting) => format!(
            "{person} acts in the post from {from} to {until}, at the same time. Change the dates, or end that first."
        ),
    }
}

fn day(date: Date, lang: Lang) -> String {
    let (year, month, day) = (Some(date.year()), Some(date.month()), Some(date.day()));
    PartialDate { year, month, day, year_from_document: false }.words(lang)
}

/// Whether someone can be put into a post beside those who are or were in it. A holder and one who acts may overlap;
/// two holders, or two who act, may not, as nobody would know whom to call. A record with the same id is taken as
/// corrected by the new one.
///
/// # Errors
/// [`PostRefusal`] says why not.
pub fn appoint(of_post: &[Incumbency], new: &Incumbency) -> Result<(), PostRefusal> {
    if new.person.trim().is_empty() {
        return Err(PostRefusal::NoName);
    }
    if let Some(until_on) = new.until_on.filter(|until| *until < new.from_on) {
        return Err(PostRefusal::EndsBeforeStart { from_on: new.from_on, until_on });
    }
    let beside = |one: &&Incumbency| one.id != new.id && one.post == new.post && one.tenure == new.tenure;
    match of_post.iter().filter(beside).find(|one| one.overlaps(new)) {
        None => Ok(()),
        Some(one) => Err(PostRefusal::Overlap {
            person: one.person.clone(),
            from_on: one.from_on,
            until_on: one.until_on,
            tenure: one.tenure,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::incumbency::tests::one;
    use super::*;

    #[test]
    fn two_in_full_may_not_overlap_but_one_may_act_beside_the_holder() {
        let there = [one("张三", Tenure::Full, 5, Some(10))];
        let cases = [
            (Tenure::Full, 1, Some(4), true),
            (Tenure::Full, 1, Some(5), false),
            (Tenure::Full, 7, Some(8), false),
            (Tenure::Full, 10, None, false),
            (Tenure::Full, 11, None, true),
            (Tenure::Full, 1, None, false),
            (Tenure::Acting, 6, Some(8), true),
        ];
        for (tenure, from, until, allowed) in cases {
            let mut new = one("李四", tenure, from, until);
            new.id = crate::IncumbencyId(crate::Id::from_number(99));
            assert_eq!(appoint(&there, &new).is_ok(), allowed, "{tenure:?} {from} {until:?}");
        }
    }

    #[test]
    fn two_may_not_act_at_the_same_time() {
        let there = [one("张三", Tenure::Acting, 5, None)];
        let refusal = appoint(&there, &one("李四", Tenure::Acting, 6, None)).unwrap_err();
        assert_eq!(
            refusal.message(Lang::Zh),
            "张三在2026年11月5日至今代理该职务，时间重叠。请改日期，或先结束其代理。"
        );
    }

    #[test]
    fn a_record_may_be_corrected_in_place() {
        let there = [one("张三", Tenure::Full, 5, Some(10))];
        assert_eq!(appoint(&there, &one("张三", Tenure::Full, 5, Some(12))), Ok(()));
    }

    #[test]
    fn a_nameless_person_and_an_end_before_the_start_are_refused() {
        assert_eq!(appoint(&[], &one(" ", Tenure::Full, 5, None)), Err(PostRefusal::NoName));
        let refusal = appoint(&[], &one("张三", Tenure::Full, 5, Some(4))).unwrap_err();
        assert!(refusal.message(Lang::En).starts_with("The last day, 4 Nov 2026, lies before the first, 5 Nov 2026"));
    }
}
