//! Routes, pages and the JSON interface.
//!
//! A request goes through one door (`enter`): who is it, may they do this act, how far does it go. Then its handler,
//! a file named after what a person does, loads, decides, saves and shows. Whatever goes wrong is a `Fault`, which the
//! door puts into words.
//!
//! Invariant: no SQL and no rule of public-health work stands here; no route is without an act.

mod account;
mod api;
mod app;
mod area;
mod assets;
mod at;
mod audit;
mod chart;
mod clock;
mod cookie;
mod deed;
mod demo;
mod enter;
mod fault;
mod file;
mod filled;
mod form;
mod frame;
mod grade_rule;
mod import;
mod incident;
mod indicator;
mod job;
mod keep;
mod limit;
mod meeting;
mod metrics;
mod notice;
mod order;
mod page;
mod password;
mod plan;
mod post;
mod report;
mod response;
mod route;
mod router;
mod seat;
mod second_factor;
mod security;
mod serve;
mod shown;
mod sign_in;
mod sitrep;
mod start;
mod system;
mod target;
mod tls;
mod token;
mod typed_time;
mod unit;
mod user;
mod visit;
mod words;
mod work;

pub use app::{App, Clock, Manners};
pub use demo::{DEMO_PASSWORD, DemoFault, DemoUser, lay_out_demo};
pub(crate) use fault::Fault;
pub(crate) use frame::{Choice, Frame, Link};
pub use job::run_due_jobs;
pub use limit::Pace;
pub use metrics::serve_metrics;
pub use route::Route;
pub use router::{router, table};
pub use serve::serve;
pub use sign_in::open_set_up;
pub use tls::{Tls, TlsFault};
