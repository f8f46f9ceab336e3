use jiff::civil::date;

use super::*;
use crate::import::{HolderStep, Table, check, suggest_mapping, unit_template};
use crate::post::{Incumbency, Post, Tenure};
use crate::{IncumbencyId, PostId};

const TODAY: Date = date(2026, 11, 22);

/// What a district has before the import, and what the user answered.
#[derive(Default)]
struct There {
    areas: Vec<AreaName>,
    units: Vec<Unit>,
    posts: Vec<KnownPost>,
    answers: BTreeMap<String, Answer>,
}

fn district() -> There {
    let area = |code: &str, name: &str| AreaName { code: code.parse().unwrap(), name: name.into(), short: None };
    let areas = vec![area("990101", "清河区"), area("990101101", "白鹭镇"), area("990101102", "柳林镇")];
    There { areas, units: vec![unit(1, "清河区卫生健康局", "990101")], ..There::default() }
}

fn unit(id: i64, name: &str, area: &str) -> Unit {
    Unit {
        id: UnitId(Id::from_number(id)),
        name: name.to_owned(),
        kind: UnitKind::guess(name).unwrap_or(UnitKind::Other),
        area: area.parse().unwrap(),
        parent: None,
        aliases: Vec::new(),
        duty_phone: None,
        merged_into: None,
    }
}

fn held_post(id: i64, unit: i64, title: &str, person: &str) -> KnownPost {
    let post = PostId(Id::from_number(id));
    let holder = Incumbency {
        id: IncumbencyId(Id::from_number(id + 1)),
        post,
        person: person.to_owned(),
        phone: Some("13900000001".parse().unwrap()),
        from_on: date(2024, 1, 1),
        until_on: None,
        tenure: Tenure::Full,
    };
    let unit = UnitId(Id::from_number(unit));
    KnownPost {
        post: Post { id: post, unit, title: title.to_owned(), rank_order: 1, duty_phone: None },
        holders: vec![holder],
    }
}

/// Reads a table of unit, area, parent, post, person and phone, and decides it.
fn decided(there: &There, lines: &[[&str; 6]]) -> Decided<UnitStep> {
    let mut cells = vec![["单位名称", "辖区", "上级单位", "职务", "姓名", "手机"].map(str::to_owned).to_vec()];
    cells.extend(lines.iter().map(|line| line.map(str::to_owned).to_vec()));
    let (template, table) = (unit_template(TODAY), Table::new(cells, 1).unwrap());
    let checked = check(&template, &suggest_mapping(&template, table.header()).mapping(), &table).unwrap();
    assert_eq!(checked.rejected, []);
    let known = KnownUnits { areas: &there.areas, units: &there.units, posts: &there.posts, answers: &there.answers };
    let mut next = 1000;
    let mut new_id = || {
        next += 1;
        Id::from_number(next)
    };
    let scope = Scope { areas: vec!["990101".parse().unwrap()], ..Scope::default() };
    decide_units(&checked.rows, &known, &scope, TODAY, &mut new_id)
}

fn faults(decided: &Decided<UnitStep>) -> Vec<(usize, &'static str)> {
    let name = |fault: &Fault| match fault {
        Fault::OutsideScope => "outside",
        Fault::NoSuchArea => "no area",
        Fault::KindUnknown => "kind",
        Fault::PerhapsKnown { .. } => "perhaps",
        Fault::NoSuchUnit => "no unit",
        Fault::AboveRefused { .. } => "above refused",
        Fault::Circle => "circle",
        Fault::Post(_) => "post",
        _ => "other",
    };
    decided.refused.iter().map(|one| (one.row, name(&one.fault))).collect()
}

#[test]
fn rows_of_one_unit_are_one_step_and_parents_come_first() {
    let decided = decided(
        &district(),
        &[
            ["白鹭镇卫生院", "白鹭镇", "白鹭镇人民政府", "院长", "陈试甲", "13900000011"],
            ["白鹭镇卫生院", "白鹭镇", "", "副院长", "陈试乙", ""],
            ["白鹭镇人民政府", "白鹭镇", "", "镇长", "", ""],
        ],
    );
    assert_eq!(faults(&decided), []);
    let rows: Vec<&[usize]> = decided.steps.iter().map(|step| step.rows.as_slice()).collect();
    assert_eq!(rows, [&[4][..], &[2, 3]]);
    let UnitWhat::Add(hospital) = &decided.steps[1].what else { panic!("{:?}", decided.steps[1]) };
    assert_eq!(hospital.parent, Some(decided.steps[0].what.id()));
    assert_eq!(decided.steps[1].posts.len(), 2);
}

