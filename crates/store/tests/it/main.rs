//! The store on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot prepare its ground has failed")]

mod audit;
mod backup;
mod clear_out;
mod clock;
mod cut;
mod distribution;
mod encrypted;
mod ground;
mod indicator;
mod job;
mod keys;
mod migrate;
mod notice;
mod order;
mod plan;
mod post;
mod statements;
mod unit;
