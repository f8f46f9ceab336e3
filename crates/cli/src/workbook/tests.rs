use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use jiff::civil::date;
use lianfang_domain::Lang;

use crate::load::FileReading;
use crate::sample;

fn files() -> Vec<FileReading> {
    vec![FileReading { file: "plan.txt".to_owned(), reading: sample::reading() }]
}

fn bytes(files: &[FileReading], lang: Lang) -> Vec<u8> {
    let mut out = Vec::new();
    super::write(&mut out, files, date(2026, 11, 22), lang).unwrap();
    out
}

fn sheet(files: &[FileReading], lang: Lang, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(files, lang))).unwrap();
    book.worksheet_range(name).unwrap()
}

fn column(range: &Range<Data>, heading: &str) -> Vec<Data> {
    let headings = range.rows().next().unwrap();
    let at = headings.iter().position(|cell| cell == &Data::String(heading.to_owned())).unwrap();
    range.rows().skip(1).map(|row| row[at].clone()).collect()
}

#[test]
fn the_sheets_stand_in_the_order_of_use_in_both_languages() {
    let names = |lang| {
        let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&files(), lang))).unwrap();
        book.sheet_names()
    };
    assert_eq!(names(Lang::Zh), ["组织架构", "响应分级", "任务清单", "指标", "时限", "待核实"]);
    assert_eq!(names(Lang::En), ["Organisation", "Response levels", "Tasks", "Quantities", "Clocks", "To verify"]);
}

#[test]
fn a_deadline_is_a_real_date_and_a_missing_one_is_said_to_be_missing() {
    let due = column(&sheet(&files(), Lang::Zh, "任务清单"), "完成时限");
    let Data::DateTime(day) = &due[0] else { panic!("no date: {due:?}") };
    assert_eq!(day.to_ymd_hms_milli(), (2027, 6, 30, 0, 0, 0, 0));
    assert_eq!(due[1], Data::String("未写明".to_owned()));
}

#[test]
fn a_number_is_a_number_and_an_unknown_one_is_neither_blank_nor_zero() {
    let values = column(&sheet(&files(), Lang::Zh, "指标"), "数值");
    assert_eq!(values, [Data::Float(40.0), Data::String("未知".to_owned())]);
    let values = column(&sheet(&files(), Lang::En, "Quantities"), "value");
    assert_eq!(values[1], Data::String("unknown".to_owned()));
}

#[test]
fn words_that_look_like_a_formula_stay_words() {
    let levels = sheet(&files(), Lang::Zh, "响应分级");
    assert!(column(&levels, "内容").contains(&Data::String("=每日报告".to_owned())));
    let doubts = sheet(&files(), Lang::Zh, "待核实");
    assert!(column(&doubts, "原文").contains(&Data::String("@11.县文旅局".to_owned())));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes(&files(), Lang::Zh))).unwrap();
    let formulas = book.worksheet_formula("响应分级").unwrap();
    assert!(formulas.used_cells().next().is_none());
}

#[test]
fn rows_of_several_files_say_where_they_come_from() {
    let mut both = files();
    both.extend(files().into_iter().map(|file| FileReading { file: "other.txt".to_owned(), ..file }));
    let tasks = sheet(&both, Lang::Zh, "任务清单");
    let from = column(&tasks, "文档");
    assert_eq!(from.len(), 4);
    assert_eq!(from[3], Data::String("other.txt".to_owned()));
}

#[test]
fn a_kind_of_thing_that_is_not_in_the_plan_is_said_to_be_absent() {
    let mut empty = files();
    empty[0].reading.plans[0].tasks.clear();
    let tasks = sheet(&empty, Lang::Zh, "任务清单");
    assert_eq!(tasks.get_value((1, 0)), Some(&Data::String("没有读到这一类内容".to_owned())));
}

#[test]
fn the_same_reading_on_the_same_day_gives_the_same_bytes() {
    assert_eq!(bytes(&files(), Lang::Zh), bytes(&files(), Lang::Zh));
}
