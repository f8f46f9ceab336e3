//! EARS, Bayes, RKI, CDC, OutbreakP, and events in space.

use lianfang_epi::Probability;
use lianfang_epi::aberration::bayes::{Compared, bayes as compare_bayes};
use lianfang_epi::aberration::cdc::cdc as compare_cdc;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::outbreak_p::{least_case, outbreak_p as log_ratios};
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::aberration::rki::rki as compare_rki;
use lianfang_epi::aberration::stcd::{Event, Stcd, stcd as sums};
use lianfang_epi::aberration::{Calendar, ears as chart};

use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

/// A series of the case with the rows of the reference on it.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) counts: Vec<f64>,
    pub(crate) population: Vec<f64>,
    pub(crate) calendar: Calendar,
    /// Places that the reference judged, with the row of each.
    pub(crate) rows: Vec<(usize, usize)>,
    pub(crate) freq: usize,
}

impl Pair {
    /// From the first to behind the last place that the reference judged.
    pub(crate) fn points(&self) -> std::ops::Range<usize> {
        let first = self.rows.iter().map(|(at, _)| *at).min().unwrap_or(0);
        first..self.rows.iter().map(|(at, _)| at + 1).max().unwrap_or(0)
    }

    pub(crate) fn place(&self, at: usize, column: &str) -> String {
        format!("{} t={} {column}", self.name, at + 1)
    }
}

/// Runs every series of the output with its input; what one series refuses leaves the others to be compared.
pub(crate) fn each_series(
    case: &Case,
    tally: &mut Tally,
    mut run: impl FnMut(&Pair, &Rows, &mut Tally) -> Outcome,
) -> Outcome {
    let output = case.table("output")?;
    output.need(&["t", "alarm"])?;
    for pair in pairs(case, &output)? {
        match run(&pair, &output, tally) {
            Err(Fault::Broken(words)) => tally.fault(format!("{}: {words}", pair.name)),
            other => other?,
        }
    }
    Ok(())
}

/// Every series of the output with its input.
fn pairs(case: &Case, output: &Rows) -> Result<Vec<Pair>, Fault> {
    let input = case.input()?;
    input.need(&["y"])?;
    let about = case.about_input()?;
    let inputs = input.by_series();
    let mut pairs = Vec::new();
    for (name, rows) in output.by_series() {
        let source = inputs.get(&name).ok_or_else(|| format!("no input for the series {name}"))?;
        let column = |c: &str| source.iter().map(|&r| input.number(r, c).unwrap_or(f64::NAN)).collect::<Vec<_>>();
        let calendar = if about.by_date {
            let first = input.text(source[0], "date").parse().map_err(|e| format!("first date: {e}"))?;
            match about.freq {
                52 => Calendar::Weekly { first },
                365 => Calendar::Daily { first },
                // Months and quarters have the same number in every year.
                other => Calendar::Cycle(other),
            }
        } else {
            Calendar::Cycle(about.freq)
        };
        let (counts, population) = (column("y"), column("population"));
        let mut places = Vec::new();
        for row in rows {
            let at = output.place(row, "t")?;
            if at >= counts.len() {
                return Err(Fault::Broken(format!("{name}: t={} lies behind the input's {}", at + 1, counts.len())));
            }
            places.push((at, row));
        }
        pairs.push(Pair { name, counts, population, calendar, rows: places, freq: about.freq });
    }
    Ok(pairs)
}

pub(crate) fn level(case: &Case, default: f64) -> Result<Probability, Fault> {
    Ok(Probability::new("alpha", case.or("alpha", default))?)
}

