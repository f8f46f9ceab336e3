//! Unknown never becomes zero: through what is typed, sums, formats and kept states.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use lianfang_domain::Lang;
use lianfang_domain::indicator::{Amount, Figure, Total};
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
