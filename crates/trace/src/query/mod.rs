//! Questions to a snapshot.

mod bitset;
mod case;
mod cluster;
mod common_exposure;
mod encounter;
mod expected;
mod exposure;
mod first;
mod list;
mod presence;
mod second;
mod shared;
mod spread;
mod track;

pub use case::{Case, CaseList, Isolation};
pub use cluster::{Cluster, clusters};
pub use common_exposure::{CommonExposure, common_exposure};
pub use encounter::{Encounter, Grade};
pub use expected::{Expected, expected};
pub use first::first_order;
pub use list::{ContactList, Listed, NoticeZone, Totals};
pub use second::{SecondOrder, second_order};
pub use shared::{Households, SharedVenue, shared_venues};
pub use track::{Place, Track, place, track};
