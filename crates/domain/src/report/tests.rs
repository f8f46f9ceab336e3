use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::Lang;
use crate::clock::{DAY_MS, HOUR_MS, MINUTE_MS, end_of_day_ms, start_of_day_ms};
use crate::plan::TimeOfDay;

fn at(hour: u8, minute: u8) -> TimeOfDay {
    TimeOfDay { hour, minute }
}

fn instant(day: Date, hour: i64, minute: i64) -> i64 {
    start_of_day_ms(day).unwrap() + hour * HOUR_MS + minute * MINUTE_MS
}

#[test]
fn a_time_of_day_is_read_as_it_is_typed() {
    for (text, time) in [("15:00", at(15, 0)), (" 9：05 ", at(9, 5)), ("24:00", at(24, 0)), ("0:00", at(0, 0))] {
        assert_eq!(time_of_day(text), Some(time), "{text}");
    }
    for text in ["", "15", "24:01", "25:00", "12:60", "+1:00", "a:b", "123:00"] {
        assert_eq!(time_of_day(text), None, "{text}");
    }
}

#[test]
fn each_cadence_falls_due_on_its_days_and_covers_its_period() {
    let day = date(2026, 11, 22); // a Sunday
    let daily = Cadence::Daily { by: at(15, 0) };
    let weekly = |weekday| Cadence::Weekly { weekday, by: at(10, 0) };
    let monthly = |day| Cadence::Monthly { day, by: at(24, 0) };
    let cases = [
        (daily, Covers::UpToDue, day, (date(2026, 11, 21), 15, day, 15), day),
        (daily, Covers::Current, day, (day, 0, date(2026, 11, 23), 0), day),
        (daily, Covers::Previous, day, (date(2026, 11, 21), 0, day, 0), date(2026, 11, 21)),
        (weekly(1), Covers::Previous, date(2026, 11, 23), (date(2026, 11, 16), 0, date(2026, 11, 23), 0), day),
        (
            weekly(5),
            Covers::Current,
            date(2026, 11, 27),
            (date(2026, 11, 23), 0, date(2026, 11, 30), 0),
            date(2026, 11, 27),
        ),
        (weekly(7), Covers::UpToDue, day, (date(2026, 11, 15), 10, day, 10), day),
        (
            monthly(31),
            Covers::Current,
            date(2028, 2, 29),
            (date(2028, 2, 1), 0, date(2028, 3, 1), 0),
            date(2028, 2, 29),
        ),
        (
            monthly(5),
            Covers::Previous,
            date(2027, 1, 5),
            (date(2026, 12, 1), 0, date(2027, 1, 1), 0),
            date(2026, 12, 31),
        ),
    ];
    for (cadence, covers, on, (from, from_hour, until, until_hour), stands) in cases {
        let due = cadence.due_on(covers, on).unwrap_or_else(|| panic!("{cadence:?} {on}"));
        assert_eq!(due.period.from_ms, instant(from, from_hour, 0), "{cadence:?} {covers:?}");
        assert_eq!(due.period.until_ms, instant(until, until_hour, 0), "{cadence:?} {covers:?}");
        assert_eq!(due.period.on, stands, "{cadence:?} {covers:?}");
        assert_eq!(cadence.due_of(covers, stands), Some(due), "it is found again by its day");
    }
    assert_eq!(weekly(1).due_on(Covers::Current, day), None);
    assert_eq!(monthly(31).due_on(Covers::Current, date(2026, 11, 29)), None);
    assert_eq!(
        monthly(31).due_on(Covers::Current, date(2026, 11, 30)).unwrap().due_at_ms,
        instant(date(2026, 12, 1), 0, 0)
    );
    let once = Cadence::Once { on: day, by: at(9, 0) };
    assert_eq!(once.dues(Covers::Current, date(2026, 11, 1), date(2026, 12, 1)).len(), 1);
    let at_once = Cadence::AtOnce { minutes: 60 };
    assert_eq!(at_once.due_on(Covers::Current, day), None);
    let asked = at_once.asked_at(day, instant(day, 3, 0)).unwrap();
    assert_eq!((asked.due_at_ms, asked.period.on), (instant(day, 4, 0), day));
    assert_eq!(daily.asked_at(day, 0), None);
}

#[test]
fn a_report_is_late_from_the_instant_at_which_it_is_due() {
    let due = instant(date(2026, 11, 22), 15, 0);
    let cases = [
        (due - 1, None),
        (due, Some(1)),
        (due + MINUTE_MS, Some(1)),
        (due + MINUTE_MS + 1, Some(2)),
        (due + 90 * MINUTE_MS, Some(90)),
        (due + 26 * HOUR_MS, Some(26 * 60)),
    ];
    for (at_ms, minutes) in cases {
        assert_eq!(late_minutes(due, at_ms), minutes, "{}", at_ms - due);
    }
}

