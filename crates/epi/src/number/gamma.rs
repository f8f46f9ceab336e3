//! The gamma distribution: what posterior reproduction numbers and delays follow.

use super::normal;

const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// `ln Γ(x)`.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// What Stirling's formula leaves out of `ln n!`.
///
/// Source: Loader C. Fast and accurate computation of binomial probabilities, 2000.
pub fn stirling_error(n: f64) -> f64 {
    if n <= 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * n.ln() + n - LN_SQRT_2PI;
    }
    let s = 1.0 / (n * n);
    (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) / n
}

/// `x ln(x/m) + m - x`, without loss of digits where x is near m.
///
/// Source: Loader C., as [`stirling_error`].
pub fn deviance_part(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * (x / m).ln() + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut term = 2.0 * x * v;
    for j in 1..1000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// `x^a e^{-x} / Γ(a+1)`: the Poisson probability of a at mean x, for any a ≥ 0.
pub fn poisson_term(a: f64, x: f64) -> f64 {
    if x == 0.0 {
        return if a == 0.0 { 1.0 } else { 0.0 };
    }
    if a == 0.0 {
        return (-x).exp();
    }
    if a < x * f64::MIN_POSITIVE {
        return (-x + a * x.ln() - libm::lgamma(a + 1.0)).exp();
    }
    (-stirling_error(a) - deviance_part(a, x)).exp() / (2.0 * std::f64::consts::PI * a).sqrt()
}

/// Lower and upper regularised incomplete gamma function: `P(a, x)` and `Q(a, x) = 1 - P`, each exact where it is small.
pub fn regularised(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    with_front(a, x, poisson_term(a, x))
}

/// As [`regularised`], where `x^a e^{-x} / Γ(a+1)` is at hand.
fn with_front(a: f64, x: f64, front: f64) -> (f64, f64) {
    if a > LARGE {
        return by_temme(a, x);
    }
    // The sum is faster than the fraction, and two standard deviations above the mean 1 - P has still all but two digits.
    if x < a + 1.0 + 2.0 * a.sqrt() {
        let p = (front * series(a, x)).min(1.0);
        (p, 1.0 - p)
    } else {
        let q = (front * a * fraction(a, x)).min(1.0);
        (1.0 - q, q)
    }
}

/// A shape whose constant terms are worked out once.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    shape: f64,
    stirling: f64,
    root: f64,
}

impl Shape {
    /// The terms of this shape, above 0.
    pub fn new(shape: f64) -> Shape {
        Shape { shape, stirling: stirling_error(shape), root: (2.0 * std::f64::consts::PI * shape).sqrt() }
    }

    /// `P(X ≤ x)`, `P(X > x)` and the density at scale 1.
    pub fn at(&self, x: f64) -> (f64, f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0, 0.0);
        }
        let front = (-self.stirling - deviance_part(self.shape, x)).exp() / self.root;
        let (lower, upper) = with_front(self.shape, x, front);
        (lower, upper, front * self.shape / x)
    }
}

/// Shapes from here on take the uniform expansion instead of thousands of terms.
const LARGE: f64 = 1e6;

/// Temme's uniform asymptotic expansion; what is left out is below 1e-16 for shapes this large.
///
/// Source: NIST Digital Library of Mathematical Functions, 8.12.
fn by_temme(a: f64, x: f64) -> (f64, f64) {
    let half_square = deviance_part(a, x) / a;
    let eta = (2.0 * half_square).sqrt().copysign(x - a);
    let c0 = -1.0 / 3.0 + eta * (1.0 / 12.0 - eta * (2.0 / 135.0 - eta / 864.0));
    let c1 = -1.0 / 540.0 - eta / 288.0;
    let rest = (-a * half_square).exp() / (2.0 * std::f64::consts::PI * a).sqrt() * (c0 + c1 / a);
    let z = eta * a.sqrt();
    (normal::cdf(z) - rest, normal::cdf(-z) + rest)
}

/// `1 + x/(a+1) + x²/((a+1)(a+2)) + …`
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (1.0, 1.0, a);
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Legendre's continued fraction of `Γ(a, x) e^x x^{-a}`, by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    let tiny = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..100_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = an * d + b;
        d = if d.abs() < tiny { 1.0 / tiny } else { 1.0 / d };
        c = b + an / c;
        c = if c.abs() < tiny { tiny } else { c };
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// `P(X ≤ x)` of a gamma distribution with this shape and scale.
pub fn cdf(x: f64, shape: f64, scale: f64) -> f64 {
    regularised(shape, x / scale).0
}

