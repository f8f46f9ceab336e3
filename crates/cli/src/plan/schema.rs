use std::io;

use lianfang_domain::Lang;

use super::json;
use crate::args::SchemaArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};

/// Prints the JSON Schema of `plan read --format json`.
pub(crate) fn run(args: &SchemaArgs, lang: Lang) -> Exit {
    let destination = match Destination::choose(&args.out, &[], lang) {
        Ok(destination) => destination,
        Err(exit) => return exit,
    };
    out::write(&destination, lang, |out| -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &json::schema())?;
        writeln!(out)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_schema_is_the_one_the_types_give() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema/reading.schema.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let generated = serde_json::to_string_pretty(&super::json::schema()).unwrap() + "\n";
        assert!(
            committed == generated,
            "docs/schema/reading.schema.json differs from the types. Regenerate it with\n  \
             cargo run -p lianfang-cli -- plan schema --out docs/schema/reading.schema.json --force"
        );
    }
}
