//! 谁和谁同时在同一场所: who met whom. Visits are kept by day and searched in milliseconds.
//!
//! A [`Store`] takes visits durably and seals them into one immutable file a day. A [`Snapshot`] is what it holds at a moment;
//! [`query`] asks it, by the rules of [`rules`]. [`table`] brings visits in and out as CSV, [`generate`] makes them up.
//!
//! Persons and venues are numbers; names live elsewhere. The crate reads no clock and draws nothing by chance but from a seed.
//!
//! ```
//! use lianfang_trace::query::{Case, first_order};
//! use lianfang_trace::rules::RuleSet;
//! use lianfang_trace::{Day, PersonId, Source, Store, VenueId, Visit, Window};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let (store, _findings) = Store::open(folder.path())?;
//! let noon = Day(20_000).start().plus(12 * 60);
//! let lunch = |person, from: u32, minutes: u32| Visit {
//!     person: PersonId(person),
//!     venue: VenueId(7),
//!     enter: noon.plus(from),
//!     leave: Some(noon.plus(from + minutes)),
//!     spot: None,
//!     source: Source(0),
//! };
//! store.append(&[lunch(1, 0, 40), lunch(2, 30, 40), lunch(3, 50, 20)])?;
//!
//! let case = Case { person: PersonId(1), infectious: Window::ALWAYS };
//! let snapshot = store.snapshot()?;
//! let list = first_order(&snapshot, &[case], &RuleSet::off(0, 0, 30), 1);
//! let met: Vec<u64> = list.persons(&snapshot).map(|listed| listed.person.0).collect();
//! assert_eq!(met, [2]); // the third came when the first had left
//! # Ok(())
//! # }
//! ```
//!
//! Invariant: an answer is defined on sets of minutes. Cutting a visit at midnight, keeping a stay twice, sealing, merging and
//! the order of arrival change no answer.

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
pub use segment::{DayFile, Walk};
pub use store::{Appended, BackgroundSealing, Bulk, Finding, Loss, Rejected, Sealed, Sizes, Snapshot, Store, verify};
pub use time::{DAY_MINUTES, Day, Minute, Window};
pub use visit::{Days, LONGEST_VISIT, PersonId, Rejection, Source, Spot, VenueId, Visit};
