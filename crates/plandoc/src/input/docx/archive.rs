//! The zip around a Word document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use encoding_rs::UTF_8;
use zip::ZipArchive;

use super::super::budget::Budget;
use super::super::{Format, InputError, Limits};
use super::damaged;
use super::xml::{Node, Xml};

/// The parts of a document, unpacked one by one within a budget.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Some programs write `Word\Document.xml`, so names are looked up in lower case with slashes.
    parts: BTreeMap<String, usize>,
    budget: Budget,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, InputError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| damaged(format!("zip: {cause}")))?;
        let parts =
            (0..zip.len()).filter_map(|index| Some((normal(&zip.name_for_index(index)?.ok()?), index))).collect();
        Ok(Self { zip, parts, budget: Budget::new(bytes.len(), limits) })
    }

    /// The name of the part that holds the text; some programs call it `document2.xml`.
    pub(super) fn main_part(&mut self) -> String {
        const USUAL: &str = "word/document.xml";
        if self.parts.contains_key(USUAL) {
            return USUAL.to_owned();
        }
        let named = match self.part("_rels/.rels") {
            Ok(Some(xml)) => main_target(&xml),
            _ => None,
        };
        named.unwrap_or_else(|| USUAL.to_owned())
    }

    /// The text of a part, or `None` if the document has no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, InputError> {
        let Some(index) = self.parts.get(&normal(name)) else {
            return Ok(None);
        };
        let file = self.zip.by_index_raw(*index).map_err(|cause| damaged(format!("{name}: {cause}")))?;
        if file.encrypted() {
            return Err(InputError::Encrypted { format: Format::Docx });
        }
        drop(file);
        let mut file = self.zip.by_index(*index).map_err(|cause| damaged(format!("{name}: {cause}")))?;
        let bytes = self.budget.read_all(&mut file)?.map_err(|cause| damaged(format!("{name}: {cause}")))?;
        Ok(Some(into_text(bytes)))
    }
}

fn normal(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// XML parts are UTF-8, or UTF-16 with a byte order mark.
fn into_text(bytes: Vec<u8>) -> String {
    match UTF_8.decode(&bytes).0 {
        Cow::Borrowed(text) if text.len() == bytes.len() => String::from_utf8(bytes).unwrap_or_default(),
        text => text.into_owned(),
    }
}

fn main_target(xml: &str) -> Option<String> {
    let mut xml = Xml::new(xml);
    while let Ok(Some(node)) = xml.next() {
        if let Node::Open(tag) = node
            && tag.name() == "Relationship"
            && tag.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            return tag.attr("Target").map(|target| normal(&target));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::{InputError, Limits};
    use super::super::testing::{docx, zip_of};
    use super::Archive;

    #[test]
    fn a_bomb_is_stopped_by_what_it_really_unpacks_to() {
        let bomb = docx(&" ".repeat(3_000_000));
        let limits = Limits { max_inflated_bytes: 1_000_000, ..Limits::default() };
        assert!(bomb.len() < 20_000);
        let mut archive = Archive::open(&bomb, &limits).unwrap();
        assert_eq!(archive.part("word/document.xml"), Err(InputError::InflatesTooMuch { limit: 1_000_000 }));
    }

    #[test]
    fn the_main_part_is_found_by_its_relationship() {
        let relations = r#"<Relationships><Relationship Id="r1"
            Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
            Target="/word/document2.xml"/></Relationships>"#;
        let bytes = zip_of(&[("_rels/.rels", relations), ("Word\\Document2.xml", "<a/>")]);
        let mut archive = Archive::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(archive.main_part(), "word/document2.xml");
        assert_eq!(archive.part("word/document2.xml").unwrap().unwrap(), "<a/>");
    }
}
