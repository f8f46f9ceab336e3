//! Tells what a file is, by its content first and its name second.

use std::io::Cursor;

use zip::ZipArchive;

use super::{ForeignKind, Format, LegacyFormat};

/// What the bytes of a file seem to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// A document that can be read here.
    Document(Format),
    /// An office file that a password locks.
    EncryptedOffice,
    /// An office file that has to be converted first.
    Legacy(LegacyFormat),
    /// Something other than a text document.
    Foreign(ForeignKind),
    /// No bytes at all.
    Empty,
}

/// How far into a text its kind is looked for.
const HEAD: usize = 4096;

/// The first bytes of kinds of file that hold no text. Those marked `Checked` begin with letters
/// that a text could begin with too, so they only count if NUL bytes follow.
const SIGNATURES: [(&[u8], Certainty, ForeignKind); 20] = [
    (b"\x89PNG\r\n", Certainty::Sure, ForeignKind::Image),
    (b"\xFF\xD8\xFF", Certainty::Sure, ForeignKind::Image),
    (b"GIF87a", Certainty::Sure, ForeignKind::Image),
    (b"GIF89a", Certainty::Sure, ForeignKind::Image),
    (b"II*\0", Certainty::Sure, ForeignKind::Image),
    (b"MM\0*", Certainty::Sure, ForeignKind::Image),
    (b"BM", Certainty::Checked, ForeignKind::Image),
    (b"MZ", Certainty::Checked, ForeignKind::Executable),
    (b"\x7FELF", Certainty::Sure, ForeignKind::Executable),
    (b"\xCA\xFE\xBA\xBE", Certainty::Sure, ForeignKind::Executable),
    (b"\xCF\xFA\xED\xFE", Certainty::Sure, ForeignKind::Executable),
    (b"Rar!\x1A\x07", Certainty::Sure, ForeignKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", Certainty::Sure, ForeignKind::Archive),
    (b"\x1F\x8B\x08", Certainty::Sure, ForeignKind::Archive),
    (b"BZh", Certainty::Checked, ForeignKind::Archive),
    (b"\xFD7zXZ\0", Certainty::Sure, ForeignKind::Archive),
    (b"ID3", Certainty::Checked, ForeignKind::Media),
    (b"OggS\0", Certainty::Sure, ForeignKind::Media),
    (b"\0\0\0\x18ftyp", Certainty::Sure, ForeignKind::Media),
    (b"\0\0\0\x20ftyp", Certainty::Sure, ForeignKind::Media),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Certainty {
    Sure,
    Checked,
}

/// Tells what a file is, by its content first and its name second.
#[must_use]
pub fn sniff(name: &str, bytes: &[u8]) -> Sniffed {
    if bytes.is_empty() {
        return Sniffed::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(name, bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return sniff_ole(name, bytes);
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.get(..1024).unwrap_or(head).windows(5).any(|w| w == b"%PDF-") {
        return Sniffed::Document(Format::Pdf);
    }
    if head.starts_with(br"{\rtf") {
        return Sniffed::Legacy(LegacyFormat::Rtf);
    }
    foreign(head).map_or_else(|| sniff_text(name, head), Sniffed::Foreign)
}

fn foreign(head: &[u8]) -> Option<ForeignKind> {
    if head.starts_with(b"RIFF") && head.contains(&0) {
        let webp = head.get(8..12) == Some(b"WEBP");
        return Some(if webp { ForeignKind::Image } else { ForeignKind::Media });
    }
    SIGNATURES
        .iter()
        .find(|(first, certainty, _)| head.starts_with(first) && (*certainty == Certainty::Sure || head.contains(&0)))
        .map(|(_, _, kind)| *kind)
}

/// Zip is the outer form of docx, of other office files and of plain archives.
fn sniff_zip(name: &str, bytes: &[u8]) -> Sniffed {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        let damaged_docx = extension(name) == "docx" || holds(bytes, b"word/document");
        return if damaged_docx { Sniffed::Document(Format::Docx) } else { Sniffed::Foreign(ForeignKind::Archive) };
    };
    let has = |start: &str| {
        archive.file_names().flatten().any(|name| name.replace('\\', "/").to_ascii_lowercase().starts_with(start))
    };
    if has("word/") {
        Sniffed::Document(Format::Docx)
    } else if has("xl/") {
        Sniffed::Foreign(ForeignKind::Spreadsheet)
    } else if has("ppt/") {
        Sniffed::Foreign(ForeignKind::Slides)
    } else if has("ofd.xml") {
        Sniffed::Foreign(ForeignKind::Ofd)
    } else if has("mimetype") && has("content.xml") {
        sniff_open_document(name, bytes)
    } else if has("[content_types].xml") && extension(name) == "docx" {
        Sniffed::Document(Format::Docx)
    } else {
        Sniffed::Foreign(ForeignKind::Archive)
    }
}

/// `OpenDocument` stores its kind uncompressed at the front of the file.
fn sniff_open_document(name: &str, bytes: &[u8]) -> Sniffed {
    let head = bytes.get(..256).unwrap_or(bytes);
    if holds(head, b"opendocument.spreadsheet") || extension(name) == "ods" {
        Sniffed::Foreign(ForeignKind::Spreadsheet)
    } else if holds(head, b"opendocument.presentation") || extension(name) == "odp" {
        Sniffed::Foreign(ForeignKind::Slides)
    } else {
        Sniffed::Legacy(LegacyFormat::OtherOffice)
    }
}

/// Compound files name their streams in UTF-16, in entries that start at multiples of 128 bytes.
fn sniff_ole(name: &str, bytes: &[u8]) -> Sniffed {
    let has = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.chunks(128).skip(4).any(|entry| entry.starts_with(&wide))
    };
    let extension = extension(name);
    if has("EncryptedPackage") {
        Sniffed::EncryptedOffice
    } else if extension == "wps" {
        Sniffed::Legacy(LegacyFormat::Wps)
    } else if has("WordDocument") {
        Sniffed::Legacy(LegacyFormat::Doc)
    } else if has("Workbook") || has("Book") {
        Sniffed::Foreign(ForeignKind::Spreadsheet)
    } else if has("PowerPoint Document") {
        Sniffed::Foreign(ForeignKind::Slides)
    } else if extension == "doc" {
        Sniffed::Legacy(LegacyFormat::Doc)
    } else {
        Sniffed::Legacy(LegacyFormat::OtherOffice)
    }
}

fn sniff_text(name: &str, head: &[u8]) -> Sniffed {
    let plain = narrowed(head);
    let extension = extension(name);
    if holds(&plain, b"<w:worddocument") || holds(&plain, b"<pkg:package") || is_web_archive(&plain) {
        return Sniffed::Legacy(LegacyFormat::OtherOffice);
    }
    let format = match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        _ if looks_like_html(&plain) => Format::Html,
        _ => Format::Text,
    };
    Sniffed::Document(format)
}

/// The ASCII of a text in lower case, whether its characters are of one byte or two.
fn narrowed(head: &[u8]) -> Vec<u8> {
    head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect()
}

fn is_web_archive(plain: &[u8]) -> bool {
    holds(plain, b"mime-version:") && holds(plain, b"content-type: multipart/related")
}

/// A page or a pasted piece of one starts with a tag that HTML knows.
fn looks_like_html(plain: &[u8]) -> bool {
    const TAGS: [&[u8]; 24] = [
        b"!doctype html",
        b"!--",
        b"html",
        b"head",
        b"body",
        b"meta",
        b"title",
        b"div",
        b"span",
        b"table",
        b"tbody",
        b"article",
        b"section",
        b"main",
        b"center",
        b"font",
        b"strong",
        b"br",
        b"ul",
        b"ol",
        b"style",
        b"script",
        b"link",
        b"?xml",
    ];
    const SHORT_TAGS: [&[u8]; 12] = [b"p", b"b", b"a", b"i", b"u", b"h1", b"h2", b"h3", b"h4", b"li", b"tr", b"td"];
    let marks = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE];
    let start = plain.iter().position(|byte| !byte.is_ascii_whitespace() && !marks.contains(byte));
    let Some(tag) = start.and_then(|start| plain.get(start..)).and_then(|text| text.strip_prefix(b"<")) else {
        return false;
    };
    let ends_name = |rest: &[u8]| rest.first().is_none_or(|c| !c.is_ascii_alphanumeric());
    TAGS.iter().chain(&SHORT_TAGS).any(|known| tag.strip_prefix(*known).is_some_and(ends_name))
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{ForeignKind, Format, LegacyFormat, Sniffed, sniff};

    fn ole(stream: &str) -> Vec<u8> {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(1536, 0);
        bytes
    }

    #[test]
    fn compound_files_are_told_apart_by_their_streams() {
        let doc = Sniffed::Legacy(LegacyFormat::Doc);
        assert_eq!(sniff("a.docx", &ole("EncryptedPackage")), Sniffed::EncryptedOffice);
        assert_eq!(sniff("a.bin", &ole("WordDocument")), doc);
        assert_eq!(sniff("a.wps", &ole("WordDocument")), Sniffed::Legacy(LegacyFormat::Wps));
        let sheet = Sniffed::Foreign(ForeignKind::Spreadsheet);
        assert_eq!(sniff("a.doc", &ole("Workbook")), sheet);
    }

    #[test]
    fn texts_are_told_apart_by_their_first_tag_and_their_name() {
        let cases: [(&str, &[u8], Format); 8] = [
            ("a.txt", "一、总则".as_bytes(), Format::Text),
            ("a", b"<5 cases: keep watching", Format::Text),
            ("a", b"  <P class=x>text", Format::Html),
            ("a", b"\xEF\xBB\xBF<!DOCTYPE HTML PUBLIC>", Format::Html),
            ("a.md", b"# Title", Format::Markdown),
            ("A.MARKDOWN", b"text", Format::Markdown),
            ("a.htm", b"text before <p>a tag", Format::Html),
            ("a.txt", b"MZ is how this text starts", Format::Text),
        ];
        for (name, bytes, format) in cases {
            assert_eq!(sniff(name, bytes), Sniffed::Document(format), "{name}");
        }
    }

    #[test]
    fn pictures_programs_and_archives_are_not_documents() {
        let cases: [(&[u8], ForeignKind); 4] = [
            (b"\x89PNG\r\n\x1a\n", ForeignKind::Image),
            (b"MZ\x90\0\x03\0", ForeignKind::Executable),
            (b"Rar!\x1A\x07\0", ForeignKind::Archive),
            (b"RIFF\0\0\0\0WEBP", ForeignKind::Image),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff("plan.docx", bytes), Sniffed::Foreign(kind));
        }
    }

    #[test]
    fn rich_text_and_flat_word_xml_have_to_be_converted() {
        let rtf = sniff("a.doc", br"{\rtf1\ansi}");
        assert_eq!(rtf, Sniffed::Legacy(LegacyFormat::Rtf));
        let flat = sniff("a.xml", b"<?xml version='1.0'?><w:wordDocument>");
        assert_eq!(flat, Sniffed::Legacy(LegacyFormat::OtherOffice));
    }
}