pub(crate) fn ears(case: &Case, tally: &mut Tally) -> Outcome {
    let method = match case.word("method") {
        Some("C2") => EarsMethod::C2,
        Some("C3") => EarsMethod::C3,
        Some("C1") | None => EarsMethod::C1,
        Some(other) => return Err(unsupported("method", other)),
    };
    let published = Ears::published(method);
    let settings = Ears {
        method,
        baseline: case.count("baseline", published.baseline),
        min_sigma: case.or("minSigma", published.min_sigma),
        alpha: level(case, published.alpha.get())?,
    };
    each_series(case, tally, |pair, output, tally| {
        let judged = chart::ears(&pair.counts, pair.points(), &settings)?;
        for &(at, row) in &pair.rows {
            let point = judged.iter().find(|p| p.at == at);
            tally.close(&pair.place(at, "upper"), point.and_then(|p| p.upper), output.number(row, "upperbound"), 1e-9);
            tally.same(&pair.place(at, "alarm"), point.and_then(|p| p.alarm), output.number(row, "alarm"));
        }
        Ok(())
    })
}

/// What the names `bayes1` to `bayes3` and `rki1` to `rki3` stand for; the defaults of the plain methods otherwise.
fn reference_set(case: &Case, pair: &Pair, plain: (usize, usize, bool)) -> ReferenceSet {
    let name = case.named();
    let (years, half_window, this_year) = match name.chars().last() {
        Some('1') => (0, 6, true),
        Some('2') => (1, 6, true),
        Some('3') => (2, 4, false),
        _ => plain,
    };
    ReferenceSet {
        years: case.count("b", years),
        half_window: case.count("w", half_window),
        this_year: case.flag("actY", this_year),
        period: pair.freq,
    }
}

/// Week by week, so that a week that is refused is one that the reference does not judge either.
fn compare_weeks(
    pair: &Pair,
    output: &Rows,
    tally: &mut Tally,
    judge: impl Fn(std::ops::Range<usize>) -> Option<Compared>,
) {
    for &(at, row) in &pair.rows {
        let point = judge(at..at + 1);
        tally.close(&pair.place(at, "upper"), point.map(|p| p.upper), output.number(row, "upperbound"), 1e-9);
        tally.same(&pair.place(at, "alarm"), point.and_then(|p| p.alarm), output.number(row, "alarm"));
    }
}

fn only(result: Result<Vec<Compared>, lianfang_epi::Refusal>) -> Option<Compared> {
    result.ok().and_then(|points| points.first().copied())
}

pub(crate) fn bayes(case: &Case, tally: &mut Tally) -> Outcome {
    let alpha = level(case, 0.05)?;
    each_series(case, tally, |pair, output, tally| {
        let set = reference_set(case, pair, (0, 6, true));
        compare_weeks(pair, output, tally, |at| only(compare_bayes(&pair.counts, at, &set, alpha)));
        Ok(())
    })
}

pub(crate) fn rki(case: &Case, tally: &mut Tally) -> Outcome {
    each_series(case, tally, |pair, output, tally| {
        let set = reference_set(case, pair, (2, 4, false));
        compare_weeks(pair, output, tally, |at| only(compare_rki(&pair.counts, at, &set)));
        Ok(())
    })
}

pub(crate) fn cdc(case: &Case, tally: &mut Tally) -> Outcome {
    let alpha = level(case, 0.025)?;
    let years = case.count("b", 5);
    if case.count("m", 1) != 1 {
        return Err(unsupported("m", case.number("m")));
    }
    each_series(case, tally, |pair, output, tally| {
        compare_weeks(pair, output, tally, |at| only(compare_cdc(&pair.counts, at, years, pair.freq, alpha)));
        Ok(())
    })
}

