//! The reader against whole documents: the real plans where they are present, and fictional ones with answer keys.

mod keys;
mod measure;
mod robustness;
mod shared;
