use jiff::civil::Date;

use super::incubation::days_of;
use super::{Length, Limit};
use crate::Lang;
use crate::plan::{DurationUnit, Number, PartialDate, TimeKind, TimeOfDay};

/// The longest limit that is run: what is longer is a mistake in reading.
const MOST_YEARS: u32 = 100;
const MOST_TIMES_A_DAY: u32 = 1440;

/// What a plan leaves to be known before its time limits can run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Facts {
    /// The disease's maximum incubation period in days.
    pub maximum_incubation_days: Option<u32>,
    /// Its mean incubation period in days.
    pub mean_incubation_days: Option<Number>,
    /// How many minutes `立即` leaves until it is late.
    pub at_once_grace_minutes: Option<u32>,
}

/// Why a time limit of a plan cannot run yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotRun {
    /// The date has no year.
    UnknownYear(PartialDate),
    /// There is no such day.
    NoSuchDate(PartialDate),
    /// There is no such time of day.
    NoSuchTime(TimeOfDay),
    /// The maximum incubation period is not known.
    NoMaximumIncubation,
    /// The mean incubation period is not known.
    NoMeanIncubation,
    /// How much time `立即` leaves has not been said.
    NoGrace,
    /// None, a part that cannot be counted, or too many.
    NotCountable,
}

impl CannotRun {
    /// What is missing and what to do.
    pub fn words(self, lang: Lang) -> String {
        let date = |date: PartialDate| date.words(lang);
        match self {
            CannotRun::UnknownYear(day) => lang.pick(
                format!("“{}”没有写明年份，时限不能计算。请补充年份。", date(day)),
                format!("“{}” has no year, so its clock cannot run. Give the year.", date(day)),
            ),
            CannotRun::NoSuchDate(day) => lang.pick(
                format!("“{}”不是实际存在的日期。请核对原文后更正。", date(day)),
                format!("“{}” is not a day of the calendar. Check the text and correct it.", date(day)),
            ),
            CannotRun::NoSuchTime(time) => lang.pick(
                format!("“{time}”不是实际存在的时刻。请核对原文后更正。"),
                format!("“{time}” is not a time of day. Check the text and correct it."),
            ),
            CannotRun::NoMaximumIncubation => lang.pick(
                "不知道本病的最长潜伏期，时限不能计算。请填写天数。".to_owned(),
                "The maximum incubation period is not known, so the clock cannot run. Give it in days.".to_owned(),
            ),
            CannotRun::NoMeanIncubation => lang.pick(
                "不知道本病的平均潜伏期，时限不能计算。请填写天数。".to_owned(),
                "The mean incubation period is not known, so the clock cannot run. Give it in days.".to_owned(),
            ),
            CannotRun::NoGrace => lang.pick(
                "没有规定“立即”最多可用多少分钟。请在事件参数中设定，或直接填写完成时间。".to_owned(),
                "It has not been said how many minutes “at once” leaves. Set it among the incident’s parameters, or give the \
                 time by which it is due."
                    .to_owned(),
            ),
            CannotRun::NotCountable => lang.pick(
                "时限的数目不能计数（为零、不是整数单位或过长）。请核对原文后更正。".to_owned(),
                "The figure of the time limit cannot be counted: none, a part of a unit, or too long. Check the text \
                 and correct it."
                    .to_owned(),
            ),
        }
    }
}

impl Limit {
    /// The limit that a time of a plan sets.
    ///
    /// # Errors
    /// [`CannotRun`] says what must be asked first.
    pub fn of_plan(time: &TimeKind, facts: &Facts) -> Result<Limit, CannotRun> {
        Ok(match time {
            TimeKind::ByDate { date, ongoing } => Limit::ByDate { date: last_day(*date)?, ongoing: *ongoing },
            TimeKind::FromDate { date } => Limit::FromDate { date: first_day(*date)? },
            TimeKind::Within { amount, unit, .. } => Limit::Within { length: Length::of_plan(*amount, *unit)? },
            TimeKind::DailyAt { at } => Limit::DailyAt { at: real(*at)? },
            TimeKind::DailyBy { by } => Limit::DailyBy { by: real(*by)? },
            TimeKind::TimesPerDay { times, days } => {
                let days = days.map(|days| countable(days, MOST_YEARS * 366)).transpose()?;
                Limit::TimesPerDay { times: countable(*times, MOST_TIMES_A_DAY)?, days }
            }
            TimeKind::Every { amount, unit, times } => {
                let times = countable(*times, MOST_TIMES_A_DAY)?;
                Limit::Every { length: Length::of_plan(*amount, *unit)?, times, periods: None }
            }
            TimeKind::For { amount, unit } => Limit::For { length: Length::of_plan(*amount, *unit)? },
            TimeKind::LookBack { amount, unit } => Limit::LookBack { length: Length::of_plan(*amount, *unit)? },
            TimeKind::Standing { hours } => Limit::Standing { hours: *hours },
            TimeKind::Incubations { multiple, maximum } => incubations(*multiple, *maximum, facts)?,
            TimeKind::AtOnce { .. } => {
                Limit::AtOnce { grace_minutes: facts.at_once_grace_minutes.ok_or(CannotRun::NoGrace)? }
            }
        })
    }
}

