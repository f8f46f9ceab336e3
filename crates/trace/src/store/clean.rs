//! What the manifest does not name is deleted.

use std::path::Path;

use crate::fault::Fault;
use crate::log::log_number;
use crate::store::file::{UNFINISHED, delete, names, sync_folder};
use crate::store::manifest::Manifest;

/// Deletes files that are not finished, files of days and ids that the manifest does not name, and logs before its own: what a
/// new manifest has replaced, or what a stopped process left behind. Only one thread may change segments meanwhile.
pub(crate) fn clean(folder: &Path, manifest: &Manifest) -> Result<(), Fault> {
    let named = manifest.files();
    for name in names(folder)? {
        let old_log = log_number(&name).is_some_and(|number| number < manifest.log_from);
        let ours = name.ends_with(".seg") || name.ends_with(".ids") || name.ends_with(".ids.copy");
        if name.ends_with(UNFINISHED) || old_log || (ours && !named.contains(&name)) {
            delete(&folder.join(&name))?;
        }
    }
    sync_folder(folder)
}
