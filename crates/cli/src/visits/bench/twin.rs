//! A twin of a folder of visits: the same files under other names, so that a benchmark can write without changing the first.

use std::path::{Path, PathBuf};

use lianfang_trace::Fault;

/// A folder that goes when it is dropped.
pub(super) struct Twin(tempfile::TempDir);

impl Twin {
    /// Makes an empty folder beside another, on the same disk.
    pub(super) fn empty(beside: &Path) -> Result<Twin, Fault> {
        let parent = beside.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let made = tempfile::Builder::new().prefix(".lianfang-bench-").tempdir_in(parent);
        made.map(Twin).map_err(|error| fault(parent, &error))
    }

    /// Links the files of a folder: they never change. Logs and the lock are copied or left out.
    pub(super) fn of(folder: &Path) -> Result<Twin, Fault> {
        let twin = Twin::empty(folder)?;
        for entry in std::fs::read_dir(folder).map_err(|error| fault(folder, &error))? {
            let name = entry.map_err(|error| fault(folder, &error))?.file_name();
            let (from, to) = (folder.join(&name), twin.path().join(&name));
            let text = name.to_string_lossy();
            let done = match () {
                () if text == "LOCK" => Ok(()),
                () if text.ends_with(".wal") => std::fs::copy(&from, &to).map(drop),
                () => std::fs::hard_link(&from, &to),
            };
            done.map_err(|error| fault(&from, &error))?;
        }
        Ok(twin)
    }

    pub(super) fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }
}

fn fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault::Io { doing: "link", file: path.display().to_string(), why: error.to_string() }
}
