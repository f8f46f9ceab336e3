//! Questions to a snapshot.

mod bitset;
mod case;
mod encounter;
mod exposure;
mod first;
mod list;
mod presence;
mod second;
mod spread;
mod track;

pub use case::{Case, CaseList, Isolation};
pub use encounter::{Encounter, Grade};
pub use first::first_order;
pub use list::{ContactList, Listed, NoticeZone, Totals};
pub use second::{SecondOrder, second_order};
pub use track::{Place, Track, place, track};
