//! Any bytes as the file of a day. An even first byte: the rest is the file. An odd one: the rest patches a sound file, two bytes
//! for the place and one for the value, and the head's checksum is made to fit, so that the depth is reached.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lianfang_trace::DayFile;

/// Bytes of the head that its checksum covers.
const SUMMED: usize = 252;

fn patched(patches: &[u8]) -> Option<Vec<u8>> {
    let mut file = DayFile::sample(700).ok()?;
    for patch in patches.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([patch[0], patch[1]])) % file.len();
        file[at] = patch[2];
    }
    let crc = crc32fast::hash(&file[..SUMMED]);
    file[SUMMED..SUMMED + 4].copy_from_slice(&crc.to_le_bytes());
    Some(file)
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let Some(file) = (if first % 2 == 0 { Some(rest.to_vec()) } else { patched(rest) }) else {
        return;
    };
    let salvaged = DayFile::salvage(file.clone());
    if let Ok(day) = DayFile::open(file) {
        let sound = day.verify().is_ok();
        let walk = day.walk();
        // What has sound checksums was written by the builder: all ways through it agree.
        assert!(!sound || first % 2 == 0 || walk.by_number == walk.by_person);
        assert!(!sound || salvaged.is_ok_and(|(_, lost)| lost == 0));
    }
});
