//! Pages with every part in them. `LIANFANG_LOOK=folder cargo test frame::sample` leaves them in a folder, from which
//! `web/look.mjs` takes pictures.

use askama::Template;
use lianfang_domain::Lang;

use super::{Choice, Frame, Pager, TreeItem};
use crate::form::FormErrors;

struct Row {
    code: &'static str,
    name: &'static str,
    kind: &'static str,
    population: &'static str,
    tone: &'static str,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "part/sample_table.html")]
struct TablePage {
    frame: Frame,
    due: &'static str,
    chosen: &'static str,
    add: &'static str,
    export: &'static str,
    sum: &'static str,
    remind: &'static str,
    bulk_note: &'static str,
    tree_title: &'static str,
    columns: [&'static str; 5],
    empty: (&'static str, &'static str, &'static str),
    kinds: Vec<Choice>,
    rows: Vec<Row>,
    tree: Vec<TreeItem>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "part/sample_form.html")]
struct FormPage {
    frame: Frame,
    errors: FormErrors,
    kinds: Vec<Choice>,
    words: [&'static str; 18],
    states: [(&'static str, &'static str); 5],
}

fn kinds(lang: Lang) -> Vec<Choice> {
    let names = lang.pick(["乡镇", "街道", "开发区"], ["Town", "Subdistrict", "Development zone"]);
    Choice::all(["town", "street", "zone"].into_iter().zip(names), "street")
}

fn tree(lang: Lang) -> Vec<TreeItem> {
    let item = |zh, en, note: &str, below| TreeItem {
        note: note.to_owned(),
        below,
        ..TreeItem::new(lang.pick(zh, en), "/areas/330102")
    };
    let here = TreeItem { here: true, ..item("龙泉镇", "Longquan Town", "24", Vec::new()) };
    let towns =
        vec![here, item("清河街道", "Qinghe Subdistrict", "11", vec![item("河东社区", "Hedong", "", Vec::new())])];
    vec![
        TreeItem { open: true, ..item("青岚县", "Qinglan County", "18", towns) },
        item("外省", "Elsewhere", "", Vec::new()),
    ]
}

fn rows(lang: Lang) -> Vec<Row> {
    let row = |code, name: (_, _), kind: (_, _), population, tone, state: (_, _)| {
        let (name, kind, state) = (lang.pick(name.0, name.1), lang.pick(kind.0, kind.1), lang.pick(state.0, state.1));
        Row { code, name, kind, population, tone, state }
    };
    let (town, street) = (("乡镇", "Town"), ("街道", "Subdistrict"));
    vec![
        row("330102 001", ("龙泉镇", "Longquan Town"), town, "41,250", "good", ("已报送", "Reported")),
        row(
            "330102 002",
            ("清河街道", "Qinghe Subdistrict"),
            street,
            "55,100",
            "warning",
            ("今天 15:00 到期", "Due today 15:00"),
        ),
        row("330102 003", ("白石乡", "Baishi Township"), town, "", "bad", ("逾期 40 分钟", "40 min late")),
        row("330102 400", ("经济技术开发区", "Economic Development Zone"), street, "", "unknown", ("未知", "Unknown")),
        row("330102 005", ("南桥镇", "Nanqiao Town"), town, "", "neutral", ("无需报送", "Not due")),
    ]
}

fn table_page(lang: Lang) -> TablePage {
    let mut pager = Pager::new(25, |n| format!("/areas?rows={n}"));
    pager.previous = Some("/areas?before=a".to_owned());
    pager.next = Some("/areas?after=b".to_owned());
    let mut frame = Frame::sample(lang, lang.pick("辖区", "Areas"));
    frame.notice = Some(lang.pick("已添加龙泉镇。", "Longquan Town was added.").to_owned());
    frame.menu.extend([
        super::MenuItem { name: frame.f.users(), href: "/users", icon: "users", here: false },
        super::MenuItem { name: frame.f.audit(), href: "/audit", icon: "list", here: false },
    ]);
    TablePage {
        frame,
        chosen: lang.pick("街道", "Subdistrict"),
        due: lang.pick("2 个单位未报送，截止 15:00", "2 units have not reported, due 15:00"),
        add: lang.pick("添加辖区", "Add an area"),
        export: lang.pick("导出 1,204 行", "Export 1,204 rows"),
        sum: lang.pick("合计（缺白石乡等 3 处）", "Total (Baishi and 2 others missing)"),
        remind: lang.pick("提醒报送", "Send a reminder"),
        bulk_note: lang
            .pick("将向所选辖区的值班员各发一条提醒。", "Each duty officer of the areas chosen gets one reminder."),
        tree_title: lang.pick("辖区", "Areas"),
        columns: lang.pick(
            ["名称", "代码", "类型", "常住人口（人）", "今日报送"],
            ["Name", "Code", "Kind", "Residents (people)", "Report today"],
        ),
        empty: lang.pick(
            ("还没有网格", "网格是排查、采样和看护的最小单元。先导入网格表，再指定网格员。", "导入网格表"),
            (
                "No grids yet",
                "Grids are the smallest cells of checks, sampling and care. Import them, then name the workers.",
                "Import grids",
            ),
        ),
        kinds: kinds(lang),
        rows: rows(lang),
        tree: tree(lang),
        pager,
    }
}

fn form_page(lang: Lang, signed_in: bool) -> FormPage {
    let mut frame = Frame::sample(lang, lang.pick("添加辖区", "Add an area"));
    frame.trail.push(super::Link { name: frame.f.areas().to_owned(), href: "/areas".to_owned() });
    if !signed_in {
        frame = Frame {
            user: None,
            menu: Vec::new(),
            trail: Vec::new(),
            title: lang.pick("登录", "Sign in").to_owned(),
            ..frame
        };
    }
    let mut errors = FormErrors::default();
    if signed_in {
        errors.add(
            "code",
            lang.pick(
                "代码应为 2、4、6、9 或 12 位数字，现为“33010x”。",
                "The code has 2, 4, 6, 9 or 12 digits; this is “33010x”.",
            ),
        );
        errors.add(
            "population",
            lang.pick("人口应为整数，现为“约三千”。", "The population is a whole number; this is “约三千”."),
        );
    }
    let words = lang.pick(
        [
            "名称",
            "与公章或民政部门公布的名称一致。",
            "区划代码",
            "密码",
            "类型",
            "统计日期",
            "常住人口",
            "人",
            "不含流动人口；未知请留空，不要填 0。",
            "备注",
            "管理方式",
            "通知上级",
            "勾选后，上级值班员会收到一条通知。",
            "提交后",
            "青岚县疾控中心值班室",
            "龙泉镇将出现在各单位的辖区列表中。",
            "此后发布的指令可以下达到龙泉镇。",
            "添加",
        ],
        [
            "Name",
            "As on its seal, or as published.",
            "Division code",
            "Password",
            "Kind",
            "Counted on",
            "Residents",
            "people",
            "Without floating population; leave empty if unknown, never 0.",
            "Note",
            "Managed",
            "Tell the level above",
            "Its duty officer gets one message.",
            "When you send this",
            "duty room of the Qinglan CDC",
            "Longquan appears in every unit's list of areas.",
            "Orders can be given to Longquan from then on.",
            "Add",
        ],
    );
    let states = lang.pick(
        [("neutral", "未开始"), ("good", "已办结"), ("warning", "即将到期"), ("bad", "已逾期"), ("unknown", "未知")],
        [
            ("neutral", "Not begun"),
            ("good", "Done"),
            ("warning", "Due soon"),
            ("bad", "Overdue"),
            ("unknown", "Unknown"),
        ],
    );
    FormPage { frame, errors, kinds: kinds(lang), words, states }
}

/// Leaves a page in the folder that `LIANFANG_LOOK` names, if it names one.
fn leave(name: &str, page: &str) {
    if let Ok(folder) = std::env::var("LIANFANG_LOOK") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), page).unwrap();
    }
}

