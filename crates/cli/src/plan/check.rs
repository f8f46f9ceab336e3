use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_domain::plan::Severity;

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::load::{self, FileReading};
use crate::out::{self, Destination};
use crate::screen;
use crate::tree::{self, Detail, View};

/// Lists what should be verified in each file, then counts it.
pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Exit {
    let loaded = load::all(&args.files, &load::options(&args.reading), lang);
    let detail = if args.full { Detail::Full } else { Detail::Brief };
    let view = View { lang, width: screen::width(), colour: screen::colour(), detail };
    let written = if loaded.files.is_empty() {
        Exit::Ok
    } else {
        out::write(&Destination::Screen, lang, |out| write(out, &loaded.files, &view))
    };
    let found = if n_of(&loaded.files, Severity::Error) > 0 { Exit::Found } else { Exit::Ok };
    let read = if loaded.unreadable.is_empty() { Exit::Ok } else { Exit::Unreadable };
    written.max(read).max(found)
}

fn write(out: &mut dyn Write, files: &[FileReading], view: &View) -> io::Result<()> {
    for file in files {
        writeln!(out, "\n==== {} ====", tree::printable(&file.file))?;
        tree::write_doubts(out, &file.reading, view)?;
    }
    let n = |severity| n_of(files, severity);
    let (errors, warnings) = (n(Severity::Error), n(Severity::Warning));
    let (questions, notes) = (n(Severity::Question), n(Severity::Note));
    let files = files.len();
    let sum = view.lang.pick(
        format!("{files} 个文件：错误 {errors}，警告 {warnings}，待问 {questions}，提示 {notes}。"),
        format!("Files: {files}. Errors: {errors}, warnings: {warnings}, questions: {questions}, notes: {notes}."),
    );
    writeln!(out, "\n{sum}")
}

fn n_of(files: &[FileReading], severity: Severity) -> usize {
    files.iter().flat_map(|file| &file.reading.findings).filter(|finding| finding.severity == severity).count()
}
