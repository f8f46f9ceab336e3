//! Regressions with a log link and a handful of columns, solved densely. Not for hot paths.

/// The columns of each observation, one observation after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    width: usize,
    values: Vec<f64>,
}

impl Design {
    /// From rows of equal length.
    pub fn from_rows<R: AsRef<[f64]>>(rows: impl IntoIterator<Item = R>) -> Design {
        let mut design = Design::default();
        for row in rows {
            design.width = row.as_ref().len();
            design.values.extend_from_slice(row.as_ref());
        }
        design
    }

    /// The rows, in order.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.width.max(1))
    }
}

/// Iteratively reweighted least squares for counts: Poisson for `alpha` 0, else negative binomial with variance `μ + α μ²`.
///
/// The first rows of `design` are those of the counts. The coefficients come back, or `None` if the fit fails.
/// It begins at `μ = y + 0.1` (`y + 1/6` where `y = 0` and α > 0) and stops where the deviance stands to 1e-8.
///
/// Source: McCullagh P., Nelder J.A. Generalized Linear Models, 2nd ed. 1989, 2.5.
pub fn log_counts(design: &Design, counts: &[f64], alpha: f64) -> Option<Vec<f64>> {
    let begin = |&y: &f64| if alpha > 0.0 { y + if y == 0.0 { 1.0 / 6.0 } else { 0.0 } } else { y + 0.1 };
    log_counts_from(design, counts, alpha, counts.iter().map(begin).collect())
}

/// As [`log_counts`], from means that are about right already. With α > 0 each step of it brings the coefficients nearer by a
/// share only, so that going on from an earlier fit makes it finer.
pub fn log_counts_from(design: &Design, counts: &[f64], alpha: f64, mut mu: Vec<f64>) -> Option<Vec<f64>> {
    let mut eta: Vec<f64> = mu.iter().map(|m| m.ln()).collect();
    let own: Vec<f64> = counts.iter().map(|&y| if y > 0.0 { y * y.ln() } else { 0.0 }).collect();
    let mut deviance = total_deviance(counts, &own, &mu, &eta, alpha);
    let mut coefficients = Vec::new();
    let (mut weight, mut work) = (Vec::with_capacity(mu.len()), Vec::with_capacity(mu.len()));
    for _ in 0..25 {
        weight.clear();
        weight.extend(mu.iter().map(|m| m / (1.0 + alpha * m)));
        work.clear();
        work.extend((0..mu.len()).map(|i| eta[i] + (counts[i] - mu[i]) / mu[i]));
        coefficients = weighted_least_squares(design, &work, &weight)?;
        for ((row, eta), mu) in design.rows().zip(&mut eta).zip(&mut mu) {
            *eta = row.iter().zip(&coefficients).map(|(x, b)| x * b).sum();
            *mu = eta.exp().max(f64::EPSILON);
        }
        let next = total_deviance(counts, &own, &mu, &eta, alpha);
        if !next.is_finite() {
            return None;
        }
        if (next - deviance).abs() / (next.abs() + 0.1) < 1e-8 {
            break;
        }
        deviance = next;
    }
    Some(coefficients)
}

/// `own` is `y ln y` of each count.
fn total_deviance(counts: &[f64], own: &[f64], mu: &[f64], eta: &[f64], alpha: f64) -> f64 {
    let part = |i: usize| {
        let (y, m) = (counts[i], mu[i]);
        let log = own[i] - y * eta[i];
        if alpha > 0.0 { log - (y + 1.0 / alpha) * ((1.0 + alpha * y) / (1.0 + alpha * m)).ln() } else { log - (y - m) }
    };
    2.0 * (0..counts.len()).map(part).sum::<f64>()
}

/// Weighted least squares by Cholesky's decomposition of the scaled crossproducts; `None` where columns depend on each other.
pub fn weighted_least_squares(design: &Design, values: &[f64], weight: &[f64]) -> Option<Vec<f64>> {
    let p = design.width;
    if p == 0 {
        return None;
    }
    let cross = crossproducts(design, values, weight);
    let scale: Vec<f64> = (0..p).map(|i| cross[i * (p + 1) + i].sqrt()).collect();
    let at = |i: usize, j: usize| cross[i * (p + 1) + j] / scale[i] / if j < p { scale[j] } else { 1.0 };
    let mut lower = vec![0.0; p * p];
    let mut solution = vec![0.0; p];
    for i in 0..p {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| lower[i * p + k] * lower[j * p + k]).sum();
            let rest = at(i, j) - sum;
            if i == j && (rest.is_nan() || rest < 1e-13) {
                return None;
            }
            lower[i * p + j] = if i == j { rest.sqrt() } else { rest / lower[j * p + j] };
        }
        let sum: f64 = (0..i).map(|k| lower[i * p + k] * solution[k]).sum();
        solution[i] = (at(i, p) - sum) / lower[i * p + i];
    }
    for i in (0..p).rev() {
        let sum: f64 = (i + 1..p).map(|k| lower[k * p + i] * solution[k]).sum();
        solution[i] = (solution[i] - sum) / lower[i * p + i];
    }
    Some(solution.iter().zip(&scale).map(|(x, s)| x / s).collect())
}

