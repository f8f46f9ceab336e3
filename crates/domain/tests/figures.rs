//! Unknown never becomes zero: through what is typed, sums, formats and kept states.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use lianfang_domain::Lang;
use lianfang_domain::indicator::{
    Amount, Balance, Comparator, Figure, Formula, GapVerdict, Input, LostFigure, Required, Target, Total, WorkFault,
    Worked, cycle_among,
};
use lianfang_domain::{Id, TargetId};
use proptest::prelude::*;

/// Any amount that can be typed and kept.
fn amounts() -> impl Strategy<Value = Amount> {
    (-999_999_999_999_999_999_i64..=999_999_999_999_999_999).prop_map(Amount::from_millionths)
}

/// Any figure, or nothing reported.
fn parts() -> impl Strategy<Value = Option<Figure>> {
    prop_oneof![
        4 => amounts().prop_map(|amount| Some(Figure::Known(amount))),
        1 => Just(Some(Figure::Known(Amount::ZERO))),
        1 => Just(Some(Figure::Unknown)),
        1 => Just(Some(Figure::Redacted)),
        1 => Just(Some(Figure::NotApplicable)),
        1 => Just(None),
    ]
}

fn is_missing(part: &Option<Figure>) -> bool {
    matches!(part, None | Some(Figure::Unknown | Figure::Redacted))
}

proptest! {
    #[test]
    fn what_is_typed_again_is_the_same_figure(part in parts()) {
        let typed = part.map(Figure::typed).unwrap_or_default();
        prop_assert_eq!(Figure::parse(&typed), Ok(part));
    }

    #[test]
    fn what_is_kept_is_the_same_figure(part in parts()) {
        if let Some(figure) = part {
            let millionths = figure.amount().and_then(Amount::millionths);
            prop_assert_eq!(Figure::from_state(figure.state(), millionths.map(Amount::from_millionths)), Some(figure));
        }
    }

    #[test]
    fn grouped_digits_are_read_as_the_same_amount(amount in amounts()) {
        prop_assert_eq!(amount.grouped(6).parse::<Amount>(), Ok(amount));
        prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
    }

    #[test]
    fn a_sum_with_a_missing_part_is_never_known(parts in prop::collection::vec(parts(), 0..40)) {
        let mut total = Total::default();
        parts.iter().for_each(|part| total.add(*part));
        let known = matches!(total.figure(), Some(Figure::Known(_)));
        if parts.iter().any(is_missing) {
            prop_assert!(!known && !total.is_complete());
            prop_assert!(!total.words(0, Lang::Zh).is_empty());
        } else {
            prop_assert_eq!(known, parts.iter().any(|part| matches!(part, Some(Figure::Known(_)))));
        }
    }

    #[test]
    fn a_sum_is_that_of_its_known_parts_however_it_is_put_together(
        parts in prop::collection::vec(parts(), 0..40), at in 0_usize..40,
    ) {
        let sum = |parts: &[Option<Figure>]| {
            let mut total = Total::default();
            parts.iter().for_each(|part| total.add(*part));
            total
        };
        let (first, second) = parts.split_at(at.min(parts.len()));
        let mut merged = sum(first);
        merged.merge(&sum(second));
        prop_assert_eq!(merged, sum(&parts));
        let known = parts.iter().flatten().filter_map(|part| part.amount()).map(|one| i128::from(one.millionths().unwrap()));
        prop_assert_eq!(merged.known.millionths().map(i128::from).unwrap_or_else(|| known.clone().sum()), known.sum::<i128>());
    }

    #[test]
    fn no_format_of_a_missing_figure_holds_a_digit(part in parts()) {
        for lang in [Lang::Zh, Lang::En] {
            let shown = lianfang_domain::indicator::figure_words(part, 2, lang);
            let has_digit = shown.chars().any(|c| c.is_ascii_digit());
            prop_assert_eq!(has_digit, matches!(part, Some(Figure::Known(_))), "{}", shown);
        }
    }
}

/// Names of the inputs of a formula made up by chance.
const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];

