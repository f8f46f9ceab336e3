//! `lianfang audit verify`.

use lianfang_domain::Lang;
use lianfang_store::{AuditFault, FaultKind};

use crate::args::OpenArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::store;

/// Checks the whole record and names every row that is not as it was sealed.
pub(crate) fn verify(args: &OpenArgs, lang: Lang) -> Exit {
    let checked = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let verified = store.verify_audit().await;
            store.close().await;
            verified.map_err(|error| {
                eprintln!("{}", store::words(&error, lang));
                Exit::Unavailable
            })
        })
    });
    let verified = match checked {
        Ok(verified) => verified,
        Err(exit) => return exit,
    };
    let written = out::write(&Destination::Screen, lang, |out| {
        for fault in &verified.faults {
            writeln!(out, "{}", words(fault, lang))?;
        }
        let (rows, chains, faults) = (verified.n_rows, verified.n_chains, verified.faults.len());
        let sum = lang.pick(
            format!("共核对 {rows} 行、{chains} 条链，发现 {faults} 处异常。"),
            format!("{rows} rows in {chains} chains checked; faults: {faults}."),
        );
        writeln!(out, "{sum}")
    });
    if written != Exit::Ok || verified.faults.is_empty() { written } else { Exit::Found }
}

fn words(fault: &AuditFault, lang: Lang) -> String {
    let (day, chain, n) = (&fault.day, fault.chain, fault.n);
    let what = match fault.kind {
        FaultKind::Altered => lang.pick("内容或前后次序被改动", "its content or its place was altered"),
        FaultKind::Removed => lang.pick("从此行起有记录被删除", "rows were removed from here on"),
        FaultKind::Inserted => lang.pick("是后来插入的", "was inserted"),
        FaultKind::EndAltered => lang.pick("所在链的结尾标记被改动", "the end mark of its chain was altered"),
        FaultKind::BeforeMissing => lang.pick("所接的上一条链不见了", "the chain before it is missing"),
    };
    lang.pick(format!("{day} 链 {chain} 第 {n} 行：{what}"), format!("{day} chain {chain} row {n}: {what}"))
}
