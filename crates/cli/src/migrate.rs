//! `lianfang migrate`.

use lianfang_domain::Lang;
use lianfang_store::{Migrated, distribution};

use crate::args::MigrateArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::store;

/// Brings the schema up to date and says what that was, or prints how its tables are spread over Citus.
pub(crate) fn run(args: &MigrateArgs, lang: Lang) -> Exit {
    if args.print_distribution {
        return out::write(&Destination::Screen, lang, |out| {
            distribution().iter().try_for_each(|statement| writeln!(out, "{statement}"))
        });
    }
    let migrated = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let migrated = store.migrated().clone();
            store.close().await;
            Ok(migrated)
        })
    });
    match migrated {
        Ok(migrated) => out::write(&Destination::Screen, lang, |out| writeln!(out, "{}", words(&migrated, lang))),
        Err(exit) => exit,
    }
}

fn words(migrated: &Migrated, lang: Lang) -> String {
    let (from, to) = (migrated.from, migrated.to);
    if from == to {
        return lang.pick(format!("结构已是最新（第 {to} 版）。"), format!("The schema is up to date (step {to})."));
    }
    let mut words = lang.pick(
        format!("结构已由第 {from} 版升到第 {to} 版。"),
        format!("The schema went from step {from} to step {to}."),
    );
    if let Some(backup) = &migrated.backup {
        let file = backup.display();
        words.push_str(&lang.pick(format!("升级前的副本：{file}"), format!(" A copy from before: {file}")));
    }
    words
}