/// Formulas over those names, with everything that formulas have.
fn formulas() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => (0_usize..4).prop_map(|at| NAMES[at].to_owned()),
        1 => (1_u32..50).prop_map(|n| n.to_string()),
        1 => Just("人口".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        (inner.clone(), inner, 0_usize..8).prop_map(|(a, b, how)| match how {
            0 => format!("({a} + {b})"),
            1 => format!("({a} − {b})"),
            2 => format!("{a} × {b}"),
            3 => format!("({a} ÷ {b})"),
            4 => format!("每万({a}, {b})"),
            5 => format!("百分比({a}，{b})"),
            6 => format!("max({a}, {b})"),
            _ => format!("−{a} + min({b}, 3)"),
        })
    })
}

proptest! {
    #[test]
    fn a_formula_with_a_missing_input_is_missing_and_names_it(
        text in formulas(), values in prop::collection::vec(parts(), 5),
    ) {
        let formula = Formula::read(&text).unwrap();
        let value_of = |input: &Input| match input {
            Input::Indicator(code) => values[NAMES.iter().position(|name| name == code).unwrap()],
            Input::Population(_) => values[4],
        };
        let worked = formula.work(&value_of, Lang::Zh);
        let missing: Vec<String> = formula
            .inputs()
            .iter()
            .filter(|input| is_missing(&value_of(input)))
            .map(Input::written)
            .collect();
        let mut named = worked.missing.clone();
        named.sort();
        let mut expected = missing.clone();
        expected.sort();
        prop_assert_eq!(&named, &expected);
        if !missing.is_empty() {
            prop_assert!(!matches!(worked.figure, Ok(Some(Figure::Known(_)))), "{} {:?}", text, worked);
        }
        // What is shown with the values in it never shows a missing one as a number.
        for input in formula.inputs() {
            let shown = lianfang_domain::indicator::figure_words(value_of(&input), 0, Lang::Zh);
            if is_missing(&value_of(&input)) {
                prop_assert!(worked.shown.contains(&format!("{}（{shown}）", input.written())), "{}", worked.shown);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused_in_a_column_of_it(text in "[甲乙人口每万0-9+\\-×÷()（），,%. a-z~]{0,40}") {
        match Formula::read(&text) {
            Ok(formula) => prop_assert!(!text.trim().is_empty() && formula.inputs().len() < 40),
            Err(fault) => {
                prop_assert!(fault.column >= 1 && fault.column <= text.chars().count() + 1, "{:?}", fault);
                prop_assert!(!fault.words(Lang::Zh).is_empty() && !fault.words(Lang::En).is_empty());
            }
        }
    }
}

/// Works a formula out over named figures.
fn work(text: &str, values: &[(&str, Option<Figure>)], people: Option<Figure>) -> Worked {
    let value_of = |input: &Input| match input {
        Input::Indicator(code) => values.iter().find(|(name, _)| name == code).and_then(|(_, figure)| *figure),
        Input::Population(_) => people,
    };
    Formula::read(text).unwrap().work(&value_of, Lang::Zh)
}

fn known(text: &str) -> Option<Figure> {
    Some(Figure::Known(text.parse().unwrap()))
}

#[test]
fn formulas_come_out_and_show_their_inputs() {
    let values =
        [("在用", known("426")), ("总数", known("1752")), ("无", Some(Figure::NotApplicable)), ("零", known("0"))];
    let cases = [
        ("在用 + 总数", "2178"),
        ("总数 - 在用 - 1", "1325"),
        ("2 + 3 × 4", "14"),
        ("(2 + 3) × 4", "20"),
        ("12 ÷ 4 ÷ 3", "1"),
        ("40% × 总数", "700.8"),
        ("每万(总数, 人口)", "40"),
        ("百分比(在用, 总数)", "24.315068"),
        ("max(在用, 总数, 3)", "1752"),
        ("最小(在用，总数)", "426"),
        ("−在用 + 总数", "1326"),
        ("总数 + 无", "1752"),
        ("人口(990101) / 10000", "43.8"),
    ];
    for (text, result) in cases {
        assert_eq!(work(text, &values, known("438000")).figure, Ok(known(result)), "{text}");
    }
    let worked = work("每万(总数, 人口)", &values, known("438000"));
    assert_eq!(worked.shown, "每万(总数（1,752）, 人口（438,000）)");
    assert_eq!(work("总数 + 无", &values, None).left_out, ["无"]);
    assert_eq!(work("总数 × 无", &values, None).figure, Ok(Some(Figure::NotApplicable)));
    let zero = WorkFault::DividesByZero { what: "零".to_owned() };
    assert_eq!(work("总数 ÷ 零", &values, None).figure, Err(zero.clone()));
    assert_eq!(zero.words(Lang::Zh), "无法计算：除数“零”为 0。");
    let unknown = work("在用 + 缺 × 2", &values, None);
    assert_eq!((unknown.figure, unknown.missing), (Ok(None), vec!["缺".to_owned()]));
}

#[test]
fn a_fault_in_a_formula_says_where_and_what_to_do() {
    let unit = |code: &str| match code {
        "房间" => Some("间".to_owned()),
        "人员" | "病例" => Some("人".to_owned()),
        "率" => Some("%".to_owned()),
        _ => None,
    };
    let cases = [
        ("", "间", "请填写公式"),
        ("房间 +", "间", "第 5 列：公式没有写完"),
        ("房间 人员", "间", "第 4 列：“人员”前缺少运算符"),
        ("(房间", "间", "第 4 列：括号没有关闭"),
        ("房间 & 2", "间", "第 4 列：公式中不能有“&”"),
        ("房间 + 人员", "间", "第 4 列：“+”两边计量单位不同（间 与 人）"),
        ("max(房间, 人员)", "间", "第 1 列：“最大”两边计量单位不同"),
        ("百分比(房间, 人员)", "%", "第 1 列：“百分比”两边计量单位不同"),
        ("床位 × 2", "张", "第 1 列：没有代码为“床位”的指标"),
        ("平均(房间, 房间)", "间", "第 1 列：没有名为“平均”的函数"),
        ("每万(房间)", "间", "第 1 列：每万需要两项"),
        ("人口(石桥)", "人", "第 4 列：“石桥”不是区划代码"),
        ("人员 + 病例", "间", "公式结果的单位是“人”，指标的单位是“间”"),
        ("百分比(人员, 病例)", "间", "公式结果的单位是“%”"),
        ("1..2", "间", "第 1 列：“1..2”不是能识别的数字"),
    ];
    for (text, declared, words) in cases {
        let fault = Formula::read(text).and_then(|formula| formula.check(declared, &unit)).unwrap_err();
        assert!(fault.words(Lang::Zh).starts_with(words), "{text}: {}", fault.words(Lang::Zh));
    }
    let good = [
        ("人员 + 病例", "人"),
        ("每万(房间, 人口)", "间/万人"),
        ("房间 × 2 + 3", "间"),
        ("人员 ÷ 病例", "倍"),
        ("百分比(人员, 人口)", "%"),
        ("率 + 5", "%"),
    ];
    for (text, declared) in good {
        assert!(Formula::read(text).unwrap().check(declared, &unit).is_ok(), "{text}");
    }
}

#[test]
fn a_circle_of_references_is_named() {
    let takes = |pairs: &[(&str, &[&str])]| -> std::collections::BTreeMap<String, Vec<String>> {
        pairs
            .iter()
            .map(|(code, takes)| ((*code).to_owned(), takes.iter().map(|&one| one.to_owned()).collect()))
            .collect()
    };
    let round = takes(&[("甲", &["乙", "戊"]), ("乙", &["丙"]), ("丙", &["丁", "甲"])]);
    assert_eq!(cycle_among("甲", &round).unwrap(), ["甲", "乙", "丙", "甲"]);
    assert_eq!(cycle_among("丁", &round), None);
    assert_eq!(cycle_among("甲", &takes(&[("甲", &["甲"])])).unwrap(), ["甲", "甲"]);
    assert_eq!(cycle_among("甲", &takes(&[("甲", &["乙", "丙"]), ("乙", &["丙"])])), None);
}

fn target(comparator: Comparator, required: Required) -> Target {
    Target {
        id: TargetId(Id::from_number(1)),
        place: "990101".parse().unwrap(),
        indicator: "房间".to_owned(),
        comparator,
        required,
        deadline_on: None,
        unit: None,
        basis: String::new(),
    }
}

fn sum(parts: &[Option<Figure>]) -> Total {
    let mut total = Total::default();
    parts.iter().for_each(|part| total.add(*part));
    total
}

#[test]
fn a_gap_is_reckoned_with_its_formula_and_what_is_unknown_is_a_question() {
    let whole = Amount::whole;
    let rooms = target(Comparator::AtLeast, Required::PerPopulation { n: whole(40), per: whole(10_000) });
    let people = |_: &Input| known("438000");
    let asked = rooms.requirement(&people, Lang::Zh);
    assert_eq!(asked.shown, "人口（438,000） × 40 ÷ 10,000 = 1,752");
    let both = sum(&[known("710"), known("1042")]);
    assert_eq!(rooms.gap(&asked, &both), GapVerdict::Met);
    let short = rooms.gap(&asked, &sum(&[known("710"), known("900")]));
    assert_eq!(short.words("间", Lang::Zh), "缺口 142 间");
    let open = rooms.gap(&asked, &sum(&[known("710"), Some(Figure::Unknown)]));
    assert_eq!(open, GapVerdict::Open(Some(whole(1042))));
    assert_eq!(rooms.gap(&asked, &sum(&[known("1800"), None])), GapVerdict::Met);
    let nobody = rooms.requirement(&|_| Some(Figure::Unknown), Lang::Zh);
    assert_eq!((nobody.span, nobody.question.as_deref()), (None, Some("“人口”不详，请补报后再算。")));
    assert_eq!(rooms.gap(&nobody, &both), GapVerdict::Open(None));

    let staff = target(Comparator::AtLeast, Required::InfectionControl { beds: "床位".to_owned() });
    let asked = staff.requirement(&|_| known("800"), Lang::Zh);
    let verdicts = [("7", "达标"), ("5", "按低值达标，按高值缺 1 人"), ("4", "缺口 1–2 人")];
    for (held, words) in verdicts {
        assert_eq!(staff.gap(&asked, &sum(&[known(held)])).words("人", Lang::Zh), words);
    }

    let question = LostFigure::InfectiousHospitalFactor.question(Lang::Zh);
    let lost = target(Comparator::AtLeast, Required::Lost(question.to_owned()));
    let asked = lost.requirement(&people, Lang::Zh);
    assert_eq!(asked.question.as_deref(), Some(question));
    assert_eq!(lost.gap(&asked, &both), GapVerdict::Open(None));

    let nurses = target(Comparator::AtMost, Required::Amount(whole(40)));
    let asked = nurses.requirement(&people, Lang::Zh);
    assert_eq!(nurses.gap(&asked, &sum(&[known("40")])), GapVerdict::Met);
    assert_eq!(nurses.gap(&asked, &sum(&[known("55.5")])).words("%", Lang::Zh), "缺口 15.5 %");
}

#[test]
fn what_should_balance_is_doubted_only_where_everything_is_known() {
    let balance = Balance {
        name_zh: "疫苗收支".to_owned(),
        name_en: String::new(),
        left: "到货".to_owned(),
        right: "使用 + 库存 + 损耗".to_owned(),
        tolerance: Amount::ZERO,
    };
    let check = |values: [Option<Figure>; 4]| {
        let value_of = |input: &Input| match input {
            Input::Indicator(code) => {
                values[["到货", "使用", "库存", "损耗"].iter().position(|one| one == code).unwrap()]
            }
            Input::Population(_) => None,
        };
        balance.check(&value_of, Lang::Zh).unwrap()
    };
    assert_eq!(check([known("100"), known("60"), known("38"), known("2")]), None);
    let off = check([known("100"), known("60"), known("38"), known("1")]).unwrap();
    assert!(off.words(Lang::Zh).starts_with("到货（100） = 100，使用（60） + 库存（38） + 损耗（1） = 99，两边不平"));
    assert_eq!(check([known("100"), Some(Figure::Unknown), known("38"), known("1")]), None);
    assert_eq!(check([known("98"), known("60"), known("38"), Some(Figure::NotApplicable)]), None);
    assert_eq!(balance.codes().unwrap().len(), 4);
}
