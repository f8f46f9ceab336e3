use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    Id, IndicatorId, Lang, ReportTemplateId, UnitId,
    indicator::{Amount, Denominator, Figure, Indicator, IndicatorState, Period as Counted, RollUp, Source},
    plan::TimeOfDay,
    unit::UnitKind,
};

fn id(n: i64) -> IndicatorId {
    IndicatorId(Id::from_number(n))
}

fn indicator(n: i64) -> Indicator {
    Indicator {
        id: id(n),
        area: "990101".parse().unwrap(),
        code: format!("i{n}"),
        name_zh: format!("指标{n}"),
        name_en: format!("Indicator {n}"),
        unit_zh: "人".into(),
        unit_en: "persons".into(),
        meaning: String::new(),
        period: Counted::Day,
        since_on: None,
        decimals: 0,
        source: Source::RolledUp(RollUp::Sum),
        level: None,
        unit: None,
        low: None,
        high: Some(Amount::whole(1000)),
        jump_percent: Some(50),
        denominator: Denominator::None,
        state: IndicatorState::InUse,
        version: 1,
    }
}

fn line(n: i64, required: bool) -> ReportLine {
    ReportLine {
        key: format!("l{n}"),
        section_zh: if n == 3 { "第二部分".into() } else { String::new() },
        section_en: String::new(),
        ask: LineAsk::Figure { indicator: id(n) },
        required,
    }
}

fn words_line() -> ReportLine {
    let ask = LineAsk::Text { name_zh: "说明".into(), name_en: "Remarks".into() };
    ReportLine { key: "l9".into(), section_zh: String::new(), section_en: String::new(), ask, required: false }
}

fn typed(value: &str, chosen: &str, reason: &str) -> TypedAnswer {
    TypedAnswer { value: value.into(), chosen: chosen.into(), reason: reason.into() }
}

#[test]
fn what_is_typed_is_read_and_what_is_wrong_is_named_at_its_line() {
    let (lines, indicators) = ([line(1, true), line(2, true), words_line()], [indicator(1), indicator(2)]);
    let before = BTreeMap::from([(id(1), Figure::Known(Amount::whole(100)))]);
    let asked = Asked { lines: &lines, indicators: &indicators, before: &before };
    let read = |one: TypedAnswer, two: TypedAnswer, is_draft| {
        asked.read(&BTreeMap::from([("l1".to_owned(), one), ("l2".to_owned(), two)]), is_draft)
    };
    let filled = read(typed("120", "", ""), typed("", "unknown", ""), false);
    assert!(filled.faults.is_empty() && filled.warnings.is_empty());
    assert_eq!(filled.content.figure("l1"), Some(Figure::Known(Amount::whole(120))));
    assert_eq!((filled.content.figure("l2"), filled.content.n_unknown()), (Some(Figure::Unknown), 1));
    let cases = [
        (typed("", "", ""), false, Some(AnswerFault::Missing)),
        (typed("", "", ""), true, None),
        (typed("3", "unknown", ""), true, Some(AnswerFault::Both)),
        (typed("不详", "unknown", ""), false, None),
        (typed("0", "", ""), false, Some(AnswerFault::ReasonWanted)),
        (typed("0", "", "昨日集中摸排"), false, None),
        (typed("0", "", ""), true, None),
        (typed("1001", "", ""), false, Some(AnswerFault::ReasonWanted)),
    ];
    for (one, is_draft, fault) in cases {
        let filled = read(one.clone(), typed("5", "", ""), is_draft);
        assert_eq!(filled.faults.get("l1"), fault.as_ref(), "{one:?} {is_draft}");
        for lang in [Lang::Zh, Lang::En] {
            assert!(filled.faults.values().all(|fault| !fault.words(lang).is_empty()));
        }
    }
    let broken = read(typed("约三千", "", ""), typed("5", "", ""), true);
    assert!(matches!(broken.faults.get("l1"), Some(AnswerFault::NotAFigure(_))), "a draft names it too");
    assert_eq!(broken.content.figure("l1"), None, "what cannot be read is no figure");
    assert_eq!(broken.content.figure("l2"), Some(Figure::Known(Amount::whole(5))), "and the others are kept");
}

#[test]
fn a_zero_report_fills_only_what_was_left_empty() {
    let lines = [line(1, true), line(2, true), line(3, true), words_line()];
    let mut answers =
        BTreeMap::from([("l1".to_owned(), typed("", "unknown", "")), ("l2".to_owned(), typed("7", "", ""))]);
    assert_eq!(fill_zeros(section_of(&lines, 0), &mut answers), 0, "the section ends before the third");
    assert_eq!(fill_zeros(&lines, &mut answers), 1);
    assert_eq!(
        (answers["l1"].value.as_str(), answers["l2"].value.as_str(), answers["l3"].value.as_str()),
        ("", "7", "0")
    );
    assert!(!answers.contains_key("l9"), "words are nobody's zero");
    assert_eq!(section_of(&lines, 2).len(), 2);
    assert_eq!(section_of(&lines, 9).len(), 0);
}

