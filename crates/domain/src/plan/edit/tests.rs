use super::super::{
    BodyKind, Comparator, Confidence, DurationUnit, Duty, Member, MemberKind, Number, QuantityRole, Rule, Source,
    TimeKind, UnitDuty,
};
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
    Edit { key: ClauseKey::of(&plan().clauses(Lang::Zh)[place]), kind, text: text.to_owned(), read: Vec::new() }
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
    let of = |kind, what, text: &str| {
        let mut edit = edit(0, what, text);
        edit.key.kind = kind;
        may_edit(&edit)
    };
    assert_eq!(of(ClauseKind::Phase, EditKind::Drop, ""), Err(NotEditable::MoreThanWords));
    assert_eq!(of(ClauseKind::Time, EditKind::Drop, ""), Ok(()));
    assert_eq!(of(ClauseKind::Time, EditKind::Correct, "尽快"), Err(NotEditable::NoTime));
    assert_eq!(of(ClauseKind::Quantity, EditKind::Split, "若干\n许多"), Err(NotEditable::NoFigure));
    assert_eq!(of(ClauseKind::Quantity, EditKind::JoinNext, ""), Err(NotEditable::NotJoined));
    assert!(EditKind::ALL.into_iter().all(|kind| EditKind::from_code(kind.code()) == Some(kind)));
}

fn within(hours: f64, start: u32, end: u32) -> TimeRule {
    let kind = TimeKind::Within { amount: Number(hours), unit: DurationUnit::Hour, trigger: None };
    TimeRule { kind, subject: String::new(), text: format!("{hours}小时内"), source: source(start, end) }
}

/// A plan with a duty that sets a time limit, and an edit of the duty's words.
fn timed(hours_written: f64) -> (Plan, Edit) {
    let mut timed = plan();
    let span = timed.unit_duties[0].duties[1].source.span;
    timed.times = vec![within(2.0, span.start + 3, span.start + 9), within(9.0, 0, 3)];
    let mut edit = edit(1, EditKind::Correct, "二是上报");
    edit.read = vec![Reread { times: vec![within(hours_written, 0, 4)], quantities: Vec::new() }];
    (timed, edit)
}

#[test]
fn corrected_words_that_set_another_time_limit_set_the_clock() {
    let hours = |plan: Plan| plan.times.into_iter().map(|time| time.text).collect::<Vec<_>>();
    let (plan, edit) = timed(4.0);
    let span = edit.key.span;
    let corrected = plan.edited(&[edit]);
    assert_eq!(corrected.times[1].source.span, span, "it stands where the duty stands");
    assert_eq!(hours(corrected), ["9小时内", "4小时内"]);
    let (plan, mut unread) = timed(2.0);
    unread.read = vec![Reread::default()];
    assert_eq!(hours(plan.clone().edited(&[unread.clone()])), ["9小时内"], "the words set no time any more");
    unread.text = "二是2小时内上报".to_owned();
    assert_eq!(hours(plan.edited(&[unread])), ["2小时内", "9小时内"], "words that still stand still hold");
    let (plan, edit) = timed(2.0);
    let correct_time = Edit {
        key: ClauseKey { kind: ClauseKind::Time, span: plan.times[0].source.span, was: plan.times[0].text.clone() },
        kind: EditKind::Correct,
        text: "3小时内".to_owned(),
        read: vec![Reread { times: vec![within(3.0, 0, 4)], quantities: Vec::new() }],
    };
    assert_eq!(may_edit(&correct_time), Ok(()));
    let corrected = plan.edited(&[edit, correct_time]);
    assert!(
        matches!(corrected.times[0].kind, TimeKind::Within { amount: Number(3.0), .. }),
        "words without another time leave it"
    );
    assert_eq!(hours(corrected), ["3小时内", "9小时内"]);
}

#[test]
fn members_figures_and_times_are_corrected_dropped_and_split() {
    let mut plan = plan();
    let member = |name: &str| Member {
        name: name.to_owned(),
        text: name.to_owned(),
        kind: MemberKind::Unit,
        aliases: Vec::new(),
        confidence: Confidence::Likely,
        source: source(3, 6),
    };
    let mut group = Body::new("综合组", BodyKind::WorkGroup, source(0, 3));
    group.members = vec![member("区财政局区教育局"), member("某局")];
    plan.organisation.groups.push(group);
    plan.level_procedure.approves = vec![member("区政府")];
    plan.quantities = vec![Quantity {
        comparator: Comparator::AtLeast,
        value: Some(Number(25.0)),
        high: None,
        unit: "张".to_owned(),
        per: None,
        subject: "床位不少于25张".to_owned(),
        whose: Some("区医院".to_owned()),
        role: QuantityRole::Target,
        text: "不少于25张".to_owned(),
        source: source(9, 12),
    }];
    let clauses = plan.clauses(Lang::Zh);
    let of = |text: &str, kind, words: &str, read| {
        let clause = clauses.iter().find(|clause| clause.text == text).unwrap();
        let edit = Edit { key: ClauseKey::of(clause), kind, text: words.to_owned(), read };
        assert_eq!(may_edit(&edit), Ok(()), "{text}");
        edit
    };
    let mut figure = plan.quantities[0].clone();
    (figure.value, figure.text, figure.whose) = (Some(Number(52.0)), "不少于52张".to_owned(), None);
    let edits = [
        of("区财政局区教育局", EditKind::Split, "区财政局\n区教育局", Vec::new()),
        of("某局", EditKind::Drop, "", Vec::new()),
        of("区政府", EditKind::Correct, "区人民政府", Vec::new()),
        of(
            "床位不少于25张 ≥ 25 张",
            EditKind::Correct,
            "不少于52张",
            vec![Reread { quantities: vec![figure], times: Vec::new() }],
        ),
    ];
    let edited = plan.edited(&edits);
    let members: Vec<&str> = edited.organisation.groups[0].members.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(members, ["区财政局", "区教育局"]);
    assert_eq!(edited.organisation.groups[0].members[0].confidence, Confidence::Certain);
    assert_eq!(edited.level_procedure.approves[0].name, "区人民政府");
    assert_eq!(edited.quantities[0].subject_and_figure(), "床位不少于52张 ≥ 52 张");
    assert_eq!(edited.quantities[0].whose.as_deref(), Some("区医院"));
}
