use lianfang_domain::Lang;
use lianfang_trace::{Finding, verify};

use crate::exit::Exit;
use crate::progress;
use crate::visits::args::VerifyArgs;
use crate::visits::open;

/// Checks every byte, and rebuilds what is damaged if asked.
pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Exit {
    let findings = match progress::while_busy(lang.pick("核对", "check"), || verify(&args.data.data)) {
        Ok(findings) => findings,
        Err(fault) => return open::failed(&fault, lang),
    };
    findings.iter().for_each(|finding| println!("{}", open::finding_words(finding, lang)));
    if !findings.iter().any(Finding::is_damage) {
        println!("{}", lang.pick("完好。", "Everything is as it was written."));
        return Exit::Ok;
    }
    if !args.repair {
        return Exit::Found;
    }
    match open::store(&args.data, lang) {
        Ok(_) => Exit::Ok,
        Err(exit) => exit,
    }
}
