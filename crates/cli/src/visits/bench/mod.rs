//! `lianfang visits bench`: how fast the questions are answered on this machine, in wall and processor time.

mod append;
mod ask;
mod build;
mod measure;
mod twin;

use std::path::Path;

use lianfang_domain::Lang;
use lianfang_trace::generate::District;
use lianfang_trace::{Fault, Snapshot, Store};
use serde_json::{Map, Value, json};

use crate::exit::Exit;
use crate::visits::args::BenchArgs;
use crate::visits::{generate, open};
use measure::{Cost, measured};

/// The figures, by name.
type Figures = Map<String, Value>;

/// Measures, after making up the data if there are none.
pub(super) fn run(args: &BenchArgs, lang: Lang) -> Exit {
    if !args.world.data.data.exists() && generate::run(&args.world, lang) != Exit::Ok {
        return Exit::Unwritable;
    }
    let measured =
        generate::first_day(&args.world, lang).and_then(|_| figures(args).map_err(|fault| open::failed(&fault, lang)));
    match measured {
        Err(exit) => exit,
        Ok(figures) if args.json => {
            println!("{:#}", Value::Object(figures));
            Exit::Ok
        }
        Ok(figures) => {
            for (name, value) in &figures {
                println!("{name:32} {value}");
            }
            Exit::Ok
        }
    }
}

fn figures(args: &BenchArgs) -> Result<Figures, Fault> {
    let folder = &args.world.data.data;
    let district = District::new(args.world.persons, args.world.seed);
    let mut figures = Figures::new();
    let (opened, cost) = measured(|| Store::open(folder));
    drop(opened?);
    figures.insert("start_checking_every_byte".into(), cost.json());
    let (snapshot, cost) = measured(|| Snapshot::open(folder));
    let snapshot = snapshot?;
    figures.insert("start".into(), cost.json());
    let sizes = snapshot.sizes();
    let per = |bytes: u64| bytes as f64 / sizes.stays.max(1) as f64;
    figures.insert("days".into(), sizes.days.into());
    figures.insert("persons".into(), sizes.persons.into());
    figures.insert("venues".into(), sizes.venues.into());
    figures.insert("stays".into(), sizes.stays.into());
    figures.insert("bytes_per_stay_on_disk".into(), json!(per(bytes_in(folder)?)));
    figures.insert("bytes_per_stay_in_memory".into(), json!(per(sizes.segment_bytes + sizes.id_bytes)));
    ask::figures(&mut figures, &snapshot, &district, args.repeat);
    figures.insert("memory_after_questions".into(), measure::memory());
    drop(snapshot);
    build::figures(&mut figures, folder, &district)?;
    if args.append_seconds > 0 {
        append::figures(&mut figures, folder, &district, args.append_seconds)?;
    }
    Ok(figures)
}

/// Bytes of all files of a folder.
fn bytes_in(folder: &Path) -> Result<u64, Fault> {
    let fault =
        |error: std::io::Error| Fault::Io { doing: "list", file: folder.display().to_string(), why: error.to_string() };
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        bytes += entry.and_then(|entry| entry.metadata()).map_err(fault)?.len();
    }
    Ok(bytes)
}

impl Cost {
    fn json(self) -> Value {
        json!({ "wall_ms": self.wall_ms, "cpu_ms": self.cpu_ms })
    }
}
