//! Makes Word documents in memory for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A zip of these parts.
pub(in super::super) fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The main part around this body.
pub(in super::super) fn document(body: &str) -> String {
    format!(r#"<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>"#)
}

/// A document with this body and nothing else.
pub(in super::super) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A document with this body and further parts.
pub(in super::super) fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts);
    zip_of(&all)
}

/// A paragraph of one run.
pub(in super::super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}
