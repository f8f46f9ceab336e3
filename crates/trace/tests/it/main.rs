//! The store and its answers, against a plain reference and against power cuts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod damage;
mod kill;
mod looking_back;
mod reference;
mod store;
mod table;
mod world;
