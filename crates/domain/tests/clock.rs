//! Clocks against tables of cases and against a slow reference that walks minute by minute.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::civil::{Date, date};
use lianfang_domain::Lang;
use lianfang_domain::clock::{
    CannotRun, Clock, DAY_MS, Escalation, Facts, HOUR_MS, Length, Light, Limit, MINUTE_MS, NotPaused, Pause,
    duration_words, end_earliest_on, end_of_day_ms, moment_words, start_of_day_ms,
};
use lianfang_domain::plan::{DurationUnit, Number, PartialDate, TimeKind, TimeOfDay};
use proptest::prelude::*;

#[path = "clock/reference.rs"]
mod reference;

/// An instant in China's time.
fn at(day: Date, hour: i64, minute: i64) -> i64 {
    start_of_day_ms(day).unwrap() + hour * HOUR_MS + minute * MINUTE_MS
}

fn length(amount: u32, unit: DurationUnit) -> Length {
    Length { amount, unit }
}

fn within(amount: u32, unit: DurationUnit) -> Limit {
    Limit::Within { length: length(amount, unit) }
}

fn time(hour: u8, minute: u8) -> TimeOfDay {
    TimeOfDay { hour, minute }
}

#[test]
fn minutes_and_hours_count_from_the_instant_days_and_longer_units_end_with_their_last_day() {
    use DurationUnit::{Day, Hour, Minute, Month, Week, WorkingDay, Year};
    let start = at(date(2026, 11, 20), 16, 30);
    let cases = [
        (within(35, Minute), at(date(2026, 11, 20), 17, 5)),
        (within(2, Hour), at(date(2026, 11, 20), 18, 30)),
        (within(24, Hour), at(date(2026, 11, 21), 16, 30)),
        (within(1, Day), at(date(2026, 11, 21), 24, 0)),
        (within(3, WorkingDay), at(date(2026, 11, 25), 24, 0)),
        (within(2, Week), at(date(2026, 12, 4), 24, 0)),
        (within(1, Month), at(date(2026, 12, 20), 24, 0)),
        (within(1, Year), at(date(2027, 11, 20), 24, 0)),
        (Limit::For { length: length(14, Day) }, at(date(2026, 12, 4), 16, 30)),
        (Limit::ByDate { date: date(2026, 12, 31), ongoing: false }, at(date(2027, 1, 1), 0, 0)),
        (Limit::DailyBy { by: time(15, 0) }, at(date(2026, 11, 21), 15, 0)),
        (Limit::DailyAt { at: time(17, 0) }, at(date(2026, 11, 20), 17, 0)),
        (Limit::TimesPerDay { times: 2, days: Some(14) }, at(date(2026, 11, 20), 24, 0)),
        (Limit::Every { length: length(1, Week), times: 1, periods: None }, at(date(2026, 11, 27), 16, 30)),
        (Limit::AtOnce { grace_minutes: 10 }, at(date(2026, 11, 20), 16, 40)),
    ];
    for (limit, due) in cases {
        assert_eq!(Clock::start(limit.clone(), start).due_ms(), Some(due), "{limit:?}");
    }
    for limit in [
        Limit::Standing { hours: 24 },
        Limit::FromDate { date: date(2026, 1, 1) },
        Limit::LookBack { length: length(14, Day) },
    ] {
        let clock = Clock::start(limit, start);
        assert_eq!((clock.due_ms(), clock.light(start + 1000 * DAY_MS)), (None, Light::None));
    }
}

#[test]
fn a_month_ends_on_its_last_day_where_it_is_shorter() {
    let cases = [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ];
    for (from, months, last) in cases {
        let clock = Clock::start(within(months, DurationUnit::Month), at(from, 9, 0));
        assert_eq!(clock.due_ms(), end_of_day_ms(last), "{from}");
    }
    let monthly = Limit::Every { length: length(1, DurationUnit::Month), times: 1, periods: Some(3) };
    let clock = Clock::start(monthly, at(date(2027, 1, 31), 9, 0));
    let expected = [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)].map(|day| at(day, 9, 0));
    assert_eq!(clock.occurrences(0, i64::MAX / 4, 10), expected, "from the first day, not from the shortened one");
}

