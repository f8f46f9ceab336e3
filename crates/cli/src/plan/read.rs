use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_domain::plan::Reading;

use super::json;
use crate::args::{ReadArgs, ReadFormat};
use crate::exit::Exit;
use crate::load::{self, FileReading, Loaded};
use crate::out::{self, Destination};
use crate::tree::{self, Colour, Detail, View};
use crate::{screen, workbook};

/// Reads the files and writes what is in them.
pub(crate) fn run(args: &ReadArgs, lang: Lang) -> Exit {
    if args.format == ReadFormat::Xlsx && args.out.out.is_none() {
        eprintln!("{}", needs_out(lang));
        return Exit::Usage;
    }
    let destination = match Destination::choose(&args.out, &args.files, lang) {
        Ok(destination) => destination,
        Err(exit) => return exit,
    };
    let options = load::options(&args.reading);
    let loaded = load::all(&args.files, &options, lang);
    if loaded.files.is_empty() && args.format != ReadFormat::Json {
        return Exit::Unreadable;
    }
    let written = out::write(&destination, lang, |out| match args.format {
        ReadFormat::Tree => write_trees(out, &loaded.files, &view(args, &destination, lang)),
        ReadFormat::Json => json::write(out, &loaded),
        ReadFormat::Xlsx => workbook::write(out, &loaded.files, options.as_of, lang),
    });
    say_where(&destination, written, &loaded, lang);
    let read = if loaded.unreadable.is_empty() { Exit::Ok } else { Exit::Unreadable };
    written.max(read)
}

fn view(args: &ReadArgs, destination: &Destination, lang: Lang) -> View {
    let colour = match destination {
        Destination::Screen => screen::colour(),
        Destination::File { .. } => Colour::Off,
    };
    let detail = if args.full { Detail::Full } else { Detail::Brief };
    View { lang, width: screen::width(), colour, detail }
}

fn write_trees(out: &mut dyn Write, files: &[FileReading], view: &View) -> io::Result<()> {
    for file in files {
        if files.len() > 1 {
            writeln!(out, "\n==== {} ====", tree::printable(&file.file))?;
        }
        tree::write(out, &file.reading, view)?;
    }
    Ok(())
}

fn needs_out(lang: Lang) -> &'static str {
    lang.pick("工作簿要写进文件，请加 --out 文件名.xlsx。", "A workbook goes into a file: add --out NAME.xlsx.")
}

/// After writing a file, one line says what went into it.
fn say_where(destination: &Destination, written: Exit, loaded: &Loaded, lang: Lang) {
    let (Destination::File { path, .. }, Exit::Ok) = (destination, written) else {
        return;
    };
    let readings = || loaded.files.iter().map(|file| &file.reading);
    let plans: usize = readings().map(|reading: &Reading| reading.plans.len()).sum();
    let findings: usize = readings().map(|reading| reading.findings.len()).sum();
    let path = path.display();
    eprintln!(
        "{}",
        lang.pick(
            format!("已写入 {path}：{plans} 份文档，{findings} 处待核实。"),
            format!("Wrote {path}: {plans} documents, {findings} points to verify."),
        )
    );
}
