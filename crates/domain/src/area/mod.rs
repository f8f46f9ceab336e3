//! 辖区: the division tree, from the province down to the entrance of a building. A code's beginning is the code of
//! the area above it, so that jurisdiction is a test of prefixes. Names and population are dated.

mod code;
mod level;
mod named;
mod parse;
mod tree;

pub use code::AreaCode;
pub use level::AreaLevel;
pub use named::{Area, NameFrom, PopulationFrom};
pub use parse::AreaCodeError;
pub use tree::{TreeFault, check_tree};