#[test]
fn a_working_day_counted_from_a_weekend_is_monday() {
    for (from, days, last) in [
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 5, date(2026, 11, 27)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 10, date(2026, 12, 7)),
    ] {
        let clock = Clock::start(within(days, DurationUnit::WorkingDay), at(from, 8, 0));
        assert_eq!(clock.due_ms(), end_of_day_ms(last), "{from}");
    }
}

#[test]
fn the_last_quarter_is_yellow_and_what_is_over_is_red() {
    let start = at(date(2026, 11, 22), 13, 0);
    let clock = Clock::start(within(2, DurationUnit::Hour), start);
    let due = at(date(2026, 11, 22), 15, 0);
    let cases = [(0, "green"), (89, "green"), (90, "yellow"), (119, "yellow"), (120, "red"), (600, "red")];
    for (minutes, code) in cases {
        assert_eq!(clock.light(start + minutes * MINUTE_MS).code(), code, "{minutes}");
    }
    let escalation = Escalation { every_minutes: 30, steps: 2 };
    let mut now = start;
    let mut noticed = Vec::new();
    while let Some(next) = clock.next_change_ms(now, escalation) {
        noticed.push((next - due) / MINUTE_MS);
        now = next;
    }
    assert_eq!(noticed, [-30, 0, 30, 60]);
    assert_eq!([0, 29, 30, 61, 900].map(|over| escalation.step(over * MINUTE_MS)), [0, 0, 1, 2, 2]);
}

#[test]
fn what_is_done_stops_and_says_whether_it_was_late() {
    let start = at(date(2026, 11, 22), 13, 0);
    let mut clock = Clock::start(within(2, DurationUnit::Hour), start);
    clock.done_at_ms = Some(start + 2 * HOUR_MS);
    assert_eq!(clock.light(start + DAY_MS), Light::Done { at_ms: start + 2 * HOUR_MS, late_ms: 0 });
    clock.done_at_ms = Some(start + 3 * HOUR_MS);
    assert_eq!(clock.light(start + DAY_MS).words(Lang::Zh), "已完成，超时1小时");
    assert_eq!(clock.light(start + DAY_MS).words(Lang::En), "done, 1 hour late");
    assert_eq!(clock.next_change_ms(start, Escalation::default()), None);
    assert_eq!(clock.pause(start + 4 * HOUR_MS, "停电"), Err(NotPaused::IsDone));

    let mut kept_up = Clock::start(Limit::ByDate { date: date(2026, 12, 1), ongoing: true }, start);
    kept_up.done_at_ms = Some(start + DAY_MS);
    assert_eq!(kept_up.light(start + 90 * DAY_MS), Light::None);

    let isolation = Clock::start(Limit::For { length: length(14, DurationUnit::Day) }, start);
    let over = start + 14 * DAY_MS;
    assert_eq!(isolation.light(start + 20 * DAY_MS), Light::Done { at_ms: over, late_ms: 0 });
    assert_eq!(isolation.next_change_ms(over, Escalation { every_minutes: 30, steps: 9 }), None);
}

#[test]
fn a_recurring_clock_shows_the_first_that_was_left_undone() {
    let start = at(date(2026, 11, 20), 8, 0);
    let mut clock = Clock::start(Limit::DailyBy { by: time(15, 0) }, start);
    let now = at(date(2026, 11, 22), 14, 0);
    assert_eq!(clock.light(now), Light::Red { due_ms: at(date(2026, 11, 20), 15, 0), over_ms: 47 * HOUR_MS });
    assert_eq!(clock.next_change_ms(now, Escalation::default()), Some(at(date(2026, 11, 22), 15, 0)));
    clock.done_through(at(date(2026, 11, 21), 15, 0));
    assert_eq!(clock.light(now).code(), "yellow");
    clock.done_through(at(date(2026, 11, 22), 15, 0));
    assert_eq!(clock.due_ms(), Some(at(date(2026, 11, 23), 15, 0)), "done before it was due");
    clock.done_through(start);
    assert_eq!(clock.due_ms(), Some(at(date(2026, 11, 23), 15, 0)), "done stays done");

    let mut twice = Clock::start(Limit::TimesPerDay { times: 2, days: Some(14) }, at(date(2026, 11, 1), 20, 0));
    let all = twice.occurrences(0, i64::MAX / 4, 1000);
    assert_eq!((all.len(), *all.last().unwrap()), (28, at(date(2026, 11, 15), 12, 0)));
    twice.done_through(*all.last().unwrap());
    assert_eq!(twice.light(now).code(), "done");
}

