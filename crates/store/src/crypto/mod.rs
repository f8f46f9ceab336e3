//! Personal fields are sealed with data keys, and the data keys with a master key that lives outside the database.
//!
//! A sealed field is `1 | key number (4 bytes) | nonce (12) | ciphertext and tag`, AES-256-GCM; the table, column and
//! row it belongs to are bound in, so that a value copied to another row does not open.

mod master;
mod vault;

use hmac::{Hmac, KeyInit};
use sha2::Sha256;

pub(crate) use master::MasterKey;
pub(crate) use vault::{SealedAt, Vault};

/// HMAC-SHA-256 with a key of 32 bytes, which HMAC itself fills up to its block with zeros.
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}
