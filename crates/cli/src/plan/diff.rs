use std::io::{self, Write};

use lianfang_domain::Lang;
use lianfang_domain::plan::{Change, Plan, Reading, diff};
use serde::Serialize;

use crate::args::{DiffArgs, DiffFormat};
use crate::exit::Exit;
use crate::load;
use crate::out::{self, Destination};
use crate::tree::printable;

/// Says how the two versions differ.
pub(crate) fn run(args: &DiffArgs, lang: Lang) -> Exit {
    let paths = [args.old.clone(), args.new.clone()];
    let loaded = load::all(&paths, &load::options(&args.reading), lang);
    let [old, new] = loaded.files.as_slice() else {
        return Exit::Unreadable;
    };
    let comparisons = compare(&old.reading, &new.reading);
    let written = out::write(&Destination::Screen, lang, |out| match args.format {
        DiffFormat::Text => write_text(out, &comparisons, lang),
        DiffFormat::Json => write_json(out, [&old.file, &new.file], &comparisons),
    });
    let differ = comparisons.iter().any(|one| !one.changes.is_empty());
    written.max(if differ { Exit::Found } else { Exit::Ok })
}

/// Two documents side by side. Files that hold several are compared in their order.
struct Comparison {
    title: String,
    changes: Vec<Change>,
}

fn compare(old: &Reading, new: &Reading) -> Vec<Comparison> {
    let nothing = Plan::default();
    let n = old.plans.len().max(new.plans.len());
    (0..n)
        .map(|at| {
            let before = old.plans.get(at).unwrap_or(&nothing);
            let after = new.plans.get(at).unwrap_or(&nothing);
            Comparison { title: title(before, after), changes: diff(before, after) }
        })
        .collect()
}

fn title(old: &Plan, new: &Plan) -> String {
    let title = new.title.as_ref().or(old.title.as_ref());
    title.map_or_else(String::new, |title| title.text.clone())
}

fn write_text(out: &mut dyn Write, comparisons: &[Comparison], lang: Lang) -> io::Result<()> {
    for one in comparisons {
        if comparisons.len() > 1 {
            writeln!(out, "==== {} ====", printable(&one.title))?;
        }
        for change in &one.changes {
            writeln!(out, "· {}{}", printable(change.sentence(lang)), lines(change, lang))?;
        }
    }
    let n: usize = comparisons.iter().map(|one| one.changes.len()).sum();
    match n {
        0 => writeln!(out, "{}", lang.pick("两版没有差别。", "The two versions do not differ.")),
        n => writeln!(out, "{}", lang.pick(format!("共 {n} 处变化。"), format!("Changes: {n}."))),
    }
}

fn lines(change: &Change, lang: Lang) -> String {
    match (change.old_line, change.new_line, lang) {
        (Some(old), Some(new), Lang::Zh) => format!("（旧版第 {old} 行，新版第 {new} 行）"),
        (Some(old), Some(new), Lang::En) => format!(" (old line {old}, new line {new})"),
        (Some(old), None, Lang::Zh) => format!("（旧版第 {old} 行）"),
        (Some(old), None, Lang::En) => format!(" (old line {old})"),
        (None, Some(new), Lang::Zh) => format!("（新版第 {new} 行）"),
        (None, Some(new), Lang::En) => format!(" (new line {new})"),
        (None, None, _) => String::new(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    old: &'a str,
    new: &'a str,
    plans: Vec<Compared<'a>>,
}

#[derive(Serialize)]
struct Compared<'a> {
    title: &'a str,
    changes: &'a [Change],
}

fn write_json(out: &mut dyn Write, files: [&str; 2], comparisons: &[Comparison]) -> io::Result<()> {
    let plans = comparisons.iter().map(|one| Compared { title: &one.title, changes: &one.changes });
    let document = Document { schema: "lianfang.diff/1", old: files[0], new: files[1], plans: plans.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
