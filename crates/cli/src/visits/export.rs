use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use lianfang_domain::Lang;
use lianfang_trace::table::{BadRow, Imported, write_csv};
use lianfang_trace::{Bulk, Day, Snapshot};

use crate::exit::Exit;
use crate::progress;
use crate::visits::args::{ExportArgs, TableFormat};
use crate::visits::open;

/// Writes days as tables, a file a day.
pub(super) fn run(args: &ExportArgs, lang: Lang) -> Exit {
    exported(args, lang).map_or_else(|exit| exit, |()| Exit::Ok)
}

fn exported(args: &ExportArgs, lang: Lang) -> Result<(), Exit> {
    let snapshot = open::snapshot(&args.data, lang)?;
    let from = args.from.and_then(Day::from_civil).unwrap_or(Day(0));
    let until = args.until.and_then(Day::from_civil).unwrap_or(Day(u32::MAX));
    let days: Vec<Day> = snapshot.days().filter(|day| (from..=until).contains(day)).collect();
    std::fs::create_dir_all(&args.out).map_err(|error| unwritten(&args.out, &error))?;
    let bar = progress::bar(days.len() as u64, lang.pick("导出", "export"));
    let mut rows = 0;
    for day in &days {
        let ending = if args.format == TableFormat::Csv { "csv" } else { "parquet" };
        let path = args.out.join(format!("visits-{day}.{ending}"));
        let file = File::create(&path).map_err(|error| unwritten(&path, &error))?;
        rows += match args.format {
            TableFormat::Csv => {
                write_csv(&snapshot, *day, BufWriter::new(file)).map_err(|error| unwritten(&path, &error))?
            }
            TableFormat::Parquet => write_parquet(&snapshot, *day, file, lang)?,
        };
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("{}", lang.pick(format!("{}天，{rows}行。", days.len()), format!("{} days, {rows} rows.", days.len())));
    Ok(())
}

fn unwritten(path: &Path, error: &std::io::Error) -> Exit {
    eprintln!("{}: {error}", path.display());
    Exit::Unwritable
}

#[cfg(feature = "parquet")]
fn write_parquet(snapshot: &Snapshot, day: Day, file: File, lang: Lang) -> Result<u64, Exit> {
    lianfang_parquet::write(snapshot, day, file).map_err(|fault| {
        eprintln!("{}", lang.pick(fault.zh(), fault.to_string()));
        Exit::Unwritable
    })
}

/// Reads a Parquet table.
#[cfg(feature = "parquet")]
pub(super) fn read_parquet(
    path: &Path,
    mapping: &[String],
    bulk: &mut Bulk<'_>,
    bad: impl FnMut(&BadRow),
    lang: Lang,
) -> Result<Imported, Exit> {
    let unreadable = |words: String| {
        eprintln!("{}: {words}", path.display());
        Exit::Unreadable
    };
    let file = File::open(path).map_err(|error| unreadable(crate::load::io_message(&error, lang)))?;
    let read = lianfang_parquet::read(file, mapping, bulk, bad);
    read.map_err(|fault| unreadable(lang.pick(fault.zh(), fault.to_string())))
}

#[cfg(not(feature = "parquet"))]
fn without_parquet(lang: Lang) -> Exit {
    let words = lang.pick(
        "本程序编译时没有带 Parquet；请用 CSV，或以 --features parquet 编译。",
        "This program was built without Parquet; use CSV, or build it with --features parquet.",
    );
    eprintln!("{words}");
    Exit::Usage
}

#[cfg(not(feature = "parquet"))]
fn write_parquet(_snapshot: &Snapshot, _day: Day, _file: File, lang: Lang) -> Result<u64, Exit> {
    Err(without_parquet(lang))
}

/// Says that Parquet tables are not read.
#[cfg(not(feature = "parquet"))]
pub(super) fn read_parquet(
    _path: &Path,
    _mapping: &[String],
    _bulk: &mut Bulk<'_>,
    _bad: impl FnMut(&BadRow),
    lang: Lang,
) -> Result<Imported, Exit> {
    Err(without_parquet(lang))
}
