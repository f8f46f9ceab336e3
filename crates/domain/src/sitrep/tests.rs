use proptest::prelude::*;

use super::*;
use crate::{
    Lang,
    indicator::{Amount, Figure, Total},
};

fn total(parts: &[Option<Figure>]) -> Total {
    let mut total = Total::default();
    parts.iter().for_each(|part| total.add(*part));
    total
}

fn known(n: i64) -> Option<Figure> {
    Some(Figure::Known(Amount::whole(n)))
}

fn figure(now: &[Option<Figure>], before: &[Option<Figure>]) -> FigureFact {
    let part = |(n, figure): (usize, &Option<Figure>)| PartFact {
        name: format!("第{n}镇"),
        total: total(&[*figure]),
        before: Total::default(),
    };
    FigureFact {
        name: "采样人次".to_owned(),
        unit: "人次".to_owned(),
        decimals: 0,
        total: total(now),
        before: total(before),
        parts: now.iter().enumerate().map(part).collect(),
        course: vec![("11-21".to_owned(), total(before)), ("11-22".to_owned(), total(now))],
        of: "清河区 当日 截至15:00".to_owned(),
        href: "/indicators/1".to_owned(),
    }
}

fn facts(now: &[Option<Figure>], before: &[Option<Figure>]) -> SitrepFacts {
    let word =
        WordFact {
            text: "Ⅲ级响应".to_owned(), of: "响应级别".to_owned(), href: "/incidents/1/level".to_owned()
        };
    SitrepFacts {
        figures: [("采样人次".to_owned(), figure(now, before))].into(),
        words: [("响应级别".to_owned(), word)].into(),
        ..SitrepFacts::default()
    }
}

fn names() -> KnownNames {
    KnownNames {
        figures: ["采样人次", "响应级别"].map(str::to_owned).into(),
        questions: ["存在的问题", "工作日报·存在的问题"].map(str::to_owned).into(),
    }
}

fn filled(text: &str, facts: &SitrepFacts) -> Document {
    let (blocks, faults) = read_template(text, &names());
    assert_eq!(faults, []);
    fill(&blocks, facts, Lang::Zh)
}

fn paragraph(document: &Document) -> String {
    let Some(DocBlock::Paragraph(runs)) = document.blocks.first() else { panic!("{document:?}") };
    runs.iter().map(|run| run.text.as_str()).collect()
}

