use jiff::civil::date;

use super::*;
use crate::import::{Column, area_template, suggest_mapping, unit_template};

fn table(rows: &[&[&str]]) -> Table {
    let cells = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    Table::new(cells, 1).unwrap()
}

fn areas(rows: &[&[&str]]) -> Checked {
    let template = area_template(date(2026, 11, 22));
    let table = table(rows);
    check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap()
}

fn units(rows: &[&[&str]]) -> Checked {
    let template = unit_template(date(2026, 11, 22));
    let table = table(rows);
    check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap()
}

fn faults(checked: &Checked) -> Vec<(usize, Option<Column>, &Fault)> {
    checked.errors().map(|error| (error.row, error.column, &error.fault)).collect()
}

const AREAS: &[&str] = &["名称", "区划代码", "常住人口", "统计日期"];

#[test]
fn good_rows_are_read_with_their_values_and_unknown_stays_unknown() {
    let checked = areas(&[
        AREAS,
        &["清河区", "990101000000", "412,000", "2025年12月31日"],
        &["白鹭镇", "990101001000", "不详", ""],
    ]);
    assert_eq!(faults(&checked), []);
    let first = &checked.rows[0];
    assert_eq!((first.row, first.text("name"), first.number("population")), (2, Some("清河区"), Some(412_000)));
    assert_eq!(first.area("code").map(AreaCode::as_str), Some("990101"));
    assert_eq!(first.date("population_on"), Some(date(2025, 12, 31)));
    assert_eq!(checked.rows[1].number("population"), None);
}

#[test]
fn a_wrong_cell_is_named_by_row_column_and_value_and_its_row_is_given_back() {
    let row = ["白鹭镇", "990101001", "约三千", "2025-12-31"];
    let checked = areas(&[AREAS, &["清河区", "990101", "", ""], &row]);
    assert_eq!(checked.rows.len(), 1);
    let rejected = &checked.rejected[0];
    assert_eq!((rejected.row, rejected.cells.as_slice()), (3, row.map(str::to_owned).as_slice()));
    assert_eq!(
        rejected.errors[0].message(Lang::Zh),
        "第 3 行第 3 列（C）：人口应为整数，现为“约三千”。改正后可只重传错误行。"
    );
}

#[test]
fn every_wrong_cell_of_a_row_is_reported_at_once() {
    let checked = areas(&[AREAS, &["", "99010", "-1", "昨天"]]);
    let columns: Vec<_> = faults(&checked).into_iter().map(|(row, column, _)| (row, column)).collect();
    let expected = [(2, Some(Column(1))), (2, Some(Column(0))), (2, Some(Column(2))), (2, Some(Column(3)))];
    assert_eq!(columns, expected);
}

#[test]
fn a_population_needs_its_day_unless_one_is_given_for_all() {
    let rows: &[&[&str]] = &[&["名称", "代码", "人口"], &["清河区", "990101", "412000"]];
    let checked = areas(rows);
    assert!(matches!(faults(&checked)[..], [(2, None, Fault::NeededBy { .. })]));
    let template = area_template(date(2026, 11, 22));
    let table = table(rows);
    let mut mapping = suggest_mapping(&template, table.header()).mapping();
    mapping.fixed.insert("population_on".into(), "2025-12-31".into());
    let checked = check(&template, &mapping, &table).unwrap();
    assert_eq!(checked.rows[0].date("population_on"), Some(date(2025, 12, 31)));
}

#[test]
fn absurd_dates_and_days_to_come_are_refused() {
    let row = |day| ["清河区", "990101", "1", day];
    for day in ["1025-12-31", "2925-12-31", "2026-11-23", "1949-09-30"] {
        let checked = areas(&[AREAS, &row(day)]);
        assert!(matches!(faults(&checked)[..], [(2, Some(Column(3)), Fault::DateOutOfRange { .. })]), "{day}");
    }
    assert_eq!(areas(&[AREAS, &row("2026-11-22")]).rows.len(), 1);
}

#[test]
fn a_row_that_repeats_another_is_reported_with_both_numbers() {
    let row: &[&str] = &["清河区", "990101", "1", "2025-12-31"];
    let same: &[&str] = &["清河区 ", "990101000000", "1", "20251231"];
    let other: &[&str] = &["青岚县", "990102", "", ""];
    let checked = areas(&[AREAS, row, other, same]);
    assert_eq!(faults(&checked), [(4, Some(Column(1)), &Fault::Repeats { row: 2 })]);
    assert_eq!(
        checked.errors().next().unwrap().message(Lang::Zh),
        "第 4 行第 2 列（B）：本行与第 2 行重复，未再导入。"
    );
}

#[test]
fn of_rows_that_contradict_each_other_none_is_stored() {
    let checked = areas(&[AREAS, &["清河区", "990101", "1", "2025-12-31"], &["清河县", "990101", "", ""]]);
    let expected =
        [(2, Some(Column(1)), &Fault::Contradicts { row: 3 }), (3, Some(Column(1)), &Fault::Contradicts { row: 2 })];
    assert_eq!(faults(&checked), expected);
    assert!(checked.rows.is_empty());
}

