//! From the tree of a document to the structured plan. Each module reads one thing.

mod basics;
mod bodies;
mod context;
mod cues;
mod dates;
mod document;
mod duties;
mod front;
mod leadership;
mod levels;
mod lists;
mod mechanisms;
mod numbers;
mod office;
mod persons;
mod phases;
mod procedure;
mod quantities;
mod responsibility;
mod tables;
mod tasks;
mod time_start;
mod times;

pub(crate) use context::Ctx;
pub(crate) use cues::Cue;
pub(crate) use dates::{dates_in, find_dates};
pub(crate) use document::read_document;
pub(crate) use levels::level_in;
pub(crate) use numbers::number;
