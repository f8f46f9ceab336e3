//! Who met whom: visits kept by day, searched in milliseconds.

mod bits;
mod chance;
mod class;
mod fault;
pub mod generate;
mod log;
mod memory;
mod numbers;
pub mod query;
mod radix;
pub mod rules;
mod segment;
mod store;
pub mod table;
mod time;
mod visit;

pub use chance::{Chance, mix};
pub use class::VenueClass;
pub use fault::Fault;
pub use store::{Appended, Bulk, Finding, Loss, Rejected, Sealed, Sizes, Snapshot, Store, verify};
pub use time::{DAY_MINUTES, Day, Minute, Window};
pub use visit::{Days, LONGEST_VISIT, PersonId, Rejection, Source, Spot, VenueId, Visit};