#[test]
fn a_correction_says_what_it_changes() {
    let known = |n| Answer::Figure(Figure::Known(Amount::whole(n)));
    let content = |pairs: &[(&str, Answer)]| ReportContent {
        answers: pairs.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect(),
        reasons: BTreeMap::new(),
    };
    let was = content(&[("l1", known(3)), ("l2", Answer::Figure(Figure::Unknown)), ("l3", known(0))]);
    let is = content(&[("l1", known(4)), ("l2", Answer::Figure(Figure::Unknown))]);
    let found = is.differences(&was);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].was.clone(), found[0].is.clone()), (Some(known(3)), Some(known(4))));
    assert_eq!((found[1].was.clone(), found[1].is.clone()), (Some(known(0)), None), "nothing is not zero");
    assert_eq!(is.differences(&is), []);
}

#[test]
fn a_template_says_everything_that_keeps_it_from_being_used() {
    let mut template = ReportTemplate {
        id: ReportTemplateId(Id::from_number(1)),
        area: "990101".parse().unwrap(),
        name_zh: " ".into(),
        name_en: String::new(),
        guidance: String::new(),
        cadence: Cadence::Daily { by: TimeOfDay { hour: 15, minute: 0 } },
        covers: Covers::UpToDue,
        lines: Vec::new(),
        assigned: Vec::new(),
        told: Vec::new(),
        state: TemplateState::InUse,
        from_on: jiff::civil::date(2026, 11, 22),
        version: 1,
    };
    let computed = Indicator { source: Source::Formula("i1 / i2".into()), ..indicator(3) };
    let indicators = [indicator(1), computed];
    assert_eq!(
        template.faults(&indicators),
        [TemplateFault::NoName, TemplateFault::NoLines, TemplateFault::NobodyAsked]
    );
    template.name_zh = "日报".into();
    template.lines = vec![line(1, true), line(1, true), line(3, true), line(4, true)];
    template
        .lines
        .push(ReportLine { ask: LineAsk::Text { name_zh: " ".into(), name_en: String::new() }, ..words_line() });
    template.assigned = vec![Assignment::Kind { kind: UnitKind::School, area: "990101".parse().unwrap() }];
    let faults = template.faults(&indicators);
    assert_eq!(
        faults,
        [
            TemplateFault::AskedTwice(2),
            TemplateFault::NotTyped(3),
            TemplateFault::NotTyped(4),
            TemplateFault::TextWithoutName(5),
        ]
    );
    assert!(faults.iter().all(|fault| fault.words(Lang::Zh) != fault.words(Lang::En)));
    assert_eq!(ReportTemplate::new_key(&template.lines), "l10");
    move_line(&mut template.lines, 0, true);
    move_line(&mut template.lines, 4, true);
    let keys: Vec<&str> = template.lines.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(keys, ["l1", "l1", "l3", "l9", "l4"]);
    let text = serde_json::to_string(&template).unwrap();
    assert_eq!(serde_json::from_str::<ReportTemplate>(&text).unwrap(), template, "it is read again as it was");
}

#[test]
fn who_is_asked_is_told_by_kind_area_or_name() {
    let (town, school) = ("990101001".parse().unwrap(), UnitId(Id::from_number(7)));
    let area = |text: &str| text.parse().unwrap();
    let kind = Assignment::Kind { kind: UnitKind::School, area: area("990101") };
    assert!(kind.asks(school, UnitKind::School, &town));
    assert!(!kind.asks(school, UnitKind::Hospital, &town));
    assert!(Assignment::Area { area: area("990101001") }.asks(school, UnitKind::Hospital, &town));
    assert!(!Assignment::Area { area: area("990102") }.asks(school, UnitKind::School, &town));
    assert!(Assignment::Unit { unit: school }.asks(school, UnitKind::Other, &area("98")));
}