#[test]
fn headings_count_as_official_documents_do() {
    let text = "# 题\n## 甲\n### 子\n#### 孙\n##### 曾孙\n#### 孙\n### 子\n## 乙\n### 子\n附件：名单\n附件：图";
    let document = filled(text, &SitrepFacts::default());
    let numbers: Vec<String> = document
        .blocks
        .iter()
        .map(|block| match block {
            DocBlock::Heading { number, .. } => number.clone(),
            DocBlock::Attachment { number, .. } => format!("附{number}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(numbers, ["一、", "（一）", "1.", "（1）", "2.", "（二）", "二、", "（一）", "附1", "附2"]);
    assert_eq!(
        [1, 9, 10, 11, 20, 25, 99, 100].map(chinese_number),
        ["一", "九", "十", "十一", "二十", "二十五", "九十九", "100"]
    );
}

#[test]
fn figures_are_said_with_unit_change_and_what_is_missing() {
    let text = "{{响应级别}}期间采样{{采样人次}}，{{采样人次 较昨日}}。";
    let say = |now: &[_], before: &[_]| paragraph(&filled(text, &facts(now, before)));
    assert_eq!(say(&[known(1752)], &[known(1740)]), "Ⅲ级响应期间采样1,752人次，较昨日增加12人次。");
    assert_eq!(say(&[known(3)], &[known(5)]), "Ⅲ级响应期间采样3人次，较昨日减少2人次。");
    assert_eq!(say(&[known(0)], &[known(0)]), "Ⅲ级响应期间采样0人次，与昨日持平。");
    assert_eq!(say(&[known(3), None], &[known(5)]), "Ⅲ级响应期间采样至少3人次（缺 1 个：1 未报），与昨日不可比。");
    assert_eq!(say(&[Some(Figure::Unknown)], &[known(5)]), "Ⅲ级响应期间采样不详，与昨日不可比。");
    assert_eq!(say(&[None], &[]), "Ⅲ级响应期间采样未报，与昨日不可比。");
    let document = filled(text, &facts(&[known(3)], &[known(5)]));
    assert_eq!(document.sources.len(), 3, "each figure says where it comes from");
}

#[test]
fn tables_and_pictures_hold_the_same_numbers_as_the_text() {
    let facts = facts(&[known(3), Some(Figure::Redacted), None], &[known(5)]);
    let document = filled("{{表 采样人次 按乡镇}}\n{{表 采样人次}}\n{{图 采样人次 7天}}", &facts);
    let [DocBlock::Table { rows, .. }, DocBlock::Table { rows: all, .. }, DocBlock::Chart { points, .. }] =
        &document.blocks[..]
    else {
        panic!("{document:?}")
    };
    let texts = |row: &[TableCell]| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&rows[1]), ["第1镇", "隐去"]);
    assert_eq!(texts(&rows[2]), ["第2镇", "未报"]);
    assert_eq!(texts(&rows[3]), ["合计", "至少 3（缺 2 个：1 未报，1 隐去）"]);
    assert_eq!(texts(&all[0]), ["采样人次", "人次", "至少 3（缺 2 个：1 未报，1 隐去）", "5", "不可比"]);
    assert_eq!(
        (points.len(), points[1].figure, points[1].at_least),
        (2, Some(Figure::Unknown), Some(Amount::whole(3)))
    );
    assert_eq!(points[0].figure, known(5));
}

#[test]
fn what_cannot_be_filled_is_said_with_its_place() {
    let cases = [
        ("好{{采样}}", (1, 2, MarkupFaultKind::NotKnown("采样".to_owned(), vec!["采样人次".to_owned()]))),
        ("\n{{}}", (2, 1, MarkupFaultKind::Empty)),
        ("截至{{响应级别", (1, 3, MarkupFaultKind::Open)),
        ("见{{表 采样人次}}", (1, 2, MarkupFaultKind::WithinLine)),
        ("{{图 采样人次 90天}}", (1, 1, MarkupFaultKind::BadDays)),
    ];
    for (text, (line, column, kind)) in cases {
        let (_, faults) = read_template(text, &names());
        assert_eq!(faults, [MarkupFault { line, column, kind }], "{text}");
        assert!(faults[0].words(Lang::Zh).contains("行") && faults[0].words(Lang::En).contains("Line"));
    }
}

#[test]
fn numbers_typed_into_the_text_are_named() {
    let (blocks, _) = read_template("2026年11月22日15时，隔离1,203人、转运{{采样人次}}，比例3.5%。", &names());
    assert_eq!(untraced_numbers(&blocks), ["1,203", "3.5%"]);
}

#[test]
fn every_supplied_text_can_be_filled() {
    let figures = FACT_NAMES.iter().flat_map(|name| [name.zh, name.en]).map(str::to_owned).collect();
    let names = KnownNames { figures, ..KnownNames::default() };
    for kind in SitrepKind::ALL {
        for lang in [Lang::Zh, Lang::En] {
            let (blocks, faults) = read_template(supplied_text(kind, lang), &names);
            assert_eq!(faults, [], "{kind:?}");
            assert!(blocks.len() > 3);
        }
        assert_eq!(SitrepKind::from_code(kind.code()), Some(kind));
    }
}

/// What units wrote: answers as they come, each with a report of its own.
fn written(answers: &[(&str, Said)]) -> SitrepFacts {
    let answer = |(unit, said): &(&str, Said)| WrittenAnswer {
        unit: (*unit).to_owned(),
        said: said.clone(),
        of: "工作日报 11月22日".to_owned(),
        href: format!("/reports/{unit}"),
    };
    let fact = WrittenFact { question: "存在的问题".to_owned(), answers: answers.iter().map(answer).collect() };
    SitrepFacts { written: [("工作日报·存在的问题".to_owned(), fact)].into(), ..SitrepFacts::default() }
}

fn lines(document: &Document) -> Vec<String> {
    let line = |block: &DocBlock| match block {
        DocBlock::Paragraph(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
        other => panic!("{other:?}"),
    };
    document.blocks.iter().map(line).collect()
}

#[test]
fn what_units_wrote_is_told_unit_by_unit_and_nobody_who_was_asked_is_left_out() {
    let words = |text: &str| Said::Words(text.to_owned());
    let facts = written(&[
        ("甲镇", words("个别人员联系不上\n\n 已上门核实。")),
        ("乙镇", words(" 无。 ")),
        ("丙镇", Said::Missing),
        ("丁镇", Said::LeftOpen),
        ("戊镇", Said::SentBack("口罩不足".to_owned())),
        ("己镇", Said::NotYetDue),
        ("庚镇", Said::Missing),
    ]);
    let document = filled("{{文字 工作日报·存在的问题}}", &facts);
    assert_eq!(
        lines(&document),
        [
            "甲镇：个别人员联系不上；已上门核实。",
            "戊镇（已退回待改）：口罩不足",
            "填“无”：乙镇。",
            "未报：丙镇、庚镇。",
            "未填：丁镇。",
            "未到时限、尚未报送：己镇。",
        ]
    );
    let sources: Vec<(&str, &str, &str)> =
        document.sources.iter().map(|one| (one.name.as_str(), one.text.as_str(), one.href.as_str())).collect();
    assert_eq!(sources.len(), 7, "everyone is traced");
    assert_eq!(sources[0], ("甲镇 存在的问题", "个别人员联系不上；已上门核实。", "/reports/甲镇"));
    assert!(sources.contains(&("丙镇 存在的问题", "未报", "/reports/丙镇")));
}

#[test]
fn a_question_that_nobody_is_asked_is_said_so_and_one_that_no_report_asks_is_a_fault() {
    assert_eq!(lines(&filled("{{文字 存在的问题}}", &SitrepFacts::default())), ["（该日没有应填报的单位）"]);
    let faults = |text: &str| read_template(text, &names()).1.into_iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(
        faults("{{texts 问题}}"),
        [MarkupFaultKind::NotAsked("问题".to_owned(), vec!["存在的问题".to_owned(), "工作日报·存在的问题".to_owned()])]
    );
    assert_eq!(faults("{{文字}}"), [MarkupFaultKind::Empty]);
    assert_eq!(faults("问题有：{{文字 存在的问题}}"), [MarkupFaultKind::WithinLine]);
    let (blocks, _) = read_template("{{文字　存在的问题}}\n{{采样人次}}", &names());
    assert_eq!(questions_in(&blocks), ["存在的问题".to_owned()].into());
    assert_eq!(untraced_numbers(&blocks), Vec::<String>::new());
}

#[test]
fn two_people_answer_for_what_is_issued() {
    let by = StepBy { user: "wang", cleared_by: "wang", reason: "", n_faults: 0 };
    let next = |now, step, by| next_sitrep(now, step, by);
    use SitrepState::{Cleared, Draft, Dropped, Issued, Withdrawn};
    assert_eq!(next(Draft, SitrepStep::Clear, StepBy { n_faults: 1, ..by }), Err(SitrepRefusal::Faults(1)));
    assert_eq!(next(Draft, SitrepStep::Clear, by), Ok(Cleared));
    assert_eq!(next(Draft, SitrepStep::Issue, by), Err(SitrepRefusal::NotNow(Draft)));
    assert_eq!(next(Cleared, SitrepStep::Issue, by), Err(SitrepRefusal::SamePerson));
    let other = StepBy { user: "li", ..by };
    assert_eq!(next(Cleared, SitrepStep::Issue, StepBy { n_faults: 2, ..other }), Err(SitrepRefusal::Faults(2)));
    assert_eq!(next(Cleared, SitrepStep::Issue, other), Ok(Issued));
    assert_eq!(next(Issued, SitrepStep::Withdraw, other), Err(SitrepRefusal::NoReason));
    let why = StepBy { reason: "数字有误", ..by };
    assert_eq!(next(Issued, SitrepStep::Withdraw, why), Ok(Withdrawn));
    assert_eq!(next(Cleared, SitrepStep::SendBack, why), Ok(Draft));
    assert_eq!(next(Draft, SitrepStep::Drop, by), Ok(Dropped));
    assert_eq!(next(Withdrawn, SitrepStep::Issue, other), Err(SitrepRefusal::NotNow(Withdrawn)));
    for refusal in
        [SitrepRefusal::SamePerson, SitrepRefusal::NoReason, SitrepRefusal::Faults(2), SitrepRefusal::NotNow(Draft)]
    {
        assert!(!refusal.words(Lang::Zh).is_empty() && !refusal.words(Lang::En).is_empty());
    }
    assert!(SitrepState::ALL.iter().all(|state| SitrepState::from_code(state.code()) == Some(*state)));
    assert!(SitrepStep::ALL.iter().all(|step| SitrepStep::from_code(step.code()) == Some(*step)));
}

fn any_part() -> impl Strategy<Value = Option<Figure>> {
    prop_oneof![
        Just(None),
        Just(Some(Figure::Unknown)),
        Just(Some(Figure::Redacted)),
        Just(Some(Figure::NotApplicable)),
        (1_i64..1_000_000).prop_map(known),
    ]
}

proptest! {
    /// Whatever is missing, no word of the report reads zero, and no cell or point holds a figure that nobody gave.
    #[test]
    fn what_is_missing_never_reads_zero(now in prop::collection::vec(any_part(), 1..6)) {
        let document = filled("{{采样人次}}\n{{表 采样人次 按乡镇}}\n{{图 采样人次 7天}}", &facts(&now, &[None]));
        let complete = total(&now).is_complete();
        for block in &document.blocks {
            match block {
                DocBlock::Paragraph(runs) => {
                    prop_assert!(runs.iter().all(|run| !run.text.starts_with('0')), "{runs:?}");
                    if !complete {
                        prop_assert!(!runs[0].text.chars().all(|sign| sign.is_ascii_digit() || sign == ',' || "人次".contains(sign)));
                    }
                }
                DocBlock::Table { rows, .. } => for cell in rows.iter().flatten() {
                    prop_assert!(cell.text != "0");
                    prop_assert!(cell.figure != Some(Figure::Known(Amount::ZERO)));
                },
                DocBlock::Chart { points, .. } => {
                    let last = points.last().unwrap();
                    prop_assert_eq!(matches!(last.figure, Some(Figure::Known(_))), total(&now).figure().is_some_and(|f| f.amount().is_some()));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn no_text_stops_the_reader(text in "[#{}表图采样人次响应级别 \\n天0-9按乡镇：附件较昨日]{0,60}") {
        let (blocks, _) = read_template(&text, &names());
        fill(&blocks, &facts(&[known(1)], &[None]), Lang::Zh);
        untraced_numbers(&blocks);
    }
}
