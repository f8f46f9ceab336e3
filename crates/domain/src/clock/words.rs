//! Limits, lengths of time and instants in words.

use jiff::civil::Date;

use super::calendar::{DAY_MS, HOUR_MS, MINUTE_MS, civil, day_number};
use super::{Length, Limit};
use crate::Lang;
use crate::plan::{DurationUnit, Number, PartialDate, TimeKind};

/// At most the two largest units: `2天3小时`, `35分钟`, `2 days 3 hours`; what is below a minute says so.
pub fn duration_words(length_ms: i64, lang: Lang) -> String {
    let minutes = length_ms.max(0) / MINUTE_MS;
    let in_day = DAY_MS / MINUTE_MS;
    let in_hour = HOUR_MS / MINUTE_MS;
    let (days, hours, rest) = (minutes / in_day, minutes % in_day / in_hour, minutes % in_hour);
    let parts = match (days, hours) {
        (0, 0) => [(rest, DurationUnit::Minute), (0, DurationUnit::Minute)],
        (0, _) => [(hours, DurationUnit::Hour), (rest, DurationUnit::Minute)],
        _ => [(days, DurationUnit::Day), (hours, DurationUnit::Hour)],
    };
    let words: Vec<String> =
        parts.into_iter().filter(|(amount, _)| *amount > 0).map(|(amount, unit)| counted(amount, unit, lang)).collect();
    if words.is_empty() {
        return lang.pick("不到1分钟", "less than a minute").to_owned();
    }
    words.join(lang.pick("", " "))
}

fn counted(amount: i64, unit: DurationUnit, lang: Lang) -> String {
    let is_one = Number(if amount == 1 { 1.0 } else { 2.0 });
    lang.pick(format!("{amount}{}", unit.words(is_one, lang)), format!("{amount} {}", unit.words(is_one, lang)))
}

/// `11月22日 15:00`, `22 Nov 15:00`, with the year where it is not the year of `beside_ms`. Midnight is said as 24:00 of
/// the day that ends.
pub fn moment_words(at_ms: i64, beside_ms: i64, lang: Lang) -> String {
    moment(at_ms, civil(beside_ms).map(|beside| beside.year()), lang)
}

fn moment(at_ms: i64, beside: Option<i16>, lang: Lang) -> String {
    let midnight = day_number(at_ms) != day_number(at_ms - 1);
    let Some(at) = civil(if midnight { at_ms - 1 } else { at_ms }) else {
        return String::new();
    };
    let date = day(at.date(), Some(at.year()).filter(|year| beside != Some(*year)), lang);
    if midnight { format!("{date} 24:00") } else { format!("{date} {:02}:{:02}", at.hour(), at.minute()) }
}

fn day(date: Date, year: Option<i16>, lang: Lang) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(date.month() - 1).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or("?");
    match year {
        None => lang.pick(format!("{}月{}日", date.month(), date.day()), format!("{} {month}", date.day())),
        Some(year) => {
            lang.pick(format!("{year}年{}月{}日", date.month(), date.day()), format!("{} {month} {year}", date.day()))
        }
    }
}

impl Length {
    fn number(self) -> Number {
        Number(f64::from(self.amount))
    }

    /// `2 小时`, `2 hours`.
    pub fn words(self, lang: Lang) -> String {
        format!("{} {}", self.amount, self.unit.words(self.number(), lang))
    }
}

impl Limit {
    /// What is due by when, in a few words, as the plan's own time limits are said.
    pub fn words(&self, lang: Lang) -> String {
        let date = |date: Date| PartialDate {
            year: Some(date.year()),
            month: Some(date.month()),
            day: Some(date.day()),
            year_from_document: false,
        };
        let number = |length: &Length| (length.number(), length.unit);
        let kind = match self {
            Limit::At { at_ms } => {
                let at = moment(*at_ms, None, lang);
                return lang.pick(format!("{at} 前"), format!("by {at}"));
            }
            Limit::AtOnce { grace_minutes } => {
                let grace = counted(i64::from(*grace_minutes), DurationUnit::Minute, lang);
                return lang.pick(format!("立即，{grace}内"), format!("at once, within {grace}"));
            }
            Limit::Every { length, times, periods: Some(periods) } => {
                let (amount, unit) = number(length);
                let every = TimeKind::Every { amount, unit, times: *times }.words(lang);
                let en = if *periods == 1 { "for one period".to_owned() } else { format!("for {periods} periods") };
                return lang.pick(format!("{every}，共 {periods} 期"), format!("{every} {en}"));
            }
            Limit::Incubations { hundredths, maximum, days } => {
                let multiple = Number(f64::from(*hundredths) / 100.0);
                let periods = TimeKind::Incubations { multiple, maximum: *maximum }.words(lang);
                let days = Length { amount: *days, unit: DurationUnit::Day }.words(lang);
                return lang.pick(format!("{periods}（{days}）"), format!("{periods} ({days})"));
            }
            Limit::ByDate { date: day, ongoing } => TimeKind::ByDate { date: date(*day), ongoing: *ongoing },
            Limit::FromDate { date: day } => TimeKind::FromDate { date: date(*day) },
            Limit::Within { length } => {
                let (amount, unit) = number(length);
                TimeKind::Within { amount, unit, trigger: None }
            }
            Limit::DailyAt { at } => TimeKind::DailyAt { at: *at },
            Limit::DailyBy { by } => TimeKind::DailyBy { by: *by },
            Limit::TimesPerDay { times, days } => TimeKind::TimesPerDay { times: *times, days: *days },
            Limit::Every { length, times, periods: None } => {
                let (amount, unit) = number(length);
                TimeKind::Every { amount, unit, times: *times }
            }
            Limit::For { length } => {
                let (amount, unit) = number(length);
                TimeKind::For { amount, unit }
            }
            Limit::LookBack { length } => {
                let (amount, unit) = number(length);
                TimeKind::LookBack { amount, unit }
            }
            Limit::Standing { hours } => TimeKind::Standing { hours: *hours },
        };
        kind.words(lang)
    }
}
