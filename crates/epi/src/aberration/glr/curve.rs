//! The best size of a change from each start, where it has no closed form.

/// Log likelihood ratio of one step as a function of the size θ ≥ 0 of a change, with its first two derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Curve {
    /// Negative binomial, the mean multiplied by `e^θ`, or divided by it for a fall.
    Level { cases: f64, expected: f64, alpha: f64, fall: bool },
    /// The mean raised by θ times the count before; Poisson for `alpha` 0.
    Epidemic { cases: f64, expected: f64, before: f64, alpha: f64 },
}

impl Curve {
    pub(crate) fn at(self, theta: f64) -> [f64; 3] {
        match self {
            Curve::Level { cases, expected, alpha, fall } => {
                let sign = if fall { -1.0 } else { 1.0 };
                let (size, moved) = (cases + 1.0 / alpha, alpha * expected * (sign * theta).exp());
                let share = moved / (1.0 + moved);
                let value = sign * theta * cases - size * ((1.0 + moved) / (1.0 + alpha * expected)).ln();
                [value, sign * (cases - size * share), -size * share * (1.0 - share)]
            }
            Curve::Epidemic { cases, expected, before, alpha } => {
                let mean = expected + theta * before;
                let log = if cases > 0.0 { cases * (mean / expected).ln() } else { 0.0 };
                let slope = before / mean;
                if alpha == 0.0 {
                    return [log - theta * before, cases * slope - before, -cases * slope * slope];
                }
                let size = cases + 1.0 / alpha;
                let other = alpha * before / (1.0 + alpha * mean);
                let fall = size * ((1.0 + alpha * mean) / (1.0 + alpha * expected)).ln();
                [log - fall, cases * slope - size * other, size * other * other - cases * slope * slope]
            }
        }
    }
}

fn total(curves: &[Curve], theta: f64) -> [f64; 3] {
    curves.iter().fold([0.0; 3], |sum, curve| {
        let part = curve.at(theta);
        [sum[0] + part[0], sum[1] + part[1], sum[2] + part[2]]
    })
}

/// Newton's method for the largest sum over θ ≥ 0, kept between bounds.
pub(crate) fn best(curves: &[Curve], start: f64) -> f64 {
    if total(curves, 0.0)[1] <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut theta = start.max(1e-3);
    let mut value = 0.0;
    for _ in 0..200 {
        let [now, slope, bend] = total(curves, theta);
        value = now;
        if slope > 0.0 {
            low = theta
        } else {
            high = theta
        }
        let newton = theta - slope / bend;
        // A fall to nothing has its best size at infinity: the last of the gain is below rounding long before.
        if slope * slope <= 1e-17 * value * bend.abs() {
            break;
        }
        let next = if bend < 0.0 && newton > low && newton < high {
            newton
        } else if high.is_finite() {
            0.5 * (low + high)
        } else {
            2.0 * theta
        };
        if (next - theta).abs() <= 1e-9 * theta.max(1.0) {
            break;
        }
        theta = next;
    }
    value.max(0.0)
}

/// Cumulative sums of the curves at fixed sizes: the best size from any start is then bracketed without a pass over the steps.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// Per step, per size: sums of value, slope and bend over the steps before.
    sums: Vec<[f64; 3]>,
    curves: Vec<Curve>,
}

const SIZES: usize = 33;
const STEP: f64 = 0.25;

impl Grid {
    pub(crate) fn new() -> Grid {
        Grid { sums: vec![[0.0; 3]; SIZES], curves: Vec::new() }
    }

    pub(crate) fn clear(&mut self) {
        self.sums.truncate(SIZES);
        self.curves.clear();
    }

    pub(crate) fn curves(&self) -> &[Curve] {
        &self.curves
    }

    pub(crate) fn add(&mut self, curve: Curve) {
        self.curves.push(curve);
        let row = self.sums.len() - SIZES;
        for g in 0..SIZES {
            let part = curve.at(g as f64 * STEP);
            let before = self.sums[row + g];
            self.sums.push([before[0] + part[0], before[1] + part[1], before[2] + part[2]]);
        }
    }

    /// The largest ratio over the starts `from..to`, for curves that bend downwards everywhere.
    pub(crate) fn largest(&self, from: usize, to: usize) -> f64 {
        let last = self.sums.len() - SIZES;
        let mut cell = 0;
        let (mut top, mut top_start, mut top_theta) = (0.0, None, 0.0);
        for start in (from..to).rev() {
            let first = start * SIZES;
            let at = |g: usize| {
                let (a, b) = (self.sums[last + g], self.sums[first + g]);
                [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
            };
            while cell > 0 && at(cell)[1] <= 0.0 {
                cell -= 1;
            }
            while cell + 1 < SIZES && at(cell + 1)[1] > 0.0 {
                cell += 1;
            }
            let left = at(cell);
            if cell == 0 && left[1] <= 0.0 {
                continue;
            }
            if cell + 1 == SIZES {
                let value = best(&self.curves[start..], cell as f64 * STEP);
                if value > top {
                    (top, top_start, top_theta) = (value, Some(start), cell as f64 * STEP);
                }
                continue;
            }
            let right = at(cell + 1);
            if tangents(left, right) <= top {
                continue;
            }
            let (place, value) = peak(left, right);
            if value > top {
                (top, top_start, top_theta) = (value, Some(start), (cell as f64 + place) * STEP);
            }
        }
        top_start.map_or(0.0, |start| best(&self.curves[start..], top_theta))
    }
}

/// Where the tangents at both ends meet: no downward curve rises above.
fn tangents(left: [f64; 3], right: [f64; 3]) -> f64 {
    let x = (right[0] - left[0] - right[1] * STEP) / (left[1] - right[1]);
    left[0] + left[1] * x
}

/// Place (as a share of the step) and value of the peak of the quintic through both ends with their derivatives.
fn peak(left: [f64; 3], right: [f64; 3]) -> (f64, f64) {
    let (d0, d1) = (left[1] * STEP, right[1] * STEP);
    let (b0, b1) = (left[2] * STEP * STEP, right[2] * STEP * STEP);
    let rise = right[0] - left[0];
    let c3 = 10.0 * rise - 6.0 * d0 - 4.0 * d1 - 1.5 * b0 + 0.5 * b1;
    let c4 = -15.0 * rise + 8.0 * d0 + 7.0 * d1 + 1.5 * b0 - b1;
    let c5 = 6.0 * rise - 3.0 * d0 - 3.0 * d1 - 0.5 * b0 + 0.5 * b1;
    let slope = |x: f64| d0 + x * (b0 + x * (3.0 * c3 + x * (4.0 * c4 + x * 5.0 * c5)));
    let bend = |x: f64| b0 + x * (6.0 * c3 + x * (12.0 * c4 + x * 20.0 * c5));
    let mut x = d0 / (d0 - d1);
    for _ in 0..3 {
        x = (x - slope(x) / bend(x)).clamp(0.0, 1.0);
    }
    (x, left[0] + x * (d0 + x * (b0 / 2.0 + x * (c3 + x * (c4 + x * c5)))))
}
