use super::*;
use crate::number::chance::Stream;
use jiff::civil::date;

fn weeks(n: i64, last: f64, mean: f64) -> Vec<Dated> {
    let mut stream = Stream::new("weeks", 6);
    (0..n)
        .map(|w| {
            let on = date(2019, 1, 7).checked_add(jiff::Span::new().days(7 * w)).unwrap();
            Dated { on, count: Some(if w == n - 1 { last } else { stream.poisson(mean) }) }
        })
        .collect()
}

fn settings(step: Step) -> Settings {
    Settings { step, as_of: date(2030, 1, 1), detector: None, every_case: false }
}

#[test]
fn the_method_follows_length_level_and_zeros() {
    let reason = |n, mean| assess(&weeks(n, 1.0, mean), &settings(Step::Week)).unwrap().reason;
    assert_eq!(reason(330, 8.0), Reason::YearsOfWeeks { years: 5 });
    assert_eq!(reason(170, 8.0), Reason::YearsOfWeeks { years: 3 });
    assert!(matches!(reason(60, 0.4), Reason::ShortAndLow { .. }));
    assert!(matches!(reason(60, 12.0), Reason::ShortAndSteady { .. }));
    assert!(matches!(
        assess(&weeks(5, 1.0, 3.0), &settings(Step::Week)),
        Err(Refusal::SeriesTooShort { need: 10, .. })
    ));
}

#[test]
fn a_jump_rings_and_the_usual_does_not_whatever_the_length() {
    for n in [30, 60, 200, 330] {
        for mean in [0.5_f64, 6.0, 60.0] {
            let quiet = assess(&weeks(n, mean.round(), mean), &settings(Step::Week)).unwrap();
            let loud = assess(&weeks(n, 12.0 + 4.0 * mean, mean), &settings(Step::Week)).unwrap();
            assert_eq!(quiet.alarm, Some(false), "{n} weeks of {mean}: {quiet:?}");
            assert_eq!(loud.alarm, Some(true), "{n} weeks of {mean}: {loud:?}");
        }
    }
}

#[test]
fn one_case_of_plague_rings() {
    let mut asked = settings(Step::Week);
    asked.every_case = true;
    assert_eq!(assess(&weeks(2, 1.0, 0.0), &asked).unwrap().alarm, Some(true));
    assert_eq!(assess(&weeks(2, 0.0, 0.0), &asked).unwrap().alarm, Some(false));
}

#[test]
fn an_unknown_latest_week_is_named() {
    let mut rows = weeks(50, 1.0, 5.0);
    rows[49].count = None;
    let refused = assess(&rows, &settings(Step::Week)).unwrap_err();
    assert_eq!(refused, Refusal::GapsInSeries { missing: vec![rows[49].on] });
    assert!(refused.message_zh().contains(&rows[49].on.to_string()));
}
