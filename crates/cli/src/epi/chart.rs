//! Charts beside the tables.

use std::path::PathBuf;

use lianfang_domain::Lang;
use lianfang_epi::chart::{Chart, Panels};

use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::progress;

use super::args::TableArgs;

/// Saves the chart where it was asked for; `--force` holds for it too.
pub(super) fn save<P: Into<Panels>>(args: &TableArgs, lang: Lang, chart: impl FnOnce() -> Option<P>) -> Exit {
    let Some(target) = args.chart_out() else { return Exit::Ok };
    let Some(chart) = progress::while_busy(lang.pick("画图", "draw"), chart) else {
        eprintln!("{}", lang.pick("没有可画的结果，图未生成。", "There is nothing to draw; no chart was made."));
        return Exit::Ok;
    };
    let inputs: Vec<PathBuf> = vec![args.file.clone()];
    match Destination::choose(&target, &inputs, lang) {
        Ok(destination) => out::write(&destination, lang, |out| out.write_all(chart.into().svg().as_bytes())),
        Err(exit) => exit,
    }
}

/// More panels than this would not be looked at.
const MOST: usize = 12;

/// The first of all series that can be drawn, and how many more there are.
pub(super) fn panels<T>(title: &str, all: &[T], lang: Lang, draw: impl Fn(&T) -> Option<Chart>) -> Option<Panels> {
    let charts: Vec<Chart> = all.iter().take(MOST).filter_map(draw).collect();
    let more = all.len().saturating_sub(MOST);
    let more = if more == 0 {
        String::new()
    } else {
        lang.pick(
            format!("另有{more}个序列没有画出。用 --only 序列名 选择（可重复）。"),
            format!("{more} more series are not drawn. Choose with --only NAME, which may be repeated."),
        )
    };
    (!charts.is_empty()).then(|| Panels { title: title.to_owned(), charts, more })
}

/// Words of the legend: bars, line, dashes, band, mark.
pub(super) fn legend(words: [(&str, &str); 5], lang: Lang) -> [String; 5] {
    words.map(|(zh, en)| lang.pick(zh, en).to_owned())
}
