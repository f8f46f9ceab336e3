//! A made-up district to try everything on: 清河区 with its townships, villages, units, people and users. It is laid out
//! through the same imports and acts as real data; the same seed gives the same district.

mod district;
mod draw;
mod incidents;
mod indicators;
mod lay_out;
mod orders;
mod outlines;
mod people;
mod plans;
mod reports;
mod sitreps;
mod units;

pub use lay_out::{DEMO_PASSWORD, DemoFault, DemoUser, lay_out_demo};
