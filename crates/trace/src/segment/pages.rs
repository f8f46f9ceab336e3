//! Checksums of the pages of a segment: they say that something changed, and where.

use crate::bits::u32_at;
use crate::segment::header::{HEADER_BYTES, Header, Section};

/// Bytes that share a checksum.
pub(crate) const PAGE: usize = 1 << 16;

/// The numbers of the pages that are not as written. The head at the start has its own checksum and is summed as zeros,
/// as it was when the sums were taken. If the sums themselves are damaged, every page is named.
pub(crate) fn bad_pages(file: &[u8], header: &Header) -> Vec<usize> {
    let sums = &file[header.range(Section::Pages)];
    let body = &file[..header.range(Section::Pages).start];
    if !sums_are_sound(file, header) {
        return (0..body.len().div_ceil(PAGE)).collect();
    }
    let is_bad = |(number, page): (usize, &[u8])| {
        let sum = if number == 0 { sum_of_first(page) } else { crc32fast::hash(page) };
        (sum != u32_at(sums, number)).then_some(number)
    };
    body.chunks(PAGE).enumerate().filter_map(is_bad).collect()
}

/// Whether the checksums themselves are as written.
pub(crate) fn sums_are_sound(file: &[u8], header: &Header) -> bool {
    crc32fast::hash(&file[header.range(Section::Pages)]) == header.pages_crc
}

/// Whether both heads are as written, and the file ends where it should.
pub(crate) fn heads_are_sound(file: &[u8], header: &Header) -> bool {
    let head = header.write();
    let end = header.range(Section::Pages).end + HEADER_BYTES;
    file.len() == end && file.starts_with(&head) && file.ends_with(&head)
}

fn sum_of_first(page: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[0; HEADER_BYTES]);
    hasher.update(page.get(HEADER_BYTES..).unwrap_or(&[]));
    hasher.finalize()
}
