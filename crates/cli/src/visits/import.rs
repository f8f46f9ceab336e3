use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use lianfang_domain::Lang;
use lianfang_trace::Store;
use lianfang_trace::table::{BadRow, Imported, read_csv};

use crate::exit::Exit;
use crate::load::io_message;
use crate::progress;
use crate::visits::args::ImportArgs;
use crate::visits::open;

/// Reads tables into a folder, and says what became of every row.
pub(super) fn run(args: &ImportArgs, lang: Lang) -> Exit {
    imported(args, lang).map_or_else(|exit| exit, |()| Exit::Ok)
}

fn imported(args: &ImportArgs, lang: Lang) -> Result<(), Exit> {
    let store = open::store(&args.data, lang)?;
    let mut rejects = Rejects::new(args.rejected.as_deref(), lang)?;
    for path in &args.files {
        let done = one_file(path, args, &store, &mut rejects, lang)?;
        let (rows, stored, rejected) = (done.rows, done.stored, done.rejected);
        println!(
            "{}",
            lang.pick(
                format!("{}：读入{rows}行 = 存入{stored} + 未存入{rejected}", path.display()),
                format!("{}: {rows} rows in = {stored} stored + {rejected} rejected", path.display()),
            )
        );
    }
    rejects.finish(lang)
}

fn one_file(
    path: &Path,
    args: &ImportArgs,
    store: &Store,
    rejects: &mut Rejects,
    lang: Lang,
) -> Result<Imported, Exit> {
    let unreadable = |error: std::io::Error| {
        eprintln!("{}: {}", path.display(), io_message(&error, lang));
        Exit::Unreadable
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let bar = progress::bar(length, lang.pick("导入", "import"));
    let mut bulk = store.bulk();
    let bad = |row: &BadRow| rejects.add(row, lang);
    let is_parquet = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"));
    let read = |bytes: u64| bar.set_position(bytes);
    let done = if is_parquet {
        super::export::read_parquet(path, &args.columns, &mut bulk, bad, lang)?
    } else {
        read_csv(file, &args.columns, &mut bulk, bad, read).map_err(|fault| {
            eprintln!("{}: {}", path.display(), lang.pick(fault.zh(), fault.to_string()));
            Exit::Unreadable
        })?
    };
    bar.finish_and_clear();
    Ok(done)
}

/// Rows that were not stored: counted by reason, and written where that is asked for.
struct Rejects {
    reasons: BTreeMap<String, u64>,
    out: Option<csv::Writer<File>>,
}

impl Rejects {
    fn new(path: Option<&Path>, lang: Lang) -> Result<Rejects, Exit> {
        let out = path.map(|path| {
            let mut writer =
                csv::WriterBuilder::new().flexible(true).from_path(path).map_err(|error| unwritten(&error))?;
            writer.write_record(lang.pick(["行", "原因"], ["line", "reason"])).map_err(|error| unwritten(&error))?;
            Ok(writer)
        });
        Ok(Rejects { reasons: BTreeMap::new(), out: out.transpose()? })
    }

    fn add(&mut self, row: &BadRow, lang: Lang) {
        let why = lang.pick(row.why.zh(), row.why.to_string());
        if let Some(out) = &mut self.out {
            let cells = [row.line.to_string(), why.clone()].into_iter().chain(row.cells.iter().cloned());
            // A failure shows again, and is told, when the file is finished.
            drop(out.write_record(cells));
        }
        *self.reasons.entry(why).or_default() += 1;
    }

    fn finish(mut self, lang: Lang) -> Result<(), Exit> {
        let mut reasons: Vec<_> = self.reasons.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let left_out = reasons.len().saturating_sub(10);
        for (why, count) in reasons.into_iter().take(10) {
            println!("  {count}  {why}");
        }
        if left_out > 0 {
            println!("{}", lang.pick(format!("  另有{left_out}种原因"), format!("  and {left_out} more reasons")));
        }
        match &mut self.out {
            Some(out) => out.flush().map_err(|error| unwritten(&error.into())),
            None => Ok(()),
        }
    }
}

fn unwritten(error: &csv::Error) -> Exit {
    eprintln!("{error}");
    Exit::Unwritable
}
