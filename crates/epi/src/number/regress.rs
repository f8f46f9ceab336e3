//! Regressions with a log link and a handful of columns, solved densely. Not for hot paths.

/// Iteratively reweighted least squares for counts: Poisson for `alpha` 0, else negative binomial with variance `μ + α μ²`.
///
/// `rows` holds the columns of each observation. The coefficients come back, or `None` if the fit fails.
/// It begins at `μ = y + 0.1` (`y + 1/6` where `y = 0` and α > 0) and stops where the deviance stands to 1e-8.
///
/// Source: McCullagh P., Nelder J.A. Generalized Linear Models, 2nd ed. 1989, 2.5.
pub fn log_counts(rows: &[Vec<f64>], counts: &[f64], alpha: f64) -> Option<Vec<f64>> {
    let begin = |&y: &f64| if alpha > 0.0 { y + if y == 0.0 { 1.0 / 6.0 } else { 0.0 } } else { y + 0.1 };
    let mut mu: Vec<f64> = counts.iter().map(begin).collect();
    let mut eta: Vec<f64> = mu.iter().map(|m| m.ln()).collect();
    let own: Vec<f64> = counts.iter().map(|&y| if y > 0.0 { y * y.ln() } else { 0.0 }).collect();
    let mut deviance = total_deviance(counts, &own, &mu, &eta, alpha);
    let mut coefficients = Vec::new();
    let (mut weight, mut work) = (Vec::new(), Vec::new());
    for _ in 0..25 {
        weight.clear();
        weight.extend(mu.iter().map(|m| m / (1.0 + alpha * m)));
        work.clear();
        work.extend((0..mu.len()).map(|i| eta[i] + (counts[i] - mu[i]) / mu[i]));
        coefficients = weighted_least_squares(rows, &work, &weight)?;
        for (i, row) in rows.iter().enumerate() {
            eta[i] = row.iter().zip(&coefficients).map(|(x, b)| x * b).sum();
            mu[i] = eta[i].exp().max(f64::EPSILON);
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
pub fn weighted_least_squares(rows: &[Vec<f64>], values: &[f64], weight: &[f64]) -> Option<Vec<f64>> {
    let p = rows.first()?.len();
    // The last column is the right-hand side.
    let mut cross = vec![0.0; p * (p + 1)];
    for ((row, y), w) in rows.iter().zip(values).zip(weight) {
        for (i, x) in row.iter().enumerate() {
            let line = &mut cross[i * (p + 1)..(i + 1) * (p + 1)];
            let wx = w * x;
            line[..p].iter_mut().zip(row).for_each(|(c, x)| *c += wx * x);
            line[p] += wx * y;
        }
    }
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

/// Columns of a yearly wave: 1, time where a trend is wanted, then sine and cosine of so many harmonics.
pub fn seasonal_row(time: f64, trend: bool, harmonics: usize, period: f64) -> Vec<f64> {
    let mut row = Vec::with_capacity(2 + 2 * harmonics);
    row.push(1.0);
    if trend {
        row.push(time);
    }
    for h in 1..=harmonics {
        let angle = 2.0 * std::f64::consts::PI * h as f64 * time / period;
        let (sine, cosine) = angle.sin_cos();
        row.extend([sine, cosine]);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_log_linear_series_gives_its_coefficients() {
        let rows: Vec<_> = (0..60).map(|t| seasonal_row(f64::from(t), true, 1, 52.0)).collect();
        let truth = [1.5, 0.01, 0.4, -0.3];
        let mean = |row: &Vec<f64>| row.iter().zip(truth).map(|(x, b)| x * b).sum::<f64>().exp();
        let counts: Vec<f64> = rows.iter().map(mean).collect();
        for alpha in [0.0, 0.3] {
            let found = log_counts(&rows, &counts, alpha).unwrap();
            for (a, b) in found.iter().zip(truth) {
                assert!((a - b).abs() < 1e-9, "{found:?}");
            }
        }
    }

    #[test]
    fn columns_that_depend_on_each_other_are_refused() {
        let rows = vec![vec![1.0, 2.0], vec![1.0, 2.0], vec![1.0, 2.0]];
        assert_eq!(weighted_least_squares(&rows, &[1.0, 2.0, 3.0], &[1.0; 3]), None);
    }
}