#[test]
fn a_cell_says_how_a_report_stands() {
    let due = instant(date(2026, 11, 22), 15, 0);
    let facts = |state, first| ReportFacts {
        state,
        due_at_ms: due,
        first_submitted_at_ms: first,
        n_corrections: 0,
        n_unknown: 0,
    };
    let cases = [
        (ReportState::Draft, None, due - 1, CellState::Draft),
        (ReportState::Draft, None, due, CellState::Missing),
        (ReportState::Omitted, None, due, CellState::Missing),
        (ReportState::Submitted, Some(due - 5), due + DAY_MS, CellState::OnTime),
        (ReportState::Submitted, Some(due + 12 * MINUTE_MS), due + DAY_MS, CellState::Late(12)),
        (ReportState::Returned, Some(due - 5), due - 1, CellState::Returned),
        (ReportState::Returned, Some(due - 5), due + DAY_MS, CellState::Returned),
    ];
    for (state, first, now, expected) in cases {
        assert_eq!(Cell::of(&facts(state, first), now).state, expected, "{state:?} {first:?}");
    }
    assert_eq!(Cell::of_nothing(None, due).state, CellState::NotAsked);
    assert_eq!(Cell::of_nothing(Some(due), due - 1).state, CellState::NotYetDue);
    assert_eq!(Cell::of_nothing(Some(due), due).state, CellState::Missing);
    assert_eq!(CellState::Late(12).words(Lang::Zh), "迟报 12 分钟");
    for state in ReportState::ALL {
        assert_eq!(ReportState::from_code(state.code()), Some(state));
        assert_ne!(state.words(Lang::Zh), state.words(Lang::En));
    }
    for code in CellState::CODES {
        assert_ne!(CellState::code_words(code, Lang::Zh), CellState::code_words("not_asked", Lang::Zh), "{code}");
    }
    for covers in Covers::ALL {
        assert_eq!(Covers::from_code(covers.code()), Some(covers));
    }
}

#[test]
fn who_is_missing_is_counted_and_named() {
    let cell = |state, n_corrections, n_unknown| Cell { state, n_corrections, n_unknown };
    let cells = [
        cell(CellState::OnTime, 1, 0),
        cell(CellState::Late(3), 0, 2),
        cell(CellState::Missing, 0, 0),
        cell(CellState::NotAsked, 0, 0),
    ];
    let all = Completeness::of(&cells);
    assert_eq!((all.n_asked(), all.n_in(), all.n_corrected, all.n_with_unknown), (3, 2, 1, 1));
    assert_eq!(all.words(&["石桥镇".to_owned()], Lang::Zh), "应报 3，已报 2（迟报 1），未报 1：石桥镇。");
    assert_eq!(all.words(&["Shiqiao".to_owned()], Lang::En), "2 of 3 reported (1 late); 1 missing: Shiqiao.");
    let counted: usize = CellState::CODES.into_iter().map(|code| all.n(code)).sum();
    assert_eq!(counted, all.n_asked());
    assert_eq!(Completeness::of(&cells[..1]).words(&[], Lang::Zh), "应报 1，已报 1，已报齐。");
}

#[test]
fn looks_come_before_at_and_after_the_time() {
    let day = date(2026, 11, 22);
    let daily = Cadence::Daily { by: at(15, 0) };
    let from = instant(day, 0, 0);
    let found = looks(daily, Covers::UpToDue, from, from + DAY_MS);
    let said: Vec<_> = found.iter().map(|look| (look.kind, (look.at_ms - from) / MINUTE_MS)).collect();
    assert_eq!(
        said,
        [
            (LookKind::Remind, 14 * 60 + 30),
            (LookKind::Note, 15 * 60),
            (LookKind::TellReceivers, 16 * 60),
            (LookKind::TellCommander, 18 * 60),
        ]
    );
    assert_eq!(next_look_ms(daily, Covers::UpToDue, from), Some(instant(day, 14, 30)));
    let past_midnight = Cadence::Daily { by: at(0, 10) };
    assert_eq!(next_look_ms(past_midnight, Covers::Current, instant(day, 23, 30)), Some(instant(day, 23, 40)));
    let once = Cadence::Once { on: day, by: at(9, 0) };
    assert_eq!(next_look_ms(once, Covers::Current, instant(date(2026, 1, 1), 0, 0)), Some(instant(day, 8, 30)));
    assert_eq!(next_look_ms(once, Covers::Current, instant(day, 12, 0)), None);
    assert_eq!(next_look_ms(Cadence::AtOnce { minutes: 30 }, Covers::Current, from), None);
}

