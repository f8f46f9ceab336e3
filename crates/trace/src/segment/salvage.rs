//! What can be read of a damaged segment.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::memory::Bytes;
use crate::segment::Segment;
use crate::segment::chunk::{CHUNK, Chunk};
use crate::segment::header::Section;
use crate::segment::pages::{PAGE, bad_pages, sums_are_sound};
use crate::segment::stay::Stay;
use crate::segment::view::View;

/// The sound stays of a damaged segment.
#[derive(Debug)]
pub(crate) struct Salvaged {
    pub(crate) day: u32,
    pub(crate) stays: Vec<Stay>,
    /// How many could not be read.
    pub(crate) lost: u32,
}

/// Reads every stay whose venue and record stand on sound pages. The side of the persons is made anew from them, so that
/// damage there costs nothing.
///
/// # Errors
/// [`Fault::Damaged`] if neither head is sound, or if the checksums themselves are not: then nothing can be told apart.
pub(crate) fn salvage(bytes: Vec<u8>) -> Result<Salvaged, Fault> {
    let segment = Segment::open(Bytes::Owned(bytes))?;
    let (file, header) = (segment.bytes(), segment.header());
    if !sums_are_sound(file, header) {
        return Err(Fault::damaged(
            "its checksums are not as written, so sound stays cannot be told from damaged ones",
        ));
    }
    let bad: BTreeSet<usize> = bad_pages(file, header).into_iter().collect();
    let view = segment.view();
    let sound = |section: Section, range: std::ops::Range<usize>| {
        let start = header.range(section).start;
        ((start + range.start) / PAGE..=(start + range.end) / PAGE).all(|page| !bad.contains(&page))
    };
    let stays = sound_stays(&view, &sound);
    let lost = view.stays.saturating_sub(stays.len() as u32);
    Ok(Salvaged { day: view.day, stays, lost })
}

fn sound_stays(view: &View<'_>, sound: &impl Fn(Section, std::ops::Range<usize>) -> bool) -> Vec<Stay> {
    let mut stays = Vec::new();
    for venue in 0..view.venues {
        let at = venue as usize * 4;
        if !sound(Section::Starts, at..at + 8) {
            continue;
        }
        if stays.len() >= view.stays as usize {
            break;
        }
        for number in view.of_venue(venue) {
            if view.bytes_of(number).into_iter().all(|(section, range)| sound(section, range)) {
                let chunk = Chunk::read(view.chunks, number as usize / CHUNK);
                stays.push(view.stay_in(&chunk, number, venue));
            }
        }
    }
    stays
}
