//! Bytes of a file, mapped or owned. The only file of the crate with `unsafe`: mapping, large pages, and asking for a
//! line of memory before it is needed.

use std::fs::File;
use std::ops::Deref;

/// Bytes that are read in place.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// A mapped file.
    Mapped(memmap2::Mmap),
    /// Bytes in memory.
    Owned(Vec<u8>),
}

impl Bytes {
    /// Maps a file that nobody changes: files of this store are written under another name and never touched again.
    #[expect(unsafe_code, reason = "a mapped file is read in place; the alternative is a copy of every day in memory")]
    pub(crate) fn map(file: &File) -> std::io::Result<Bytes> {
        if file.metadata()?.len() == 0 {
            return Ok(Bytes::Owned(Vec::new()));
        }
        // SAFETY: the file is immutable once it has its name (see `store::publish`). All reads of the map are bounds-checked
        // and any bytes are a valid `[u8]`, so that even a file changed by someone else cannot break memory safety
        // beyond what the reader checks again on each access.
        let map = unsafe { memmap2::Mmap::map(file)? };
        // Large pages are a wish: most file systems do not grant them.
        #[cfg(target_os = "linux")]
        let _granted = map.advise(memmap2::Advice::HugePage).is_ok();
        Ok(Bytes::Mapped(map))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::Owned(bytes) => bytes,
        }
    }
}

/// Wishes for large pages under memory that was just reserved: it is filled with a five-hundredth of the page faults. Whether the
/// machine grants it is its own affair.
#[expect(unsafe_code, reason = "a page fault every 4 KiB is a tenth of the time of sealing a day")]
pub(crate) fn large_pages<T>(items: &[T]) {
    #[cfg(target_os = "linux")]
    if size_of_val(items) >= LARGE {
        let from = items.as_ptr().addr().next_multiple_of(PAGE);
        let length = (items.as_ptr().addr() + size_of_val(items)).saturating_sub(from) / PAGE * PAGE;
        let start = items.as_ptr().with_addr(from).cast_mut().cast();
        // SAFETY: the pages lie wholly inside memory that is borrowed here, and this advice changes nothing in them.
        let _granted = unsafe { rustix::mm::madvise(start, length, rustix::mm::Advice::LinuxHugepage) }.is_ok();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = items;
}

/// Below this many bytes large pages are not worth the question.
#[cfg(target_os = "linux")]
const LARGE: usize = 4 << 20;
/// What addresses and lengths are multiples of.
#[cfg(target_os = "linux")]
const PAGE: usize = 4096;

/// Asks for the memory at an index, if it is inside, so that it is near when it is read.
#[inline(always)]
#[expect(unsafe_code, reason = "there is no safe way to say that memory will be needed soon")]
pub(crate) fn prefetch<T>(items: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(item) = items.get(index) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch has no effect on memory, and the address is that of an item of the slice.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(item).cast()) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (items, index);
}
