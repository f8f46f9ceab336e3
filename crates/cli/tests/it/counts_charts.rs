//! Charts of the commands on counts: several series in one picture, the series asked for, nothing overlapping or cut.

use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use jiff::civil::date;
use resvg::tiny_skia::Rect;
use resvg::usvg::{Group, Node, Options, Tree, fontdb::Database};

use super::{Folder, lianfang, text};

/// A mark of an alarm, as it is drawn.
const MARK: &str = "l-5 -9h10z";

/// Weeks of so many series, named in Chinese; the last week of every third one is high.
fn towns(of: usize, weeks: i64) -> String {
    let mut table = "序列,日期,病例数,暴发\n".to_owned();
    for (at, name) in "甲乙丙丁戊己庚辛壬癸子丑寅卯".chars().take(of).enumerate() {
        for week in 0..weeks {
            let on = date(2016, 1, 4).checked_add(jiff::Span::new().days(7 * week)).unwrap();
            let usual = 4 + 3 * at as i64 + (week * 7 + at as i64) % 5;
            let known = week == weeks - 30;
            let more = if known || (week == weeks - 1 && at % 3 == 0) { 60 } else { 0 };
            writeln!(table, "{name}镇,{on},{},{}", usual + more, u8::from(known)).unwrap();
        }
    }
    table
}

/// Runs a command with a chart, gives its end, what it said and the picture, if one was made.
fn drawn(folder: &Folder, args: &[&str]) -> (i32, String, Option<String>) {
    let chart = folder.path("chart.svg");
    let ran = lianfang(&[args, &["--chart", &text(&chart), "--force"]].concat());
    let svg = fs::read_to_string(&chart).ok();
    if let Some(svg) = &svg {
        nothing_overlaps(svg);
    }
    (ran.code, ran.err, svg)
}

/// Every text of a picture lies within it and over no other text.
fn nothing_overlaps(svg: &str) {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    // A wide one, if it is there; whatever there is, if not.
    let families = || fonts.faces().filter_map(|face| face.families.first()).map(|family| family.0.clone());
    let Some(family) = families().find(|name| name == "DejaVu Sans").or_else(|| families().next()) else { return };
    fonts.set_sans_serif_family(family);
    let tree = Tree::from_str(svg, &Options { fontdb: Arc::new(fonts), ..Options::default() }).unwrap();
    let mut boxes = Vec::new();
    texts(tree.root(), &mut boxes);
    assert!(boxes.len() > 5, "the picture has words");
    let size = tree.size();
    for (at, (words, one)) in boxes.iter().enumerate() {
        let inside =
            one.left() >= 0.0 && one.top() >= 0.0 && one.right() <= size.width() && one.bottom() <= size.height();
        assert!(inside, "“{words}” is cut: {one:?}");
        for (others, other) in &boxes[at + 1..] {
            let apart = one.right() <= other.left()
                || other.right() <= one.left()
                || one.bottom() <= other.top()
                || other.bottom() <= one.top();
            assert!(apart, "“{words}” {one:?} lies over “{others}” {other:?}");
        }
    }
}

/// The ink of every text with its words.
fn texts(group: &Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => texts(inner, found),
            Node::Text(words) => {
                let said: String = words.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((said, words.flattened().abs_bounding_box()));
            }
            _ => {}
        }
    }
}

#[test]
fn three_series_are_three_panels_with_their_marks_and_one_legend() {
    let folder = Folder::new();
    let file = folder.file("towns.csv", towns(3, 330));
    for (lang, alarm) in [("zh", "报警"), ("en", "alarm")] {
        let (code, said, svg) = drawn(&folder, &["detect", &file, "--lang", lang]);
        let svg = svg.unwrap();
        assert_eq!(code, 1, "{said}");
        assert!(["甲镇 · ", "乙镇 · ", "丙镇 · "].iter().all(|name| svg.matches(name).count() == 1), "{svg}");
        assert_eq!(svg.matches(&format!(">{alarm}<")).count(), 1, "one legend");
        assert!(svg.find("甲镇") < svg.find("乙镇"), "the one that rings stands first");
        assert!(svg.matches(MARK).count() >= 3, "the alarm of the last week, and the known outbreaks");
        assert!(!svg.contains("--only"), "all are drawn");
    }
}

