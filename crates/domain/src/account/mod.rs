//! Accounts: passwords, waiting after failures, how long a session lasts.

mod lock;
mod password;
mod session;

pub use lock::{wait_after, wait_words, waits_until};
pub use password::{LONGEST, PasswordRefusal, SHORTEST, check_password, is_login};
pub use session::SessionLimits;
