//! A folder of visits is opened, and what is wrong with it is said.

use std::sync::Arc;

use jiff::civil::DateTime;
use lianfang_domain::Lang;
use lianfang_trace::{Fault, Finding, Minute, Snapshot, Store, Window};

use crate::exit::Exit;
use crate::progress;
use crate::visits::args::{DataArgs, WindowArgs};

/// Opens it for writing.
pub(super) fn store(args: &DataArgs, lang: Lang) -> Result<Store, Exit> {
    let opened = progress::while_busy(lang.pick("核对", "check"), || Store::open(&args.data));
    let (store, findings) = opened.map_err(|fault| failed(&fault, lang))?;
    findings.iter().for_each(|finding| eprintln!("{}", finding_words(finding, lang)));
    Ok(store)
}

/// Opens it for reading; a writer may be at work.
pub(super) fn snapshot(args: &DataArgs, lang: Lang) -> Result<Arc<Snapshot>, Exit> {
    let snapshot = progress::while_busy(lang.pick("打开", "open"), || Snapshot::open(&args.data));
    let snapshot = snapshot.map_err(|fault| failed(&fault, lang))?;
    for loss in snapshot.losses() {
        let (file, stays) = (&loss.file, loss.stays);
        let words = lang.pick(
            format!("注意：{file} 曾损坏，丢失{stays}条，有关日期的结果可能不全。"),
            format!("Note: {file} was damaged and {stays} stays are lost; answers about its day may lack people."),
        );
        eprintln!("{words}");
    }
    Ok(snapshot)
}

pub(super) fn failed(fault: &Fault, lang: Lang) -> Exit {
    eprintln!("{}", lang.pick(fault.zh(), fault.to_string()));
    match fault {
        Fault::Io { doing: "write" | "create" | "rename", .. } => Exit::Unwritable,
        _ => Exit::Unavailable,
    }
}

pub(super) fn finding_words(finding: &Finding, lang: Lang) -> String {
    lang.pick(finding.zh(), finding.to_string())
}

pub(super) fn minute(at: DateTime, lang: Lang) -> Result<Minute, Exit> {
    Minute::from_civil(at).ok_or_else(|| {
        eprintln!("{}", lang.pick(format!("{at} 超出范围。"), format!("{at} is out of range.")));
        Exit::Usage
    })
}

pub(super) fn window(args: &WindowArgs, lang: Lang) -> Result<Window, Exit> {
    let window = Window { from: minute(args.from, lang)?, until: minute(args.until, lang)? };
    if window.from >= window.until {
        eprintln!("{}", lang.pick("--until 应晚于 --from。", "--until must be later than --from."));
        return Err(Exit::Usage);
    }
    Ok(window)
}