/// `X'WX` and, in a last column, `X'Wy`, row by row.
fn crossproducts(design: &Design, values: &[f64], weight: &[f64]) -> Vec<f64> {
    // Of the usual widths the sums fit into the processor's registers.
    match design.width {
        2 => small_crossproducts::<2>(design, values, weight),
        3 => small_crossproducts::<3>(design, values, weight),
        4 => small_crossproducts::<4>(design, values, weight),
        p => {
            let mut cross = vec![0.0; p * (p + 1)];
            for ((row, y), w) in design.rows().zip(values).zip(weight) {
                for (x, line) in row.iter().zip(cross.chunks_exact_mut(p + 1)) {
                    let wx = w * x;
                    line.iter_mut().zip(row.iter().chain([y])).for_each(|(c, x)| *c += wx * x);
                }
            }
            cross
        }
    }
}

fn small_crossproducts<const P: usize>(design: &Design, values: &[f64], weight: &[f64]) -> Vec<f64> {
    let (mut cross, mut right) = ([[0.0; P]; P], [0.0; P]);
    for ((row, y), w) in design.values.as_chunks::<P>().0.iter().zip(values).zip(weight) {
        for i in 0..P {
            let wx = w * row[i];
            for j in 0..P {
                cross[i][j] += wx * row[j];
            }
            right[i] += wx * y;
        }
    }
    cross.iter().zip(right).flat_map(|(line, right)| line.iter().copied().chain([right])).collect()
}

/// Columns of a yearly wave at times 1, 2, …: 1, time where a trend is wanted, then sine and cosine of so many harmonics.
pub fn seasonal(times: usize, trend: bool, harmonics: usize, period: f64) -> Design {
    let wave = |time: usize| {
        (1..=harmonics).flat_map(move |h| {
            let (sine, cosine) = (2.0 * std::f64::consts::PI * h as f64 * time as f64 / period).sin_cos();
            [sine, cosine]
        })
    };
    // Where a year has whole steps, the waves of one year are those of all.
    let year = if period.fract() == 0.0 && period >= 1.0 { times.min(period as usize) } else { times };
    let waves: Vec<f64> = (0..=year).flat_map(wave).collect();
    let width = 1 + usize::from(trend) + 2 * harmonics;
    let mut values = Vec::with_capacity(times * width);
    for time in 1..=times {
        values.push(1.0);
        if trend {
            values.push(time as f64);
        }
        let place = if time > year { time % year } else { time };
        values.extend_from_slice(&waves[place * 2 * harmonics..(place + 1) * 2 * harmonics]);
    }
    Design { width, values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_log_linear_series_gives_its_coefficients() {
        let design = seasonal(60, true, 1, 52.0);
        let truth = [1.5, 0.01, 0.4, -0.3];
        let mean = |row: &[f64]| row.iter().zip(truth).map(|(x, b)| x * b).sum::<f64>().exp();
        let counts: Vec<f64> = design.rows().map(mean).collect();
        for alpha in [0.0, 0.3] {
            let found = log_counts(&design, &counts, alpha).unwrap();
            for (a, b) in found.iter().zip(truth) {
                assert!((a - b).abs() < 1e-9, "{found:?}");
            }
        }
    }

    #[test]
    fn columns_that_depend_on_each_other_are_refused() {
        let design = Design::from_rows([[1.0, 2.0]; 3]);
        assert_eq!(weighted_least_squares(&design, &[1.0, 2.0, 3.0], &[1.0; 3]), None);
    }

    /// Widths with sums of their own and others, years of whole steps and others.
    #[test]
    fn short_cuts_give_what_the_definition_gives() {
        for (harmonics, trend, period) in [(0, true, 52.0), (1, false, 7.0), (1, true, 365.25), (3, true, 52.0)] {
            let design = seasonal(120, trend, harmonics, period);
            let (values, weight) = (vec![2.5; 120], (0..120).map(|t| 1.0 + f64::from(t % 5)).collect::<Vec<f64>>());
            let p = design.width;
            let cross = crossproducts(&design, &values, &weight);
            for (t, row) in design.rows().enumerate() {
                let time = t as f64 + 1.0;
                let wave = |h: usize| (2.0 * std::f64::consts::PI * h as f64 * time / period).sin_cos();
                for h in 1..=harmonics {
                    let (sine, cosine) = (row[p - 2 * harmonics + 2 * h - 2], row[p - 2 * harmonics + 2 * h - 1]);
                    assert!((sine - wave(h).0).abs() + (cosine - wave(h).1).abs() < 1e-12);
                }
                assert_eq!((row[0], !trend || row[1] == time), (1.0, true));
            }
            for i in 0..p {
                let of = |x: &dyn Fn(&[f64]) -> f64| -> f64 {
                    design.rows().zip(&weight).map(|(row, w)| w * row[i] * x(row)).sum()
                };
                for j in 0..p {
                    assert!((cross[i * (p + 1) + j] - of(&|row| row[j])).abs() < 1e-7);
                }
                assert!((cross[i * (p + 1) + p] - of(&|_| 2.5)).abs() < 1e-7);
            }
        }
    }
}
