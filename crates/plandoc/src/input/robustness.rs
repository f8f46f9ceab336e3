//! Files come from strangers: whatever their bytes, reading them ends in text or in an error.

use proptest::collection::vec;
use proptest::prelude::*;

use super::docx::testing::{docx_with, p};
use super::pdf::testing::{font_with, pdf, show, utf_16};
use super::{Limits, open};

const NAMES: [&str; 5] = ["a.docx", "a.txt", "a.md", "a.html", "a.pdf"];

/// Reads the bytes under every name, and checks what must hold of any result.
fn check(bytes: &[u8]) {
    for name in NAMES {
        let Ok(source) = open(name, bytes, &Limits::default()) else {
            continue;
        };
        let lines = u32::try_from(source.text.split('\n').count()).unwrap();
        assert!(source.hints.iter().all(|hint| hint.line < lines));
        assert!(source.hints.is_sorted_by_key(|hint| hint.line));
        assert!(!source.text.contains(['\r', '\0', '\u{2028}', '\u{0C}']));
    }
}

/// Writes other bytes over some, and cuts the end off.
fn damaged(whole: &[u8], changes: &[(prop::sample::Index, u8)], end: prop::sample::Index) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (place, byte) in changes {
        let place = place.index(bytes.len());
        bytes[place] = *byte;
    }
    bytes.truncate(end.index(bytes.len() * 4).max(1));
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)
}

fn sample_docx() -> Vec<u8> {
    let body = format!(
        "{}<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>{}</w:tc></w:tr></w:tbl>\
         <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>",
        p("青岚县应急预案"),
        p("县卫生健康局")
    );
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='1'>\
        <w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    docx_with(&body, &[("word/numbering.xml", numbering)])
}

fn sample_pdf() -> Vec<u8> {
    let page = show(&[utf_16("青岚县应急预案"), utf_16("一、总则")]);
    pdf(font_with("UniGB-UCS2-H"), &[page.clone(), page])
}

const SAMPLE_PAGE: &str = "<!DOCTYPE html><meta charset=utf-8><div class=nav>首页</div>\
    <ol start=2><li>一</ol><table><tr><td rowspan=3 colspan=2>甲<td>乙<tr><td>丙</table>\
    <p style='display:none'>隐</p><!-- x --><script>a</script><h2>总则&amp;&#x4e00;</h2>";

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        // What is found becomes a test of its own, so no file of seeds is kept.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_at_all_are_survived(bytes in vec(any::<u8>(), 0..600)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_after_a_known_beginning_are_survived(
        start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"%PDF-1.4\n", b"<html>", b"\xFF\xFE"]),
        bytes in vec(any::<u8>(), 0..600),
    ) {
        check(&[start, &bytes].concat());
    }

    #[test]
    fn tags_in_any_order_are_survived(
        tags in vec(prop::sample::select(vec![
            "<table>", "</table>", "<tr>", "<td rowspan=9>", "</td>", "<p>", "</p>", "<ol>", "<li>",
            "</ol>", "<div hidden>", "</div>", "<h1>", "<br>", "<pre>", "<svg/>", "字", " a\n",
        ]), 0..80),
    ) {
        check(format!("<div>{}", tags.concat()).as_bytes());
    }

    #[test]
    fn marks_of_markdown_in_any_order_are_survived(
        marks in vec(prop::sample::select(vec![
            "*", "**", "`", "```", "[", "](", ")", "![", "|", "---", "\n", "# ", "> ", "\\", "县", " ",
        ]), 1..60),
    ) {
        check(marks.concat().as_bytes());
    }

    #[test]
    fn a_damaged_word_document_is_survived(changes in changes(), end in any::<prop::sample::Index>()) {
        check(&damaged(&sample_docx(), &changes, end));
    }

    #[test]
    fn a_damaged_page_is_survived(changes in changes(), end in any::<prop::sample::Index>()) {
        check(&damaged(SAMPLE_PAGE.as_bytes(), &changes, end));
    }

    #[test]
    fn a_damaged_pdf_is_survived(changes in changes(), end in any::<prop::sample::Index>()) {
        check(&damaged(&sample_pdf(), &changes, end));
    }

    #[test]
    fn a_damaged_word_text_is_survived(changes in changes(), end in any::<prop::sample::Index>()) {
        let xml = super::docx::testing::document(&format!("{}{}", p("甲"), p("乙")));
        let xml = damaged(xml.as_bytes(), &changes, end);
        let xml = String::from_utf8_lossy(&xml);
        check(&super::docx::testing::zip_of(&[("word/document.xml", &xml)]));
    }
}
