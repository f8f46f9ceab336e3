//! The commands on counts, on made-up tables.

use std::fmt::Write;
use std::fs;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use jiff::civil::date;

use super::{Folder, lianfang, text};

/// Six years of weeks of two series; the last week of the first one is high.
fn weeks() -> String {
    let mut table = "序列,日期,病例数\n".to_owned();
    for (name, last) in [("甲镇", 60), ("乙镇", 9)] {
        for week in 0..330_i64 {
            let on = date(2019, 1, 7).checked_add(jiff::Span::new().days(7 * week)).unwrap();
            let count = if week == 329 { last } else { 6 + (week * 7) % 5 };
            writeln!(table, "{name},{on},{count}").unwrap();
        }
    }
    table
}

/// A growing outbreak by day of onset.
fn onsets() -> String {
    let mut table = "date,count\n".to_owned();
    for day in 0..40_i32 {
        let on = date(2026, 3, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        writeln!(table, "{on},{}", (5.0 * 1.06_f64.powi(day)).round()).unwrap();
    }
    table
}

#[test]
fn detect_rings_for_the_high_series_only_and_says_by_what() {
    let folder = Folder::new();
    let (file, chart) = (folder.file("weeks.csv", weeks()), folder.path("chart.svg"));
    let ran = lianfang(&["detect", &file, "--format", "json", "--chart", &text(&chart)]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let of = |name: &str| rows.as_array().unwrap().iter().find(|r| r["series"] == name).unwrap().clone();
    assert_eq!((of("甲镇")["alarm"].clone(), of("乙镇")["alarm"].clone()), (true.into(), false.into()));
    assert_eq!(of("甲镇")["method"], "farrington-flexible");
    assert!(of("甲镇")["threshold"].as_f64().unwrap() < 60.0);
    let svg = fs::read_to_string(chart).unwrap();
    assert!(svg.contains("报警") && svg.contains("l-5 -9h10z"), "the alarm is marked");
}

/// Twelve years of weeks with small ups and downs, and a known outbreak in each third year.
fn history() -> String {
    let mut table = "date,count,outbreak\n".to_owned();
    for week in 0..620_i64 {
        let on = date(2014, 1, 6).checked_add(jiff::Span::new().days(7 * week)).unwrap();
        let known = week % 156 == 150;
        let count = 4 + (week * 7) % 5 + if known { 40 } else { 0 };
        writeln!(table, "{on},{count},{}", u8::from(known)).unwrap();
    }
    table
}

#[test]
fn a_back_test_proposes_the_method_that_notices_soonest_within_the_bound() {
    let folder = Folder::new();
    let file = folder.file("history.csv", history());
    let ran = lianfang(&["backtest", &file, "--trials", "40", "--format", "json", "--cases", "25"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let rows = rows.as_array().unwrap();
    let number = |row: &serde_json::Value, key: &str| row[key].as_f64().unwrap();
    let proposed: Vec<_> = rows.iter().filter(|row| row["proposed"] == true).collect();
    assert_eq!(proposed.len(), 1);
    let fit = rows.iter().filter(|row| number(row, "false_alarms_per_year") <= 2.0);
    let soonest = fit.map(|row| number(row, "delay")).fold(f64::INFINITY, f64::min);
    assert_eq!(number(proposed[0], "delay"), soonest);
    assert!(number(proposed[0], "detected") > 0.9, "{}", proposed[0]);
    let methods: std::collections::BTreeSet<_> = rows.iter().map(|row| row["method"].as_str().unwrap()).collect();
    assert_eq!(methods.len(), 8, "{methods:?}");
    let again = lianfang(&["backtest", &file, "--trials", "40", "--format", "json", "--cases", "25"]);
    assert_eq!(again.out, ran.out, "the same seed gives the same result");
}

#[test]
fn a_back_test_leaves_out_known_outbreaks_and_says_what_fits_nothing() {
    let folder = Folder::new();
    let file = folder.file("history.csv", history());
    let zh = lianfang(&["backtest", &file, "--trials", "20", "--most-false", "0", "--explain"]);
    assert!(zh.code == 0 && zh.out.contains("每年误报0.0次"), "known outbreaks are no false alarms: {}", zh.out);
    let short = folder.file("short.csv", "date,count\n2026-01-05,1\n2026-01-12,0\n2026-01-19,2\n");
    let ran = lianfang(&["backtest", &short, "--lang", "en"]);
    assert!(ran.code == 3 && ran.err.contains("at least 20"), "{}", ran.err);
    let wrong = lianfang(&["backtest", &file, "--most-false", "nan"]);
    assert!(wrong.code == 2 && wrong.err.contains("--most-false"), "{}", wrong.err);
}

#[test]
fn explain_says_it_in_both_languages() {
    let folder = Folder::new();
    let file = folder.file("weeks.csv", weeks());
    let zh = lianfang(&["detect", &file, "--explain"]);
    assert!(zh.out.contains("甲镇 · 2025-04-28：报警。观察到60例"), "{}", zh.out);
    let en = lianfang(&["detect", &file, "--explain", "--lang", "en"]);
    assert!(en.out.contains("alarm. 60 observed"), "{}", en.out);
}

#[test]
fn a_wrong_cell_a_missing_column_and_a_short_series_are_named() {
    let folder = Folder::new();
    let wrong = folder.file("wrong.csv", "date,count\n2026-03-01,三\n");
    let ran = lianfang(&["detect", &wrong]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("第 2 行") && ran.err.contains("三"), "{}", ran.err);
    let missing = folder.file("missing.csv", "date,number\n2026-03-01,3\n");
    assert!(lianfang(&["detect", &missing]).err.contains("病例数"));
    let short = folder.file("short.csv", "date,count\n2026-03-01,3\n2026-03-02,4\n");
    let ran = lianfang(&["detect", &short]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("至少需要10个"), "{}", ran.err);
}

#[test]
fn the_reproduction_number_is_that_of_the_growth_and_the_forecast_goes_on() {
    let folder = Folder::new();
    let file = folder.file("onsets.csv", onsets());
    let interval = ["--si-mean", "5", "--si-sd", "2.5"];
    let ran = lianfang(&[&["rt", &file, "--format", "json"], &interval[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let last = rows.as_array().unwrap().last().unwrap();
    let (low, high) = (last["low"].as_f64().unwrap(), last["high"].as_f64().unwrap());
    // 6 % a day with a mean interval of 5 days is an R of about 1.3.
    assert!(low < 1.32 && 1.32 < high, "{last}");
    let ahead = lianfang(&[&["forecast", &file, "--days", "5", "--paths", "300"], &interval[..]].concat());
    assert_eq!(ahead.out.lines().count(), 6, "{}", ahead.err);
    let again = lianfang(&[&["forecast", &file, "--days", "5", "--paths", "300"], &interval[..]].concat());
    assert_eq!(ahead.out, again.out, "the same seed gives the same forecast");
}

#[test]
fn a_nowcast_adds_what_is_not_reported_yet() {
    let folder = Folder::new();
    let mut table = "发病日期,报告日期\n".to_owned();
    for day in 0..40_i32 {
        for case in 0..12 {
            let on = date(2026, 3, 1).checked_add(jiff::Span::new().days(day)).unwrap();
            let reported = on.checked_add(jiff::Span::new().days([0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8][case])).unwrap();
            writeln!(table, "{on},{reported}").unwrap();
        }
    }
    let file = folder.file("cases.csv", &table);
    let ran = lianfang(&["nowcast", &file, "--max-delay", "8", "--as-of", "2026-04-09", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let day = rows.as_array().unwrap().iter().find(|r| r["date"] == "2026-04-07").unwrap().clone();
    assert_eq!(day["reported_cases"], 6.0);
    assert!(day["low"].as_f64().unwrap() <= 12.0 && day["high"].as_f64().unwrap() >= 12.0, "{day}");
}

/// Two age groups, the old falling ill eight times as often; one village of the old, and one where more fall ill than age says.
fn aged(dates: bool, by_age: bool) -> String {
    let mut table = format!("地点,{}年龄组,病例数,人口,x,y\n", if dates { "日期," } else { "" });
    for place in 0..9 {
        let (old, young) = if place == 0 { (800, 200) } else { (200, 800) };
        let more = if place == 7 { 12 } else { 0 };
        for day in 0..if dates { 4 } else { 1 } {
            let on = if dates { format!("2026-03-{:02},", day + 1) } else { String::new() };
            let now = if !dates || day == 3 { more } else { 0 };
            let mut row = |group: &str, count: usize, people: usize| {
                writeln!(table, "村{place},{on}{group},{count},{people},{},{}", place % 3, place / 3).unwrap();
            };
            if by_age {
                row("老", old / 25 + now, old);
                row("少", young / 400, young);
            } else {
                row("全", old / 25 + young / 400 + now, old + young);
            }
        }
    }
    table
}

#[test]
fn a_scan_by_age_group_leaves_the_village_of_the_old_alone() {
    let folder = Folder::new();
    for dates in [false, true] {
        let file = folder.file("aged.csv", aged(dates, true));
        let ran = lianfang(&["scan", &file, "--model", "poisson", "--explain", "--max-share", "0.3"]);
        let first = ran.out.lines().next().unwrap_or_default();
        assert!(first.contains("村7：") && first.contains("至") == dates, "{} {}", ran.out, ran.err);
        let plain = folder.file("plain.csv", aged(dates, false));
        let ran = lianfang(&["scan", &plain, "--model", "poisson", "--explain", "--max-share", "0.3"]);
        assert!(!ran.out.lines().next().unwrap_or_default().contains("村7："), "{}", ran.out);
    }
}

#[test]
fn strata_without_people_or_without_their_model_are_said() {
    let folder = Folder::new();
    let file = folder.file("aged.csv", aged(true, true));
    let ran = lianfang(&["scan", &file]);
    assert!(ran.code == 2 && ran.err.contains("--model poisson"), "{} {}", ran.code, ran.err);
    let gap = folder.file("gap.csv", aged(false, true).replace("老,8,200,1,0", "老,8,,1,0"));
    let ran = lianfang(&["scan", &gap, "--model", "poisson"]);
    assert!(ran.code == 3 && ran.err.contains("村1 老"), "{} {}", ran.code, ran.err);
}

#[test]
fn a_scan_finds_the_two_villages_and_writes_a_workbook() {
    let folder = Folder::new();
    let mut table = "地点,日期,病例数,x,y\n".to_owned();
    for place in 0..16 {
        for day in 0..15_i32 {
            let on = date(2026, 3, 1).checked_add(jiff::Span::new().days(day)).unwrap();
            let more = if [5, 6].contains(&place) && day > 11 { 5 } else { 0 };
            writeln!(table, "村{place},{on},{},{},{}", (place + day) % 2 + more, place % 4, place / 4).unwrap();
        }
    }
    let (file, book) = (folder.file("map.csv", &table), folder.path("out.xlsx"));
    let ran = lianfang(&["scan", &file, "--explain"]);
    let first = ran.out.lines().next().unwrap();
    assert!(first.starts_with("2026-03-13至2026-03-15") && first.contains("村5 村6"), "{first} {}", ran.err);
    let ran = lianfang(&["scan", &file, "--format", "xlsx", "--out", &text(&book)]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut sheets: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(&book).unwrap())).unwrap();
    assert!(sheets.worksheet_range("结果").unwrap().height() >= 2);
    // A workbook is read as well as written.
    assert_eq!(lianfang(&["scan", &text(&book)]).code, 3);
}
