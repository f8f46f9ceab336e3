//! Names of units: lists, inherited prefixes, aliases, and the unit at the start of a duty.

mod list;
mod name;
mod subject;

pub(crate) use list::{UnitItem, read_units, split_names};
pub(crate) use name::{is_post, is_unit_like};
pub(crate) use subject::{Lexicon, subject_units};
