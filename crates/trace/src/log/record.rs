//! One record of the log: 32 bytes.

use crate::bits::{u32_at, u64_at};
use crate::class::VenueClass;
use crate::time::Minute;
use crate::visit::{PersonId, Source, Spot, VenueId, Visit};

/// Bytes of a record.
pub(crate) const RECORD_BYTES: usize = 32;

const VISIT: u8 = 1;
const CLASS: u8 = 2;
/// The end of a visit that nobody has seen end.
const OPEN: u32 = u32::MAX;

/// What the log holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Record {
    Visit(Visit),
    Class(VenueId, VenueClass),
}

impl Record {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (kind, source, spot, enter, leave, person, venue) = match self {
            Record::Visit(visit) => {
                let spot = visit.spot.map_or(0, |spot| spot.number());
                let leave = visit.leave.map_or(OPEN, |leave| leave.0);
                (VISIT, visit.source.0, spot, visit.enter.0, leave, visit.person.0, visit.venue.0)
            }
            Record::Class(venue, class) => (CLASS, class.number(), 0, 0, 0, 0, venue.0),
        };
        out.extend_from_slice(&[kind, source]);
        out.extend_from_slice(&spot.to_le_bytes());
        out.extend_from_slice(&enter.to_le_bytes());
        out.extend_from_slice(&leave.to_le_bytes());
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&person.to_le_bytes());
        out.extend_from_slice(&venue.to_le_bytes());
    }

    /// Reads a record of 32 bytes; `None` for a kind that is not known.
    pub(crate) fn read(bytes: &[u8]) -> Option<Record> {
        let [kind, source, low, high] = *bytes.first_chunk::<4>()?;
        let venue = VenueId(u64_at(bytes, 24));
        match kind {
            VISIT => Some(Record::Visit(Visit {
                person: PersonId(u64_at(bytes, 16)),
                venue,
                enter: Minute(u32_at(bytes, 1)),
                leave: Some(u32_at(bytes, 2)).filter(|leave| *leave != OPEN).map(Minute),
                spot: Spot::new(u16::from_le_bytes([low, high])),
                source: Source(source),
            })),
            CLASS => Some(Record::Class(venue, VenueClass::of_number(source))),
            _ => None,
        }
    }
}
