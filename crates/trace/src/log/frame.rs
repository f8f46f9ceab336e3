//! Frames: the records that were written together, with a checksum.

use crate::bits::u32_at;
use crate::log::record::{RECORD_BYTES, Record};

/// The first bytes of a log.
pub(crate) const HEAD: [u8; 16] = *b"LFVISIT\nversion1";
/// The first bytes of a frame.
const MAGIC: [u8; 4] = *b"LFrm";
/// Mark, length and checksum of a frame.
const FRAME_HEAD: usize = 12;
/// The longest frame, so that a damaged length is seen.
pub(crate) const LONGEST: usize = 1 << 26;

/// Adds a frame of encoded records.
pub(crate) fn write_frame(out: &mut Vec<u8>, records: &[u8]) {
    let length = (records.len() as u32).to_le_bytes();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&length);
    hasher.update(records);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&length);
    out.extend_from_slice(&hasher.finalize().to_le_bytes());
    out.extend_from_slice(records);
}

/// The encoded records of the frame at the start of the bytes, if it is whole.
pub(crate) fn read_frame(bytes: &[u8]) -> Option<&[u8]> {
    if !bytes.starts_with(&MAGIC) || bytes.len() < FRAME_HEAD {
        return None;
    }
    let length = u32_at(bytes, 1) as usize;
    let records = bytes.get(FRAME_HEAD..FRAME_HEAD.checked_add(length)?)?;
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&bytes[4..8]);
    hasher.update(records);
    let sound = hasher.finalize() == u32_at(bytes, 2) && length.is_multiple_of(RECORD_BYTES) && length <= LONGEST;
    sound.then_some(records)
}

/// Bytes of a frame in the file.
pub(crate) fn frame_length(records: &[u8]) -> usize {
    FRAME_HEAD + records.len()
}

/// Where the next whole frame begins, looking byte by byte.
pub(crate) fn next_frame(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len().saturating_sub(FRAME_HEAD - 1))
        .find(|&at| bytes[at..].starts_with(&MAGIC) && read_frame(&bytes[at..]).is_some())
}

/// The records of a frame.
pub(crate) fn records(encoded: &[u8]) -> impl Iterator<Item = Option<Record>> + '_ {
    encoded.chunks_exact(RECORD_BYTES).map(Record::read)
}
