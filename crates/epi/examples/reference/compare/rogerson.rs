//! Rogerson's chart.

use lianfang_epi::aberration::rogerson::{
    Decision, Rogerson, decision, reference_value, rogerson as moving, run_length,
};

use super::tally::apart;
use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

pub(crate) fn rogerson(case: &Case, tally: &mut Tally) -> Outcome {
    let (input, output, table) = (case.input()?, case.table("output")?, case.table("hvalues")?);
    input.need(&["y", "theta0t"])?;
    output.need(&["upperbound", "alarm"])?;
    let digits = case.count("digits", 1) as u32;
    let (shift, wanted) = (case.or("s", 1.0), case.or("ARL0", 500.0));
    match case.word("distribution") {
        Some("poisson") | None => {}
        Some(other) => return Err(unsupported("distribution", other)),
    }
    let fast_start = case.flag("FIR", false);
    let known = decisions(&table, (shift, wanted, digits), fast_start, tally)?;
    let counts = input.column("y");
    if counts.len() != output.len() {
        return Err(Fault::Broken(format!("{} steps of input, {} of output", counts.len(), output.len())));
    }
    let nearest =
        |mean: f64| known.iter().copied().min_by(|a, b| (a.mean - mean).abs().total_cmp(&(b.mean - mean).abs()));
    // The reference value is that of the step's own mean, the decision interval that of the nearest mean in the table.
    let own = |m: f64| nearest(m).map(|d| Decision { k: reference_value(m, shift, digits), ..d });
    let steps: Vec<Decision> = input.column("theta0t").iter().filter_map(|&m| own(m)).collect();
    let h = steps.first().map_or(1.0, |d| d.h);
    // A chart that begins at half the interval goes back there after every alarm, whatever the limit says.
    let given = case.number("limit");
    let settings = Rogerson { fast_start, limit: if fast_start { Some(0.5) } else { given }, h };
    let judged = moving(&counts, &steps, &settings)?;
    let mut sum = if fast_start { h / 2.0 } else { 0.0 };
    for (row, point) in judged.iter().enumerate() {
        let place = |column: &str| format!("t={} {column}", row + 1);
        // A whole number is rounded up by one where the reference's last digit is another.
        let raw = (h - sum) * steps[row].h / h + steps[row].k;
        let bound = (Some(point.upper), output.number(row, "upperbound"));
        let other_digit =
            || (raw - raw.round()).abs() < 1e-9 && bound.1.is_some_and(|u| (u - point.upper).abs() == 1.0);
        tally.close_unless(&place("upper"), bound, (1e-9, 0.0), other_digit);
        sum = settings.limit.filter(|_| point.alarm).map_or(point.sum, |limit| point.sum.min(limit * h));
        tally.same(&place("alarm"), Some(point.alarm), output.number(row, "alarm"));
    }
    Ok(())
}

/// The reference's table of decision intervals, each checked against the run length computed here.
fn decisions(
    table: &Rows,
    (shift, wanted, digits): (f64, f64, u32),
    fast_start: bool,
    tally: &mut Tally,
) -> Result<Vec<Decision>, Fault> {
    let mut known = Vec::new();
    let unit = 10_f64.powi(-(digits.max(1) as i32));
    for row in 0..table.len() {
        let get = |column: &str| table.number(row, column).ok_or_else(|| format!("hvalues: no {column}"));
        let (mean, h, k) = (get("theta0")?, get("h")?, get("k")?);
        let place = |column: &str| format!("θ₀={mean} {column}");
        tally.close(&place("k"), Some(reference_value(mean, shift, digits)), Some(k), 1e-9);
        let length = run_length(mean, k, h, unit);
        // The table may be of charts that begin at half the interval, whose runs are shorter than those that begin at 0.
        let wanted_length = get("ARL")?;
        let head_start = || fast_start && close_to(run_from_half(mean, k, h, unit), wanted_length);
        tally.close_unless(&place("ARL"), (Some(length), Some(wanted_length)), (0.02, 0.0), head_start);
        let own = decision(mean, shift, wanted)?;
        if own.run_length < wanted {
            tally.fault(place("decision"));
        }
        known.push(Decision { mean, k, h, run_length: length });
    }
    Ok(known)
}

fn close_to(ours: f64, theirs: f64) -> bool {
    apart(Some(ours), Some(theirs), 0.0).is_some_and(|relative| relative <= 0.02)
}

/// The run length in control of a Poisson chart that begins at half its interval: `(I - R) N = 1`, solved by sweeps.
fn run_from_half(mean: f64, k: f64, h: f64, unit: f64) -> f64 {
    let (states, step, drop) =
        ((h / unit).round() as usize, (1.0 / unit).round() as usize, (k / unit).round() as usize);
    let mut chances = vec![(-mean).exp()];
    while chances.len() <= (states + drop) / step {
        chances.push(chances[chances.len() - 1] * mean / chances.len() as f64);
    }
    let mut lengths = vec![0.0_f64; states];
    for _ in 0..MOST_SWEEPS {
        let mut moved = 0.0_f64;
        for from in 0..states {
            let to = |cases: usize| (from + cases * step).saturating_sub(drop);
            let onwards = chances.iter().enumerate().filter(|(cases, _)| to(*cases) < states);
            let next = 1.0 + onwards.map(|(cases, p)| p * lengths[to(cases)]).sum::<f64>();
            moved = moved.max((next - lengths[from]) / next);
            lengths[from] = next;
        }
        if moved < 1e-7 {
            break;
        }
    }
    lengths[states / 2]
}

/// Far more than the longest run length of a table needs.
const MOST_SWEEPS: usize = 100_000;
