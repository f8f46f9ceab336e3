use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::Fault;

/// Hashes worked on at once: each takes 19 MB and a core for a moment.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash of no password, checked when a login name does not exist, so that the time of the answer does not tell.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGlhbmZhbmctbm9ib2R5$0nX0gVt8JZvG3C5hB2d2g0v0Dk3y9s3r0Qn3dF5b3bA";

/// The hash of a password: argon2id with the parameters of OWASP's first choice (19 MiB, two passes).
pub(crate) async fn hash(password: &str) -> Result<String, Fault> {
    let password = password.to_owned();
    off_the_path(move || {
        let hash: Result<argon2::password_hash::phc::PasswordHash, _> =
            Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Fault::Broken(error.to_string()))
    })
    .await?
}

/// Whether a password belongs to a hash. Without a hash it takes as long and is wrong.
pub(crate) async fn is_right(password: &str, hash: Option<&str>) -> Result<bool, Fault> {
    let (password, known) = (password.to_owned(), hash.is_some());
    let hash = hash.unwrap_or(NOBODY).to_owned();
    off_the_path(move || Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok() && known).await
}

/// Runs work on a thread of its own, a few at once.
async fn off_the_path<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| Fault::Broken(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hash = hash("river stone lamp").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_right("river stone lamp", Some(&hash)).await.unwrap());
        assert!(!is_right("river stone lamb", Some(&hash)).await.unwrap());
        assert!(!is_right("river stone lamp", None).await.unwrap());
    }

    #[test]
    fn the_hash_of_nobody_is_checked_in_full() {
        let parsed: Result<argon2::password_hash::phc::PasswordHash, _> = NOBODY.parse();
        assert!(parsed.is_ok(), "{parsed:?}");
    }
}
