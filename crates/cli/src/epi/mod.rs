//! The commands on counts: early warning, clusters, reproduction numbers, nowcasts, forecasts.

pub(crate) mod args;
pub(crate) mod backtest;
mod chart;
pub(crate) mod detect;
pub(crate) mod forecast;
mod history;
mod input;
pub(crate) mod nowcast;
mod output;
pub(crate) mod rt;
pub(crate) mod scan;
mod spread;

use lianfang_domain::Lang;
use lianfang_epi::Refusal;

use crate::exit::Exit;

/// What a refusal says in the user's language.
fn words(refusal: &Refusal, lang: Lang) -> String {
    lang.pick(refusal.message_zh(), refusal.message_en())
}

/// Says why there is no result.
fn refuse(refusal: &Refusal, lang: Lang) -> Exit {
    eprintln!("{}", words(refusal, lang));
    Exit::Unreadable
}