#[test]
fn pauses_move_durations_and_leave_the_calendar() {
    let start = at(date(2026, 11, 22), 8, 0);
    let mut clock = Clock::start(within(2, DurationUnit::Hour), start);
    assert_eq!(clock.resume(start), Err(NotPaused::DoesNotStand));
    assert_eq!(clock.pause(start - 1, "停电"), Err(NotPaused::TooEarly));
    clock.pause(start + HOUR_MS, "停电").unwrap();
    assert_eq!(clock.pause(start + HOUR_MS, "停电"), Err(NotPaused::StandsAlready));
    assert_eq!((clock.due_ms(), clock.light(start + 5 * HOUR_MS).code()), (None, "paused"));
    assert_eq!(clock.next_change_ms(start + 5 * HOUR_MS, Escalation::default()), None);
    assert_eq!(clock.resume(start), Err(NotPaused::TooEarly));
    clock.resume(start + 4 * HOUR_MS).unwrap();
    assert_eq!(clock.due_ms(), Some(start + 5 * HOUR_MS));

    let pauses = vec![Pause {
        from_ms: at(date(2026, 11, 22), 12, 0),
        until_ms: Some(at(date(2026, 11, 24), 16, 0)),
        reason: "停电".to_owned(),
    }];
    let daily = Clock { pauses: pauses.clone(), ..Clock::start(Limit::DailyBy { by: time(15, 0) }, start) };
    assert_eq!(daily.due_ms(), Some(at(date(2026, 11, 25), 15, 0)), "what fell into the pause is left out");
    let day = date(2026, 11, 23);
    let by_date = Clock { pauses, ..Clock::start(Limit::ByDate { date: day, ongoing: false }, start) };
    assert_eq!(by_date.due_ms(), end_of_day_ms(day), "a date stays");
}

#[test]
fn a_response_ends_two_incubation_periods_after_the_last_isolation() {
    assert_eq!(end_earliest_on(date(2026, 11, 2), 14, Number(2.0)), date(2026, 11, 30));
    assert_eq!(end_earliest_on(date(2028, 2, 20), 7, Number(1.5)), date(2028, 3, 2));
    assert_eq!(end_earliest_on(date(2026, 11, 2), u32::MAX, Number(9.0)), Date::MAX);
}

