//! What the commands on transmission share: daily cases of one series.

use jiff::civil::Date;
use lianfang_domain::Lang;
use lianfang_epi::Refusal;
use lianfang_epi::assess::clean::{Dated, Series, Step, clean};
use lianfang_epi::transmission::serial_interval::SerialInterval;

use super::args::{IntervalArgs, TableArgs};
use super::input::Table;
use super::refuse;
use crate::exit::Exit;

/// Daily cases, complete from the first to the last day, all series together.
pub(super) struct Daily {
    pub(super) series: Series,
    /// Cases infected elsewhere, per day; those of the first day count as such.
    pub(super) imported: Vec<f64>,
    pub(super) local: Vec<f64>,
}

impl Daily {
    pub(super) fn read(args: &TableArgs, lang: Lang) -> Result<Daily, Exit> {
        let table = Table::open(&args.file, lang)?;
        let (dates, counts) = (table.dates("date")?, table.numbers("count")?);
        let outside = table.numbers_if("imported")?;
        let as_of = args.as_of.or_else(|| dates.iter().max().copied()).unwrap_or(Date::MAX);
        let series = daily(&dates, &counts, as_of).map_err(|r| refuse(&r, lang))?;
        let gaps: Vec<Date> =
            (0..series.counts.len()).filter(|&t| series.counts[t].is_nan()).map(|t| series.date(t)).take(10).collect();
        if !gaps.is_empty() {
            return Err(refuse(&Refusal::GapsInSeries { missing: gaps }, lang));
        }
        let mut imported = vec![0.0; series.counts.len()];
        for (day, count) in dates.iter().zip(outside.into_iter().flatten()) {
            let at = usize::try_from((*day - series.first).get_days()).unwrap_or(usize::MAX);
            if let Some(cell) = imported.get_mut(at) {
                *cell += count.unwrap_or(0.0);
            }
        }
        imported[0] = series.counts[0];
        let local = series.counts.iter().zip(&imported).map(|(all, outside)| (all - outside).max(0.0)).collect();
        Ok(Daily { series, imported, local })
    }
}

/// Rows of one date are added up: several places may report each day.
fn daily(dates: &[Date], counts: &[Option<f64>], as_of: Date) -> Result<Series, Refusal> {
    let mut rows: std::collections::BTreeMap<Date, Option<f64>> = std::collections::BTreeMap::new();
    for (&on, &count) in dates.iter().zip(counts) {
        let sum = rows.entry(on).or_insert(Some(0.0));
        *sum = sum.zip(count).map(|(a, b)| a + b);
    }
    let rows: Vec<Dated> = rows.into_iter().map(|(on, count)| Dated { on, count }).collect();
    clean(&rows, Step::Day, as_of)
}

/// The serial interval asked for, long enough for the days there are.
pub(super) fn interval(args: &IntervalArgs, lang: Lang) -> Result<SerialInterval, Exit> {
    let days = (args.si_mean + 10.0 * args.si_sd).clamp(10.0, 400.0).ceil() as usize;
    SerialInterval::discretised(args.si_mean, args.si_sd, days).map_err(|r| refuse(&r, lang))
}
