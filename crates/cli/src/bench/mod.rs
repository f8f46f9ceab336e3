//! `lianfang bench`: figures of this machine, each beside a baseline of the same run.

mod clocks;
mod figures;
mod fill;
mod http;
mod kept;
mod orders;
mod reports;
mod site;
mod start;
mod write;

pub(crate) use clocks::clocks;
pub(crate) use figures::figures;
pub(crate) use kept::kept;
pub(crate) use orders::orders;
pub(crate) use reports::reports;
pub(crate) use site::site;
pub(crate) use start::start;
pub(crate) use write::write;
