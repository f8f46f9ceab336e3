//! Draws the pictures of `docs/methods`: `cargo run --release -p lianfang-epi --example pictures -- docs/methods`.
//!
//! All data are drawn from named streams, so that the pictures are the same wherever they are made.

use std::path::PathBuf;
use std::process::ExitCode;

use lianfang_epi::chart::{Chart, ChartPoint};

mod spread;
mod watch;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: pictures DIR");
        return ExitCode::from(2);
    };
    for (name, chart) in watch::all().into_iter().chain(spread::all()) {
        let path = folder.join(format!("{name}.svg"));
        if let Err(error) = std::fs::write(&path, chart.svg()) {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A picture of a curve with what else is given.
fn picture(title: &str, y_label: &str, legend: [&str; 5], points: Vec<ChartPoint>) -> Chart {
    let legend = legend.map(str::to_owned);
    Chart { title: title.to_owned(), y_label: y_label.to_owned(), legend, reference: None, points }
}

/// A step with a label and nothing else.
fn at(label: impl std::fmt::Display) -> ChartPoint {
    ChartPoint { label: label.to_string(), ..ChartPoint::default() }
}
