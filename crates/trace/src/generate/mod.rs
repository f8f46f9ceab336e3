//! A made-up district: who lives, learns, works, shops and rides where. Everything follows from the seed; nobody is real.

mod day;
mod layout;

pub use layout::District;
