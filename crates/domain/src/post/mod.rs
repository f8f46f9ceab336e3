//! 职务与任职: the post outlives the person. Incumbents are dated and handed over, a vacancy shows, and telephone
//! numbers are checked when written and masked when shown.

mod appoint;
mod hand_over;
mod incumbency;
mod mask;
mod phone;
mod phone_fault;
mod relation;

pub use appoint::{PostRefusal, appoint};
pub use hand_over::{HandOver, hand_over, leave};
pub use incumbency::{InPost, Incumbency, Post, Tenure, Vacancy, in_post, vacancies};
pub use mask::masked;
pub use phone::{PhoneKind, PhoneNumber};
pub use phone_fault::PhoneFault;
pub use relation::LeaderRelation;