#[test]
fn of_fourteen_series_twelve_are_drawn_those_that_ring_first_and_the_last_line_says_the_rest() {
    let folder = Folder::new();
    let file = folder.file("towns.csv", towns(14, 330));
    let (_, _, svg) = drawn(&folder, &["detect", &file]);
    let svg = svg.unwrap();
    assert_eq!(svg.matches("镇 · ").count(), 12);
    assert!(svg.contains("另有2个序列没有画出。用 --only 序列名 选择"), "{svg}");
    // Every third rings: five of the fourteen.
    let order: Vec<usize> = "甲丁庚癸寅".chars().map(|name| svg.find(&format!("{name}镇 · ")).unwrap()).collect();
    let others = svg.find("乙镇 · ").unwrap_or(usize::MAX).min(svg.find("丙镇 · ").unwrap_or(usize::MAX));
    assert!(order.iter().all(|at| *at < others), "{order:?} {others}");
    let (_, _, svg) = drawn(&folder, &["detect", &file, "--lang", "en"]);
    assert!(svg.unwrap().contains("2 more series are not drawn. Choose with --only NAME"));
}

#[test]
fn only_limits_the_command_and_a_name_that_is_not_there_is_answered_with_those_that_are() {
    let folder = Folder::new();
    let file = folder.file("towns.csv", towns(14, 330));
    let ran = lianfang(&["detect", &file, "--only", "乙镇", "--only", "丑镇"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{}", ran.out);
    assert!(ran.out.contains("乙镇") && ran.out.contains("丑镇"));
    for command in ["detect", "backtest"] {
        let chart = folder.path("none.svg");
        let ran = lianfang(&[command, &file, "--only", "乙镇", "--only", "丑乡", "--chart", &text(&chart)]);
        assert_eq!((ran.code, ran.out.as_str(), chart.exists()), (2, "", false), "{}", ran.err);
        assert!(ran.err.contains("没有名为“丑乡”的序列。表里有14个序列，如：丑镇、"), "{}", ran.err);
    }
    let ran = lianfang(&["detect", &file, "--only", "Nowhere", "--lang", "en"]);
    assert!(ran.err.contains("There is no series “Nowhere”. The table has 14, such as: "), "{}", ran.err);
    let plain = folder.file("plain.csv", "date,count\n2026-01-05,1\n2026-01-12,0\n");
    let ran = lianfang(&["detect", &plain, "--only", "甲镇"]);
    assert!(ran.code == 2 && ran.err.contains("没有“序列”这一列"), "{} {}", ran.code, ran.err);
}

#[test]
fn a_back_test_draws_the_rings_of_the_proposed_method_without_known_outbreaks() {
    let folder = Folder::new();
    let file = folder.file("towns.csv", towns(3, 330));
    let test = ["backtest", &file, "--trials", "20", "--cases", "25", "--most-false", "20"];
    let ran = lianfang(&[&test[..], &["--format", "json"]].concat());
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let proposed = |row: &&serde_json::Value| row["proposed"] == true;
    let of = |row: &serde_json::Value| {
        row["false_alarms_per_year"].as_f64().unwrap() * row["judged"].as_f64().unwrap() / (365.25 / 7.0)
    };
    let rings: f64 = rows.as_array().unwrap().iter().filter(proposed).map(of).sum();
    for lang in ["zh", "en"] {
        let (code, said, svg) = drawn(&folder, &[&test[..], &["--lang", lang]].concat());
        let svg = svg.unwrap();
        assert_eq!((code, said.as_str()), (0, ""));
        assert!(["甲镇 · ", "乙镇 · ", "丙镇 · "].iter().all(|name| svg.contains(name)), "{svg}");
        assert_eq!(svg.matches(MARK).count() as f64, rings.round(), "every false alarm is drawn, and nothing else");
        assert!(rings >= 1.0 && svg.matches("<polyline").count() >= 6, "{rings}");
    }
    let (_, _, alone) = drawn(&folder, &[&test[..], &["--only", "乙镇"]].concat());
    let alone = alone.unwrap();
    assert!(alone.contains("乙镇 · ") && !alone.contains("甲镇"), "{alone}");
}

#[test]
fn a_back_test_that_proposes_nothing_draws_nothing_and_says_so() {
    let folder = Folder::new();
    let mut table = "date,count\n".to_owned();
    for week in 0..120_i64 {
        let on = date(2024, 1, 1).checked_add(jiff::Span::new().days(7 * week)).unwrap();
        let count = if week % 17 == 0 { 90 } else { week % 3 };
        writeln!(table, "{on},{count}").unwrap();
    }
    let file = folder.file("jumps.csv", table);
    let test = ["backtest", &file, "--trials", "10", "--most-false", "0"];
    let (code, said, svg) = drawn(&folder, &test);
    assert_eq!((code, svg), (1, None), "{said}");
    assert!(said.contains("没有推荐的方法，不画图"), "{said}");
    let (_, said, _) = drawn(&folder, &[&test[..], &["--lang", "en"]].concat());
    assert!(said.contains("No method is proposed"), "{said}");
}
