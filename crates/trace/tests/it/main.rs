//! The store and its answers, against a plain reference and against power cuts.

mod answers;
mod damage;
mod kill;
mod looking_back;
mod reference;
mod store;
mod table;
mod world;
