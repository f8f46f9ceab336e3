//! The manifest: which files make up the store. What it does not name is not there; putting it in place is the moment in
//! which a change of segments happens.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::store::file::publish;

/// Its name. The copy serves when the first is damaged.
pub(crate) const MANIFEST: &str = "MANIFEST";
pub(crate) const MANIFEST_COPY: &str = "MANIFEST.copy";

const VERSION: u32 = 1;

/// The files of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) version: u32,
    /// Grows with every change.
    pub(crate) generation: u64,
    /// Days before this one have expired.
    pub(crate) expired_before: u32,
    /// Logs with a lower number are in the segments.
    pub(crate) log_from: u64,
    /// Files of the persons' and venues' ids, without the ending that tells the two copies apart.
    pub(crate) persons: Option<String>,
    pub(crate) venues: Option<String>,
    pub(crate) days: BTreeMap<u32, DayNames>,
    /// What damage has cost so far.
    pub(crate) losses: Vec<Loss>,
}

/// The files of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayNames {
    pub(crate) main: Option<DayFile>,
    pub(crate) side: Option<DayFile>,
}

/// A file of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayFile {
    pub(crate) file: String,
    pub(crate) stays: u32,
}

impl DayNames {
    pub(crate) fn files(&self) -> impl Iterator<Item = &DayFile> {
        self.main.iter().chain(&self.side)
    }
}

/// Visits that damage has cost. It stays on record, and every answer about the day carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The day, counted from 1970-01-01; `None` where the log was damaged and the days are not known.
    pub day: Option<u32>,
    /// How many stays; for a log, how many could have stood in the damaged bytes.
    pub stays: u64,
    /// The file that was damaged.
    pub file: String,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest {
            version: VERSION,
            generation: 0,
            expired_before: 0,
            log_from: 1,
            persons: None,
            venues: None,
            days: BTreeMap::new(),
            losses: Vec::new(),
        }
    }
}

impl Manifest {
    /// A line with the checksum, then JSON.
    fn write(&self) -> Result<Vec<u8>, Fault> {
        let json = serde_json::to_string_pretty(self).map_err(|error| Fault::damaged(error.to_string()))?;
        Ok(format!("{:08x}\n{json}\n", crc32fast::hash(json.as_bytes())).into_bytes())
    }

    fn parse(bytes: &[u8]) -> Result<Manifest, Fault> {
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::damaged("it is not text"))?;
        let (sum, json) = text.split_once('\n').ok_or_else(|| Fault::damaged("it has no checksum"))?;
        let json = json.strip_suffix('\n').ok_or_else(|| Fault::damaged("its end is missing"))?;
        if sum != format!("{:08x}", crc32fast::hash(json.as_bytes())) {
            return Err(Fault::damaged("its checksum does not fit"));
        }
        let manifest: Manifest = serde_json::from_str(json).map_err(|error| Fault::damaged(error.to_string()))?;
        if manifest.version != VERSION {
            return Err(Fault::Version { found: manifest.version, known: VERSION });
        }
        Ok(manifest)
    }

    /// Puts it in place.
    pub(crate) fn publish(&self, folder: &Path) -> Result<(), Fault> {
        let bytes = self.write()?;
        publish(folder, MANIFEST, &bytes)?;
        publish(folder, MANIFEST_COPY, &bytes)
    }

    /// Reads one of the two; `None` where the file is missing.
    pub(crate) fn load_one(folder: &Path, name: &str) -> Result<Option<Manifest>, Fault> {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Manifest::parse(&bytes).map(Some).map_err(|fault| fault.in_file(&path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::io("read", &path, &error)),
        }
    }

    /// Every file that it names, without logs.
    pub(crate) fn files(&self) -> Vec<String> {
        let numbers = self.persons.iter().chain(&self.venues);
        let mut files: Vec<String> = numbers.flat_map(|name| copies(name)).collect();
        files.extend(self.days.values().flat_map(DayNames::files).map(|day| day.file.clone()));
        files
    }
}

/// The two files of a list of ids.
pub(crate) fn copies(name: &str) -> [String; 2] {
    [format!("{name}.ids"), format!("{name}.ids.copy")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_written_and_a_flipped_bit_is_seen() {
        let mut manifest = Manifest { generation: 7, ..Manifest::default() };
        manifest.days.insert(3, DayNames { main: Some(DayFile { file: "day-3".into(), stays: 9 }), side: None });
        let bytes = manifest.write().unwrap();
        assert_eq!(Manifest::parse(&bytes), Ok(manifest));
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(Manifest::parse(&damaged).is_err(), "bit {bit}");
        }
    }
}
