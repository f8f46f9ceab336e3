//! Word documents: a zip of XML parts, of which the text, the styles and the numbering are read.

mod archive;
mod body;
mod element;
mod numbering;
mod paragraph;
mod styles;
mod symbols;
#[cfg(test)]
pub(super) mod testing;
mod xml;

use self::archive::Archive;
use self::body::Body;
use self::numbering::Numbering;
use self::styles::Styles;
use self::xml::Fault;
use super::{Format, InputError, Limits, NoteCode, SourceText};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<SourceText, InputError> {
    let mut archive = Archive::open(bytes, limits)?;
    let main = archive.main_part();
    let Some(document) = archive.part(&main)? else {
        return Err(damaged(format!("{main} is missing")));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut skipped = Vec::new();
    let styles = optional(&mut archive, folder, "styles.xml", Styles::parse, &mut skipped)?;
    let numbering = optional(&mut archive, folder, "numbering.xml", Numbering::parse, &mut skipped)?;
    let mut body = Body::new(&styles, numbering);
    if let Err(fault) = body.read_document(&document) {
        tolerate(&fault, &main, body.is_blank())?;
        skipped.push(format!("{main} ({fault})"));
    }
    for part in ["footnotes.xml", "endnotes.xml"] {
        let notes = optional(&mut archive, folder, part, |xml| Ok(xml.to_owned()), &mut skipped)?;
        if !notes.is_empty()
            && let Err(fault) = body.read_notes(&notes)
        {
            tolerate(&fault, part, false)?;
            skipped.push(format!("{part} ({fault})"));
        }
    }
    let mut source = body.finish();
    source.notes.extend(skipped.into_iter().map(|detail| super::InputNote {
        code: NoteCode::PartSkipped,
        line: None,
        detail,
    }));
    Ok(source)
}

/// Reads a part that a document can do without: if it is damaged, only what it says is lost.
fn optional<T: Default>(
    archive: &mut Archive<'_>,
    folder: &str,
    name: &str,
    parse: fn(&str) -> Result<T, Fault>,
    skipped: &mut Vec<String>,
) -> Result<T, InputError> {
    let xml = match archive.part(&in_folder(folder, name)) {
        Ok(Some(xml)) => xml,
        Ok(None) => return Ok(T::default()),
        Err(InputError::Damaged { detail, .. }) => {
            skipped.push(detail);
            return Ok(T::default());
        }
        Err(cause) => return Err(cause),
    };
    match parse(&xml) {
        Ok(parsed) => Ok(parsed),
        Err(fault) => {
            tolerate(&fault, name, false)?;
            skipped.push(format!("{name} ({fault})"));
            Ok(T::default())
        }
    }
}

/// What was read before a fault is kept, unless nothing was or the fault is no accident.
fn tolerate(fault: &Fault, part: &str, is_blank: bool) -> Result<(), InputError> {
    if is_blank || fault.is_suspicious() {
        return Err(damaged(format!("{part}: {fault}")));
    }
    Ok(())
}

fn in_folder(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn damaged(detail: String) -> InputError {
    InputError::Damaged { format: Format::Docx, detail }
}

#[cfg(test)]
mod tests;
