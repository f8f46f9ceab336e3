//! Notices: what a user is told in the app, and by message when they are not in it.

mod kind;
mod quiet;
mod ring;

pub use kind::{About, Notice, NoticeKind, Urgency};
pub use quiet::{NotQuiet, Quiet};
pub use ring::{Ring, rings, told_beside_the_unit};
