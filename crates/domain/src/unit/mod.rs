//! 单位: organisations and departments with their kind, area, parent and other names; finding the registered unit that
//! a written name means; merging units that are one.

mod abbreviation;
mod bracket;
mod duplicate;
mod full_form;
mod guess;
mod kind;
mod matcher;
mod merge;
mod normal;
mod place;
mod rank;
mod record;
mod similar;
mod suggestion;
mod tree;

pub use abbreviation::{Abbreviation, STEMS, WHOLE_NAMES};
pub use bracket::{WrittenName, split_written};
pub use duplicate::{DuplicateReason, DuplicateUnits, duplicates};
pub use full_form::full_form;
pub use kind::UnitKind;
pub use matcher::Matcher;
pub use merge::{Choices, MergeField, MergeRefusal, Merged, Side, merge};
pub(crate) use normal::half_width;
pub use normal::normal_name;
pub use place::{AreaName, Places};
pub use record::{Alias, AliasKind, Unit};
pub(crate) use similar::edit_ratio;
pub use suggestion::{MatchReason, Suggestion, preselected};
pub use tree::{ParentRefusal, UnitTree};
