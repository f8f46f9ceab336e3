use std::collections::BTreeMap;

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hmac::Mac;

use super::{MasterKey, keyed};
use crate::StoreError;

const FORMAT: u8 = 1;
const HEADER: usize = 1 + 4 + 12;

/// Where a sealed field lives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SealedAt {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) row: i64,
}

impl SealedAt {
    fn bound(self) -> Vec<u8> {
        format!("{}.{}:{}", self.table, self.column, self.row).into_bytes()
    }

    fn damaged(self) -> StoreError {
        StoreError::Broken(format!("{}.{} of row {} does not open", self.table, self.column, self.row))
    }
}

/// Seals and opens fields.
pub(crate) struct Vault {
    keys: BTreeMap<u32, Aes256Gcm>,
    /// The number of the key that seals now.
    current: u32,
    index_key: [u8; 32],
}

impl Vault {
    /// Opens the data keys with the master key. There must be at least one.
    pub(crate) fn open(master: &MasterKey, wrapped: &[(u32, Vec<u8>)]) -> Result<Vault, StoreError> {
        let wrapping = wrapping(master);
        let mut keys = BTreeMap::new();
        for (number, sealed) in wrapped {
            let key = open_with(&wrapping, sealed, &key_bound(*number)).ok_or_else(|| {
                StoreError::Broken(format!(
                    "data key {number} does not open with the master key {}; is this the key folder of this database?",
                    master.fingerprint()
                ))
            })?;
            keys.insert(*number, cipher(&key)?);
        }
        let current = *keys.keys().next_back().ok_or_else(|| StoreError::Broken("there is no data key".to_owned()))?;
        Ok(Vault { keys, current, index_key: master.derived("blind index") })
    }

    /// A new data key, wrapped by the master key.
    pub(crate) fn new_key(master: &MasterKey, number: u32) -> Result<Vec<u8>, StoreError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        seal_with(&wrapping(master), 0, &key, &key_bound(number))
    }

    /// Seals a text for its place.
    pub(crate) fn seal(&self, text: &str, at: SealedAt) -> Result<Vec<u8>, StoreError> {
        self.seal_bytes(text.as_bytes(), at)
    }

    /// Seals bytes for their place.
    pub(crate) fn seal_bytes(&self, bytes: &[u8], at: SealedAt) -> Result<Vec<u8>, StoreError> {
        seal_with(&self.keys[&self.current], self.current, bytes, &at.bound())
    }

    /// Opens what was sealed for this place.
    pub(crate) fn unseal(&self, sealed: &[u8], at: SealedAt) -> Result<String, StoreError> {
        String::from_utf8(self.unseal_bytes(sealed, at)?).map_err(|_| at.damaged())
    }

    /// The same of what is no text.
    pub(crate) fn unseal_bytes(&self, sealed: &[u8], at: SealedAt) -> Result<Vec<u8>, StoreError> {
        let cipher = key_number(sealed).and_then(|number| self.keys.get(&number)).ok_or_else(|| at.damaged())?;
        open_with(cipher, sealed, &at.bound()).ok_or_else(|| at.damaged())
    }

    /// Whether the value was sealed with an older key.
    pub(crate) fn is_old(&self, sealed: &[u8]) -> bool {
        key_number(sealed) != Some(self.current)
    }

    /// The blind index of a value: equal values have equal indexes, and nothing else can be told from them.
    pub(crate) fn blind_index(&self, purpose: &str, value: &str) -> Vec<u8> {
        let mut mac = keyed(&self.index_key);
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value.as_bytes());
        mac.finalize().into_bytes()[..16].to_vec()
    }
}

fn wrapping(master: &MasterKey) -> Aes256Gcm {
    Aes256Gcm::new(&master.derived("wrap data keys").into())
}

fn key_bound(number: u32) -> Vec<u8> {
    format!("data key {number}").into_bytes()
}

fn cipher(key: &[u8]) -> Result<Aes256Gcm, StoreError> {
    Aes256Gcm::new_from_slice(key).map_err(|_| StoreError::Broken("a data key is not 32 bytes long".to_owned()))
}

fn key_number(sealed: &[u8]) -> Option<u32> {
    let number: [u8; 4] = sealed.get(1..5)?.try_into().ok()?;
    (sealed.first() == Some(&FORMAT)).then(|| u32::from_be_bytes(number))
}

fn seal_with(cipher: &Aes256Gcm, number: u32, plain: &[u8], bound: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; 12];
    getrandom::fill(&mut nonce).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let ciphertext = cipher
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: bound })
        .map_err(|_| StoreError::Broken("a field could not be sealed".to_owned()))?;
    let mut sealed = vec![FORMAT];
    sealed.extend(number.to_be_bytes());
    sealed.extend(nonce);
    sealed.extend(ciphertext);
    Ok(sealed)
}

fn open_with(cipher: &Aes256Gcm, sealed: &[u8], bound: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; 12] = sealed.get(5..HEADER)?.try_into().ok()?;
    cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed.get(HEADER..)?, aad: bound }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: SealedAt = SealedAt { table: "incumbency", column: "phone", row: 7 };

    fn vault(keys: u32) -> (tempfile::TempDir, MasterKey, Vault) {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::read_or_make(folder.path()).unwrap();
        let wrapped: Vec<_> = (1..=keys).map(|n| (n, Vault::new_key(&master, n).unwrap())).collect();
        let vault = Vault::open(&master, &wrapped).unwrap();
        (folder, master, vault)
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let (_folder, _, vault) = vault(1);
        let sealed = vault.seal("13900000001", AT).unwrap();
        assert_eq!(vault.unseal(&sealed, AT).unwrap(), "13900000001");
        assert!(vault.unseal(&sealed, SealedAt { row: 8, ..AT }).is_err());
        assert!(vault.unseal(&sealed, SealedAt { column: "person", ..AT }).is_err());
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert!(vault.unseal(&damaged, AT).is_err());
        assert_ne!(sealed, vault.seal("13900000001", AT).unwrap(), "a nonce is never used twice");
    }

    #[test]
    fn an_older_key_still_opens_and_is_known_as_old() {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::read_or_make(folder.path()).unwrap();
        let first = (1, Vault::new_key(&master, 1).unwrap());
        let second = (2, Vault::new_key(&master, 2).unwrap());
        let sealed = Vault::open(&master, std::slice::from_ref(&first)).unwrap().seal("x", AT).unwrap();
        let rotated = Vault::open(&master, &[first, second]).unwrap();
        assert_eq!(rotated.unseal(&sealed, AT).unwrap(), "x");
        assert!(rotated.is_old(&sealed) && !rotated.is_old(&rotated.seal("x", AT).unwrap()));
    }

    #[test]
    fn another_master_key_opens_nothing_and_says_so() {
        let (_folder, _, _) = vault(1);
        let (_a, master, _) = vault(1);
        let (_b, other, _) = vault(1);
        let wrapped = [(1, Vault::new_key(&master, 1).unwrap())];
        assert!(Vault::open(&other, &wrapped).err().unwrap().to_string().contains("key folder"));
    }

    #[test]
    fn equal_values_have_equal_blind_indexes() {
        let (_folder, _, vault) = vault(1);
        assert_eq!(vault.blind_index("phone", "1"), vault.blind_index("phone", "1"));
        assert_ne!(vault.blind_index("phone", "1"), vault.blind_index("phone", "2"));
        assert_ne!(vault.blind_index("phone", "1"), vault.blind_index("person", "1"));
    }
}
