//! Days of visits are written as a table, sorted by venue and time.

use std::io::Write;

use crate::class::VenueClass;
use crate::segment::Stay;
use crate::store::Snapshot;
use crate::time::{Day, Minute};
use crate::visit::{PersonId, Source, Spot, VenueId};

/// The columns that are written.
pub const HEADER: [&str; 7] = ["person", "venue", "enter", "leave", "spot", "source", "class"];

/// One row: a stay, that is a visit or the part of it that lies on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportRow {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub venue: VenueId,
    /// From when.
    pub enter: Minute,
    /// Until when; `None` while nobody has seen it.
    pub leave: Option<Minute>,
    /// Where inside.
    pub spot: Option<Spot>,
    /// Where it was learnt from.
    pub source: Source,
    /// What kind of venue.
    pub class: VenueClass,
}

impl Snapshot {
    /// The stays of a day, sorted by venue and time.
    pub fn rows(&self, day: Day) -> impl Iterator<Item = ExportRow> + '_ {
        let stays = self.days.get(&day.0).map(|parts| parts.all()).unwrap_or_default();
        self.by_venue_id(&stays).into_iter().map(move |stay| {
            let enter = Minute(day.start().0 + u32::from(stay.enter));
            ExportRow {
                person: self.person_id(stay.person),
                venue: self.venue_id(stay.venue),
                enter,
                leave: (!stay.is_open()).then(|| Minute(enter.0 + u32::from(stay.dwell))),
                spot: Spot::new(stay.spot),
                source: Source(stay.source),
                class: self.class(stay.venue),
            }
        })
    }

    /// Puts stays that are sorted by the venues' numbers in the order of their ids.
    fn by_venue_id(&self, stays: &[Stay]) -> Vec<Stay> {
        let mut groups: Vec<&[Stay]> = stays.chunk_by(|a, b| a.venue == b.venue).collect();
        groups.sort_by_cached_key(|group| group.first().map(|stay| self.venue_id(stay.venue)));
        groups.concat()
    }
}

/// Writes a day as CSV with a header. Gives the number of rows.
///
/// # Errors
/// What the output said.
pub fn write_csv(snapshot: &Snapshot, day: Day, out: impl Write) -> std::io::Result<u64> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    let mut rows = 0;
    for row in snapshot.rows(day) {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        writer.write_record([
            row.person.0.to_string(),
            row.venue.0.to_string(),
            row.enter.to_string(),
            row.leave.map(|leave| leave.to_string()).unwrap_or_default(),
            number(row.spot.map(Spot::number)),
            row.source.0.to_string(),
            row.class.key().to_owned(),
        ])?;
        rows += 1;
    }
    writer.flush()?;
    Ok(rows)
}