#[test]
fn a_registered_unit_is_found_by_its_name_and_learns_what_is_new() {
    let decided =
        decided(&district(), &[["清河区卫生健康局（区爱卫办）", "清河区", "", "局长", "李试丙", "13900000012"]]);
    let UnitWhat::Change(change) = &decided.steps[0].what else { panic!("{decided:?}") };
    assert_eq!(change.unit, UnitId(Id::from_number(1)));
    let aliases: Vec<_> = change.aliases.iter().map(|alias| (alias.text.as_str(), alias.kind)).collect();
    assert_eq!(aliases, [("区爱卫办", AliasKind::Bracketed)]);
}

#[test]
fn the_same_table_again_changes_nothing() {
    let mut there = district();
    there.posts = vec![held_post(10, 1, "局长", "李试丙")];
    let decided = decided(&there, &[["清河区卫生健康局", "清河区", "", "局长", "李试丙", "13900000001"]]);
    assert_eq!(decided.steps[0].what, UnitWhat::Same(UnitId(Id::from_number(1))));
    assert_eq!(decided.steps[0].posts, []);
}

#[test]
fn a_name_that_may_be_registered_is_asked_about_and_the_answer_counts() {
    let line = ["区卫健局", "清河区", "", "", "", ""];
    assert_eq!(faults(&decided(&district(), &[line])), [(2, "perhaps")]);
    let mut there = district();
    there.answers.insert("区卫健局".into(), Answer::Is(UnitId(Id::from_number(1))));
    let known = decided(&there, &[line]);
    let UnitWhat::Change(change) = &known.steps[0].what else { panic!("{known:?}") };
    assert_eq!(change.aliases[0].text, "区卫健局");
    there.answers.insert("区卫健局".into(), Answer::New);
    assert!(matches!(decided(&there, &[line]).steps[0].what, UnitWhat::Add(_)));
}

#[test]
fn what_cannot_be_placed_is_refused_with_what_hangs_on_it() {
    let decided = decided(
        &district(),
        &[
            ["临河区教育局", "临河区", "", "", "", ""],
            ["清河区教育局", "清河区", "区委", "", "", ""],
            ["清河区第一小学", "清河区", "清河区教育局", "", "", ""],
            ["甲", "清河区", "", "", "", ""],
        ],
    );
    let mut found = faults(&decided);
    found.sort_unstable();
    assert_eq!(found, [(2, "no area"), (3, "no unit"), (4, "above refused"), (5, "kind")]);
    assert_eq!(decided.steps, []);
}

#[test]
fn units_under_each_other_are_refused() {
    let decided = decided(
        &district(),
        &[
            ["清河区教育局", "清河区", "清河区第一小学", "", "", ""],
            ["清河区第一小学", "清河区", "清河区教育局", "", "", ""],
        ],
    );
    assert_eq!(decided.steps, []);
    assert_eq!(faults(&decided).len(), 2);
}

#[test]
fn a_post_is_taken_handed_over_or_corrected() {
    let mut there = district();
    there.posts = vec![held_post(10, 1, "局长", "李试丙"), held_post(20, 1, "副局长", "李试丁")];
    let row = |title, person, phone| ["清河区卫生健康局", "清河区", "", title, person, phone];
    let decided = decided(
        &there,
        &[
            row("局长", "王试戊", "13900000021"),
            row("副局长", "李试丁", "13900000022"),
            row("副局长", "王试己", ""),
            row("疾控科科长", "", ""),
        ],
    );
    let steps = &decided.steps[0].posts;
    let said: Vec<String> = steps
        .iter()
        .map(|step| match step {
            PostStep::Add { row, post, holder } => format!("{row} add {} {}", post.title, holder.is_some()),
            PostStep::Holder { row, step, .. } => match step {
                HolderStep::Appoint(_) => format!("{row} appoint"),
                HolderStep::HandOver(change) => format!("{row} hand over {}", change.closed.len()),
                HolderStep::Correct(one) => format!("{row} correct {}", one.person),
            },
        })
        .collect();
    assert_eq!(said, ["3 correct 李试丁", "2 hand over 1", "4 add 副局长 true", "5 add 疾控科科长 false"]);
}
