//! Farrington's methods.

use lianfang_epi::aberration::EnoughCases;
use lianfang_epi::aberration::farrington::{Farrington, FarringtonPoint, Power};
use lianfang_epi::aberration::flexible::{Flexible, ThresholdMethod, Variant};
use lianfang_epi::aberration::{farrington as classic, flexible as newer};
use lianfang_epi::number::normal;

use super::aberration::{Pair, each_series, level};
use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

fn power(case: &Case) -> Result<Power, Fault> {
    match case.word("powertrans") {
        Some("2/3") | None => Ok(Power::TwoThirds),
        Some("1/2") => Ok(Power::Half),
        Some("none") => Ok(Power::None),
        Some(other) => Err(unsupported("powertrans", other)),
    }
}

fn enough(case: &Case) -> Result<EnoughCases, Fault> {
    match case.numbers("limit54").as_deref() {
        None => Ok(EnoughCases::FIVE_IN_FOUR),
        Some(&[cases, steps]) if steps >= 1.0 => Ok(EnoughCases { cases, steps: steps as usize }),
        Some(other) => Err(unsupported("limit54", other)),
    }
}

pub(crate) fn farrington(case: &Case, tally: &mut Tally) -> Outcome {
    let settings = Farrington {
        years: case.count("b", 5),
        half_window: case.count("w", 3),
        reweight: case.flag("reweight", true),
        alpha: level(case, 0.05)?,
        trend: case.flag("trend", true),
        enough: enough(case)?,
        power: power(case)?,
    };
    match case.word("fitFun") {
        Some("algo.farrington.fitGLM.fast" | "algo.farrington.fitGLM") | None => {}
        Some(other) => return Err(unsupported("fitFun", other)),
    }
    each_series(case, tally, |pair, output, tally| {
        let judged = classic::farrington(&pair.counts, pair.calendar, pair.points(), &settings)?;
        for &(at, row) in &pair.rows {
            let point = judged.iter().find(|p| p.at == at).ok_or("a week was not judged")?;
            compare_classic(pair, point, &settings, (output, row), tally);
        }
        Ok(())
    })
}

fn compare_classic(
    pair: &Pair,
    point: &FarringtonPoint,
    settings: &Farrington,
    (output, row): (&Rows, usize),
    tally: &mut Tally,
) {
    let theirs = |column: &str| output.number(row, column);
    let at = point.at;
    let upper = if point.enough == Some(true) { point.upper } else { 0.0 };
    let place = |column: &str| pair.place(at, column);
    tally.same(&place("alarm"), point.alarm, theirs("alarm"));
    let noise = || degenerate(pair, at, settings.years, settings.half_window);
    let mut close = |column: &str, ours: f64, theirs: Option<f64>, absolute: f64| {
        tally.close_unless(&place(column), (Some(ours), theirs), (1e-9, absolute), noise);
    };
    close("upper", upper, theirs("upperbound"), 0.0);
    close("trend", f64::from(u8::from(point.trend)), theirs("trend"), 0.0);
    close("pd_median", point.expected, theirs("pd_median"), 0.0);
    let raise = |x: f64| raised(settings.power, x);
    let z = normal::quantile(1.0 - settings.alpha.get() / 2.0);
    let deviation = (raise(point.upper) - raise(point.expected)) / z;
    let q = normal::cdf((raise(pair.counts[at]) - raise(point.expected)) / deviation);
    close("pd_q", q, theirs("pd_q"), 1e-15);
}

fn raised(power: Power, x: f64) -> f64 {
    match power {
        Power::TwoThirds => x.cbrt() * x.cbrt(),
        Power::Half => x.sqrt(),
        Power::None => x,
    }
}

/// Weeks for which the reference's test of the trend is rounding noise: nothing varies in the reference weeks, or nothing but
/// zeros stands in all of a year of them, so that the regression has no finite optimum.
fn degenerate(pair: &Pair, at: usize, years: usize, half: usize) -> bool {
    let mut all = Vec::new();
    for year in 1..=years {
        let place = pair.calendar.years_before(at, year);
        let weeks = (place - half as i64).max(0)..(place + half as i64 + 1).max(0);
        all.extend(weeks.filter_map(|t| pair.counts.get(t as usize).copied()).filter(|y| !y.is_nan()));
    }
    all.iter().all(|y: &f64| Some(y) == all.first())
}

