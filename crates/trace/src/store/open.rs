//! A store is opened.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::fault::Fault;
use crate::log::{Log, Queued, log_name, log_number, read_log};
use crate::numbers::Numbers;
use crate::segment::Segment;
use crate::store::background::Waker;
use crate::store::clean::clean;
use crate::store::file::names;
use crate::store::live::Live;
use crate::store::manifest::{DayFile, Loss, MANIFEST, MANIFEST_COPY, Manifest, copies};
use crate::store::repair::{Mended, check_days};
use crate::store::{DayFiles, Finding, Inner, Store, Unwritten};

/// Its lock.
const LOCK: &str = "LOCK";

impl Store {
    /// Opens a folder for writing, and makes it if it is not there. What the last process had acknowledged is there; every
    /// file is checked byte for byte, and what is damaged is rebuilt from what is sound, and named.
    ///
    /// # Errors
    /// [`Fault::Locked`] if another process writes; [`Fault::Damaged`] if both copies of a list of ids, or of the manifest,
    /// are damaged.
    pub fn open(folder: &Path) -> Result<(Store, Vec<Finding>), Fault> {
        std::fs::create_dir_all(folder).map_err(|error| Fault::io("create", folder, &error))?;
        let lock = lock(folder)?;
        let mut findings = Vec::new();
        let manifest = load_manifest(folder, &mut findings)?;
        clean(folder, &manifest)?;
        let persons = load_numbers(folder, manifest.persons.as_deref(), &mut findings)?;
        let venues = load_numbers(folder, manifest.venues.as_deref(), &mut findings)?;
        let checked = check_days(folder, &manifest, &mut findings)?;
        let mut inner = Inner::new(manifest, checked.days, persons, venues);
        let (last, losses) = inner.replay(folder, &mut findings)?;
        let log = Log::create(folder, last + 1)?;
        let store = Store {
            folder: folder.to_owned(),
            log,
            inner: Mutex::new(inner),
            sealing: Mutex::new(()),
            waker: Waker::default(),
            _lock: lock,
        };
        let mended = Mended { days: checked.mended, losses: [checked.losses, losses].concat() };
        if findings.iter().any(Finding::is_damage) {
            store.mend(mended)?;
        }
        Ok((store, findings))
    }
}

fn lock(folder: &Path) -> Result<File, Fault> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| Fault::io("open", &path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Fault::Locked(folder.display().to_string())),
        Err(std::fs::TryLockError::Error(error)) => Err(Fault::io("lock", &path, &error)),
    }
}

/// The manifest, or its copy. A folder without either is new, unless there are days in it.
fn load_manifest(folder: &Path, findings: &mut Vec<Finding>) -> Result<Manifest, Fault> {
    let first = Manifest::load_one(folder, MANIFEST);
    let copy = Manifest::load_one(folder, MANIFEST_COPY);
    let damaged = |what: &str, name: &str| Finding::Damaged {
        file: name.to_owned(),
        day: None,
        what: what.to_owned(),
        lost: Some(0),
    };
    match (first, copy) {
        (Ok(Some(manifest)), copy) => {
            // A copy of another generation is one that a stopped process did not come to write.
            if copy.is_err() {
                findings.push(damaged("it is not as written", MANIFEST_COPY));
            }
            Ok(manifest)
        }
        (Err(Fault::Version { found, known }), _) => Err(Fault::Version { found, known }),
        (Err(fault), Ok(Some(manifest))) => {
            findings.push(damaged(&fault.to_string(), MANIFEST));
            Ok(manifest)
        }
        (Ok(None), Ok(Some(manifest))) => {
            findings.push(damaged("it is missing", MANIFEST));
            Ok(manifest)
        }
        (Err(fault), _) | (Ok(None), Err(fault)) => Err(fault),
        (Ok(None), Ok(None)) => {
            let is_data = |name: &String| name.ends_with(".seg") || log_number(name).is_some();
            if names(folder)?.iter().any(is_data) {
                return Err(Fault::damaged("it is missing, and so is its copy").in_file(&folder.join(MANIFEST)));
            }
            let manifest = Manifest::default();
            manifest.publish(folder)?;
            Ok(manifest)
        }
    }
}

