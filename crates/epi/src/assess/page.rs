use jiff::civil::Date;

use super::choose::{Reason, choose};
use super::clean::{Dated, Note, Series, Step, clean};
use super::detector::{Detector, Judged};
use crate::Refusal;

/// What is asked of an assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Days or weeks.
    pub step: Step,
    /// The day up to which the data are known.
    pub as_of: Date,
    /// A method, or `None` to have one chosen.
    pub detector: Option<Detector>,
    /// Whether a single case must be acted upon (plague, cholera and the like).
    pub every_case: bool,
}

/// The judgement of the latest step, with what it was judged by.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// First day of the step that was judged.
    pub on: Date,
    /// What was observed.
    pub observed: f64,
    /// What was expected.
    pub expected: Option<f64>,
    /// More than this rings; a fixed number rings when it is reached.
    pub threshold: Option<f64>,
    /// 0 at the expected, 1 at the threshold.
    pub score: Option<f64>,
    /// Chance of as many or more, where the method gives one.
    pub p: Option<f64>,
    /// Whether it rings; `None` where it cannot be said.
    pub alarm: Option<bool>,
    /// The method with its parameters.
    pub detector: Detector,
    /// Why that one.
    pub reason: Reason,
    /// First day that was looked at.
    pub window_from: Date,
    /// The day up to which the data were known.
    pub as_of: Date,
    /// What was done to the data.
    pub notes: Vec<Note>,
}

/// Is the latest step unusual, and by what is it judged?
///
/// Cleans the rows, checks the latest steps for gaps, chooses a method by length, level and zeros of the series (or takes the
/// one asked for), judges, and says what was done.
///
/// * `rows`: dates and counts in any order, as they were reported.
///
/// # Errors
/// Those of [`clean`], [`choose`] and the method; [`Refusal::GapsInSeries`] if the latest step is unknown.
///
/// Source: the methods' own.
///
/// ```
/// use jiff::civil::date;
/// use lianfang_epi::assess::{Settings, assess};
/// use lianfang_epi::assess::clean::{Dated, Step};
/// let rows: Vec<Dated> = (1..=20).map(|d| Dated { on: date(2026, 5, d), count: Some(if d == 20 { 19.0 } else { 5.0 }) }).collect();
/// let settings = Settings { step: Step::Day, as_of: date(2026, 5, 20), detector: None, every_case: false };
/// let found = assess(&rows, &settings)?;
/// assert_eq!(found.alarm, Some(true));
/// assert!(found.words_zh().contains("报警"));
/// # Ok::<(), lianfang_epi::Refusal>(())
/// ```
pub fn assess(rows: &[Dated], settings: &Settings) -> Result<Assessment, Refusal> {
    let series = clean(rows, settings.step, settings.as_of)?;
    let latest = latest_known(&series)?;
    let (detector, reason) = method(&series, settings)?;
    let judged = judge(&detector, &series, latest)?;
    let reach = detector.reach(&series).min(latest);
    Ok(Assessment {
        on: series.date(latest),
        observed: judged.observed,
        expected: judged.expected,
        threshold: judged.threshold,
        score: judged.score,
        p: judged.p,
        alarm: judged.alarm,
        window_from: series.date(latest - reach),
        as_of: settings.as_of,
        detector,
        reason,
        notes: series.notes,
    })
}

fn latest_known(series: &Series) -> Result<usize, Refusal> {
    let latest = series.counts.len() - 1;
    if series.counts[latest].is_nan() {
        return Err(Refusal::GapsInSeries { missing: vec![series.date(latest)] });
    }
    Ok(latest)
}

fn method(series: &Series, settings: &Settings) -> Result<(Detector, Reason), Refusal> {
    match &settings.detector {
        Some(detector) => Ok((detector.clone(), Reason::Asked)),
        None if settings.every_case => Ok((Detector::Fixed { limit: 1.0 }, Reason::EveryCase)),
        None => choose(series),
    }
}

fn judge(detector: &Detector, series: &Series, at: usize) -> Result<Judged, Refusal> {
    let need = detector.reach(series) + 1;
    let judged = detector.judge(series, at..at + 1)?;
    let short = Refusal::SeriesTooShort { have: series.counts.len(), need };
    let point = judged.into_iter().find(|p| p.at == at).ok_or(short)?;
    if point.observed.is_nan() {
        let missing = (at.saturating_sub(6)..=at).filter(|&t| series.counts[t].is_nan()).map(|t| series.date(t));
        return Err(Refusal::GapsInSeries { missing: missing.take(10).collect() });
    }
    Ok(point)
}

#[cfg(test)]
mod tests;
