//! Numbers of few bits, one after the other, and numbers of whole bytes at an index. All reads are checked: beyond the end
//! there is 0.

/// The number of bits that hold every number up to this one; 0 for 0.
pub(crate) fn width(largest: u64) -> u32 {
    u64::BITS - largest.leading_zeros()
}

/// A mask of that many low bits; at most 63.
#[inline(always)]
pub(crate) fn mask(bits: u32) -> u64 {
    (1u64 << (bits & 63)) - 1
}

/// The little-endian number of eight bytes at a byte offset.
#[inline(always)]
pub(crate) fn u64_at(bytes: &[u8], offset: usize) -> u64 {
    match bytes.get(offset..).and_then(<[u8]>::first_chunk::<8>) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => 0,
    }
}

/// The little-endian number of four bytes, the `index`-th of many.
#[inline(always)]
pub(crate) fn u32_at(bytes: &[u8], index: usize) -> u32 {
    match bytes.get(index.saturating_mul(4)..).and_then(<[u8]>::first_chunk::<4>) {
        Some(chunk) => u32::from_le_bytes(*chunk),
        None => 0,
    }
}

/// The `index`-th number of `bits` bits (at most 57), where eight spare bytes follow the last.
#[inline(always)]
pub(crate) fn packed_at(bytes: &[u8], index: usize, bits: u32) -> u64 {
    let at = index.saturating_mul(bits as usize);
    (u64_at(bytes, at >> 3) >> (at & 7)) & mask(bits)
}

/// Writes numbers of few bits.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    word: u64,
    used: u32,
}

impl Packer {
    /// Adds the low `bits` (at most 57) of a number that has no higher ones.
    #[inline(always)]
    pub(crate) fn put(&mut self, out: &mut Vec<u8>, value: u64, bits: u32) {
        self.word |= value << self.used;
        let used = self.used + bits;
        if used < u64::BITS {
            self.used = used;
            return;
        }
        out.extend_from_slice(&self.word.to_le_bytes());
        self.word = if self.used == 0 { 0 } else { value >> (u64::BITS - self.used) };
        self.used = used - u64::BITS;
    }

    /// Fills up to eight bytes.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        if self.used > 0 {
            out.extend_from_slice(&self.word.to_le_bytes());
        }
        *self = Packer::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_read_back(bits in 1u32..=57, values in proptest::collection::vec(any::<u64>(), 0..200)) {
            let values: Vec<u64> = values.into_iter().map(|value| value & mask(bits)).collect();
            let (mut bytes, mut packer) = (Vec::new(), Packer::default());
            for &value in &values {
                packer.put(&mut bytes, value, bits);
            }
            packer.finish(&mut bytes);
            prop_assert_eq!(bytes.len(), (values.len() * bits as usize).div_ceil(64) * 8);
            bytes.extend([0; 8]);
            for (index, &value) in values.iter().enumerate() {
                prop_assert_eq!(packed_at(&bytes, index, bits), value);
            }
        }
    }

    #[test]
    fn beyond_the_end_there_is_zero() {
        assert_eq!(u64_at(&[1; 7], 0), 0);
        assert_eq!(u32_at(&[1; 7], 1), 0);
        assert_eq!(packed_at(&[255; 16], usize::MAX, 57), 0);
    }
}
