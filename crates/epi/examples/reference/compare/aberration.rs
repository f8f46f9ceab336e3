//! EARS, Bayes, RKI, CDC, OutbreakP, and events in space.

use lianfang_epi::Probability;
use lianfang_epi::aberration::bayes::{Compared, bayes as compare_bayes};
use lianfang_epi::aberration::cdc::cdc as compare_cdc;
use lianfang_epi::aberration::ears::{Ears, EarsMethod};
use lianfang_epi::aberration::outbreak_p::outbreak_p as log_ratios;
use lianfang_epi::aberration::reference_set::ReferenceSet;
use lianfang_epi::aberration::rki::rki as compare_rki;
use lianfang_epi::aberration::stcd::{Event, Stcd, stcd as sums};
use lianfang_epi::aberration::{Calendar, ears as chart};

use super::{Case, Rows, Tally};

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

/// Every series of the output with its input.
pub(crate) fn pairs(case: &Case, output: &Rows) -> Result<Vec<Pair>, String> {
    let input = case.input()?;
    let about = case.about_input();
    let freq = about.get("freq").and_then(serde_json::Value::as_u64).unwrap_or(52) as usize;
    let by_date = about.get("epochAsDate").and_then(serde_json::Value::as_bool).unwrap_or(false);
    let inputs = input.by_series();
    let mut pairs = Vec::new();
    for (name, rows) in output.by_series() {
        let source = inputs.get(&name).ok_or_else(|| format!("no input for the series {name}"))?;
        let column = |c: &str| source.iter().map(|&r| input.number(r, c).unwrap_or(f64::NAN)).collect::<Vec<_>>();
        let calendar = if by_date {
            let first = input.text(source[0], "date").parse().map_err(|e| format!("first date: {e}"))?;
            Calendar::Weekly { first }
        } else {
            Calendar::Cycle(freq)
        };
        let at = |row: usize| output.number(row, "t").map(|t| (t as usize - 1, row));
        let rows = rows.into_iter().filter_map(at).collect();
        let (counts, population) = (column("y"), column("population"));
        pairs.push(Pair { name, counts, population, calendar, rows, freq });
    }
    Ok(pairs)
}

pub(crate) fn level(case: &Case, default: f64) -> Result<Probability, String> {
    Probability::new("alpha", case.or("alpha", default)).map_err(|e| e.to_string())
}

pub(crate) fn ears(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let method = match case.word("method") {
        Some("C2") => EarsMethod::C2,
        Some("C3") => EarsMethod::C3,
        Some("C1") | None => EarsMethod::C1,
        Some(other) => return Err(format!("method {other}")),
    };
    let published = Ears::published(method);
    let settings = Ears {
        method,
        baseline: case.count("baseline", published.baseline),
        min_sigma: case.or("minSigma", published.min_sigma),
        alpha: level(case, published.alpha.get())?,
    };
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let judged = chart::ears(&pair.counts, pair.points(), &settings).map_err(|e| e.to_string())?;
        for &(at, row) in &pair.rows {
            let Some(point) = judged.iter().find(|p| p.at == at) else {
                return Err(pair.place(at, "not judged"));
            };
            tally.close(&pair.place(at, "upper"), point.upper, output.number(row, "upperbound"), 1e-9);
            tally.same(&pair.place(at, "alarm"), point.alarm, output.number(row, "alarm"));
        }
    }
    Ok(())
}

fn reference_set(case: &Case, pair: &Pair, half_window: usize) -> ReferenceSet {
    ReferenceSet {
        years: case.count("b", 0),
        half_window: case.count("w", half_window),
        this_year: case.flag("actY", true),
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

pub(crate) fn bayes(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let alpha = level(case, 0.05)?;
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let set = reference_set(case, &pair, 6);
        compare_weeks(&pair, &output, tally, |at| only(compare_bayes(&pair.counts, at, &set, alpha)));
    }
    Ok(())
}

pub(crate) fn rki(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let set = reference_set(case, &pair, 4);
        compare_weeks(&pair, &output, tally, |at| only(compare_rki(&pair.counts, at, &set)));
    }
    Ok(())
}

pub(crate) fn cdc(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let alpha = level(case, 0.025)?;
    let years = case.count("b", 5);
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        compare_weeks(&pair, &output, tally, |at| only(compare_cdc(&pair.counts, at, years, pair.freq, alpha)));
    }
    Ok(())
}

pub(crate) fn outbreak_p(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let threshold = case.or("k", 100.0);
    match case.word("ret") {
        Some("value") | None => {}
        Some(other) => return Err(format!("ret {other}")),
    }
    let output = case.table("output")?;
    for pair in pairs(case, &output)? {
        let logs = log_ratios(&pair.counts).map_err(|e| format!("{}: {e}", pair.name))?;
        for &(at, row) in &pair.rows {
            let theirs = output.number(row, "value");
            // The statistic is at least 1 and finite as a logarithm; the reference's product under- and overflows.
            if theirs.is_none_or(|v| v < 0.5) {
                tally.explain();
                continue;
            }
            tally.close(&pair.place(at, "value"), Some(logs[at].exp()), theirs, 1e-9);
            tally.same(&pair.place(at, "alarm"), Some(logs[at] > threshold.ln()), output.number(row, "alarm"));
        }
    }
    Ok(())
}

pub(crate) fn stcd(case: &Case, tally: &mut Tally) -> Result<(), String> {
    let settings =
        Stcd { radius: case.or("radius", 0.0), epsilon: case.or("epsilon", 0.0), cusum: case.flag("cusum", true) };
    let (input, output) = (case.input()?, case.table("output")?);
    let events: Vec<Event> =
        input.column("x").into_iter().zip(input.column("y")).map(|(x, y)| Event { x, y }).collect();
    let values = sums(&events, &settings).map_err(|e| e.to_string())?;
    for row in 0..output.len() {
        let at = output.number(row, "i").unwrap_or(0.0) as usize;
        tally.close(&format!("i={at} R"), values.get(at - 1).copied(), output.number(row, "R"), 1e-9);
    }
    let threshold = case.or("threshold", f64::INFINITY);
    let first = values.iter().position(|&r| r > threshold).map(|i| i as f64 + 1.0);
    tally.close("first alarm", first, case.number("idxFA").filter(|&i| i > 0.0), 0.0);
    // The cluster that rang began at its largest term; how it is found is the reference's own and is not compared.
    case.number("idxCC");
    Ok(())
}
