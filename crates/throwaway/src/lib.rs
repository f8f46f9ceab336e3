//! What tests need from the machine and is thrown away with them.
//!
//! A test that needs what is not installed says so and passes; with `LIANFANG_REQUIRE=postgres,browser` it fails.

mod browser;
mod libreoffice;
mod postgres;

use std::path::PathBuf;

pub use browser::{BrowserDriver, browser_driver};
pub use libreoffice::converted;
pub use postgres::{Alone, Database, alone, database};

/// Says that a test is skipped, or fails where the thing is required.
///
/// # Panics
/// When `LIANFANG_REQUIRE` names `what`.
pub fn skipped(what: &str, why: &str) {
    let required = std::env::var("LIANFANG_REQUIRE").unwrap_or_default();
    assert!(!required.split(',').any(|word| word.trim() == what), "{what} is required, but {why}");
    eprintln!("skipped: {why}");
}

/// Where a program is that can be started by its name.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
