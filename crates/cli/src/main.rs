//! The binary `lianfang`: plans at the command line.

mod args;
mod clock;
mod code;
mod completions;
mod demo;
mod exit;
mod language;
mod load;
mod out;
mod plan;
#[cfg(test)]
mod sample;
mod screen;
mod tree;
mod usage;
mod workbook;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, PlanCommand};
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
        },
        Command::Demo(args) => demo::run(args, lang),
        Command::Completions { shell } => completions::run(*shell, lang),
    }
}