/// A list of ids from either of its copies.
fn load_numbers(folder: &Path, name: Option<&str>, findings: &mut Vec<Finding>) -> Result<Numbers, Fault> {
    let Some(name) = name else {
        return Ok(Numbers::default());
    };
    let [first, second] = copies(name).map(|file| {
        let path = folder.join(&file);
        let bytes = std::fs::read(&path).map_err(|error| Fault::io("read", &path, &error));
        (file, bytes.and_then(|bytes| Numbers::read(&bytes).map_err(|fault| fault.in_file(&path))))
    });
    let mut found = None;
    let mut fault = None;
    for (file, read) in [second, first] {
        match read {
            Ok(numbers) => found = Some(numbers),
            Err(why) => {
                findings.push(Finding::Damaged { file, day: None, what: why.to_string(), lost: Some(0) });
                fault = Some(why);
            }
        }
    }
    found.ok_or_else(|| fault.unwrap_or_else(|| Fault::damaged("it is missing")))
}

impl Inner {
    fn new(manifest: Manifest, days: BTreeMap<u32, DayFiles>, persons: Numbers, venues: Numbers) -> Inner {
        Inner {
            manifest,
            days,
            persons: Arc::new(persons),
            venues: Arc::new(venues),
            unwritten: Unwritten::default(),
            live: Live::default(),
            unsealed: 0,
            frozen: BTreeMap::new(),
            snapshot: None,
            erasing: Vec::new(),
        }
    }

    /// Takes what the logs hold. Gives the number of the last one, and what damage to them cost.
    fn replay(&mut self, folder: &Path, findings: &mut Vec<Finding>) -> Result<(u64, Vec<Loss>), Fault> {
        let mut last = self.manifest.log_from - 1;
        let mut losses = Vec::new();
        for number in names(folder)?.iter().filter_map(|name| log_number(name)) {
            let file = log_name(number);
            let read = read_log(&folder.join(&file))?;
            self.apply(&Queued { records: read.records })?;
            last = last.max(number);
            if read.cut_off > 0 {
                findings.push(Finding::CutOff { file: file.clone(), bytes: read.cut_off });
            }
            if read.damaged > 0 {
                let stays = read.damaged.div_ceil(32) as u64;
                let what = format!("{} bytes between sound records are not as written", read.damaged);
                findings.push(Finding::Damaged { file: file.clone(), day: None, what, lost: Some(stays) });
                losses.push(Loss { day: None, stays, file });
            }
        }
        Ok((last, losses))
    }

    /// Reads a folder without changing anything in it. A writer may take away files in the meantime: then the manifest is
    /// read again.
    pub(crate) fn read_only(folder: &Path) -> Result<Inner, Fault> {
        let mut tries = 0;
        loop {
            match Inner::read_once(folder) {
                Err(Fault::Io { .. }) if tries < 5 => tries += 1,
                result => return result,
            }
        }
    }

    fn read_once(folder: &Path) -> Result<Inner, Fault> {
        let path = folder.join(MANIFEST);
        let missing = || Fault::Io { doing: "read", file: path.display().to_string(), why: "it is not there".into() };
        let manifest = Manifest::load_one(folder, MANIFEST)?.ok_or_else(missing)?;
        let mut findings = Vec::new();
        let persons = load_numbers(folder, manifest.persons.as_deref(), &mut findings)?;
        let venues = load_numbers(folder, manifest.venues.as_deref(), &mut findings)?;
        let mut days = BTreeMap::new();
        for (day, names) in &manifest.days {
            let map = |file: &DayFile| Segment::map(&folder.join(&file.file)).map(Arc::new);
            let (main, side) = (names.main.as_ref().map(map).transpose()?, names.side.as_ref().map(map).transpose()?);
            days.insert(*day, DayFiles { main, side });
        }
        let log_from = manifest.log_from;
        let mut inner = Inner::new(manifest, days, persons, venues);
        for number in names(folder)?.iter().filter_map(|name| log_number(name)).filter(|number| *number >= log_from) {
            let path = folder.join(log_name(number));
            let read = read_log(&path)?;
            if read.damaged > 0 {
                return Err(Fault::damaged(format!("{} bytes between sound records", read.damaged)).in_file(&path));
            }
            inner.apply(&Queued { records: read.records })?;
        }
        Ok(inner)
    }
}
