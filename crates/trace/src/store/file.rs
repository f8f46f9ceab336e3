//! Files that are there whole or not at all.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::fault::Fault;

/// What a file that is being written ends with.
pub(crate) const UNFINISHED: &str = ".tmp";

/// Writes a file under another name, brings it to the disk, and gives it its name.
pub(crate) fn publish(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    publish_as(folder, name, |file| file.write_all(bytes))
}

/// As [`publish`], written by whoever knows what.
pub(crate) fn publish_as<T>(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut File) -> std::io::Result<T>,
) -> Result<T, Fault> {
    let unfinished = folder.join(format!("{name}{UNFINISHED}"));
    let mut file = File::create(&unfinished).map_err(|error| Fault::io("create", &unfinished, &error))?;
    let written = write(&mut file).and_then(|made| file.sync_all().map(|()| made));
    let made = written.map_err(|error| Fault::io("write", &unfinished, &error))?;
    let path = folder.join(name);
    std::fs::rename(&unfinished, &path).map_err(|error| Fault::io("rename", &path, &error))?;
    sync_folder(folder)?;
    Ok(made)
}

/// Brings the names in a folder to the disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Fault> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| Fault::io("sync", folder, &error))
}

/// Deletes a file; that it is not there is fine.
pub(crate) fn delete(path: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::io("delete", path, &error)),
        _ => Ok(()),
    }
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, Fault> {
    let fault = |error: std::io::Error| Fault::io("list", folder, &error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        names.push(entry.map_err(fault)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
