//! A visit: who was where, from when until when.

use std::fmt;

use crate::time::{DAY_MINUTES, Day, Minute};

/// A person, as an opaque number. Names live elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u64);

/// A venue, as an opaque number: a home, a ward, a carriage on one run, a market stall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VenueId(pub u64);

/// Where inside a venue: the number of a seat row, a bed, a stall, a table. Neighbouring numbers are near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot(std::num::NonZeroU16);

impl Spot {
    /// The spot of this number; nothing for 0, which stands for "not known".
    pub fn new(number: u16) -> Option<Spot> {
        std::num::NonZeroU16::new(number).map(Spot)
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self.0.get()
    }
}

/// Where a visit was learnt from (place code, ward stays, class list, ticket …); the meaning of the numbers is the caller's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source(pub u8);

/// One visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub venue: VenueId,
    /// The first minute.
    pub enter: Minute,
    /// The first minute after it; `None` while nobody has seen the person leave. A visit without a minute lasts one.
    pub leave: Option<Minute>,
    /// Where inside the venue, if known.
    pub spot: Option<Spot>,
    /// Where it was learnt from.
    pub source: Source,
}

/// The longest visit that is believed, in days. A longer one is a mistyped date.
pub const LONGEST_VISIT: Days = Days(92);

/// A number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(pub u32);

/// Why a visit is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rejection {
    /// It ends before it begins.
    LeavesBeforeEntering,
    /// It is longer than [`LONGEST_VISIT`].
    TooLong,
    /// It began on a day whose visits were deleted when their time was over.
    Expired(Day),
    /// It is later than any day that can be kept.
    TooLate,
    /// The person or the venue has the number that stands for an erased one.
    ReservedId,
}

impl Rejection {
    /// 中文。
    pub fn zh(self) -> String {
        match self {
            Rejection::LeavesBeforeEntering => "离开时间早于进入时间；请核对两列是否对调".into(),
            Rejection::TooLong => format!("停留超过{}天；请核对日期", LONGEST_VISIT.0),
            Rejection::Expired(day) => format!("{day}之前的数据已到期删除，不再接收"),
            Rejection::TooLate => "日期超出可保存的范围；请核对年份".into(),
            Rejection::ReservedId => "编号18446744073709551615已保留，不能使用；请换一个编号".into(),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::LeavesBeforeEntering => write!(f, "it ends before it begins; are the two columns swapped?"),
            Rejection::TooLong => write!(f, "it lasts more than {} days; check the dates", LONGEST_VISIT.0),
            Rejection::Expired(day) => write!(f, "what was before {day} has expired and is no longer taken"),
            Rejection::TooLate => write!(f, "the date is beyond what can be kept; check the year"),
            Rejection::ReservedId => write!(f, "the number 18446744073709551615 is reserved; use another"),
        }
    }
}

impl Visit {
    /// Whether the visit can be kept, where days before `expired` are gone.
    ///
    /// # Errors
    /// The [`Rejection`] that says why not.
    pub fn check(&self, expired: Day) -> Result<(), Rejection> {
        let end = self.end();
        if self.person.0 == u64::MAX || self.venue.0 == u64::MAX {
            return Err(Rejection::ReservedId);
        }
        if self.leave.is_some_and(|leave| leave < self.enter) {
            return Err(Rejection::LeavesBeforeEntering);
        }
        if end > Minute::LAST {
            return Err(Rejection::TooLate);
        }
        if end.0 - self.enter.0 > LONGEST_VISIT.0 * u32::from(DAY_MINUTES) {
            return Err(Rejection::TooLong);
        }
        if self.enter.day() < expired {
            return Err(Rejection::Expired(expired));
        }
        Ok(())
    }

    /// The first minute after what is known of it: at least one minute.
    pub(crate) fn end(&self) -> Minute {
        let shortest = Minute(self.enter.0.saturating_add(1));
        self.leave.map_or(shortest, |leave| leave.max(shortest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(enter: u32, leave: Option<u32>) -> Visit {
        let leave = leave.map(Minute);
        Visit { person: PersonId(1), venue: VenueId(2), enter: Minute(enter), leave, spot: None, source: Source(0) }
    }

    #[test]
    fn a_visit_that_cannot_be_is_rejected_with_a_reason() {
        assert_eq!(visit(5000, Some(5000)).check(Day(0)), Ok(()));
        assert_eq!(visit(5000, None).check(Day(0)), Ok(()));
        assert_eq!(visit(5000, Some(4999)).check(Day(0)), Err(Rejection::LeavesBeforeEntering));
        assert_eq!(visit(5000, Some(5000 + 93 * 1440)).check(Day(0)), Err(Rejection::TooLong));
        assert_eq!(visit(5000, None).check(Day(4)), Err(Rejection::Expired(Day(4))));
        assert_eq!(visit(u32::MAX, None).check(Day(0)), Err(Rejection::TooLate));
    }
}
