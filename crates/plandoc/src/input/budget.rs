//! Counts what compressed parts really unpack to, because the sizes a file declares can lie.

use std::io::Read;

use super::{InputError, Limits};

/// Below this a high ratio is normal: much repeated XML packs very well.
const RATIO_FREE_BYTES: u64 = 10 * 1024 * 1024;

const CHUNK: usize = 64 * 1024;

/// What one file may still unpack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    most: u64,
    spent: u64,
}

impl Budget {
    pub(super) fn new(packed: usize, limits: &Limits) -> Self {
        let packed = u64::try_from(packed).unwrap_or(u64::MAX);
        let by_ratio = packed.saturating_mul(limits.max_inflation_ratio).max(RATIO_FREE_BYTES);
        Self { most: limits.max_inflated_bytes.min(by_ratio), spent: 0 }
    }

    /// How many bytes may still be unpacked.
    pub(super) fn left(&self) -> usize {
        usize::try_from(self.most - self.spent).unwrap_or(usize::MAX)
    }

    /// Books `bytes` as unpacked.
    pub(super) fn spend(&mut self, bytes: usize) -> Result<(), InputError> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > self.most {
            self.spent = self.most;
            return Err(self.passed());
        }
        Ok(())
    }

    /// The error for a file that unpacks to more than it may.
    pub(super) fn passed(&self) -> InputError {
        InputError::InflatesTooMuch { limit: self.most }
    }

    /// Reads to the end, booking each chunk before the next is unpacked.
    ///
    /// An error of the reader itself is handed back as the inner `Err`, with no bytes kept.
    pub(super) fn read_all(&mut self, reader: &mut dyn Read) -> Result<std::io::Result<Vec<u8>>, InputError> {
        let mut all = Vec::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(Ok(all)),
                Ok(n) => {
                    self.spend(n)?;
                    all.extend_from_slice(chunk.get(..n).unwrap_or_default());
                }
                Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
                Err(cause) => return Ok(Err(cause)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{InputError, Limits};
    use super::{Budget, RATIO_FREE_BYTES};

    #[test]
    fn reading_stops_at_the_limit_however_long_the_stream_is() {
        let limits = Limits { max_inflated_bytes: 100_000, ..Limits::default() };
        let mut budget = Budget::new(10_000, &limits);
        let refused = budget.read_all(&mut std::io::repeat(b'x')).unwrap_err();
        assert_eq!(refused, InputError::InflatesTooMuch { limit: 100_000 });
    }

    #[test]
    fn a_small_file_may_always_unpack_ten_mebibytes() {
        let budget = Budget::new(10, &Limits::default());
        assert_eq!(budget.left() as u64, RATIO_FREE_BYTES);
    }
}
