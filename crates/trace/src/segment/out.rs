//! A segment on its way out: block by block, each summed while it is near the processor, so that the bytes of a day need not
//! stand in memory.

use std::io::{self, Seek, SeekFrom, Write};

use crate::segment::header::{HEADER_BYTES, Header, Section};
use crate::segment::pages::PAGE;

/// Bytes that are written at once.
const BLOCK: usize = 4 * PAGE;

/// The bytes of a segment, in order. The lead, whole pages in which the head and what is known last stand, waits for the end.
#[derive(Debug)]
pub(crate) struct Out<W> {
    to: W,
    /// The lead, then what is not written yet.
    pub(crate) waiting: Vec<u8>,
    lead: usize,
    /// Bytes behind the lead that are written.
    written: usize,
    /// Checksums of the pages behind the lead.
    sums: Vec<u8>,
}

impl<W: Write + Seek> Out<W> {
    /// A segment whose first bytes, so many, are filled in at the end. They are zeros until then.
    pub(crate) fn new(to: W, first: usize) -> Out<W> {
        let lead = first.next_multiple_of(PAGE);
        let mut waiting = Vec::with_capacity(lead + 2 * BLOCK);
        waiting.resize(first, 0);
        Out { to, waiting, lead, written: 0, sums: Vec::new() }
    }

    /// How many bytes there are so far.
    pub(crate) fn len(&self) -> usize {
        self.written + self.waiting.len()
    }

    /// The first bytes, which are written last.
    pub(crate) fn first(&mut self, count: usize) -> &mut [u8] {
        &mut self.waiting[..count]
    }

    /// Adds bytes.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(BLOCK) {
            self.waiting.extend_from_slice(piece);
            self.pass_on()?;
        }
        Ok(())
    }

    /// Goes on at a multiple of 64 bytes.
    pub(crate) fn align(&mut self) {
        let gap = self.len().next_multiple_of(64) - self.len();
        self.waiting.extend(std::iter::repeat_n(0, gap));
    }

    /// Writes what waits, once it is a block.
    #[inline(always)]
    pub(crate) fn pass_on(&mut self) -> io::Result<()> {
        if self.waiting.len() >= self.lead + BLOCK { self.write_pages() } else { Ok(()) }
    }

    #[inline(never)]
    fn write_pages(&mut self) -> io::Result<()> {
        if self.written == 0 {
            self.to.seek(SeekFrom::Start(self.lead as u64))?;
        }
        let end = self.waiting.len() / PAGE * PAGE;
        let pages = &self.waiting[self.lead..end];
        add_sums(&mut self.sums, pages);
        self.to.write_all(pages)?;
        self.written += pages.len();
        self.waiting.copy_within(end.., self.lead);
        self.waiting.truncate(self.waiting.len() - (end - self.lead));
        Ok(())
    }

    /// Adds the checksums of the pages and both heads, and says how many bytes there are. The head's own checksum covers the
    /// head, so its page is summed as zeros.
    pub(crate) fn finish(mut self, header: &mut Header) -> io::Result<u64> {
        self.align();
        let at = self.len();
        let lead = self.lead.min(self.waiting.len());
        let mut sums = Vec::with_capacity(self.sums.len() + lead / PAGE * 4 + 8);
        add_sums(&mut sums, &self.waiting[..lead]);
        sums.append(&mut self.sums);
        add_sums(&mut sums, &self.waiting[lead..]);
        header.pages_crc = crc32fast::hash(&sums);
        header.sections[Section::Pages as usize] = (at as u64, sums.len() as u64);
        let head = header.write();
        self.first(HEADER_BYTES).copy_from_slice(&head);
        self.to.seek(SeekFrom::Start((lead + self.written) as u64))?;
        self.to.write_all(&self.waiting[lead..])?;
        self.to.write_all(&sums)?;
        self.to.write_all(&head)?;
        self.to.seek(SeekFrom::Start(0))?;
        self.to.write_all(&self.waiting[..lead])?;
        Ok((at + sums.len() + HEADER_BYTES) as u64)
    }
}

fn add_sums(sums: &mut Vec<u8>, pages: &[u8]) {
    pages.chunks(PAGE).for_each(|page| sums.extend_from_slice(&crc32fast::hash(page).to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::chance::Chance;
    use crate::segment::pages::{bad_pages, heads_are_sound};

    fn header() -> Header {
        let sections = [(0, 0); Section::COUNT];
        let (day, stays, persons, venues, open) = (1, 0, 0, 0, 0);
        Header {
            day,
            stays,
            persons,
            venues,
            open,
            person_bits: 0,
            position_bits: 0,
            count_bytes: 1,
            pages_crc: 0,
            sections,
        }
    }

    #[test]
    fn bytes_that_pass_through_are_those_that_were_put_and_their_sums_hold() {
        let mut chance = Chance::new(1, 4, 1);
        for first in [HEADER_BYTES, PAGE - 1, PAGE, PAGE + 64, 5 * PAGE + 7] {
            for longest in [100, 3 * PAGE as u32, 11 * PAGE as u32] {
                let mut to = Cursor::new(Vec::new());
                let mut out = Out::new(&mut to, first);
                let mut expected = vec![0; first];
                for _ in 0..12 {
                    let piece: Vec<u8> = (0..chance.below(longest)).map(|_| chance.below(256) as u8).collect();
                    out.put(&piece).unwrap();
                    expected.extend_from_slice(&piece);
                    assert_eq!(out.len(), expected.len());
                }
                out.first(first)[HEADER_BYTES..].fill(7);
                expected[HEADER_BYTES..first].fill(7);
                expected.resize(expected.len().next_multiple_of(64), 0);
                let mut header = header();
                let count = out.finish(&mut header).unwrap();
                let bytes = to.into_inner();
                assert_eq!(bytes.len() as u64, count);
                assert!(bytes[HEADER_BYTES..expected.len()] == expected[HEADER_BYTES..], "{first} {longest}");
                assert_eq!(header.range(Section::Pages).start, expected.len());
                assert!(heads_are_sound(&bytes, &header), "{first} {longest}");
                assert_eq!(bad_pages(&bytes, &header), [0; 0], "{first} {longest}");
            }
        }
    }
}
