//! A made-up plan that shows what the reader does.

use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_plandoc::Options;

use crate::args::ExampleArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};
use crate::tree::{self, Detail, View, columns};
use crate::{clock, screen};

const PLAN: &str = include_str!("example.txt");

/// Reads the made-up plan, shows its tree and says what to try next.
pub(crate) fn run(args: &ExampleArgs, lang: Lang) -> Exit {
    if args.text {
        return out::write(&Destination::Screen, lang, |out| out.write_all(PLAN.as_bytes()));
    }
    let options = Options::new(clock::day_of_reading(args.as_of));
    let reading = match lianfang_plandoc::read("example.txt", PLAN.as_bytes(), &options) {
        Ok(reading) => reading,
        Err(error) => {
            eprintln!("{}", error.message(lang == Lang::Zh));
            return Exit::Unreadable;
        }
    };
    let detail = if args.full { Detail::Full } else { Detail::Brief };
    let view = View { lang, width: screen::width(), colour: screen::colour(), detail };
    out::write(&Destination::Screen, lang, |out| {
        tree::write(out, &reading, &view)?;
        what_next(out, lang)
    })
}

fn what_next(out: &mut dyn Write, lang: Lang) -> io::Result<()> {
    let (intro, next) = lang.pick(
        (
            "以上读自程序自带的虚构预案，原文见 lianfang plan example --text。接下来可以：",
            [
                ("lianfang plan read 预案.docx", "读自己的预案"),
                ("lianfang plan read 预案.docx --format xlsx --out 清单.xlsx", "导出工作簿"),
                ("lianfang plan diff 旧版.docx 新版.docx", "比较两版"),
            ],
        ),
        (
            "This was read from a made-up plan; lianfang plan example --text prints it. Next you can try:",
            [
                ("lianfang plan read plan.docx", "read your own plan"),
                ("lianfang plan read plan.docx --format xlsx --out plan.xlsx", "export a workbook"),
                ("lianfang plan diff old.docx new.docx", "compare two versions"),
            ],
        ),
    );
    writeln!(out, "\n{intro}")?;
    let widest = next.iter().map(|(command, _)| columns(command)).max().unwrap_or(0);
    next.iter().try_for_each(|(command, what)| {
        let pad = " ".repeat(widest - columns(command));
        writeln!(out, "  {command}{pad}  {what}")
    })
}