/// Density of a gamma distribution.
pub fn density(x: f64, shape: f64, scale: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let y = x / scale;
    poisson_term(shape, y) * shape / y / scale
}

/// The x with `P(X ≤ x) = p`.
///
/// Wilson and Hilferty's start, then the inverse Taylor series of the distribution to fifth order, repeated until it stands.
/// One evaluation of the distribution is enough for most shapes above 2.
///
/// Source: Best D.J., Roberts D.E. Algorithm AS 91, Applied Statistics 1975;24:385–8 (the series).
pub fn quantile(p: f64, shape: f64, scale: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    scale * standard_quantile(p, shape, normal::quantile(p))
}

/// As [`quantile`] with scale 1, where the normal quantile of p is at hand.
pub fn standard_quantile(p: f64, shape: f64, z: f64) -> f64 {
    Shape::new(shape).quantile(p, z)
}

impl Shape {
    /// The x with `P(X ≤ x) = p` at scale 1; z is the normal quantile of p.
    pub fn quantile(&self, p: f64, z: f64) -> f64 {
        let shape = self.shape;
        let mut x = start(p, shape, z);
        let (mut low, mut high) = (0.0, f64::INFINITY);
        for _ in 0..200 {
            let (lower, upper, slope) = self.at(x);
            let miss = if p < 0.5 { p - lower } else { upper - (1.0 - p) };
            if miss > 0.0 {
                low = x
            } else {
                high = x
            }
            let u = miss / slope;
            if u == 0.0 {
                return x;
            }
            let next = x + taylor(u, shape, x);
            let in_reach = next > low && next < high && slope > 0.0;
            let near = (u / x).abs() < 2e-3 && (u * (1.0 - (shape - 1.0) / x)).abs() < 5e-3;
            if in_reach && near {
                return next;
            }
            x = if in_reach {
                next
            } else if high.is_finite() {
                0.5 * (low + high)
            } else {
                2.0 * x
            };
            if high - low <= 1e-15 * x {
                break;
            }
        }
        x
    }
}

/// `x(p + u f) - x(p)` to fifth order in u.
fn taylor(u: f64, shape: f64, x: f64) -> f64 {
    let r = (shape - 1.0) / x;
    let s = 1.0 - r;
    let (s1, s2, s3) = (r / x, -2.0 * r / (x * x), 6.0 * r / (x * x * x));
    let d3 = 2.0 * s * s + s1;
    let d4 = s * (6.0 * s * s + 7.0 * s1) + s2;
    let d5 = s * s * (24.0 * s * s + 46.0 * s1) + 11.0 * s * s2 + 7.0 * s1 * s1 + s3;
    u * (1.0 + u * (s / 2.0 + u * (d3 / 6.0 + u * (d4 / 24.0 + u * d5 / 120.0))))
}

fn start(p: f64, shape: f64, z: f64) -> f64 {
    let v = 1.0 / (9.0 * shape);
    let x = shape * (1.0 - v + z * v.sqrt()).powi(3);
    // Near zero the distribution is x^a / Γ(a+1).
    if shape < 0.5 || x < 0.05 * shape {
        let small = ((p.ln() + libm::lgamma(shape + 1.0)) / shape).exp();
        if small < 0.5 * shape || x <= 0.0 {
            return small.max(f64::MIN_POSITIVE);
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For whole a the distribution is a finite Poisson sum.
    #[test]
    fn the_distribution_equals_its_finite_sum() {
        for a in [1_i32, 2, 7, 40] {
            for x in [0.01, 0.5, 3.0, 7.5, 40.0, 90.0] {
                let mut term = f64::exp(-x);
                let mut upper = 0.0;
                for k in 0..a {
                    upper += term;
                    term *= x / f64::from(k + 1);
                }
                let (_, q) = regularised(f64::from(a), x);
                assert!((q - upper).abs() < 1e-13 * upper.max(1e-3), "{a} {x}: {q} {upper}");
            }
        }
    }

    #[test]
    fn quantiles_invert_the_distribution() {
        for shape in [0.05, 0.3, 1.0, 1.7, 5.0, 33.0, 1000.0, 2e5, 0.999e6, 1.001e6, 1e9] {
            for p in [1e-6, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.999_9] {
                let x = quantile(p, shape, 2.0);
                let back = cdf(x, shape, 2.0);
                let rounding = 1e-16 * shape.sqrt();
                assert!((back - p).abs() < 2e-12 * p.max(1e-3) + rounding, "{shape} {p}: {x} gives {back}");
            }
        }
    }
}
