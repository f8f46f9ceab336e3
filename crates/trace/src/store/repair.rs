//! Damaged days are rebuilt from what is sound.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::fault::Fault;
use crate::segment::{Segment, Stay, salvage};
use crate::store::manifest::{DayFile, DayNames, Loss, Manifest};
use crate::store::seal::Change;
use crate::store::{DayFiles, Finding, Store, Unwritten};
use crate::time::Day;

/// Days that were read from damaged files, and what that cost.
#[derive(Debug, Default)]
pub(crate) struct Mended {
    pub(crate) days: BTreeMap<u32, Vec<Stay>>,
    pub(crate) losses: Vec<Loss>,
}

/// The days of a manifest, checked.
#[derive(Debug, Default)]
pub(crate) struct CheckedDays {
    pub(crate) days: BTreeMap<u32, DayFiles>,
    pub(crate) mended: BTreeMap<u32, Vec<Stay>>,
    pub(crate) losses: Vec<Loss>,
}

/// Opens and checks a file of a day byte for byte.
pub(crate) fn check_file(folder: &Path, day: u32, file: &DayFile) -> Result<Segment, Fault> {
    let path = folder.join(&file.file);
    let segment = Segment::map(&path)?;
    segment.verify().map_err(|fault| fault.in_file(&path))?;
    let header = segment.header();
    if (header.day, header.stays) != (day, file.stays) {
        return Err(Fault::damaged("it holds another day than the manifest says").in_file(&path));
    }
    Ok(segment)
}

/// Opens and checks every day. Two threads share the work; the answer does not depend on which did what.
pub(crate) fn check_days(folder: &Path, manifest: &Manifest, found: &mut Vec<Finding>) -> Result<CheckedDays, Fault> {
    let days: Vec<(&u32, &DayNames)> = manifest.days.iter().collect();
    let check = |half: usize| {
        let mine = days.iter().skip(half).step_by(2);
        mine.map(|(day, names)| (**day, *names, check_day(folder, **day, names))).collect::<Vec<_>>()
    };
    let checked = std::thread::scope(|scope| {
        let other = scope.spawn(|| check(1));
        let mine = check(0);
        other.join().map(|other| [mine, other].concat())
    });
    let mut checked = checked.map_err(|_| Fault::Stopped)?;
    checked.sort_by_key(|(day, _, _)| *day);
    let mut days = CheckedDays::default();
    for (day, names, files) in checked {
        match files {
            Ok(files) => drop(days.days.insert(day, files)),
            Err(fault @ Fault::Version { .. }) => return Err(fault),
            Err(_) => mend_day(folder, day, names, &mut days, found),
        }
    }
    Ok(days)
}

fn check_day(folder: &Path, day: u32, names: &DayNames) -> Result<DayFiles, Fault> {
    let check = |file: &DayFile| check_file(folder, day, file).map(Arc::new);
    Ok(DayFiles {
        main: names.main.as_ref().map(check).transpose()?,
        side: names.side.as_ref().map(check).transpose()?,
    })
}

/// Reads what is sound of a day of which a file is damaged.
fn mend_day(folder: &Path, day: u32, names: &DayNames, days: &mut CheckedDays, found: &mut Vec<Finding>) {
    let stays = days.mended.entry(day).or_default();
    for file in names.files() {
        let fault = match check_file(folder, day, file) {
            Ok(segment) => {
                stays.extend(segment.view().all());
                continue;
            }
            Err(fault) => fault,
        };
        let saved = std::fs::read(folder.join(&file.file)).ok().and_then(|bytes| salvage(bytes).ok());
        let saved = saved.filter(|saved| saved.day == day);
        let lost = saved.as_ref().map_or(file.stays, |saved| saved.lost);
        stays.extend(saved.into_iter().flat_map(|saved| saved.stays));
        let what = fault.to_string();
        found.push(Finding::Damaged { file: file.file.clone(), day: Some(Day(day)), what, lost: Some(lost.into()) });
        if lost > 0 {
            days.losses.push(Loss { day: Some(day), stays: lost.into(), file: file.file.clone() });
        }
    }
}

impl Store {
    /// Writes damaged days anew, and notes what is lost.
    pub(crate) fn mend(&self, mended: Mended) -> Result<(), Fault> {
        self.inner().unwritten = Unwritten::ALL;
        self.republish(Change { mended, ..Change::default() }).map(drop)
    }
}