#[test]
fn each_step_is_taken_only_from_its_states_and_by_whom_it_concerns() {
    use ReportState::{Draft, Omitted, Returned, Submitted};
    let mine = StepFacts { is_reporter: true, is_receiver: false, has_words: false };
    let theirs = StepFacts { is_reporter: false, is_receiver: true, has_words: true };
    let said = StepFacts { has_words: true, ..mine };
    let cases = [
        (None, ReportStep::Save, mine, Ok(Draft)),
        (Some(Omitted), ReportStep::Save, mine, Ok(Draft)),
        (Some(Submitted), ReportStep::Save, mine, Err(ReportRefusal::IsIn)),
        (None, ReportStep::Submit, mine, Ok(Submitted)),
        (Some(Omitted), ReportStep::Submit, mine, Ok(Submitted)),
        (Some(Returned), ReportStep::Submit, mine, Ok(Submitted)),
        (Some(Submitted), ReportStep::Submit, mine, Err(ReportRefusal::IsIn)),
        (Some(Submitted), ReportStep::Correct, mine, Err(ReportRefusal::NoReason)),
        (Some(Submitted), ReportStep::Correct, said, Ok(Submitted)),
        (Some(Draft), ReportStep::Correct, said, Err(ReportRefusal::IsNotIn)),
        (Some(Submitted), ReportStep::Return, theirs, Ok(Returned)),
        (Some(Submitted), ReportStep::Return, said, Err(ReportRefusal::NotReceiver)),
        (Some(Omitted), ReportStep::Return, theirs, Err(ReportRefusal::IsNotIn)),
        (None, ReportStep::Submit, theirs, Err(ReportRefusal::NotYours)),
    ];
    for (was, step, facts, expected) in cases {
        assert_eq!(next_state(was, step, facts), expected, "{was:?} {step:?}");
        if let Err(why) = expected {
            assert_ne!(why.words(Lang::Zh), why.words(Lang::En));
        }
    }
}

#[test]
fn supplied_templates_ask_in_both_languages_and_each_thing_once() {
    for supplied in SUPPLIED {
        assert_eq!(SuppliedTemplate::of(supplied.code).map(|one| one.code), Some(supplied.code));
        assert_ne!(supplied.name(Lang::Zh), supplied.name(Lang::En));
        assert!(!supplied.guidance(Lang::Zh).is_empty() && !supplied.kinds.is_empty());
        let mut codes: Vec<&str> = Vec::new();
        for (section, ask) in supplied.lines {
            assert_eq!(section.0.is_empty(), section.1.is_empty(), "{section:?}");
            match ask {
                SuppliedAsk::Figure { code, name, .. } => {
                    assert!(!codes.contains(code) && name.0 != name.1, "{code}");
                    codes.push(code);
                }
                SuppliedAsk::Text { name } => assert_ne!(name.0, name.1),
            }
        }
        assert!(!supplied.lines[0].0.0.is_empty(), "the first line begins a section");
    }
}

fn figures() -> impl Strategy<Value = Option<Figure>> {
    prop_oneof![
        Just(None),
        Just(Some(Figure::Unknown)),
        Just(Some(Figure::Redacted)),
        Just(Some(Figure::NotApplicable)),
        (0i64..2000).prop_map(|n| Some(Figure::Known(Amount::whole(n)))),
    ]
}

proptest! {
    #[test]
    fn a_figure_stays_what_it_is_through_form_and_record(figure in figures(), reason in "[a-z]{1,5}") {
        let (lines, indicators) = ([line(1, false)], [indicator(1)]);
        let asked = Asked { lines: &lines, indicators: &indicators, before: &BTreeMap::new() };
        let content = ReportContent {
            answers: figure.map(|figure| ("l1".to_owned(), Answer::Figure(figure))).into_iter().collect(),
            reasons: BTreeMap::from([("l1".to_owned(), reason)]),
        };
        let again = BTreeMap::from([("l1".to_owned(), content.typed(&lines[0]))]);
        let filled = asked.read(&again, false);
        prop_assert!(filled.faults.is_empty());
        prop_assert_eq!(&filled.content, &content);
        let text = serde_json::to_string(&content).unwrap();
        prop_assert_eq!(serde_json::from_str::<ReportContent>(&text).unwrap(), content);
        // The same through a cell of a table.
        let cell = figure.map(Figure::typed).unwrap_or_default();
        prop_assert_eq!(Figure::parse(&cell), Ok(figure));
    }

    #[test]
    fn a_zero_report_never_touches_what_was_said(figures in proptest::collection::vec(figures(), 1..6)) {
        let lines: Vec<ReportLine> = (1..).zip(&figures).map(|(n, _)| line(n, true)).collect();
        let mut answers = BTreeMap::new();
        for (line, figure) in lines.iter().zip(&figures) {
            let content = ReportContent {
                answers: figure.map(|figure| (line.key.clone(), Answer::Figure(figure))).into_iter().collect(),
                reasons: BTreeMap::new(),
            };
            answers.insert(line.key.clone(), content.typed(line));
        }
        let before = answers.clone();
        let n = fill_zeros(&lines, &mut answers);
        prop_assert_eq!(n, figures.iter().filter(|figure| figure.is_none()).count());
        for (line, figure) in lines.iter().zip(&figures) {
            if figure.is_some() {
                prop_assert_eq!(&answers[&line.key], &before[&line.key]);
            } else {
                prop_assert_eq!(answers[&line.key].value.as_str(), "0");
            }
        }
    }
}
