use super::super::{HintKind, InputError, Limits, NoteCode, SourceText, open};
use super::testing::{docx, docx_with, p, zip_of};

fn read(bytes: &[u8]) -> SourceText {
    open("plan.docx", bytes, &Limits::default()).unwrap()
}

fn text(body: &str) -> String {
    read(&docx(body)).text
}

const STYLES: &str = r#"<w:styles>
  <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>
    <w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style></w:styles>"#;

const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
  <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

#[test]
fn a_list_number_from_a_style_becomes_text() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="t"/></w:pPr><w:r><w:t>青岚县预案</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>组织</w:t></w:r></w:p>"#;
    let parts = [("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)];
    let source = read(&docx_with(body, &parts));
    assert_eq!(source.text, "青岚县预案\n一、总则\n二、组织");
    let hints: Vec<_> = source.hints.iter().map(|h| (h.line, h.kind)).collect();
    let expected = [
        (0, HintKind::Title),
        (1, HintKind::NumberFromStyle),
        (1, HintKind::Heading(1)),
        (2, HintKind::NumberFromStyle),
        (2, HintKind::Heading(1)),
    ];
    assert_eq!(hints, expected);
}

#[test]
fn breaks_tabs_and_hyphens_become_plain_characters() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>甲</w:t>
        <w:br/><w:t xml:space="preserve"> 乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/>
        <w:sym w:font="Wingdings" w:char="F0FE"/><w:br w:type="page"/></w:r></w:p>"#;
    assert_eq!(text(body), "甲\n 乙\t丙-☑\n");
}

#[test]
fn tracked_changes_are_read_as_they_now_stand() {
    let body = r#"<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins>
        <w:del><w:r><w:delText>旧文</w:delText></w:r></w:del>
        <w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>
        <w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>
        <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>
        <w:p><w:r><w:t>后半</w:t></w:r></w:p>"#;
    let source = read(&docx(body));
    assert_eq!(source.text, "新增链接\n前半后半");
    assert_eq!(source.notes[0].code, NoteCode::DeletionsDropped);
}

#[test]
fn hidden_text_is_left_out_but_a_hidden_paragraph_mark_hides_nothing() {
    let body = r#"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r></w:p>"#;
    let source = read(&docx(body));
    assert_eq!(source.text, "可见");
    assert_eq!(source.notes[0].code, NoteCode::HiddenDropped);
}

#[test]
fn a_merged_cell_is_repeated_and_a_wide_one_given_once() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let start = r#"<w:vMerge w:val="restart"/>"#;
    let body = format!(
        "<w:tbl><w:tr>{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell(r#"<w:gridSpan w:val="2"/>"#, "通讯录"),
        cell(start, "医疗救治组"),
        cell("", "县人民医院"),
        cell("<w:vMerge/>", ""),
        format_args!("<w:tc>{}{}</w:tc>", p("县中医院"), p("13900000001")),
    );
    let source = read(&docx(&body));
    assert_eq!(source.text, "通讯录\n医疗救治组 | 县人民医院\n医疗救治组 | 县中医院 13900000001");
    let last = HintKind::TableRow { table: 0, row: 2 };
    assert_eq!(source.hints.last().unwrap().kind, last);
}

#[test]
fn a_text_box_is_read_once_and_follows_its_paragraph() {
    let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p("框内"));
    let body = format!(
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice>\
         <mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        p("下段")
    );
    assert_eq!(text(&body), "正文\n框内\n下段");
}

#[test]
fn footnotes_stand_at_the_end() {
    let notes = format!(
        r#"<w:footnotes><w:footnote w:type="separator">{}</w:footnote>
        <w:footnote w:id="2">{}</w:footnote></w:footnotes>"#,
        p("线"),
        p("注文")
    );
    let source = read(&docx_with(&p("正文"), &[("word/footnotes.xml", &notes)]));
    assert_eq!(source.text, "正文\n注文");
    assert_eq!(source.notes[0].code, NoteCode::FootnotesAppended);
    assert_eq!(source.notes[0].line, Some(1));
}

#[test]
fn what_stands_before_a_damage_is_kept() {
    let cut = "<w:document><w:body><w:p><w:r><w:t>第一段</w:t></w:r></w:p><w:p><w:r><w:t>第二";
    let source = read(&zip_of(&[("word/document.xml", cut)]));
    assert_eq!(source.text, "第一段\n第二");
    assert_eq!(source.notes[0].code, NoteCode::PartSkipped);
}

#[test]
fn entities_and_missing_parts_are_refused() {
    let declared = "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document/>";
    for bytes in [zip_of(&[("word/document.xml", declared)]), zip_of(&[("word/other.xml", "<a/>")])] {
        let refused = open("a.docx", &bytes, &Limits::default());
        assert!(matches!(refused, Err(InputError::Damaged { .. })), "{refused:?}");
    }
}

#[test]
fn a_locked_zip_asks_for_the_password_to_be_taken_off() {
    let mut bytes = docx(&p("正文"));
    // The lowest bit of the flags, in the local and in the central header, says "encrypted".
    bytes[6] |= 1;
    let central = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bytes[central + 8] |= 1;
    let refused = open("a.docx", &bytes, &Limits::default());
    assert!(matches!(refused, Err(InputError::Encrypted { .. })), "{refused:?}");
}
