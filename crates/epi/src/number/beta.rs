//! The beta distribution and Student's t: tests of trends, shares with intervals.

use super::gamma::{deviance_part, stirling_error};

/// `C(n, x) p^x q^{n-x}`, for any real `0 ≤ x ≤ n`.
///
/// Source: Loader C. Fast and accurate computation of binomial probabilities, 2000.
pub fn binomial_term(x: f64, n: f64, p: f64, q: f64) -> f64 {
    if p == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if q == 0.0 {
        return if x == n { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return (n * if p < 0.1 { (-p).ln_1p() } else { q.ln() }).exp();
    }
    if x == n {
        return (n * if q < 0.1 { (-q).ln_1p() } else { p.ln() }).exp();
    }
    let y = n - x;
    let log =
        stirling_error(n) - stirling_error(x) - stirling_error(y) - deviance_part(x, n * p) - deviance_part(y, n * q);
    (log).exp() * (n / (2.0 * std::f64::consts::PI * x * y)).sqrt()
}

/// Regularised incomplete beta function `I_x(a, b)` and `1 - I_x(a, b)`, each exact where it is small.
pub fn regularised(a: f64, b: f64, x: f64) -> (f64, f64) {
    both(a, b, x, 1.0 - x)
}

/// As [`regularised`], where `y = 1 - x` is known more exactly than by subtraction.
pub fn both(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    // x^a y^b / B(a, b) = a b / (a + b) · C(a+b, a) x^a y^b
    let front = binomial_term(a, a + b, x, y) * a * b / (a + b);
    if x < (a + 1.0) / (a + b + 2.0) {
        let low = (front * fraction(a, b, x) / a).min(1.0);
        (low, 1.0 - low)
    } else {
        let high = (front * fraction(b, a, y) / b).min(1.0);
        (1.0 - high, high)
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let tiny = 1e-300;
    let guard = |v: f64| if v.abs() < tiny { tiny } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The x with `I_x(a, b) = p`, by bisection: exact, and not for hot paths.
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..1100 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        let (lower, upper) = regularised(a, b, middle);
        let below = if p < 0.5 { lower < p } else { upper > 1.0 - p };
        if below { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Two-sided p-value of Student's t.
pub fn t_two_sided(t: f64, degrees: f64) -> f64 {
    let square = t * t;
    both(degrees / 2.0, 0.5, degrees / (degrees + square), square / (degrees + square)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_give_the_binomial_tail() {
        let (n, k, p) = (20.0, 7.0, 0.3);
        let tail: f64 = (7..=20).map(|x| binomial_term(f64::from(x), n, p, 1.0 - p)).sum();
        let (lower, _) = regularised(k, n - k + 1.0, p);
        assert!((lower - tail).abs() < 1e-14, "{lower} {tail}");
    }

    /// With two degrees of freedom the distribution has a closed form.
    #[test]
    fn t_with_two_degrees_is_its_closed_form() {
        for t in [0.0, 0.3, 1.0, 2.92, 31.6] {
            let exact = 1.0 - t / f64::sqrt(2.0 + t * t);
            assert!((t_two_sided(t, 2.0) - exact).abs() < 1e-14);
        }
    }

    #[test]
    fn quantiles_invert() {
        for (a, b) in [(0.5, 0.5), (3.0, 40.0), (120.0, 2.0)] {
            for p in [0.001, 0.025, 0.5, 0.975] {
                let x = quantile(p, a, b);
                assert!((regularised(a, b, x).0 - p).abs() < 1e-13);
            }
        }
    }
}