#[test]
fn blank_rows_are_counted_even_when_the_form_counts_them() {
    let header: &[&str] = &["序号", "名称", "区划代码"];
    let checked = areas(&[header, &["1", "清河区", "990101"], &["2", "", " "], &[], &["", "", "", "备注"]]);
    assert_eq!((checked.rows.len(), checked.blank, checked.rejected.len()), (1, 2, 1), "a note is not blank");
}

#[test]
fn a_directory_is_read_with_posts_and_people() {
    let header: &[&str] = &["单位", "所属乡镇", "类别", "别名", "职务", "姓名", "联系电话", "值班电话"];
    let fixed = ["0410", "6000001"].join("-");
    let checked = units(&[
        header,
        &["白鹭镇卫生院", "白鹭镇", "卫生院", "镇医院；白鹭医院", "院长", "张三", "13900000001", &fixed],
        &["白鹭镇卫生院", "白鹭镇", "卫生院", "", "副院长", "李四", "13900000002", &fixed],
        &["区卫健局", "", "部门", "", "局长", "王五", "139****0003", ""],
        &["区教育局", "清河区", "部门", "", "", "赵六", "13900000004", ""],
        &["区民政局", "清河区", "部门", "", "", "", "13900000005", ""],
    ]);
    let first = &checked.rows[0];
    assert_eq!(checked.rows.len(), 2, "one unit with two posts");
    assert_eq!((first.text("kind"), first.names("aliases").len()), (Some("community_health_centre"), 2));
    assert_eq!(first.phone("duty_phone").map(PhoneNumber::as_str), Some(fixed.as_str()));
    let found = faults(&checked);
    assert!(matches!(found[0], (4, Some(Column(6)), Fault::Phone(_))));
    assert!(matches!(found[1], (4, Some(Column(1)), Fault::NeedsOneOf { .. })));
    assert!(matches!(found[2], (5, Some(Column(4)), Fault::NeededBy { .. })));
    assert!(matches!(found[3], (6, Some(Column(5)), Fault::NeededBy { .. })));
    assert_eq!(found.len(), 4);
}

#[test]
fn rejected_rows_can_be_corrected_and_uploaded_alone() {
    let checked = areas(&[AREAS, &["清河区", "990101", "", ""], &["白鹭镇", "990101001", "约三千", "2025-12-31"]]);
    let header: Vec<String> = AREAS.iter().map(|text| (*text).to_owned()).collect();
    let mut sheet = checked.error_sheet(&header, Lang::Zh);
    assert_eq!((sheet.len(), sheet[1][4].as_str()), (2, "3"));
    assert!(sheet[1][5].starts_with("第 3 行第 3 列（C）"));
    sheet[1][2] = "3000".to_owned();
    let template = area_template(date(2026, 11, 22));
    let table = Table::new(sheet, 1).unwrap();
    let again = check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap();
    assert_eq!((again.rows.len(), again.rejected.len()), (1, 0));
}

/// Every table made of these cells keeps its rows: what goes in is stored, rejected or blank.
#[test]
fn rows_in_are_rows_stored_rejected_and_blank() {
    let cells = ["", "清河区", "990101", "990101000000", "约三千", "12", "2025-12-31", "13900000001", "无", "区卫健局"];
    let headers = ["名称", "区划代码", "人口", "统计日期", "备注", ""];
    let mut seed: usize = 7;
    // A plain sequence stands in for chance, so that a failure can be repeated.
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let template = area_template(date(2026, 11, 22));
    for round in 0..300 {
        let mut rows = vec![headers.map(str::to_owned).to_vec()];
        for _ in 0..next(12) {
            let width = next(8);
            rows.push((0..width).map(|_| cells[next(cells.len())].to_owned()).collect());
        }
        let table = Table::new(rows, 1).unwrap();
        let checked = check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap();
        let out = checked.rows.len() + checked.rejected.len() + checked.blank;
        assert_eq!((checked.n_in, table.n_rows()), (out, out), "round {round}");
        assert!(checked.rejected.iter().all(|row| !row.errors.is_empty()), "round {round}");
        let mut numbers: Vec<usize> = checked.rows.iter().map(|row| row.row).collect();
        numbers.extend(checked.rejected.iter().map(|row| row.row));
        numbers.sort_unstable();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "each row stands once");
    }
}

#[test]
fn the_header_row_is_chosen_by_its_number_and_rows_keep_theirs() {
    let cells: Vec<Vec<String>> = [&["清河区辖区一览表"][..], &["区划代码", "名称"], &["990101", ""]]
        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
        .to_vec();
    let template = area_template(date(2026, 11, 22));
    let table = Table::new(cells.clone(), 2).unwrap();
    let checked = check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap();
    assert_eq!(faults(&checked), [(3, Some(Column(1)), &Fault::Missing)]);
    for wrong in [0, 4] {
        let refused = Table::new(cells.clone(), wrong).unwrap_err();
        assert!(refused.message(Lang::Zh).starts_with("表格共3行"));
    }
}