fn pages() -> Vec<(String, String)> {
    [(Lang::Zh, "zh"), (Lang::En, "en")]
        .into_iter()
        .flat_map(|(lang, tag)| {
            [
                (format!("table-{tag}"), table_page(lang).render().unwrap()),
                (format!("form-{tag}"), form_page(lang, true).render().unwrap()),
                (format!("signed-out-{tag}"), form_page(lang, false).render().unwrap()),
            ]
        })
        .collect()
}

#[test]
fn the_sample_pages_bring_no_script_or_style_of_their_own() {
    for (name, page) in pages() {
        leave(&name, &page);
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"), "{name}");
        assert!(!page.contains("/assets/missing"), "{name}");
    }
}

#[test]
fn a_field_with_an_error_names_its_error_and_its_hint() {
    let page = form_page(Lang::Zh, true).render().unwrap();
    assert!(page.contains(r#"aria-invalid="true" aria-describedby="population-error population-hint""#));
    assert!(page.contains(r##"<a href="#population">"##));
}

#[test]
fn before_signing_in_there_is_no_navigation() {
    let page = form_page(Lang::En, false).render().unwrap();
    assert!(!page.contains("top-menu") && !page.contains("class=\"bottom\"") && page.contains("signed-out"));
}

#[test]
fn the_tree_is_open_down_to_the_page_being_shown() {
    let page = table_page(Lang::Zh).render().unwrap();
    assert!(page.contains(r#"<details open><summary>"#) && page.contains(r#"aria-current="page"><span>龙泉镇"#));
}
