//! `lianfang backup` and `lianfang restore`.

use lianfang_domain::Lang;
use lianfang_store::{Copied, Store, StoreError, restore as put_in_place};

use crate::args::{BackupArgs, RestoreArgs};
use crate::clock;
use crate::exit::Exit;
use crate::store;

/// Copies everything into a file. The copy gets its name only after it passed its own check.
pub(crate) fn run(args: &BackupArgs, lang: Lang) -> Exit {
    let copied = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let settings = store::settings(&args.store, lang)?;
            let now_ms = clock::now().as_millisecond();
            Store::copy(&settings, &args.file, now_ms).await.map_err(|error| refused(&error, lang))
        })
    });
    match copied {
        Ok(copied) => {
            let file = args.file.display();
            println!("{}", lang.pick(format!("已备份到 {file}"), format!("Copied to {file}")));
            println!("{}", words(&copied, lang));
            Exit::Ok
        }
        Err(exit) => exit,
    }
}

/// Puts a backup in place of the database.
pub(crate) fn restore(args: &RestoreArgs, lang: Lang) -> Exit {
    let restored = store::runtime(lang).and_then(|runtime| {
        let settings = store::settings(&args.store, lang)?;
        runtime
            .block_on(put_in_place(&settings, &args.file, clock::now().as_millisecond()))
            .map_err(|error| refused(&error, lang))
    });
    match restored {
        Ok(restored) => {
            println!("{}", lang.pick("已恢复。", "Restored."));
            println!("{}", words(&restored.copied, lang));
            if let Some(kept) = restored.kept {
                let kept = kept.display();
                println!(
                    "{}",
                    lang.pick(format!("原数据库保存在 {kept}"), format!("The database before is kept at {kept}"))
                );
            }
            Exit::Ok
        }
        Err(exit) => exit,
    }
}

fn refused(error: &StoreError, lang: Lang) -> Exit {
    let words = match error {
        StoreError::Taken("backup file") => {
            lang.pick("备份文件已存在，请换一个文件名。".to_owned(), "The file exists; choose another name.".to_owned())
        }
        StoreError::Taken("database") => lang.pick(
            "目标数据库不是空的。请先新建一个空数据库。".to_owned(),
            "The database is not empty; make an empty one first.".to_owned(),
        ),
        other => store::words(other, lang),
    };
    eprintln!("{words}");
    Exit::Unavailable
}

fn words(copied: &Copied, lang: Lang) -> String {
    let megabytes = copied.bytes.div_ceil(1_000_000);
    lang.pick(
        format!("{} 行（其中审计记录 {} 行），{megabytes} MB，已通过校验。", copied.n_rows, copied.n_audit),
        format!("{} rows ({} of the audit record), {megabytes} MB, checked.", copied.n_rows, copied.n_audit),
    )
}
