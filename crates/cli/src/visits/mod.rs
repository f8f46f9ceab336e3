//! The commands on visits: who met whom.

pub(crate) mod args;
pub(crate) mod bench;
mod change;
mod contacts;
mod export;
mod generate;
mod import;
mod look;
mod open;
mod rules;
mod sources;
mod verify;

use lianfang_domain::Lang;

use crate::exit::Exit;
use crate::visits::args::VisitsCommand;

/// Runs a command on visits.
pub(crate) fn run(command: &VisitsCommand, lang: Lang) -> Exit {
    match command {
        VisitsCommand::Generate(args) => generate::run(args, lang),
        VisitsCommand::Import(args) => import::run(args, lang),
        VisitsCommand::Export(args) => export::run(args, lang),
        VisitsCommand::Seal(args) => change::seal(args, lang),
        VisitsCommand::Contacts(args) => contacts::run(args, lang),
        VisitsCommand::Sources(args) => sources::run(args, lang),
        VisitsCommand::Place(args) => look::place(args, lang),
        VisitsCommand::Track(args) => look::track(args, lang),
        VisitsCommand::Expire(args) => change::expire(args, lang),
        VisitsCommand::Erase(args) => change::erase(args, lang),
        VisitsCommand::Verify(args) => verify::run(args, lang),
        VisitsCommand::Bench(args) => bench::run(args, lang),
    }
}
