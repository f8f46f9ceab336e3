use super::super::{Confidence, Duty, Rule, Source, UnitDuty};
use super::*;

const TEXT: &str = "一是落实晨检。二是上报情况。三是消毒";

fn source(start: u32, end: u32) -> Source {
    let span = Span { start, end };
    Source { span, line: 1, column: 1, rule: Rule::Sentence, confidence: Confidence::Certain, repairs: Vec::new() }
}

fn duty(text: &str) -> Duty {
    let start = u32::try_from(TEXT.find(text).unwrap()).unwrap();
    let source = source(start, start + u32::try_from(text.len()).unwrap());
    Duty { number: None, text: text.to_owned(), units: vec!["区教育局".to_owned()], boilerplate: false, source }
}

fn plan() -> Plan {
    let duties = ["一是落实晨检。", "二是上报情况。", "三是消毒"].map(duty).to_vec();
    let unit = UnitDuty { unit: "区教育局".to_owned(), duties, source: source(0, 3) };
    Plan { text: TEXT.to_owned(), unit_duties: vec![unit], ..Plan::default() }
}

fn edit(place: usize, kind: EditKind, text: &str) -> Edit {
    Edit { key: ClauseKey::of(&plan().clauses(Lang::Zh)[place]), kind, text: text.to_owned() }
}

fn after(edits: &[Edit]) -> Vec<String> {
    plan().edited(edits).clauses(Lang::Zh).into_iter().map(|clause| clause.text).collect()
}

#[test]
fn an_item_is_corrected_dropped_split_joined_and_restored() {
    let first = "一是落实晨检。";
    let cases: [(&[Edit], &[&str]); 6] = [
        (&[], &[first, "二是上报情况。", "三是消毒"]),
        (
            &[edit(0, EditKind::Correct, "一是落实晨检和午检。")],
            &["一是落实晨检和午检。", "二是上报情况。", "三是消毒"],
        ),
        (&[edit(1, EditKind::Drop, "")], &[first, "三是消毒"]),
        (&[edit(1, EditKind::Split, "二是上报\n\n 情况。")], &[first, "二是上报", "情况。", "三是消毒"]),
        (&[edit(0, EditKind::JoinNext, "")], &["一是落实晨检；二是上报情况。", "三是消毒"]),
        (&[edit(1, EditKind::Drop, ""), edit(1, EditKind::Restore, "")], &[first, "二是上报情况。", "三是消毒"]),
    ];
    for (edits, expected) in cases {
        assert_eq!(after(edits), expected);
    }
    assert_eq!(after(&[edit(2, EditKind::JoinNext, "")]).len(), 3, "nothing follows the last");
    let mut elsewhere = edit(0, EditKind::Drop, "");
    elsewhere.key.was = "别的".to_owned();
    assert_eq!(after(&[elsewhere]).len(), 3, "what names nothing changes nothing");
}

#[test]
fn the_parts_of_a_split_stand_where_their_words_stand_and_keep_their_units() {
    let split = plan().edited(&[edit(1, EditKind::Split, "二是上报\n情况。")]);
    let clauses = split.clauses(Lang::Zh);
    assert_eq!([clauses[1].span.of(TEXT), clauses[2].span.of(TEXT)], ["二是上报", "情况。"]);
    assert_eq!(clauses[2].units, ["区教育局"]);
    assert_eq!(split.text, TEXT);
    let reworded = plan().edited(&[edit(1, EditKind::Split, "上报情况\n核实情况")]).clauses(Lang::Zh);
    assert_eq!(reworded[2].span.of(TEXT), "二是上报情况。", "the whole, where the words are new");
}

#[test]
fn an_edit_that_says_nothing_is_refused() {
    assert_eq!(may_edit(&edit(0, EditKind::Correct, " ")), Err(NotEditable::NoWords));
    assert_eq!(may_edit(&edit(0, EditKind::Split, "一条")), Err(NotEditable::NotSplit));
    assert_eq!(may_edit(&edit(0, EditKind::Correct, &"长".repeat(LONGEST + 1))), Err(NotEditable::TooLong));
    assert_eq!(may_edit(&edit(0, EditKind::Drop, "")), Ok(()));
    let mut time = edit(0, EditKind::Drop, "");
    time.key.kind = ClauseKind::Time;
    assert_eq!(may_edit(&time), Err(NotEditable::MoreThanWords));
    assert!(EditKind::ALL.into_iter().all(|kind| EditKind::from_code(kind.code()) == Some(kind)));
}
