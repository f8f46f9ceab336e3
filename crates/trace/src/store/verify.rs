//! Checking a store without changing it.

use std::path::Path;

use crate::fault::Fault;
use crate::log::{log_name, log_number, read_log};
use crate::numbers::Numbers;
use crate::store::Finding;
use crate::store::file::names;
use crate::store::manifest::{DayFile, MANIFEST, MANIFEST_COPY, Manifest, copies};
use crate::store::repair::check_file;
use crate::time::Day;

/// Reads every byte of a store and names what is not as it was written. Changes nothing; opening the store for writing
/// rebuilds what is named here.
///
/// # Errors
/// [`Fault`] if the folder has no manifest that can be read: then it is not known what should be there.
pub fn verify(folder: &Path) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    let mut found = None;
    for name in [MANIFEST_COPY, MANIFEST] {
        match Manifest::load_one(folder, name) {
            Ok(Some(manifest)) => found = Some(manifest),
            Ok(None) => findings.push(damaged(name, &Fault::damaged("it is missing"))),
            Err(fault) => findings.push(damaged(name, &fault)),
        }
    }
    let manifest = found.ok_or_else(|| Fault::damaged("no manifest can be read").in_file(&folder.join(MANIFEST)))?;
    for file in manifest.persons.iter().chain(&manifest.venues).flat_map(|name| copies(name)) {
        let path = folder.join(&file);
        let bytes = std::fs::read(&path).map_err(|error| Fault::io("read", &path, &error));
        if let Err(fault) = bytes.and_then(|bytes| Numbers::read(&bytes)) {
            findings.push(damaged(&file, &fault));
        }
    }
    for (day, names) in &manifest.days {
        for DayFile { file, stays } in names.files() {
            if let Err(fault) = check_file(folder, *day, &DayFile { file: file.clone(), stays: *stays }) {
                findings.push(Finding::Damaged {
                    file: file.clone(),
                    day: Some(Day(*day)),
                    what: fault.to_string(),
                    lost: None,
                });
            }
        }
    }
    for number in names(folder)?.iter().filter_map(|name| log_number(name)).filter(|n| *n >= manifest.log_from) {
        let (file, read) = (log_name(number), read_log(&folder.join(log_name(number)))?);
        if read.damaged > 0 {
            let fault = Fault::damaged(format!("{} bytes between sound records are not as written", read.damaged));
            findings.push(damaged(&file, &fault));
        }
        if read.cut_off > 0 {
            findings.push(Finding::CutOff { file, bytes: read.cut_off });
        }
    }
    Ok(findings)
}

fn damaged(file: &str, fault: &Fault) -> Finding {
    let what = match fault {
        Fault::Damaged { what, .. } => what.clone(),
        other => other.to_string(),
    };
    Finding::Damaged { file: file.to_owned(), day: None, what, lost: None }
}
