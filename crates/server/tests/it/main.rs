//! The server as a browser and a program see it, on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod api;
mod areas;
mod browser;
mod crawl;
mod demo;
mod faults;
mod imports;
mod incidents;
mod indicators;
mod jobs;
mod levels;
mod notices;
mod orders;
mod plans;
mod reports;
mod rights;
mod set_up;
mod sign_in;
mod sitreps;
mod town;
mod units;
