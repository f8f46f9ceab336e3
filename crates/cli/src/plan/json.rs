//! What `plan read --format json` writes. The format is described by `docs/schema/reading.schema.json`.

use std::io::{self, Write};

use lianfang_domain::plan::{Finding, Plan};
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;

use crate::load::Loaded;

/// Version of the format; a change that breaks readers raises it.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
enum Version {
    #[serde(rename = "lianfang.reading/1")]
    One,
}

/// The readings of one run.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "lianfang.reading/1")]
struct Document<'a> {
    /// Version of the format.
    schema: Version,
    /// The files that were read, in the order they were given.
    files: Vec<File<'a>>,
    /// The files that could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    unreadable: Vec<Unread<'a>>,
}

/// One file.
#[derive(Serialize, JsonSchema)]
struct File<'a> {
    /// Its name as given; `-` is standard input.
    file: &'a str,
    /// The documents in it, in order.
    plans: &'a [Plan],
    /// What is doubtful.
    findings: &'a [Finding],
}

/// A file that could not be read.
#[derive(Serialize, JsonSchema)]
struct Unread<'a> {
    /// Its name as given.
    file: &'a str,
    /// What happened and what to do next, in the language of the run.
    message: &'a str,
}

/// Writes all readings as one object.
pub(crate) fn write(out: &mut dyn Write, loaded: &Loaded) -> io::Result<()> {
    let files = loaded.files.iter().map(|one| File {
        file: &one.file,
        plans: &one.reading.plans,
        findings: &one.reading.findings,
    });
    let unreadable = loaded.unreadable.iter().map(|one| Unread { file: &one.file, message: &one.message });
    let document = Document { schema: Version::One, files: files.collect(), unreadable: unreadable.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// The format's JSON Schema.
pub(crate) fn schema() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Document>()
}
