//! Sealing, expiry, erasure.

use lianfang_domain::Lang;
use lianfang_trace::{Day, Days, Fault, PersonId, Sealed, Store};

use crate::clock;
use crate::exit::Exit;
use crate::progress;
use crate::visits::args::{DataArgs, EraseArgs, ExpireArgs};
use crate::visits::open;

/// Puts what came in into the files of its days.
pub(super) fn seal(args: &DataArgs, lang: Lang) -> Exit {
    let sealed = |store: Store| progress::while_busy(lang.pick("封存", "seal"), || store.seal());
    told(open::store(args, lang).map(sealed), lang)
}

/// Deletes days that are too old.
pub(super) fn expire(args: &ExpireArgs, lang: Lang) -> Exit {
    let Some(today) = Day::from_civil(clock::day_of_reading(args.today)) else {
        return Exit::Usage;
    };
    let expired =
        |store: Store| progress::while_busy(lang.pick("删除", "expire"), || store.expire(today, Days(args.keep)));
    told(open::store(&args.data, lang).map(expired), lang)
}

fn told(sealed: Result<Result<Sealed, Fault>, Exit>, lang: Lang) -> Exit {
    match sealed {
        Err(exit) => exit,
        Ok(Err(fault)) => open::failed(&fault, lang),
        Ok(Ok(sealed)) => {
            let (days, stays, bytes) = (sealed.days.len(), sealed.stays, sealed.bytes);
            let words = lang.pick(
                format!("写了{days}个文件，{stays}条，{bytes}字节。"),
                format!("{days} files written: {stays} stays, {bytes} bytes."),
            );
            println!("{words}");
            Exit::Ok
        }
    }
}

/// Erases a person.
pub(super) fn erase(args: &EraseArgs, lang: Lang) -> Exit {
    let erased = open::store(&args.data, lang).map(|store| store.erase(PersonId(args.person)));
    match erased {
        Err(exit) => exit,
        Ok(Err(fault)) => open::failed(&fault, lang),
        Ok(Ok(true)) => {
            println!("{}", lang.pick("已全部删除。", "All visits of this person are erased."));
            Exit::Ok
        }
        Ok(Ok(false)) => {
            println!("{}", lang.pick("没有这个人的记录。", "There were no visits of this person."));
            Exit::Ok
        }
    }
}
