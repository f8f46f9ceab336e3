//! Who may do what, and where: right = role × act × area × membership.
//!
//! The table of rights is [`Act`]: one line says who may do an act and how far it reaches. The server names an act for
//! every route; the store puts the [`Scope`] that follows into its SQL.

mod act;
mod api_scope;
mod role;
mod scope;

pub use act::{Act, Reach, Who};
pub use api_scope::ApiScope;
pub use role::{GrantRefusal, MOST_AREAS, Role, may_hold};
pub use scope::{Grant, Scope, scope};