pub(crate) fn flexible(case: &Case, tally: &mut Tally) -> Outcome {
    let threshold = match case.word("thresholdMethod") {
        Some("delta") | None => ThresholdMethod::Delta(power(case)?),
        Some("nbPlugin") => ThresholdMethod::NegativeBinomial,
        Some("muan") => ThresholdMethod::Muan,
        Some(other) => return Err(unsupported("thresholdMethod", other)),
    };
    power(case)?;
    let half_window = case.count("w", 3);
    let weights = case.or("weightsThreshold", 2.58);
    let settings = Flexible {
        years: case.count("b", 5),
        half_window,
        reweight: case.flag("reweight", true).then_some(weights),
        alpha: level(case, 0.05)?,
        trend: case.flag("trend", true),
        trend_p: case.or("pThresholdTrend", 0.05),
        enough: enough(case)?,
        periods: case.count("noPeriods", 1),
        past_weeks_not_included: case.count("pastWeeksNotIncluded", half_window),
        threshold,
        variant: Variant::Reference,
    };
    let about = case.about_input()?;
    if about.by_date && ![52, 365].contains(&about.freq) {
        return Err(unsupported("epochAsDate, with a trend by the days between, for freq", about.freq));
    }
    if settings.periods > 1 && 2 * half_window + settings.periods > about.freq {
        return Err(unsupported("noPeriods and w that overlap in a year of freq", about.freq));
    }
    let with_population = case.flag("populationOffset", false);
    each_series(case, tally, |pair, output, tally| {
        let population = with_population.then_some(pair.population.as_slice());
        let judged = newer::flexible(&pair.counts, population, pair.calendar, pair.points(), &settings)?;
        for &(at, row) in &pair.rows {
            let point = judged.iter().find(|p| p.at == at).ok_or("a week was not judged")?;
            compare_week(pair, at, point, &settings, (output, row), tally);
        }
        Ok(())
    })
}

fn compare_week(
    pair: &Pair,
    at: usize,
    point: &newer::FlexiblePoint,
    settings: &Flexible,
    (output, row): (&Rows, usize),
    tally: &mut Tally,
) {
    let theirs = |column: &str| output.number(row, column);
    let place = |column: &str| pair.place(at, column);
    // Where a count of the last weeks is unknown, the reference may write that it does not ring.
    let recent = &pair.counts[(at + 1).saturating_sub(settings.enough.steps)..=at];
    let unknown = recent.iter().any(|y| y.is_nan());
    let silent = || unknown && point.alarm.is_none() && theirs("alarm") == Some(0.0);
    tally.same_unless(&place("alarm"), point.alarm, theirs("alarm"), silent);
    let enough = point.enough == Some(true);
    let z = normal::quantile(1.0 - settings.alpha.get());
    // With the delta method the package exponentiates what is a count already; only compared, never shown.
    let odd_mean = point.expected.zip(point.expected_se).map(|(expected, se)| match settings.threshold {
        ThresholdMethod::Delta(_) => (expected + z * se).exp(),
        ThresholdMethod::NegativeBinomial => expected,
        ThresholdMethod::Muan => expected * (z * se).exp(),
    });
    let kept = point.dispersion.map(|_| f64::from(u8::from(point.trend.is_some())));
    let columns = [
        ("upperbound", point.upper.filter(|_| enough), 0.0),
        ("expected", point.expected.filter(|_| enough), 0.0),
        ("score", point.score, 1e-12),
        ("pvalue", point.p, 0.0),
        ("mu0", odd_mean.filter(|m| m.is_finite()), 0.0),
        ("phi", point.dispersion, 0.0),
        ("trend", kept, 0.0),
        ("trendcoef", point.trend, 1e-12),
    ];
    let noise = || degenerate(pair, at, settings.years, settings.half_window);
    for (column, ours, absolute) in columns {
        tally.close_unless(&place(column), (ours, theirs(column)), (1e-9, absolute), noise);
    }
}
