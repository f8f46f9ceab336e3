//! The binary `lianfang`: plans, statistics and the server at the command line.

mod args;
mod audit;
mod backup;
mod bench;
mod clock;
mod code;
mod completions;
mod config;
mod demo;
mod doctor;
mod epi;
mod exit;
mod keys;
mod language;
mod load;
mod migrate;
mod out;
mod plan;
mod progress;
#[cfg(test)]
mod sample;
mod screen;
mod serve;
mod store;
mod tree;
mod usage;
mod visits;
mod workbook;

use std::process::ExitCode;

use clap::Parser;

use args::{AuditCommand, BenchCommand, Cli, Command, ConfigCommand, KeysCommand, PlanCommand};
use exit::Exit;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(&cli).into(),
        Err(error) => usage::explain(&error).into(),
    }
}

fn run(cli: &Cli) -> Exit {
    let lang = language::choose(cli.lang);
    match &cli.command {
        Command::Plan { command } => match command {
            PlanCommand::Read(args) => plan::read::run(args, lang),
            PlanCommand::Check(args) => plan::check::run(args, lang),
            PlanCommand::Diff(args) => plan::diff::run(args, lang),
            PlanCommand::Schema(args) => plan::schema::run(args, lang),
            PlanCommand::Example(args) => plan::example::run(args, lang),
        },
        Command::Detect(args) => epi::detect::run(args, lang),
        Command::Backtest(args) => epi::backtest::run(args, lang),
        Command::Scan(args) => epi::scan::run(args, lang),
        Command::Rt(args) => epi::rt::run(args, lang),
        Command::Nowcast(args) => epi::nowcast::run(args, lang),
        Command::Forecast(args) => epi::forecast::run(args, lang),
        Command::Serve(args) => serve::run(args, lang),
        Command::Config { command: ConfigCommand::Show(args) } => config::show(args, lang),
        Command::Migrate(args) => migrate::run(args, lang),
        Command::Backup(args) => backup::run(args, lang),
        Command::Restore(args) => backup::restore(args, lang),
        Command::Doctor(args) => doctor::run(args, lang),
        Command::Keys { command: KeysCommand::Rotate(args) } => keys::rotate(args, lang),
        Command::Bench { command } => match command {
            BenchCommand::Write(args) => bench::write(args, lang),
            BenchCommand::Orders(args) => bench::orders(args, lang),
            BenchCommand::Reports(args) => bench::reports(args, lang),
            BenchCommand::Figures(args) => bench::figures(args, lang),
            BenchCommand::Site(args) => bench::site(args, lang),
            BenchCommand::Clocks(args) => bench::clocks(args, lang),
            BenchCommand::Start(args) => bench::start(args, lang),
            BenchCommand::Kept(args) => bench::kept(args, lang),
        },
        Command::Audit { command: AuditCommand::Verify(args) } => audit::verify(args, lang),
        Command::Visits { command } => visits::run(command, lang),
        Command::Demo(args) => demo::run(args, lang),
        Command::Completions { shell } => completions::run(*shell, lang),
    }
}
