use super::super::{Format, HintKind, Limits, NoteCode, SourceText, open};

fn read(page: &str) -> SourceText {
    let source = open("page.html", page.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(source.format, Format::Html);
    source
}

#[test]
fn blocks_and_breaks_make_lines() {
    let page = "<html><head><title>站名</title><style>p{}</style></head><body>
        <h1>青岚县<br>应急预案</h1><p>第一段<b>要点</b>&nbsp;完<p>第二段<div>第三段</div>尾";
    let source = read(page);
    assert_eq!(source.text, "青岚县\n应急预案\n第一段要点\u{A0}完\n第二段\n第三段\n尾");
    let kinds: Vec<_> = source.hints.iter().map(|h| (h.line, h.kind)).collect();
    assert_eq!(kinds, [(0, HintKind::Heading(1)), (1, HintKind::Heading(1))]);
}

#[test]
fn the_frame_of_a_site_is_left_out_and_counted() {
    let page = "<body><div class='top-nav'>首页<br>新闻</div><nav>导航</nav>
        <article><header>青岚县应急预案</header><p>为了做好疫情防控工作，制定本预案。</p></article>
        <div id='footerBox'>版权所有</div><span style='display: none'>隐</span>";
    let source = read(page);
    assert_eq!(source.text, "青岚县应急预案\n为了做好疫情防控工作，制定本预案。");
    assert_eq!(source.notes[0].code, NoteCode::FrameDropped);
    assert!(source.notes[0].detail.starts_with("4 (首页 / 新闻 / 导航"));
    assert_eq!(source.notes[1].code, NoteCode::HiddenDropped);
}

#[test]
fn a_frame_that_holds_the_document_is_kept() {
    let page = "<div class=sidebar><p>为了做好疫情防控工作，制定本预案。</p></div><p>附则</p>";
    let source = read(page);
    assert_eq!(source.text, "为了做好疫情防控工作，制定本预案。\n附则");
    assert_eq!(source.notes[0].code, NoteCode::FrameKept);
}

#[test]
fn a_form_around_the_page_is_taken_back_in_without_its_navigation() {
    let page = "<form><nav>导航</nav><p>为了做好疫情防控工作，制定本预案。</p></form>";
    assert_eq!(read(page).text, "为了做好疫情防控工作，制定本预案。");
}

#[test]
fn lines_of_the_site_that_survive_are_marked() {
    let source = read("<p>正文内容在此</p><p>上一篇：通告</p>");
    assert_eq!(source.hints[0].line, 1);
    assert_eq!(source.hints[0].kind, HintKind::Frame);
}

#[test]
fn rows_are_lines_and_spans_are_filled() {
    let page = "<table><tr><th colspan=2>通讯录<tr><td rowspan=2>救治组<td>县医院
        <tr><td><p>县中医院</p><p>13900000001</p></td></tr></table>";
    let source = read(page);
    assert_eq!(source.text, "通讯录\n救治组 | 县医院\n救治组 | 县中医院 13900000001");
    assert_eq!(source.hints.len(), 3);
}

#[test]
fn a_table_for_layout_is_no_table() {
    let page = "<table><tr><td class=menu>栏目</td><td><p>为做好防控工作，制定预案</p>
        <table><tr><td>甲<td>乙</table></td></tr></table>";
    let source = read(page);
    assert_eq!(source.text, "为做好防控工作，制定预案\n甲 | 乙");
    assert_eq!(source.hints[0].kind, HintKind::TableRow { table: 0, row: 0 });
}

#[test]
fn numbers_of_lists_become_text_once() {
    let page = "<ol start=3><li>第三<ul><li>要点</ul><li>4、第四</ol><ol type=a><li>甲</ol>";
    let source = read(page);
    assert_eq!(source.text, "3.第三\n要点\n4、第四\na.甲");
    assert_eq!(source.hints[0].kind, HintKind::NumberFromStyle);
    assert_eq!(source.hints.len(), 2);
}

#[test]
fn scripts_do_not_leak_and_fragments_are_enough() {
    let source = read("<p>甲<script>if (a < b) document.write('<p>乙</p>')</script>丙</p>");
    assert_eq!(source.text, "甲丙");
}

#[test]
fn hidden_words_in_a_line_do_not_part_it() {
    let source = read("<p>疫情防<span hidden>水印</span>控工作</p>");
    assert_eq!(source.text, "疫情防控工作");
}

#[test]
fn depth_without_end_is_survived() {
    for tag in ["<div>", "<table><tr><td>", "<b>", "<ol><li>", "<p><span hidden>"] {
        let page = format!("{}正文{}", tag.repeat(10_000), "</div>".repeat(1000));
        assert!(read(&page).text.contains("正文"), "{tag}");
    }
}

#[test]
fn the_encoding_that_the_page_names_is_used() {
    let page = "<meta charset=gb2312><p>青岚县应急预案</p>";
    let (bytes, _, _) = encoding_rs::GBK.encode(page);
    let source = open("a.htm", &bytes, &Limits::default()).unwrap();
    assert_eq!(source.text, "青岚县应急预案");
    assert!(source.notes.is_empty());
}
