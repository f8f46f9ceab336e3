//! Where and since when are there too many cases? Scan statistics.

/// The largest cluster, its p-value, and others.
pub mod cluster;
mod score;
/// Which places belong together.
pub mod zones;
