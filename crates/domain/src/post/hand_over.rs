use jiff::civil::Date;

use super::{Incumbency, PostRefusal, Tenure, appoint};

/// What a hand-over changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Whose time ends on the day before, with that end written in.
    pub closed: Vec<Incumbency>,
    /// Whose time begins.
    pub opened: Incumbency,
}

/// Hands a post over to a successor on the successor's first day. A new holder ends both the former holder's time and
/// that of whoever acted; someone who begins to act ends only the time of whoever acted before. The former one's last
/// day is the day before, so that nobody is missing and nobody counted twice.
///
/// # Errors
/// [`PostRefusal::AlreadyInPost`] if the successor holds it already; what [`appoint`] refuses, too.
pub fn hand_over(of_post: &[Incumbency], successor: Incumbency) -> Result<HandOver, PostRefusal> {
    let same_post = || of_post.iter().filter(|one| one.post == successor.post);
    let mut running = same_post().filter(|one| one.runs_on(successor.from_on) && one.tenure == successor.tenure);
    if let Some(one) = running.find(|one| is_same_person(one, &successor)) {
        return Err(PostRefusal::AlreadyInPost { person: one.person.clone(), from_on: one.from_on });
    }
    let last = successor.from_on.yesterday().unwrap_or(successor.from_on);
    let ends = |one: &Incumbency| {
        let gives_way = successor.tenure == Tenure::Full || one.tenure == Tenure::Acting;
        gives_way && one.from_on <= last && one.runs_on(successor.from_on)
    };
    let (ended, stay): (Vec<_>, Vec<_>) = same_post().cloned().partition(ends);
    appoint(&stay, &successor)?;
    let closed = ended.into_iter().map(|one| Incumbency { until_on: Some(last), ..one }).collect();
    Ok(HandOver { closed, opened: successor })
}

/// Ends someone's time in a post; the post is vacant from the day after, unless someone acts.
///
/// # Errors
/// [`PostRefusal::AlreadyLeft`] if it ended before that day; [`PostRefusal::EndsBeforeStart`] if it had not begun.
pub fn leave(incumbency: &Incumbency, last_on: Date) -> Result<Incumbency, PostRefusal> {
    if last_on < incumbency.from_on {
        return Err(PostRefusal::EndsBeforeStart { from_on: incumbency.from_on, until_on: last_on });
    }
    match incumbency.until_on {
        Some(until_on) if until_on < last_on => {
            Err(PostRefusal::AlreadyLeft { person: incumbency.person.clone(), until_on })
        }
        _ => Ok(Incumbency { until_on: Some(last_on), ..incumbency.clone() }),
    }
}

/// Names are not unique; a telephone number tells two people of one name apart.
fn is_same_person(one: &Incumbency, other: &Incumbency) -> bool {
    let told_apart = one.phone.is_some() && other.phone.is_some() && one.phone != other.phone;
    one.person == other.person && !told_apart
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::incumbency::tests::{one, post_id};
    use super::*;
    use crate::post::{in_post, vacancies};

    #[test]
    fn the_former_holder_ends_the_day_before_and_no_day_is_left_or_counted_twice() {
        let before = vec![one("张三", Tenure::Full, 1, None)];
        let change = hand_over(&before, one("李四", Tenure::Full, 15, None)).unwrap();
        assert_eq!(change.closed, [one("张三", Tenure::Full, 1, Some(14))]);
        let after = [change.closed, vec![change.opened]].concat();
        assert_eq!(vacancies(&after, post_id(), date(2026, 11, 1), date(2026, 12, 31)), []);
        for day in 1..=30 {
            let running = after.iter().filter(|one| one.runs_on(date(2026, 11, day))).count();
            assert_eq!(running, 1, "{day}");
        }
    }

    #[test]
    fn who_acted_steps_back_for_a_new_holder() {
        let before = [one("张三", Tenure::Full, 1, Some(9)), one("李四", Tenure::Acting, 10, None)];
        let change = hand_over(&before, one("王五", Tenure::Full, 20, None)).unwrap();
        assert_eq!(change.closed, [one("李四", Tenure::Acting, 10, Some(19))]);
    }

    #[test]
    fn someone_who_begins_to_act_leaves_the_holder_in_post() {
        let before = [one("张三", Tenure::Full, 1, None)];
        let change = hand_over(&before, one("李四", Tenure::Acting, 10, Some(12))).unwrap();
        assert_eq!(change.closed, []);
        let there = [before[0].clone(), change.opened];
        let there = in_post(&there, post_id(), date(2026, 11, 11));
        assert_eq!(there.holder.map(|one| one.person.as_str()), Some("张三"));
        assert_eq!(there.in_charge().map(|one| one.person.as_str()), Some("李四"));
    }

    #[test]
    fn a_post_is_not_handed_over_to_its_holder_nor_on_a_day_already_taken() {
        let before = [one("张三", Tenure::Full, 10, None)];
        let same = hand_over(&before, one("张三", Tenure::Full, 15, None));
        assert!(matches!(same, Err(PostRefusal::AlreadyInPost { .. })));
        let mut other = one("李四", Tenure::Full, 10, None);
        other.id = crate::IncumbencyId(crate::Id::from_number(99));
        assert!(matches!(hand_over(&before, other), Err(PostRefusal::Overlap { .. })));
        let earlier = hand_over(&before, one("李四", Tenure::Full, 5, None));
        assert!(matches!(earlier, Err(PostRefusal::Overlap { .. })));
    }

    #[test]
    fn a_different_number_tells_two_people_of_one_name_apart() {
        let phone = |text: &str| Some(text.parse().unwrap());
        let before = [Incumbency { phone: phone("13900000001"), ..one("张三", Tenure::Full, 1, None) }];
        let successor = Incumbency { phone: phone("13900000002"), ..one("张三", Tenure::Full, 15, None) };
        assert!(hand_over(&before, successor).is_ok());
    }

    #[test]
    fn leaving_ends_the_time_once() {
        let there = one("张三", Tenure::Full, 5, None);
        let left = leave(&there, date(2026, 11, 9)).unwrap();
        assert_eq!(left.until_on, Some(date(2026, 11, 9)));
        assert!(matches!(leave(&left, date(2026, 11, 10)), Err(PostRefusal::AlreadyLeft { .. })));
        assert!(matches!(leave(&there, date(2026, 11, 4)), Err(PostRefusal::EndsBeforeStart { .. })));
    }
}