fn partial(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> PartialDate {
    PartialDate { year, month, day, year_from_document: false }
}

#[test]
fn every_time_of_a_plan_becomes_a_limit_or_says_what_must_be_asked() {
    use DurationUnit::{Day, Hour, Minute, Month, WorkingDay, Year};
    let facts = Facts {
        maximum_incubation_days: Some(14),
        mean_incubation_days: Some(Number(5.2)),
        at_once_grace_minutes: Some(15),
    };
    let by = |date| TimeKind::ByDate { date, ongoing: true };
    let by_date = |date| Ok(Limit::ByDate { date, ongoing: true });
    let lasting = |amount, unit| TimeKind::For { amount: Number(amount), unit };
    let lasts = |amount, unit| Ok(Limit::For { length: length(amount, unit) });
    let periods = |multiple, maximum| TimeKind::Incubations { multiple: Number(multiple), maximum };
    let no_year = partial(None, Some(6), None);
    let no_day = partial(Some(2027), Some(2), Some(30));
    let cases: Vec<(TimeKind, Result<Limit, CannotRun>)> = vec![
        (by(partial(Some(2027), Some(6), Some(5))), by_date(date(2027, 6, 5))),
        (by(partial(Some(2028), Some(2), None)), by_date(date(2028, 2, 29))),
        (by(partial(Some(2027), None, None)), by_date(date(2027, 12, 31))),
        (by(no_year), Err(CannotRun::UnknownYear(no_year))),
        (by(no_day), Err(CannotRun::NoSuchDate(no_day))),
        (
            TimeKind::FromDate { date: partial(Some(2027), Some(3), None) },
            Ok(Limit::FromDate { date: date(2027, 3, 1) }),
        ),
        (lasting(0.5, Year), lasts(6, Month)),
        (lasting(0.5, Month), lasts(15, Day)),
        (lasting(0.5, Day), lasts(12, Hour)),
        (lasting(0.1, Hour), lasts(6, Minute)),
        (lasting(0.5, WorkingDay), Err(CannotRun::NotCountable)),
        (lasting(0.0, Day), Err(CannotRun::NotCountable)),
        (lasting(-1.0, Day), Err(CannotRun::NotCountable)),
        (lasting(f64::NAN, Day), Err(CannotRun::NotCountable)),
        (lasting(101.0, Year), Err(CannotRun::NotCountable)),
        (TimeKind::DailyAt { at: time(24, 30) }, Err(CannotRun::NoSuchTime(time(24, 30)))),
        (TimeKind::DailyBy { by: time(24, 0) }, Ok(Limit::DailyBy { by: time(24, 0) })),
        (TimeKind::TimesPerDay { times: 0, days: None }, Err(CannotRun::NotCountable)),
        (periods(2.0, true), Ok(Limit::Incubations { hundredths: 200, maximum: true, days: 28 })),
        (periods(1.5, false), Ok(Limit::Incubations { hundredths: 150, maximum: false, days: 8 })),
        (TimeKind::AtOnce { trigger: None }, Ok(Limit::AtOnce { grace_minutes: 15 })),
    ];
    for (kind, limit) in cases {
        assert_eq!(Limit::of_plan(&kind, &facts), limit, "{kind:?}");
    }
    let nothing = Facts::default();
    assert_eq!(Limit::of_plan(&periods(2.0, true), &nothing), Err(CannotRun::NoMaximumIncubation));
    assert_eq!(Limit::of_plan(&periods(2.0, false), &nothing), Err(CannotRun::NoMeanIncubation));
    assert_eq!(Limit::of_plan(&TimeKind::AtOnce { trigger: None }, &nothing), Err(CannotRun::NoGrace));
    assert!(CannotRun::UnknownYear(no_year).words(Lang::Zh).starts_with("“????年6月”没有写明年份"));
}

#[test]
fn clocks_speak_in_both_languages() {
    let lengths = [
        (0, "不到1分钟", "less than a minute"),
        (35 * MINUTE_MS, "35分钟", "35 minutes"),
        (MINUTE_MS, "1分钟", "1 minute"),
        (2 * HOUR_MS, "2小时", "2 hours"),
        (HOUR_MS + MINUTE_MS, "1小时1分钟", "1 hour 1 minute"),
        (DAY_MS + 5 * MINUTE_MS, "1天", "1 day"),
        (3 * DAY_MS + 4 * HOUR_MS, "3天4小时", "3 days 4 hours"),
    ];
    for (ms, zh, en) in lengths {
        assert_eq!((duration_words(ms, Lang::Zh).as_str(), duration_words(ms, Lang::En).as_str()), (zh, en));
    }
    let due = at(date(2026, 11, 22), 15, 0);
    let clock = Clock::start(Limit::At { at_ms: due }, due - DAY_MS);
    let light = clock.light(due - 2 * HOUR_MS);
    assert_eq!(light.words(Lang::Zh), "还有2小时 · 至 11月22日 15:00");
    assert_eq!(light.words(Lang::En), "2 hours left · until 22 Nov 15:00");
    assert_eq!(clock.light(due + 35 * MINUTE_MS).words(Lang::Zh), "超时35分钟");
    assert_eq!(clock.light(due + 35 * MINUTE_MS).words(Lang::En), "35 minutes over");
    assert_eq!(clock.limit.words(Lang::Zh), "2026年11月22日 15:00 前");
    let year_end = at(date(2027, 1, 1), 0, 0);
    assert_eq!(moment_words(year_end, due, Lang::Zh), "12月31日 24:00");
    assert_eq!(moment_words(year_end + MINUTE_MS, due, Lang::En), "1 Jan 2027 00:01");
    let limits = [
        (within(1, DurationUnit::Hour), "1 小时内", "within 1 hour"),
        (Limit::AtOnce { grace_minutes: 1 }, "立即，1分钟内", "at once, within 1 minute"),
        (
            Limit::Incubations { hundredths: 200, maximum: true, days: 28 },
            "2 个最长潜伏期（28 天）",
            "2 × maximum incubation period (28 days)",
        ),
        (
            Limit::Every { length: length(1, DurationUnit::Week), times: 2, periods: Some(4) },
            "每 1 周 2 次，共 4 期",
            "twice every 1 week for 4 periods",
        ),
    ];
    for (limit, zh, en) in limits {
        assert_eq!((limit.words(Lang::Zh).as_str(), limit.words(Lang::En).as_str()), (zh, en));
    }
}

#[test]
fn what_cannot_be_reckoned_is_not_due_and_never_panics() {
    let limits = [
        Limit::For { length: length(u32::MAX, DurationUnit::Year) },
        within(u32::MAX, DurationUnit::WorkingDay),
        Limit::ByDate { date: Date::MAX, ongoing: false },
        Limit::Every { length: length(0, DurationUnit::Day), times: 1, periods: Some(3) },
        Limit::TimesPerDay { times: u32::MAX, days: Some(u32::MAX) },
    ];
    for limit in limits {
        for start in [0, i64::MIN / 4, i64::MAX / 4] {
            let clock = Clock::start(limit.clone(), start);
            clock.light(0);
            clock.next_change_ms(0, Escalation { every_minutes: u32::MAX, steps: u32::MAX });
        }
    }
}

/// Starts at month ends, leap days and year ends as often as anywhere else.
fn starts() -> impl Strategy<Value = i64> {
    let days = prop_oneof![
        Just(date(2028, 2, 28)),
        Just(date(2028, 2, 29)),
        Just(date(2027, 1, 31)),
        Just(date(2026, 12, 31)),
        Just(date(2026, 11, 20)),
        (0i32..1500).prop_map(|days| date(2026, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()),
    ];
    (days, 0i64..24, 0i64..60).prop_map(|(day, hour, minute)| at(day, hour, minute))
}

fn lengths() -> impl Strategy<Value = Length> {
    use DurationUnit::{Day, Hour, Minute, Month, Week, WorkingDay, Year};
    prop_oneof![
        (1u32..40).prop_map(|n| length(n * 60, Minute)),
        (1u32..72).prop_map(|n| length(n, Hour)),
        (1u32..40).prop_map(|n| length(n, Day)),
        (1u32..15).prop_map(|n| length(n, WorkingDay)),
        (1u32..5).prop_map(|n| length(n, Week)),
        (1u32..14).prop_map(|n| length(n, Month)),
        Just(length(1, Year)),
    ]
}

fn limits() -> impl Strategy<Value = Limit> {
    let times = || prop_oneof![Just(1u32), Just(2), Just(3), Just(4), Just(6)];
    prop_oneof![
        lengths().prop_map(|length| Limit::Within { length }),
        lengths().prop_map(|length| Limit::For { length }),
        (1u32..30).prop_map(|days| Limit::Incubations { hundredths: 200, maximum: true, days }),
        (0u32..300).prop_map(|grace_minutes| Limit::AtOnce { grace_minutes }),
        (0u8..=24).prop_map(|hour| Limit::DailyBy { by: time(hour, if hour == 24 { 0 } else { 30 }) }),
        (times(), proptest::option::of(1u32..15)).prop_map(|(times, days)| Limit::TimesPerDay { times, days }),
        (lengths(), times(), proptest::option::of(1u32..6)).prop_map(|(length, times, periods)| Limit::Every {
            length,
            times,
            periods
        }),
        (0i32..60).prop_map(|days| {
            let date = date(2026, 12, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            Limit::ByDate { date, ongoing: false }
        }),
    ]
}

/// Clocks with up to three pauses, minutes or days long, the last one perhaps open.
fn clocks() -> impl Strategy<Value = Clock> {
    let gap = || prop_oneof![0i64..300, 0i64..20_000];
    let pauses = proptest::collection::vec((gap(), prop_oneof![1i64..300, 1i64..9_000]), 0..3);
    (limits(), starts(), pauses, any::<bool>()).prop_map(|(limit, start, gaps, open)| {
        let mut clock = Clock::start(limit, start);
        let mut now = start;
        let last = gaps.len();
        for (n, (gap, lasts)) in gaps.into_iter().enumerate() {
            clock.pause(now + gap * MINUTE_MS, "停电").unwrap();
            now += (gap + lasts) * MINUTE_MS;
            if !(open && n + 1 == last) {
                clock.resume(now).unwrap();
            }
        }
        clock
    })
}

/// How far the reference walks.
const HORIZON: i64 = 60 * 24 * 60;
/// How far it looks for the next change.
const LOOK_AHEAD: i64 = 6_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 200 } else { 3000 }))]

    #[test]
    fn what_falls_due_is_what_the_slow_reference_finds(clock in clocks()) {
        let start = clock.started_at_ms / MINUTE_MS;
        let expected: Vec<i64> = reference::dues(&clock, start + HORIZON)
            .into_iter()
            .filter(|due| (start..start + HORIZON).contains(due))
            .map(|due| due * MINUTE_MS)
            .collect();
        let found = clock.occurrences(clock.started_at_ms, (start + HORIZON) * MINUTE_MS, usize::MAX);
        prop_assert_eq!(&found, &expected);
        let some = clock.occurrences(clock.started_at_ms, (start + HORIZON) * MINUTE_MS, 3);
        prop_assert_eq!(&some[..], &expected[..expected.len().min(3)]);
    }

    #[test]
    fn the_light_and_its_next_change_are_what_the_slow_reference_sees(
        mut clock in clocks(),
        later in prop_oneof![0i64..600, 0i64..30_000],
        done in proptest::option::of(0usize..6),
        every_minutes in prop_oneof![Just(0u32), Just(30), Just(600)],
    ) {
        let start = clock.started_at_ms / MINUTE_MS;
        let horizon = start + HORIZON;
        let dues = reference::dues(&clock, horizon + HORIZON / 2);
        if let Some(due) = done.and_then(|place| dues.get(place)).filter(|_| clock.limit.recurs()) {
            clock.done_through(due * MINUTE_MS);
        }
        // A pause is kept when it begins, so that none lies ahead.
        let from = clock.pauses.last().map_or(start, |pause| pause.from_ms / MINUTE_MS);
        let now = from + later;
        let escalation = Escalation { every_minutes, steps: 3 };
        let ran = reference::ran(&clock, horizon + HORIZON / 2);
        let seen = |minute| reference::state(&clock, &dues, &ran, escalation, minute);
        let code = clock.light(now * MINUTE_MS).code();
        // What is due beyond the reference's sight, or no longer at all, is not to be told apart by it.
        let told = dues.iter().any(|due| {
            !clock.limit.recurs() || *due > start.max(clock.done_through_ms.map_or(start, |ms| ms / MINUTE_MS))
        });
        prop_assume!(told || code == "paused");
        prop_assert_eq!(code, seen(now).0);
        let changes = (now + 1..horizon.min(now + LOOK_AHEAD)).find(|minute| seen(*minute) != seen(*minute - 1));
        let next = clock.next_change_ms(now * MINUTE_MS, escalation);
        match changes {
            Some(minute) => {
                let next = next.unwrap();
                prop_assert!(next > (minute - 1) * MINUTE_MS && next <= minute * MINUTE_MS,
                    "{} but {}", next / MINUTE_MS - now, minute - now);
            }
            None => prop_assert!(next.is_none_or(|next| next >= horizon.min(now + LOOK_AHEAD) * MINUTE_MS), "{:?}", next),
        }
    }

    #[test]
    fn a_clock_is_the_same_after_it_was_written_and_read(clock in clocks()) {
        let text = serde_json::to_string(&clock).unwrap();
        prop_assert_eq!(serde_json::from_str::<Clock>(&text).unwrap(), clock);
    }

    #[test]
    fn a_pause_never_makes_anything_due_sooner(clock in clocks(), gap in 0i64..5_000, lasts in 0i64..5_000) {
        let mut longer = clock.clone();
        let free = clock.pauses.last().map_or(Some(clock.started_at_ms), |pause| pause.until_ms);
        prop_assume!(free.is_some());
        let from = free.unwrap() + gap * MINUTE_MS;
        longer.pause(from, "停电").unwrap();
        longer.resume(from + lasts * MINUTE_MS).unwrap();
        if let Some(due) = clock.due_ms() {
            prop_assert!(longer.due_ms().unwrap() >= due);
        }
    }
}
