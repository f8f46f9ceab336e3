//! The head of a chunk: 64 stays that share the widths of their records.

use crate::bits::{mask, u32_at, u64_at};

/// Stays of a chunk.
pub(crate) const CHUNK: usize = 64;
/// Bytes of its head.
pub(crate) const CHUNK_BYTES: usize = 16;

/// How the records of 64 stays are written: `enter - enter_base | dwell - 1 | person`, then, if there is need, the extras of
/// all of them: `open | spot | source - source_base`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// Where its records begin, in steps of eight bytes.
    pub(crate) at: u32,
    /// The venue of its first stay.
    pub(crate) first_venue: u32,
    /// The earliest minute of entering.
    pub(crate) enter_base: u32,
    /// The latest minute of leaving; the end of the day if a stay is open.
    pub(crate) latest: u32,
    /// Bits of a minute of entering.
    pub(crate) enter_bits: u32,
    /// Bits of a dwell.
    pub(crate) dwell_bits: u32,
    /// Whether some stay is open: then each has a bit that says so.
    pub(crate) open: bool,
    /// Bits of a spot.
    pub(crate) spot_bits: u32,
    /// Bits of a source.
    pub(crate) source_bits: u32,
    /// The smallest source.
    pub(crate) source_base: u32,
}

impl Chunk {
    /// Bits of the extras of a stay.
    pub(crate) fn extra_bits(&self) -> u32 {
        u32::from(self.open) + self.spot_bits + self.source_bits
    }

    /// Bits of a record.
    #[inline(always)]
    pub(crate) fn record_bits(&self, person_bits: u32) -> u32 {
        self.enter_bits + self.dwell_bits + person_bits
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.at.to_le_bytes());
        out.extend_from_slice(&self.first_venue.to_le_bytes());
        let fields = [
            (self.enter_base, 11),
            (self.latest, 11),
            (self.enter_bits, 4),
            (self.dwell_bits, 4),
            (u32::from(self.open), 1),
            (self.spot_bits, 5),
            (self.source_bits, 4),
            (self.source_base, 8),
        ];
        let (mut word, mut used) = (0u64, 0);
        for (value, bits) in fields {
            word |= (u64::from(value) & mask(bits)) << used;
            used += bits;
        }
        out.extend_from_slice(&word.to_le_bytes());
    }

    /// The head with this number in the section of heads; an empty one beyond its end.
    #[inline(always)]
    pub(crate) fn read(section: &[u8], number: usize) -> Chunk {
        let word = u64_at(section, number * CHUNK_BYTES + 8);
        let field = |from: u32, bits: u32| ((word >> from) & mask(bits)) as u32;
        Chunk {
            at: u32_at(section, number * 4),
            first_venue: u32_at(section, number * 4 + 1),
            enter_base: field(0, 11),
            latest: field(11, 11),
            enter_bits: field(22, 4).min(11),
            dwell_bits: field(26, 4).min(11),
            open: field(30, 1) == 1,
            spot_bits: field(31, 5).min(16),
            source_bits: field(36, 4).min(8),
            source_base: field(40, 8),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let chunk = Chunk {
            at: 77,
            first_venue: u32::MAX,
            enter_base: 1439,
            latest: 1440,
            enter_bits: 11,
            dwell_bits: 11,
            open: true,
            spot_bits: 16,
            source_bits: 8,
            source_base: 255,
        };
        let mut bytes = Vec::new();
        Chunk::default().write(&mut bytes);
        chunk.write(&mut bytes);
        assert_eq!(bytes.len(), 2 * CHUNK_BYTES);
        assert_eq!(Chunk::read(&bytes, 0), Chunk::default());
        assert_eq!(Chunk::read(&bytes, 1), chunk);
        assert_eq!(Chunk::read(&bytes, 2), Chunk::default());
    }
}
