//! The reader against whole documents: the real plans where they are present, and fictional ones with answer keys.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod keys;
mod measure;
mod orders;
mod robustness;
mod shared;
