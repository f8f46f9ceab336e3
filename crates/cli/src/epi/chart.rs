//! Charts beside the tables.

use std::path::PathBuf;

use lianfang_domain::Lang;
use lianfang_epi::chart::Chart;

use crate::args::OutArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};

use super::args::TableArgs;

/// Saves the chart where it was asked for; `--force` holds for it too.
pub(super) fn save(args: &TableArgs, lang: Lang, chart: impl FnOnce() -> Option<Chart>) -> Exit {
    let Some(path) = &args.chart else { return Exit::Ok };
    let Some(chart) = chart() else {
        eprintln!("{}", lang.pick("没有可画的结果，图未生成。", "There is nothing to draw; no chart was made."));
        return Exit::Ok;
    };
    let target = OutArgs { out: Some(path.clone()), force: args.out.force };
    let inputs: Vec<PathBuf> = vec![args.file.clone()];
    match Destination::choose(&target, &inputs, lang) {
        Ok(destination) => out::write(&destination, lang, |out| out.write_all(chart.svg().as_bytes())),
        Err(exit) => exit,
    }
}

/// Words of the legend: bars, line, dashes, band, mark.
pub(super) fn legend(words: [(&str, &str); 5], lang: Lang) -> [String; 5] {
    words.map(|(zh, en)| lang.pick(zh, en).to_owned())
}
