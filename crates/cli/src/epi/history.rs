//! The chart of a series whose steps were judged: counts, what was expected, threshold, rings.

use lianfang_domain::Lang;
use lianfang_epi::assess::clean::Series;
use lianfang_epi::assess::detector::Judged;
use lianfang_epi::chart::{Chart, ChartPoint};

use super::chart::legend;

/// A series from a step on, with what was judged of it.
pub(super) fn history(
    name: &str,
    method: &str,
    series: &Series,
    from: usize,
    judged: impl IntoIterator<Item = Judged>,
    lang: Lang,
) -> Chart {
    let plain = |at: usize| ChartPoint {
        label: series.date(at).to_string(),
        observed: known(series.counts[at]),
        ..ChartPoint::default()
    };
    let mut points: Vec<ChartPoint> = (from..series.counts.len()).map(plain).collect();
    for step in judged {
        let Some(point) = step.at.checked_sub(from).and_then(|at| points.get_mut(at)) else { continue };
        // Some methods judge sums of several steps; these are what is compared with the threshold.
        point.observed = known(step.observed);
        point.expected = step.expected;
        point.threshold = step.threshold;
        point.alarm = step.alarm == Some(true);
    }
    let words = [("病例", "cases"), ("预期", "expected"), ("阈值", "threshold"), ("", ""), ("报警", "alarm")];
    Chart {
        title: if name.is_empty() { method.to_owned() } else { format!("{name} · {method}") },
        y_label: lang.pick("病例数", "cases").to_owned(),
        legend: legend(words, lang),
        reference: None,
        points,
    }
}

fn known(count: f64) -> Option<f64> {
    (!count.is_nan()).then_some(count)
}