#[test]
fn a_changed_template_holds_from_tomorrow_once_todays_report_is_due() {
    let day = date(2026, 11, 22);
    let daily = Cadence::Daily { by: at(15, 0) };
    assert_eq!(first_day_of_version(daily, day, instant(day, 14, 59)), day);
    assert_eq!(first_day_of_version(daily, day, instant(day, 15, 0)), date(2026, 11, 23));
    assert_eq!(first_day_of_version(Cadence::AtOnce { minutes: 5 }, day, instant(day, 15, 0)), day);
}

fn cadences() -> impl Strategy<Value = Cadence> {
    let time = (0..24u8, 0..60u8).prop_map(|(hour, minute)| at(hour, minute));
    prop_oneof![
        time.clone().prop_map(|by| Cadence::Daily { by }),
        (1..=7i8, time.clone()).prop_map(|(weekday, by)| Cadence::Weekly { weekday, by }),
        (1..=31i8, time).prop_map(|(day, by)| Cadence::Monthly { day, by }),
    ]
}

fn any_covers() -> impl Strategy<Value = Covers> {
    prop_oneof![Just(Covers::UpToDue), Just(Covers::Current), Just(Covers::Previous)]
}

fn days() -> impl Strategy<Value = Date> {
    (0..4000i64).prop_map(|n| date(2023, 12, 25).checked_add(jiff::Span::new().days(n)).unwrap())
}

proptest! {
    #[test]
    fn what_recurs_is_due_once_for_each_of_its_periods(cadence in cadences(), covers in any_covers(), from in days()) {
        let until = from.checked_add(jiff::Span::new().days(400)).unwrap();
        let dues = cadence.dues(covers, from, until);
        for pair in dues.windows(2) {
            prop_assert!(pair[0].due_at_ms < pair[1].due_at_ms);
            prop_assert!(pair[0].period.on < pair[1].period.on, "no two reports stand under one day");
            if !matches!((cadence, covers), (Cadence::Monthly { .. }, Covers::UpToDue)) {
                prop_assert_eq!(pair[0].period.until_ms, pair[1].period.from_ms, "periods leave no gap");
            }
        }
        let n = match cadence { Cadence::Daily { .. } => 401, Cadence::Weekly { .. } => 57, _ => 13 };
        prop_assert!(dues.len().abs_diff(n) <= 1, "{} for {cadence:?}", dues.len());
        for due in dues {
            prop_assert_eq!(cadence.due_of(covers, due.period.on), Some(due));
            prop_assert!(due.period.from_ms < due.period.until_ms);
            prop_assert!(due.period.from_ms < end_of_day_ms(due.period.on).unwrap());
        }
    }

    #[test]
    fn lateness_never_falls_and_only_what_came_before_its_time_is_on_time(over in -100_000_000i64..100_000_000) {
        let due = 1_795_330_800_000;
        match late_minutes(due, due + over) {
            None => prop_assert!(over < 0),
            Some(minutes) => {
                prop_assert!(over >= 0 && minutes >= 1 && (minutes - 1) * MINUTE_MS <= over);
                prop_assert!(late_minutes(due, due + over + MINUTE_MS) > Some(minutes) || minutes == 1);
            }
        }
    }

    #[test]
    fn looking_at_every_next_instant_sees_every_look_once(cadence in cadences(), covers in any_covers(), from in days()) {
        let begin = start_of_day_ms(from).unwrap();
        let end = begin + 40 * DAY_MS;
        let expected = looks(cadence, covers, begin, end);
        let (mut seen, mut now) = (Vec::new(), begin);
        while let Some(next) = next_look_ms(cadence, covers, now).filter(|next| *next <= end) {
            seen.extend(looks(cadence, covers, now, next));
            now = next;
        }
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn a_report_that_is_in_stays_in_whenever_one_looks(first in 0i64..200, now in 0i64..400, n in 0i64..3) {
        let due_at_ms = 100 * MINUTE_MS;
        let facts = ReportFacts {
            state: ReportState::Submitted,
            due_at_ms,
            first_submitted_at_ms: Some(first * MINUTE_MS),
            n_corrections: n,
            n_unknown: 0,
        };
        let cell = Cell::of(&facts, now * MINUTE_MS);
        prop_assert!(cell.state.is_in());
        prop_assert_eq!(cell.state == CellState::OnTime, first < 100);
    }
}