pub(crate) fn outbreak_p(case: &Case, tally: &mut Tally) -> Outcome {
    let threshold = case.or("k", 100.0);
    let most = case.or("maxUpperboundCases", 1e5);
    let as_cases = as_cases(case, false)?;
    each_series(case, tally, |pair, output, tally| {
        let from = pair.points().start;
        let counts = &pair.counts[from..pair.points().end];
        let logs = log_ratios(counts)?;
        for &(at, row) in &pair.rows {
            let theirs = output.number(row, "value");
            if as_cases {
                // The reference begins at the count itself: it goes down from one that rings, and up from others, so far at most.
                let known = &counts[..=at - from];
                let bound = if logs[at - from] > threshold.ln() { f64::INFINITY } else { most };
                let ours = least_case(known, threshold)?.filter(|&x| x <= bound);
                let fails = || product_fails(known);
                tally.close_unless(&pair.place(at, "cases"), (ours, theirs), (0.0, 0.0), fails);
                continue;
            }
            let log = logs[at - from];
            // Of many cases each digit of the logarithm lost is one of the statistic.
            let total: f64 = counts[..=at - from].iter().sum();
            let tolerance = 1e-9_f64.max(1e-15 * total * (1.0 + total).ln());
            // The statistic is at least 1 and finite as a logarithm; the reference's product under- and overflows.
            let fails = || product_fails(&counts[..=at - from]);
            let pair_of_values = (Some(log.exp()).filter(|p| p.is_finite()), theirs);
            tally.close_unless(&pair.place(at, "value"), pair_of_values, (tolerance, 0.0), fails);
            tally.same_unless(&pair.place(at, "alarm"), Some(log > threshold.ln()), output.number(row, "alarm"), fails);
        }
        Ok(())
    })
}

/// Whether the product of the statistic's factors, taken one after the other as the reference does, leaves the range in which a
/// number has all its digits.
fn product_fails(counts: &[f64]) -> bool {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for &y in counts {
        let mut last = (y, 1);
        while let Some(before) = blocks.pop_if(|b| b.0 * last.1 as f64 >= last.0 * b.1 as f64) {
            last = (before.0 + last.0, before.1 + last.1);
        }
        blocks.push(last);
    }
    let mean = counts.iter().sum::<f64>() / counts.len() as f64;
    let fitted = blocks.iter().flat_map(|&(sum, length)| std::iter::repeat_n(sum / length as f64, length));
    let mut log = 0.0_f64;
    fitted.zip(counts).filter(|(_, y)| **y > 0.0).any(|(fit, y)| {
        let factor = y * (fit / mean).ln();
        log += factor;
        log.abs() > 700.0 || factor.abs() > 700.0
    })
}

/// Whether the column `value` holds the count from which on it would have rung.
pub(crate) fn as_cases(case: &Case, otherwise: bool) -> Result<bool, Fault> {
    match case.word("ret") {
        Some("cases") => Ok(true),
        Some("value") => Ok(false),
        None => Ok(otherwise),
        Some(other) => Err(unsupported("ret", other)),
    }
}

pub(crate) fn stcd(case: &Case, tally: &mut Tally) -> Outcome {
    let settings =
        Stcd { radius: case.or("radius", 0.0), epsilon: case.or("epsilon", 0.0), cusum: case.flag("cusum", true) };
    let (input, output) = (case.input()?, case.table("output")?);
    input.need(&["x", "y"])?;
    output.need(&["R"])?;
    for idle in ["areaA", "areaAcapBk"] {
        case.value(idle);
    }
    let events: Vec<Event> =
        input.column("x").into_iter().zip(input.column("y")).map(|(x, y)| Event { x, y }).collect();
    let values = sums(&events, &settings)?;
    for row in 0..output.len() {
        let at = output.place(row, "i")?;
        tally.close(&format!("i={} R", at + 1), values.get(at).copied(), output.number(row, "R"), 1e-9);
    }
    let threshold = case.or("threshold", f64::INFINITY);
    let first = values.iter().position(|&r| r > threshold).map(|i| i as f64 + 1.0);
    tally.close("first alarm", first, case.number("idxFA").filter(|&i| i > 0.0), 0.0);
    // The cluster that rang began at its largest term; how it is found is the reference's own and is not compared.
    case.number("idxCC");
    Ok(())
}
