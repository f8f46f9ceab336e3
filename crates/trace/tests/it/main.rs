//! The store and its answers, against a plain reference and against power cuts.

mod answers;
mod damage;
mod kill;
mod reference;
mod store;
mod world;
