//! `lianfang doctor`: what would keep the server from working well.

use std::path::Path;

use lianfang_domain::{Lang, job::JobState};
use lianfang_store::{Settings, Store};

use crate::args::OpenArgs;
use crate::clock;
use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::store;

/// Least free space in the data folder that is well, in megabytes.
const LEAST_FREE_MB: u64 = 1_000;
/// 1 January 2026: a clock before it was never set.
const CLOCK_FROM_MS: i64 = 1_767_196_800_000;

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    words: String,
    well: bool,
}

/// Looks at everything and says what to do where it is not well.
pub(crate) fn run(args: &OpenArgs, lang: Lang) -> Exit {
    let found = store::runtime(lang).and_then(|runtime| runtime.block_on(look(args, lang)));
    let findings = match found {
        Ok(findings) => findings,
        Err(exit) => return exit,
    };
    let written = out::write(&Destination::Screen, lang, |out| {
        for finding in &findings {
            let mark = if finding.well { lang.pick("正常", "ok") } else { lang.pick("问题", "problem") };
            writeln!(out, "[{mark}] {}：{}", finding.what, finding.words)?;
        }
        Ok(())
    });
    if written == Exit::Ok && findings.iter().any(|finding| !finding.well) { Exit::Found } else { written }
}

async fn look(args: &OpenArgs, lang: Lang) -> Result<Vec<Finding>, Exit> {
    let settings = store::settings(&args.store, lang)?;
    let store = store::open_at(&settings, lang).await?;
    let mut findings = vec![database(&store, lang).await, audit(&store, lang).await, jobs(&store, lang).await];
    findings.extend(free_space(&settings.data, lang));
    findings.push(clock_set(lang));
    findings.extend(permissions(&settings, lang));
    store.close().await;
    Ok(findings)
}

async fn database(store: &Store, lang: Lang) -> Finding {
    let what = lang.pick("数据库", "database");
    let name = store.database_name();
    let step = store.migrated().to;
    match store.unfit_statements().await {
        Ok(unfit) if unfit.is_empty() => Finding {
            what,
            words: lang.pick(format!("{name}，结构第 {step} 版"), format!("{name}, schema step {step}")),
            well: true,
        },
        Ok(unfit) => Finding { what, words: unfit.join("; "), well: false },
        Err(error) => Finding { what, words: store::words(&error, lang), well: false },
    }
}

async fn audit(store: &Store, lang: Lang) -> Finding {
    let what = lang.pick("审计记录", "audit record");
    match store.verify_audit().await {
        Ok(verified) if verified.faults.is_empty() => {
            let n = verified.n_rows;
            Finding { what, words: lang.pick(format!("{n} 行，完好"), format!("{n} rows, whole")), well: true }
        }
        Ok(verified) => {
            let n = verified.faults.len();
            let words = lang.pick(
                format!("{n} 处异常；用 lianfang audit verify 查看"),
                format!("{n} faults; see lianfang audit verify"),
            );
            Finding { what, words, well: false }
        }
        Err(error) => Finding { what, words: store::words(&error, lang), well: false },
    }
}

async fn jobs(store: &Store, lang: Lang) -> Finding {
    let what = lang.pick("后台任务", "jobs");
    match store.n_jobs().await {
        Ok(counts) => {
            let n = |state| counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, n)| *n);
            let (waiting, failed) = (n(JobState::Waiting), n(JobState::Failed));
            let mut words =
                lang.pick(format!("等待 {waiting}，失败 {failed}"), format!("waiting {waiting}, failed {failed}"));
            if failed > 0 {
                words.push_str(lang.pick("；请在“系统 → 后台任务”查看原因后重试", "; see System → Jobs for the cause"));
            }
            Finding { what, words, well: failed == 0 }
        }
        Err(error) => Finding { what, words: store::words(&error, lang), well: false },
    }
}

fn clock_set(lang: Lang) -> Finding {
    let now = clock::now();
    let well = now.as_millisecond() >= CLOCK_FROM_MS;
    let what = lang.pick("时钟", "clock");
    let words = if well {
        now.to_string()
    } else {
        lang.pick(format!("{now}；请校准本机时间"), format!("{now}; set the clock of this machine"))
    };
    Finding { what, words, well }
}

#[cfg(unix)]
fn free_space(folder: &Path, lang: Lang) -> Option<Finding> {
    let space = rustix::fs::statvfs(folder).ok()?;
    let free = space.f_bavail.saturating_mul(space.f_frsize) / 1_000_000;
    let well = free >= LEAST_FREE_MB;
    let mut words = lang.pick(format!("可用 {free} MB"), format!("{free} MB free"));
    if !well {
        words.push_str(lang.pick("；请清理或扩容", "; make room"));
    }
    Some(Finding { what: lang.pick("磁盘", "disk"), words, well })
}

#[cfg(not(unix))]
fn free_space(_: &Path, _: Lang) -> Option<Finding> {
    None
}

#[cfg(unix)]
fn permissions(settings: &Settings, lang: Lang) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let file = settings.keys.join("master.key");
    let mode = std::fs::metadata(&file).ok()?.permissions().mode() & 0o777;
    let well = mode & 0o077 == 0;
    let what = lang.pick("密钥文件权限", "permissions of the key");
    let shown = file.display();
    let words = if well {
        format!("{mode:03o}")
    } else {
        lang.pick(
            format!("{mode:03o}，其他用户可读；请执行 chmod 600 {shown}"),
            format!("{mode:03o}, others can read it; run chmod 600 {shown}"),
        )
    };
    Some(Finding { what, words, well })
}

#[cfg(not(unix))]
fn permissions(_: &Settings, _: Lang) -> Option<Finding> {
    None
}
