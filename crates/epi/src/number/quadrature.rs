//! Gauss–Legendre nodes and the minimum of a function of a few parameters.

/// Nodes and weights on `from..to`; exact for polynomials of degree `2n - 1`.
pub fn gauss_legendre(n: usize, from: f64, to: f64) -> Vec<(f64, f64)> {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    (0..n)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (value, d) = legendre(n, x);
                slope = d;
                let step = value / d;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (middle + half * x, half * 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut p, mut before) = (1.0, 0.0);
    for k in 1..=n {
        let k = k as f64;
        (p, before) = (((2.0 * k - 1.0) * x * p - (k - 1.0) * before) / k, p);
    }
    (p, n as f64 * (x * p - before) / (x * x - 1.0))
}

/// Nelder and Mead's search for the smallest value of a function of two parameters, from a start with a step.
///
/// Source: Nelder J.A., Mead R. Comput J 1965;7:308–13.
pub fn minimise(f: impl Fn([f64; 2]) -> f64, start: [f64; 2], step: f64) -> ([f64; 2], f64) {
    let at = |p: [f64; 2]| (p, f(p));
    let mut simplex = [at(start), at([start[0] + step, start[1]]), at([start[0], start[1] + step])];
    let along = |a: [f64; 2], b: [f64; 2], t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    for _ in 0..600 {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let [best, middle, worst] = simplex;
        if (worst.1 - best.1).abs() <= 1e-13 * (best.1.abs() + 1e-3) {
            break;
        }
        let centre = along(best.0, middle.0, 0.5);
        let reflected = at(along(centre, worst.0, -1.0));
        if reflected.1 < best.1 {
            let expanded = at(along(centre, worst.0, -2.0));
            simplex[2] = if expanded.1 < reflected.1 { expanded } else { reflected };
        } else if reflected.1 < middle.1 {
            simplex[2] = reflected;
        } else {
            let inside = at(along(centre, if reflected.1 < worst.1 { reflected.0 } else { worst.0 }, 0.5));
            if inside.1 < worst.1.min(reflected.1) {
                simplex[2] = inside;
            } else {
                simplex = [best, at(along(best.0, middle.0, 0.5)), at(along(best.0, worst.0, 0.5))];
            }
        }
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_integrate_polynomials_exactly() {
        let sum: f64 = gauss_legendre(7, 1.0, 3.0).iter().map(|(x, w)| w * x.powi(13)).sum();
        let exact = (3_f64.powi(14) - 1.0) / 14.0;
        assert!((sum / exact - 1.0).abs() < 1e-13);
    }

    #[test]
    fn the_valley_of_rosenbrock_is_found() {
        let f = |p: [f64; 2]| (1.0 - p[0]).powi(2) + 100.0 * (p[1] - p[0] * p[0]).powi(2);
        let (place, _) = minimise(f, [-1.2, 1.0], 0.5);
        assert!((place[0] - 1.0).abs() < 1e-4 && (place[1] - 1.0).abs() < 1e-4, "{place:?}");
    }
}
