//! PostgreSQL: two lanes write, several connections read; every connection carries many requests at once.

mod connection;
mod lane;
mod reader;
mod tls;

pub(crate) use connection::Connector;
pub(crate) use lane::{ALL as LANE_STATEMENTS, Lanes};
pub(crate) use reader::Readers;
