use lopdf::{EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};

use super::super::{Format, HintKind, InputError, Limits, NoteCode, SourceText, open};
use super::testing::{document, font_with, pdf, saved, show, utf_16};

fn read(bytes: &[u8]) -> Result<SourceText, InputError> {
    open("plan.pdf", bytes, &Limits::default())
}

fn one_font(encoding: &str, contents: &[Vec<u8>]) -> Vec<u8> {
    pdf(font_with(encoding), contents)
}

#[test]
fn fonts_with_ready_made_maps_are_read() {
    let lines = ["青岚县应急预案", "一、总则 2020年"];
    let unicode = show(&lines.map(utf_16));
    let source = read(&one_font("UniGB-UCS2-H", &[unicode])).unwrap();
    assert_eq!(source.text, lines.join("\n"));
    let gbk = lines.map(|line| encoding_rs::GBK.encode(line).0.into_owned());
    let source = read(&one_font("GBK-EUC-H", &[show(&gbk)])).unwrap();
    assert_eq!(source.text, lines.join("\n"));
}

#[test]
fn a_font_that_numbers_its_glyphs_is_read_by_its_map() {
    let map = b"2 beginbfchar <0001> <2F00> <0002> <3001> endbfchar\n\
        1 beginbfrange <0010> <0011> [<603B><5219>] endbfrange";
    let codes = [0, 1, 0, 2, 0, 0x10, 0, 0x11, 0, 0x99].to_vec();
    let document = document(font_with("Identity-H"), Some(map), &[show(&[codes])]);
    let source = read(&saved(document)).unwrap();
    assert_eq!(source.text, "一、总则\u{FFFD}");
    assert_eq!(source.notes[0].code, NoteCode::UnmappedGlyphs);
}

#[test]
fn heads_and_numbers_of_pages_are_marked() {
    let page = |n: usize| {
        let lines = [
            "青岚县应急预案".to_owned(),
            format!("{}部分", "甲乙丙丁".chars().nth(n).unwrap()),
            "正文".to_owned(),
            format!("完{}", "一二三四".chars().nth(n).unwrap()),
            format!("- {} -", n + 1),
        ];
        show(&lines.map(|line| utf_16(&line)))
    };
    let pages: Vec<Vec<u8>> = (0..4).map(page).collect();
    let source = read(&one_font("UniGB-UCS2-H", &pages)).unwrap();
    assert_eq!(source.text.split('\n').count(), 20);
    let frames: Vec<u32> = source.hints.iter().map(|hint| hint.line).collect();
    assert_eq!(frames, [0, 4, 5, 9, 10, 14, 15, 19]);
    assert!(source.hints.iter().all(|hint| hint.kind == HintKind::Frame));
}

#[test]
fn pages_without_letters_are_a_scan() {
    let bytes = one_font("UniGB-UCS2-H", &[b"BI /W 1 ID x EI".to_vec()]);
    assert_eq!(read(&bytes), Err(InputError::NoTextLayer));
}

#[test]
fn a_page_that_unpacks_without_end_is_stopped() {
    let content = vec![b' '; 3_000_000];
    let bytes = one_font("UniGB-UCS2-H", &[content]);
    let limits = Limits { max_inflated_bytes: 1_000_000, ..Limits::default() };
    let refused = open("a.pdf", &bytes, &limits);
    assert!(matches!(refused, Err(InputError::InflatesTooMuch { .. })), "{refused:?}");
}

#[test]
fn drawings_that_draw_themselves_end() {
    let font = font_with("UniGB-UCS2-H");
    let content = [b"/X Do ".to_vec(), show(&[utf_16("正文")])].concat();
    let mut document = document(font.clone(), None, &[content]);
    let form = document.new_object_id();
    let resources = dictionary! {
        "XObject" => dictionary! { "X" => form },
        "Font" => dictionary! { "F1" => font },
    };
    let entries = dictionary! { "Subtype" => "Form", "Resources" => resources.clone() };
    let drawing = Stream::new(entries, b"/X Do /X Do ".to_vec());
    document.objects.insert(form, Object::Stream(drawing));
    let page = document.page_iter().next().unwrap();
    let page = document.get_object_mut(page).and_then(Object::as_dict_mut).unwrap();
    page.set("Resources", resources);
    let bytes = saved(document);
    assert_eq!(read(&bytes).unwrap().text, "正文");
}

#[test]
fn a_file_cut_in_the_middle_is_damaged_or_read_in_part() {
    let whole = one_font("UniGB-UCS2-H", &[show(&[utf_16("青岚县应急预案")])]);
    for end in (10..whole.len()).step_by(7) {
        match read(&whole[..end]) {
            Ok(source) => assert!(source.text.starts_with('青')),
            Err(InputError::Damaged { .. } | InputError::NoTextLayer) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn nesting_without_end_is_survived() {
    for opening in ["[", "<<", "<</A ", "("] {
        let mut bytes = one_font("UniGB-UCS2-H", &[show(&[utf_16("正文")])]);
        let nested = format!("\n99 0 obj\n{}\nendobj\n", opening.repeat(50_000));
        bytes.extend(nested.bytes());
        let without_table: Vec<u8> = bytes
            .windows(4)
            .position(|window| window == b"xref")
            .map_or_else(Vec::new, |at| [&bytes[..at], nested.as_bytes()].concat());
        for bytes in [bytes, without_table] {
            let outcome = read(&bytes);
            assert!(matches!(outcome, Ok(_) | Err(InputError::Damaged { .. })), "{outcome:?}");
        }
    }
}

#[test]
fn a_password_is_asked_for_only_where_reading_needs_one() {
    let locked = |user_password: &str| {
        let page = show(&[utf_16("正文")]);
        let mut document = document(font_with("UniGB-UCS2-H"), None, &[page]);
        let id = Object::string_literal(b"0123456789abcdef".to_vec());
        document.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        document.encrypt(&state).unwrap();
        saved(document)
    };
    assert_eq!(read(&locked("")).unwrap().text, "正文");
    let format = Format::Pdf;
    assert_eq!(read(&locked("secret")), Err(InputError::Encrypted { format }));
}
