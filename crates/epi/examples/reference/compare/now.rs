//! Nowcasts.

use jiff::civil::Date;
use lianfang_epi::Probability;
use lianfang_epi::now::nowcast::{DelayDays, Nowcast, NowcastMethod, NowcastPoint, Variant, nowcast as cast};
use lianfang_epi::now::triangle::Triangle;

use super::{Case, Fault, Outcome, Rows, Tally, unsupported};

fn settings(case: &Case) -> Result<Nowcast, Fault> {
    let method = match case.word("method") {
        Some("lawless") => NowcastMethod::Lawless(Variant::Reference),
        Some("bayes.notrunc.bnb") => NowcastMethod::BayesUntruncated,
        Some("bayes.trunc") => NowcastMethod::BayesTruncated {
            mean: case.or("prior.mean.lambda", 10.0),
            variance: case.or("prior.var.lambda", 1000.0),
        },
        other => return Err(unsupported("method", other)),
    };
    match (case.word("prior"), case.word("prior.type")) {
        (Some("n/a") | None, None) | (None, Some("poisgamma")) => {}
        other => return Err(unsupported("prior", other)),
    }
    let days = match case.word("m.interpretation") {
        Some("hoehle_anderheiden2014") | None => DelayDays::SinceWindow,
        Some("lawless1994") => DelayDays::AsMany,
        Some(other) => return Err(unsupported("m.interpretation", other)),
    };
    let level = Probability::new("level", 1.0 - case.or("alpha", 0.05))?;
    Ok(Nowcast {
        method,
        window: case.number("m").map(|m| m as usize),
        days,
        kappa: case.or("gd.prior.kappa", 0.1),
        level,
        most: case.count("N.tInf.max", 300),
    })
}

pub(crate) fn nowcast(case: &Case, tally: &mut Tally) -> Outcome {
    let settings = settings(case)?;
    let day = |text: &str| text.parse::<Date>().map_err(|e| format!("{text}: {e}"));
    let now = day(case.word("now").unwrap_or_default())?;
    let input = case.input()?;
    input.need(&["dEvent", "dReport"])?;
    let cases: Result<Vec<_>, String> =
        (0..input.len()).map(|row| Ok((day(input.text(row, "dEvent"))?, day(input.text(row, "dReport"))?))).collect();
    let triangle = Triangle::from_cases(&cases?, now, case.count("D", 15))?;
    if case.has_table("triangle") {
        let table = case.table("triangle")?;
        for row in 0..table.len() {
            let at = |column: &str| table.number(row, column).unwrap_or(0.0) as usize;
            let (t, x) = (at("t"), at("delay"));
            tally.close(&format!("n_{t},{x}"), triangle.known(t, x), table.number(row, "n"), 0.0);
        }
    }
    let found = cast(&triangle, &settings)?;
    if case.has_table("delayCDF") {
        let table = case.table("delayCDF")?;
        for row in 0..table.len() {
            let k = table.number(row, "k").unwrap_or(0.0) as usize;
            let ours = found.delay_cdf.get(k).copied().or(Some(1.0));
            tally.close(&format!("F({k})"), ours, table.number(row, "cdf"), 1e-9);
        }
    }
    let output = case.table("output")?;
    let sampled = matches!(settings.method, NowcastMethod::BayesTruncated { .. });
    for row in 0..output.len() {
        let date = day(output.text(row, "date"))?;
        let place = |column: &str| format!("{date} {column}");
        let since = (date - triangle.first).get_days();
        let Some(point) = found.points.iter().find(|p| p.day as i32 == since) else {
            // Older days are complete.
            let observed = triangle.observed(since.max(0) as usize);
            tally.close(&place("observed"), Some(observed), output.number(row, "observed"), 0.0);
            continue;
        };
        tally.close(&place("observed"), Some(point.observed), output.number(row, "observed"), 0.0);
        if sampled {
            near(&place, point, &settings, (&output, row), tally)
        } else {
            equal(&place, point, &output, row, tally)
        }
    }
    Ok(())
}

/// Beyond the counts looked at the reference writes 0.
fn equal(place: &dyn Fn(&str) -> String, point: &NowcastPoint, output: &Rows, row: usize, tally: &mut Tally) {
    let columns = [("nowcast_median", point.median), ("lo", point.low), ("hi", point.high)];
    for (column, ours) in columns {
        tally.close(&place(column), ours.or(Some(0.0)), output.number(row, column), 0.0);
    }
}

/// The reference averages over a few hundred drawn delay distributions: quantiles may differ by a fifth of the interval.
fn near(
    place: &dyn Fn(&str) -> String,
    point: &NowcastPoint,
    settings: &Nowcast,
    (output, row): (&Rows, usize),
    tally: &mut Tally,
) {
    let end = settings.most as f64;
    let (low, high) = (point.low.unwrap_or(end), point.high.unwrap_or(end));
    let allowed = 1.0 + 0.2 * (high - low);
    let columns = [("nowcast_median", point.median), ("lo", point.low), ("hi", point.high)];
    for (column, ours) in columns {
        if let (Some(ours), Some(theirs)) = (ours, output.number(row, column)) {
            tally.near(&place(column), ours, theirs, allowed);
        }
    }
}
