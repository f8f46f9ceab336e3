//! `lianfang bench`: figures of this machine, each beside a baseline of the same run.

mod kept;
mod write;

pub(crate) use kept::kept;
pub(crate) use write::write;
