//! Identifiers of everything that is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds from 1970 to the start of 2020, from which identifiers count.
const EPOCH_MS: i64 = 1_577_836_800_000;
const NODE_BITS: u32 = 8;
const SEQUENCE_BITS: u32 = 14;
const LENGTH: usize = 13;
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A 64-bit identifier made by the program itself, in the order of time. It is shown as 13 characters of base 32
/// (Crockford's alphabet: no i, l, o, u).
///
/// 41 bits of milliseconds since 2020 (until 2089), 8 bits of the node that made it, 14 bits of sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(i64);

impl Id {
    /// The identifier kept as a number; always positive.
    pub fn number(self) -> i64 {
        self.0
    }

    /// An identifier that was kept as a number.
    pub fn from_number(number: i64) -> Id {
        Id(number)
    }

    /// The next identifier of a node, always greater than its last one, even when the clock stands or runs back.
    pub fn next(last: Option<Id>, now_ms: i64, node: u8) -> Id {
        let made = ((now_ms - EPOCH_MS).max(0) << (NODE_BITS + SEQUENCE_BITS)) | i64::from(node) << SEQUENCE_BITS;
        match last {
            Some(Id(last)) if last >= made => {
                let full = (1 << SEQUENCE_BITS) - 1;
                if last & full < full { Id(last + 1) } else { Id::first_of_next_ms(last, node) }
            }
            _ => Id(made),
        }
    }

    fn first_of_next_ms(last: i64, node: u8) -> Id {
        let shift = NODE_BITS + SEQUENCE_BITS;
        Id((((last >> shift) + 1) << shift) | i64::from(node) << SEQUENCE_BITS)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.cast_unsigned();
        (0..LENGTH).rev().try_for_each(|place| {
            let digit = (bits >> (5 * place)) & 31;
            write!(f, "{}", char::from(DIGITS[usize::try_from(digit).unwrap_or(0)]))
        })
    }
}

/// A text that is no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an identifier has {LENGTH} characters of 0-9 and a-z without i, l, o, u")
    }
}

impl std::error::Error for NotAnId {}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Id, NotAnId> {
        if text.len() != LENGTH {
            return Err(NotAnId);
        }
        let mut bits: u64 = 0;
        for (place, byte) in text.bytes().enumerate() {
            let digit = DIGITS.iter().position(|d| *d == byte).ok_or(NotAnId)?;
            // 13 digits hold 65 bits, and the sign is never used.
            if place == 0 && digit > 7 {
                return Err(NotAnId);
            }
            bits = bits << 5 | u64::try_from(digit).unwrap_or(0);
        }
        i64::try_from(bits).map(Id).map_err(|_| NotAnId)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Identifiers that cannot be taken for each other.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Id);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<$name, NotAnId> {
                text.parse().map($name)
            }
        }
    )*};
}

ids! {
    /// A person who signs in.
    UserId,
    /// A role given to a user.
    GrantId,
    /// An organisation or department.
    UnitId,
    /// A post of a unit.
    PostId,
    /// Someone's time in a post.
    IncumbencyId,
    /// A table that was uploaded to be imported.
    ImportId,
    /// Work that is done after its request was answered.
    JobId,
    /// A plan that was uploaded.
    PlanId,
    /// An incident.
    IncidentId,
    /// An entry in the log of an incident.
    EntryId,
    /// A headquarters, office or group of an incident.
    BodyId,
    /// A proposal to change the level.
    ProposalId,
    /// Anything else that belongs to an incident: a phase, a venue, an opinion, a member.
    PartId,
    /// A clock that runs.
    ClockId,
    /// Something that a user is told.
    NoticeId,
    /// Something that is asked of a unit.
    OrderId,
    /// An act of issuing, of one order or of thousands.
    OrderBatchId,
    /// A file that shows that an order was carried out.
    OrderFileId,
    /// An indicator.
    IndicatorId,
    /// A target that is set for an indicator.
    TargetId,
    /// A form by which units report.
    ReportTemplateId,
    /// A report of a unit.
    ReportId,
    /// A template of situation reports.
    SitrepTemplateId,
    /// A situation report.
    SitrepId,
    /// A meeting of the headquarters.
    MeetingId,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_305_600_000;

    #[test]
    fn identifiers_grow_even_when_the_clock_stands_or_runs_back() {
        let mut last = Id::next(None, NOW, 3);
        for step in 0..40_000 {
            let next = Id::next(Some(last), NOW - step, 3);
            assert!(next > last);
            last = next;
        }
    }

    #[test]
    fn two_nodes_never_make_the_same_identifier() {
        let (mut a, mut b) = (Id::next(None, NOW, 1), Id::next(None, NOW, 2));
        let mut seen = std::collections::BTreeSet::from([a, b]);
        for _ in 0..20_000 {
            (a, b) = (Id::next(Some(a), NOW, 1), Id::next(Some(b), NOW, 2));
            assert!(seen.insert(a) && seen.insert(b));
        }
    }

    #[test]
    fn what_is_shown_is_read_again_and_sorts_the_same() {
        let (a, b) = (Id::next(None, NOW, 0), Id::next(None, NOW + 1, 0));
        assert_eq!(a.to_string().len(), 13);
        assert_eq!(a.to_string().parse(), Ok(a));
        assert!(a < b && a.to_string() < b.to_string());
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        for text in ["", "0", "0000000000000l", "000000000000l", "zzzzzzzzzzzzz", "000000000000A", "个个个个个"] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }
}
