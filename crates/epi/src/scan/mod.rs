//! Where and since when are there too many cases? Scan statistics.

mod alias;
mod circles;
/// The largest cluster, its p-value, and others.
pub mod cluster;
mod deal;
mod lanes;
mod levels;
mod lines;
mod replicate;
mod score;
/// What strata lead us to expect.
pub mod standard;
/// Which places belong together.
pub mod zones;
