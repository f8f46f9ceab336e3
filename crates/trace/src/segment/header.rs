//! The head of a segment: what it holds and where. A copy stands at the end of the file.

use std::ops::Range;

use crate::bits::{u32_at, u64_at};
use crate::fault::Fault;
use crate::segment::chunk::CHUNK_BYTES;
use crate::segment::pages::PAGE;

/// The first bytes of a segment.
const MAGIC: [u8; 8] = *b"LFTRACE\n";
/// The version of the layout that is written.
const VERSION: u32 = 1;
/// The length of a head; the sections begin here.
pub(crate) const HEADER_BYTES: usize = 256;
/// Bytes of a head before its own checksum.
const SUMMED: usize = HEADER_BYTES - 4;
/// Persons whose counts share one base.
pub(crate) const BASE_PERSONS: usize = 32;
/// Spare bytes after sections that are read eight bytes at a time.
pub(crate) const SPARE: usize = 8;

/// A part of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// For each venue the number of its first stay, and the number of stays at the end; 4 bytes each.
    Starts = 0,
    /// For each 64 stays the head of their chunk; 16 bytes each.
    Chunks = 1,
    /// The records of the stays.
    Records = 2,
    /// For each 32 persons the number of positions before them; 4 bytes each.
    Bases = 3,
    /// For each person the number of stays; 1, 2 or 4 bytes each.
    Counts = 4,
    /// For each stay, sorted by person, the number of its record.
    Positions = 5,
    /// For each 64 KiB of what stands before, its CRC-32; 4 bytes each.
    Pages = 6,
}

impl Section {
    pub(crate) const COUNT: usize = 7;
}

/// What a segment holds and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// The day, counted from 1970-01-01.
    pub(crate) day: u32,
    /// Number of stays.
    pub(crate) stays: u32,
    /// Persons with a lower number have a count.
    pub(crate) persons: u32,
    /// Venues with a lower number have a start.
    pub(crate) venues: u32,
    /// Stays that nobody has seen end.
    pub(crate) open: u32,
    /// Bits of a person's number.
    pub(crate) person_bits: u32,
    /// Bits of a stay's number.
    pub(crate) position_bits: u32,
    /// Bytes of a person's count.
    pub(crate) count_bytes: u32,
    /// CRC-32 of the section [`Section::Pages`].
    pub(crate) pages_crc: u32,
    /// Offset and length of each section, in bytes.
    pub(crate) sections: [(u64, u64); Section::COUNT],
}

impl Header {
    /// The bytes of a section within those of the file; inside, because the header was checked.
    pub(crate) fn range(&self, section: Section) -> Range<usize> {
        let (offset, length) = self.sections[section as usize];
        offset as usize..(offset + length) as usize
    }

    pub(crate) fn write(&self) -> [u8; HEADER_BYTES] {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..8].copy_from_slice(&MAGIC);
        let numbers = [
            VERSION,
            self.day,
            self.stays,
            self.persons,
            self.venues,
            self.open,
            self.person_bits,
            self.position_bits,
            self.count_bytes,
            self.pages_crc,
        ];
        for (index, number) in numbers.into_iter().enumerate() {
            let at = 8 + index * 4;
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        for (index, (offset, length)) in self.sections.into_iter().enumerate() {
            let at = 48 + index * 16;
            bytes[at..at + 8].copy_from_slice(&offset.to_le_bytes());
            bytes[at + 8..at + 16].copy_from_slice(&length.to_le_bytes());
        }
        let crc = crc32fast::hash(&bytes[..SUMMED]);
        bytes[SUMMED..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads the head, or its copy at the end where the head is damaged.
    pub(crate) fn read(file: &[u8]) -> Result<Header, Fault> {
        let first = file.get(..HEADER_BYTES).map(|head| Header::parse(head, file.len()));
        match first {
            Some(Ok(header)) => Ok(header),
            Some(Err(fault @ Fault::Version { .. })) => Err(fault),
            _ => {
                let copy = file.len().checked_sub(HEADER_BYTES).and_then(|at| file.get(at..));
                let copy = copy.ok_or_else(|| Fault::damaged("it is too short for a day of visits"))?;
                Header::parse(copy, file.len())
            }
        }
    }

    fn parse(head: &[u8], file_length: usize) -> Result<Header, Fault> {
        if head.get(..8) != Some(MAGIC.as_slice()) {
            return Err(Fault::damaged("it does not begin as a day of visits"));
        }
        let sum = head.get(SUMMED..).map(|bytes| u32_at(bytes, 0));
        if sum != head.get(..SUMMED).map(crc32fast::hash) {
            return Err(Fault::damaged("its head is not as written"));
        }
        let number = |index: usize| u32_at(head, 2 + index);
        if number(0) != VERSION {
            return Err(Fault::Version { found: number(0), known: VERSION });
        }
        let mut sections = [(0, 0); Section::COUNT];
        for (index, section) in sections.iter_mut().enumerate() {
            *section = (u64_at(head, 48 + index * 16), u64_at(head, 56 + index * 16));
        }
        let header = Header {
            day: number(1),
            stays: number(2),
            persons: number(3),
            venues: number(4),
            open: number(5),
            person_bits: number(6),
            position_bits: number(7),
            count_bytes: number(8),
            pages_crc: number(9),
            sections,
        };
        header.check(file_length as u64)?;
        Ok(header)
    }

    /// Whether the sections follow each other inside the file with the lengths that the counts ask for.
    fn check(&self, file_length: u64) -> Result<(), Fault> {
        let wrong = |what: &str| Err(Fault::damaged(format!("its head does not fit the file: {what}")));
        if self.person_bits > 32 || self.position_bits > 32 || ![1, 2, 4].contains(&self.count_bytes) {
            return wrong("widths");
        }
        let mut end = HEADER_BYTES as u64;
        for (offset, length) in self.sections {
            if offset < end || offset.checked_add(length).is_none_or(|end| end > file_length) {
                return wrong("sections");
            }
            end = offset + length;
        }
        let (stays, persons) = (u64::from(self.stays), u64::from(self.persons));
        let length = |section: Section| self.sections[section as usize].1;
        let positions = (stays * u64::from(self.position_bits)).div_ceil(64) * 8 + SPARE as u64;
        let lengths = [
            (Section::Starts, (u64::from(self.venues) + 1) * 4),
            (Section::Chunks, stays.div_ceil(64) * CHUNK_BYTES as u64),
            (Section::Bases, persons.div_ceil(BASE_PERSONS as u64) * 4),
            (Section::Counts, persons * u64::from(self.count_bytes)),
            (Section::Positions, positions),
            (Section::Pages, self.sections[Section::Pages as usize].0.div_ceil(PAGE as u64) * 4),
        ];
        if lengths.into_iter().any(|(section, expected)| length(section) != expected) {
            return wrong("lengths");
        }
        Ok(())
    }
}
