use crate::Refusal;
use crate::assess::clean::Series;
use crate::assess::detector::Detector;
use crate::number::chance::Stream;
use crate::refusal::{at_least, positive};

/// An outbreak that is added to the user's own history, to see whether and how soon it would have been noticed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Injection {
    /// Cases on average.
    pub cases: f64,
    /// Steps over which they fall ill.
    pub steps: usize,
    /// How many outbreaks are tried, one at a time.
    pub trials: usize,
}

/// How a detector does on a history.
#[derive(Clone, Debug, PartialEq)]
pub struct BackTest {
    /// The detector.
    pub detector: Detector,
    /// Steps that could be judged.
    pub judged: usize,
    /// Share of them that rang without an added outbreak.
    pub false_alarm_rate: f64,
    /// Share of added outbreaks that were noticed while they lasted.
    pub detected: f64,
    /// Mean steps from the first case to the alarm, those not noticed counting as their whole length.
    pub delay: f64,
}

/// How often would this have rung for nothing on our own data, and how soon for an outbreak?
///
/// Every step from the first that can be judged is judged as it was: rings count as false. Then outbreaks of Poisson size are
/// added at random steps, each spread evenly over its length by chance, and the first ring within is looked for.
///
/// * `series`: a history without known outbreaks (set their steps to unknown first).
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if fewer than `steps + 1` steps can be judged, [`Refusal::Parameter`].
///
/// Source: Noufaily A. et al., Stat Med 2013;32:1206–22 (added outbreaks); Buckeridge D.L. J Biomed Inform 2007;40:370–9.
pub fn backtest(
    series: &Series,
    detector: &Detector,
    injection: Injection,
    stream: &Stream,
) -> Result<BackTest, Refusal> {
    positive("cases", injection.cases)?;
    at_least("steps", injection.steps, 1)?;
    at_least("trials", injection.trials, 1)?;
    let n = series.counts.len();
    let first = detector.reach(series);
    if first + injection.steps >= n {
        return Err(Refusal::SeriesTooShort { have: n, need: first + injection.steps + 1 });
    }
    let plain = detector.judge(series, first..n)?;
    let judged = plain.iter().filter(|p| p.alarm.is_some()).count();
    let rang = plain.iter().filter(|p| p.alarm == Some(true)).count();
    let (mut noticed, mut delay) = (0, 0);
    let mut with = series.clone();
    for trial in 0..injection.trials {
        let mut stream = stream.part(trial as u64);
        let start = first + stream.below((n - first - injection.steps) as u32) as usize;
        let span = start..start + injection.steps;
        with.counts.clone_from(&series.counts);
        let cases = stream.poisson(injection.cases).max(1.0);
        for _ in 0..cases as usize {
            with.counts[start + stream.below(injection.steps as u32) as usize] += 1.0;
        }
        let found = detector.judge(&with, span)?.iter().find(|p| p.alarm == Some(true)).map(|p| p.at - start);
        noticed += usize::from(found.is_some());
        delay += found.unwrap_or(injection.steps);
    }
    let trials = injection.trials as f64;
    Ok(BackTest {
        detector: detector.clone(),
        judged,
        false_alarm_rate: rang as f64 / judged.max(1) as f64,
        detected: noticed as f64 / trials,
        delay: delay as f64 / trials,
    })
}

/// The detector that notices soonest among those that ring for nothing at most so often; detectors that cannot judge the series
/// are left out.
///
/// # Errors
/// [`Refusal::Nothing`] if none keeps the rate.
pub fn propose(
    series: &Series,
    candidates: &[Detector],
    injection: Injection,
    most_false: f64,
    stream: &Stream,
) -> Result<BackTest, Refusal> {
    let tests: Vec<BackTest> = candidates.iter().filter_map(|d| backtest(series, d, injection, stream).ok()).collect();
    best(&tests, most_false)
        .map(|at| tests[at].clone())
        .ok_or(Refusal::Nothing {
            what_zh: "符合误报要求的方法", what: "method that keeps the rate of false alarms"
        })
}

/// Which of several tests of one series noticed soonest, of those that ring for nothing at most so often; `None` if none does.
/// Where several are as soon, the one that missed fewest, then the one that rang least for nothing.
pub fn best(tests: &[BackTest], most_false: f64) -> Option<usize> {
    let fit = tests.iter().enumerate().filter(|(_, t)| t.judged > 0 && t.false_alarm_rate <= most_false);
    let order = |t: &BackTest| (t.delay, -t.detected, t.false_alarm_rate);
    let sooner = |a: &BackTest, b: &BackTest| {
        let (a, b) = (order(a), order(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    };
    fit.min_by(|(_, a), (_, b)| sooner(a, b)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Probability;
    use crate::aberration::ears::{Ears, EarsMethod};
    use crate::assess::clean::Step;

    fn history() -> Series {
        let mut stream = Stream::new("history", 1);
        let counts = (0..300).map(|_| stream.poisson(6.0)).collect();
        Series { first: jiff::civil::date(2025, 1, 1), step: Step::Day, counts, notes: Vec::new() }
    }

    fn c2(alpha: f64) -> Detector {
        let alpha = Probability::new("alpha", alpha).unwrap();
        Detector::Ears(Ears { alpha, min_sigma: 0.5, ..Ears::published(EarsMethod::C2) })
    }

    #[test]
    fn a_larger_outbreak_is_noticed_more_often_and_sooner() {
        let run = |cases| {
            let injection = Injection { cases, steps: 5, trials: 200 };
            backtest(&history(), &c2(0.01), injection, &Stream::new("backtest", 1)).unwrap()
        };
        let (small, large) = (run(8.0), run(80.0));
        assert!(large.detected > small.detected && large.delay < small.delay, "{small:?} {large:?}");
        assert_eq!(small.false_alarm_rate, large.false_alarm_rate);
    }

    #[test]
    fn the_proposal_keeps_the_rate_of_false_alarms() {
        let injection = Injection { cases: 30.0, steps: 5, trials: 100 };
        let candidates = [c2(0.2), c2(0.05), c2(0.001), c2(0.000_001)];
        let best = propose(&history(), &candidates, injection, 0.05, &Stream::new("backtest", 1)).unwrap();
        assert!(best.false_alarm_rate <= 0.05);
        for other in
            candidates.iter().filter_map(|c| backtest(&history(), c, injection, &Stream::new("backtest", 1)).ok())
        {
            assert!(other.false_alarm_rate > 0.05 || other.delay >= best.delay);
        }
    }
}
