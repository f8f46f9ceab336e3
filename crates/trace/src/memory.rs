//! Bytes of a file, mapped or owned. The only file of the crate with `unsafe`: mapping, and asking for a line of memory
//! before it is needed.

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
