use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::Mac;

use super::keyed;
use crate::StoreError;

/// The file of the master key inside the key folder.
const FILE: &str = "master.key";

/// The key from which all others follow. Without it, sealed fields cannot be read by anyone.
#[derive(Clone)]
pub(crate) struct MasterKey([u8; 32]);

impl MasterKey {
    /// Reads the key of a folder; makes one where the folder has none.
    pub(crate) fn read_or_make(folder: &Path) -> Result<MasterKey, StoreError> {
        let path = folder.join(FILE);
        if !path.exists() {
            make(folder, &path).map_err(|error| unavailable(&path, &error))?;
        }
        let mut text = String::new();
        File::open(&path).and_then(|mut file| file.read_to_string(&mut text)).map_err(|e| unavailable(&path, &e))?;
        let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(MasterKey).ok_or_else(|| {
            StoreError::Broken(format!(
                "{} holds no key of 32 bytes in base 64; restore it from your copy",
                path.display()
            ))
        })
    }

    /// A key for one purpose, derived by HMAC-SHA-256 over the purpose's name.
    pub(crate) fn derived(&self, purpose: &str) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// A few digits by which two keys can be told apart without showing them.
    pub(crate) fn fingerprint(&self) -> String {
        self.derived("fingerprint")[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn unavailable(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("{}: {error}", path.display()))
}

/// Writes a new key that only the owner can read; never over one that is there.
fn make(folder: &Path, path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    private(folder, 0o700)?;
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| std::io::Error::other(error.to_string()))?;
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        // Another process was faster; its key is the key.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error),
    };
    private(path, 0o600)?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn private(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}
