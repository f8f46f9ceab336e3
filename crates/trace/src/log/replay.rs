//! Reading a log back.

use std::path::Path;

use crate::fault::Fault;
use crate::log::frame::{HEAD, frame_length, next_frame, read_frame, records};
use crate::log::record::Record;

/// What a log holds.
#[derive(Debug, Default)]
pub(crate) struct LogRead {
    pub(crate) records: Vec<Record>,
    /// Bytes between whole frames that are none: something changed them.
    pub(crate) damaged: usize,
    /// Bytes after the last whole frame: a write that was cut off, or damage at the very end.
    pub(crate) cut_off: usize,
}

/// Reads every whole frame of a log, also those after a damaged one.
pub(crate) fn read_log(path: &Path) -> Result<LogRead, Fault> {
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    Ok(parse(&bytes))
}

fn parse(bytes: &[u8]) -> LogRead {
    let mut read = LogRead::default();
    let mut at = 0;
    if bytes.starts_with(&HEAD) {
        at = HEAD.len();
    }
    while at < bytes.len() {
        if let Some(encoded) = read_frame(&bytes[at..]) {
            at += frame_length(encoded);
            for record in records(encoded) {
                match record {
                    Some(record) => read.records.push(record),
                    None => read.damaged += crate::log::record::RECORD_BYTES,
                }
            }
            continue;
        }
        match next_frame(bytes, at + 1) {
            Some(next) => {
                read.damaged += next - at;
                at = next;
            }
            None => {
                read.cut_off = bytes.len() - at;
                break;
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::VenueClass;
    use crate::log::frame::write_frame;
    use crate::visit::VenueId;

    fn log(frames: u64) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        for venue in 0..frames {
            let mut encoded = Vec::new();
            Record::Class(VenueId(venue), VenueClass::Shop).write(&mut encoded);
            write_frame(&mut bytes, &encoded);
        }
        bytes
    }

    #[test]
    fn a_log_is_read_whole_and_a_cut_write_is_named() {
        let bytes = log(5);
        let read = parse(&bytes);
        assert_eq!((read.records.len(), read.damaged, read.cut_off), (5, 0, 0));
        let read = parse(&bytes[..bytes.len() - 1]);
        assert_eq!((read.records.len(), read.damaged, read.cut_off), (4, 0, 43));
    }

    #[test]
    fn a_flipped_bit_costs_its_frame_and_is_named() {
        let bytes = log(5);
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let read = parse(&damaged);
            assert!(read.records.len() >= 4 && read.damaged + read.cut_off > 0, "bit {bit}");
        }
    }
}
