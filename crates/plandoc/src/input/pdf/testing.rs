//! Makes small PDF files for tests.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A document of one page a content stream, all with this font.
pub(in super::super) fn pdf(font: Dictionary, contents: &[Vec<u8>]) -> Vec<u8> {
    saved(document(font, None, contents))
}

/// The bytes of a document.
pub(in super::super) fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A document whose font `F1` may have a map to Unicode.
pub(in super::super) fn document(mut font: Dictionary, map: Option<&[u8]>, contents: &[Vec<u8>]) -> Document {
    let mut document = Document::with_version("1.5");
    if let Some(map) = map {
        let map = document.add_object(Stream::new(Dictionary::new(), map.to_vec()));
        font.set("ToUnicode", map);
    }
    let fonts = dictionary! { "F1" => font };
    let root = document.new_object_id();
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.clone()));
            let page = document.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => root,
                "Resources" => resources,
                "Contents" => content,
            });
            page.into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(root, Object::Dictionary(pages));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document.compress();
    document
}

/// A font whose encoding is one of the ready-made character maps.
pub(in super::super) fn font_with(encoding: &str) -> Dictionary {
    dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => "STSong-Light",
        "Encoding" => Object::Name(encoding.as_bytes().to_vec()),
        "DescendantFonts" => vec![Object::Dictionary(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType0",
        })],
    }
}

/// Shows lines of bytes under one another with font `F1`.
pub(in super::super) fn show(lines: &[Vec<u8>]) -> Vec<u8> {
    let mut content = b"BT /F1 12 Tf 14 TL 72 720 Td\n".to_vec();
    for line in lines {
        content.push(b'<');
        for byte in line {
            content.extend(format!("{byte:02x}").bytes());
        }
        content.extend(b"> Tj T*\n");
    }
    content.extend(b"ET\n");
    content
}

/// UTF-16 with the high byte first.
pub(in super::super) fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}
