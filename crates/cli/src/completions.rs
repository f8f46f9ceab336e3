use std::io;

use clap::CommandFactory;
use clap_complete::Shell;
use lianfang_domain::Lang;

use crate::args::Cli;
use crate::exit::Exit;
use crate::out::{self, Destination};

/// Prints the completion script.
pub(crate) fn run(shell: Shell, lang: Lang) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "lianfang", &mut script);
    out::write(&Destination::Screen, lang, |out| -> io::Result<()> { out.write_all(&script) })
}