impl Length {
    /// A length as a plan writes it. A part of a unit becomes a smaller one (`半年`: 6 months, `半天`: 12 hours, `半小时`:
    /// 30 minutes); half a month is 15 days, as in official use.
    ///
    /// # Errors
    /// [`CannotRun::NotCountable`] for none, for a part of a working day, and for more than a hundred years.
    pub fn of_plan(amount: Number, unit: DurationUnit) -> Result<Length, CannotRun> {
        let smaller = match unit {
            DurationUnit::Year => Some((12.0, DurationUnit::Month)),
            DurationUnit::Month => Some((30.0, DurationUnit::Day)),
            DurationUnit::Week => Some((7.0, DurationUnit::Day)),
            DurationUnit::Day => Some((24.0, DurationUnit::Hour)),
            DurationUnit::Hour => Some((60.0, DurationUnit::Minute)),
            DurationUnit::Minute | DurationUnit::WorkingDay => None,
        };
        if amount.0.fract() != 0.0 {
            let (factor, smaller) = smaller.ok_or(CannotRun::NotCountable)?;
            // A tenth is no exact binary number: 0.1 hours are 6 minutes all the same.
            let exact = amount.0 * factor;
            let near = if (exact - exact.round()).abs() < 1e-6 { exact.round() } else { exact };
            return Length::of_plan(Number(near), smaller);
        }
        let most = match unit {
            DurationUnit::Year => MOST_YEARS,
            DurationUnit::Month => MOST_YEARS * 12,
            DurationUnit::Week => MOST_YEARS * 52,
            DurationUnit::Day | DurationUnit::WorkingDay => MOST_YEARS * 365,
            DurationUnit::Hour => MOST_YEARS * 365 * 24,
            DurationUnit::Minute => MOST_YEARS * 365 * 24 * 60,
        };
        let whole = (amount.0 >= 1.0 && amount.0 <= f64::from(most)).then_some(amount.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between one and `most`")]
        whole.map(|whole| Length { amount: whole as u32, unit }).ok_or(CannotRun::NotCountable)
    }
}

fn countable(number: u32, most: u32) -> Result<u32, CannotRun> {
    if (1..=most).contains(&number) { Ok(number) } else { Err(CannotRun::NotCountable) }
}

/// A time of day; 24:00 is the end of the day.
fn real(time: TimeOfDay) -> Result<TimeOfDay, CannotRun> {
    let end = time.hour == 24 && time.minute == 0;
    if end || (time.hour < 24 && time.minute < 60) { Ok(time) } else { Err(CannotRun::NoSuchTime(time)) }
}

fn incubations(multiple: Number, maximum: bool, facts: &Facts) -> Result<Limit, CannotRun> {
    let days = if maximum {
        days_of(facts.maximum_incubation_days.ok_or(CannotRun::NoMaximumIncubation)?, multiple)
    } else {
        let mean = facts.mean_incubation_days.ok_or(CannotRun::NoMeanIncubation)?;
        days_of(1, Number(mean.0 * multiple.0))
    };
    let days = countable(days, MOST_YEARS * 365)?;
    Ok(Limit::Incubations { hundredths: days_of(100, multiple), maximum, days })
}

/// The first day of a date of which month or day may be unknown.
fn first_day(date: PartialDate) -> Result<Date, CannotRun> {
    let year = date.year.ok_or(CannotRun::UnknownYear(date))?;
    if date.month.is_none() && date.day.is_some() {
        return Err(CannotRun::NoSuchDate(date));
    }
    Date::new(year, date.month.unwrap_or(1), date.day.unwrap_or(1)).map_err(|_| CannotRun::NoSuchDate(date))
}

/// Its last day: of a month its end, of a year 31 December.
fn last_day(date: PartialDate) -> Result<Date, CannotRun> {
    let first = first_day(date)?;
    Ok(match (date.month, date.day) {
        (None, _) => first.last_of_year(),
        (Some(_), None) => first.last_of_month(),
        (Some(_), Some(_)) => first,
    })
}
