//! How many cases a window needs, at the least, to reach a likelihood ratio.
//!
//! Two properties of the ratio `f(c, μ)` of a window with c of N cases, μ of them expected, give lower bounds for all windows from a few
//! that are worked out:
//!
//! - f is convex in c and μ together (it is N times a relative entropy), so that the cases at which it reaches a given ratio are a
//!   concave function of μ: the straight line between two means lies below it ([`Needed`]).
//! - From there on, dℓ more of the ratio takes `dℓ/λ` more cases, `λ = ln(c/μ) - ln((N-c)/(N-μ))`, which rises with c. Along one ratio λ
//!   falls and then rises with μ: with `h(u) = 1/(u(1-u))`, `x = c/N` and `p = μ/N` it is the mean of h over `[p, x]` times `x - p`, and
//!   it falls exactly where that mean is above `h(x)`. So it begins, as long as `x ≤ ½`; where `x + p ≥ 1` it no longer does; and
//!   between, `h(x)` overtakes but once, as x is nearer to ½ than p and moves faster. Of all means between two, λ is therefore
//!   nowhere above the larger of its values at these two ([`Further`]).
//!
//! Source: Cover T.M., Thomas J.A. Elements of Information Theory, 2nd ed. 2006, theorem 2.7.2 (convexity of relative entropy).

use super::lines::far_enough;

/// Means that divide a doubling into eight, by number: the exponent and three bits of a floating-point number.
fn number(mean: f64) -> u64 {
    mean.to_bits() >> 49
}

fn mean_of(number: u64) -> f64 {
    f64::from_bits(number << 49)
}

/// Cases at which windows reach one ratio, a touch less rather than more.
#[derive(Debug)]
pub(crate) struct Needed {
    total: f64,
    first: u64,
    /// At each mean by number, from the first on.
    cases: Vec<f64>,
}

impl Needed {
    /// For means from `smallest` on, which is above 0.
    pub(crate) fn new(smallest: f64, total: f64, ratio: f64) -> Needed {
        let first = number(smallest);
        let at = |n| cases_at(mean_of(n).min(total), ratio, total, None);
        Needed { total, first, cases: (first..=number(total) + 1).map(at).collect() }
    }

    pub(crate) fn at(&self, mean: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        let number = number(mean);
        let (left, right) = (mean_of(number), mean_of(number + 1).min(self.total));
        let index = number.saturating_sub(self.first) as usize;
        match self.cases.get(index..index + 2) {
            Some(&[from, to]) if left < right => {
                (from + (to - from) * (mean - left) / (right - left)).min(self.total) * (1.0 - 1e-9)
            }
            _ => self.total,
        }
    }
}

/// Cases beyond those of [`Needed`] that windows of like means need for a higher ratio.
#[derive(Debug)]
pub(crate) struct Further {
    low: f64,
    step: f64,
    first: u64,
    /// Per class of means, the cases for each step of the ratio.
    cases: Vec<[f64; STEPS + 1]>,
}

/// Steps of the ratio that are worked out.
const STEPS: usize = 16;

/// Means of one class: two classes to a doubling.
fn class(mean: f64) -> u64 {
    number(mean) >> 2
}

impl Further {
    /// Ratios from `low` to `high`; beyond `high` no more cases are asked for.
    pub(crate) fn new(smallest: f64, total: f64, low: f64, high: f64) -> Further {
        let (first, last) = (class(smallest), class(total));
        let step = (high - low) / STEPS as f64;
        let slopes: Vec<[f64; STEPS]> =
            (first..=last + 1).map(|class| slopes(mean_of(class << 2), total, low, step)).collect();
        let between = |ends: &[[f64; STEPS]]| {
            let mut cases = [0.0; STEPS + 1];
            for i in 0..STEPS {
                // λ rises with the ratio: within a step it is at most what it is at its end.
                cases[i + 1] = cases[i] + step / ends[0][i].max(ends[1][i]);
            }
            cases
        };
        Further { low, step, first, cases: slopes.windows(2).map(between).collect() }
    }

    pub(crate) fn classes(&self) -> usize {
        self.cases.len()
    }

    /// The class of a mean.
    pub(crate) fn class(&self, mean: f64) -> usize {
        (class(mean).saturating_sub(self.first) as usize).min(self.cases.len() - 1)
    }

    /// A touch less rather than more; between two steps on a straight line, which lies below a concave function.
    pub(crate) fn cases(&self, class: usize, ratio: f64) -> f64 {
        let cases = &self.cases[class];
        let steps = ((ratio - self.low) / self.step * (1.0 - 1e-6)).clamp(0.0, STEPS as f64);
        let below = (steps as usize).min(STEPS - 1);
        let more = cases[below] + (cases[below + 1] - cases[below]) * (steps - below as f64);
        more * (1.0 - 1e-6)
    }

    /// About the ratio of a window of the class with so many further cases; only to see which one is worth a look first.
    pub(crate) fn about(&self, class: usize, further: f64) -> f64 {
        let cases = &self.cases[class];
        let above = cases.partition_point(|&c| c < further).clamp(1, STEPS);
        let width = (cases[above] - cases[above - 1]).max(f64::MIN_POSITIVE);
        self.low + self.step * (above as f64 - 1.0 + (further - cases[above - 1]) / width)
    }
}

/// λ where the ratio is one step above `low`, two steps, and so on; without end where no window reaches it.
fn slopes(mean: f64, total: f64, low: f64, step: f64) -> [f64; STEPS] {
    let mut begin = None;
    std::array::from_fn(|i| {
        let cases = cases_at(mean.min(total), low + step * (i + 1) as f64, total, begin);
        begin = Some(cases);
        if cases < total { slope(cases, mean, total) } else { f64::INFINITY }
    })
}

fn slope(cases: f64, mean: f64, total: f64) -> f64 {
    (cases * (total - mean) / (mean * (total - cases))).ln()
}

/// Newton's steps; three or four are enough but where nearly everybody lives inside.
const NEWTON: usize = 40;

/// The cases of a window with this ratio, all of them where none has it.
fn cases_at(mean: f64, ratio: f64, total: f64, begin: Option<f64>) -> f64 {
    if mean >= total || total * (total / mean).ln() <= ratio {
        return total;
    }
    let mut cases = begin.unwrap_or_else(|| far_enough(mean, ratio));
    if cases >= total {
        cases = f64::midpoint(mean, total);
    }
    for _ in 0..NEWTON {
        let (slope, outside) = (slope(cases, mean, total), ((total - cases) / (total - mean)).ln());
        let missing = ratio - (cases * slope + total * outside);
        // From the left of the root of a convex function a step may lead too far, but not beyond all cases.
        let next = (cases + missing / slope).min(f64::midpoint(cases, total));
        let moved = (next - cases).abs();
        cases = next;
        if moved <= 1e-6 * cases {
            // The next step would move it by about the square of that.
            return cases;
        }
    }
    mean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scan::score::likelihood_ratio;

    proptest! {
        #[test]
        fn no_window_reaches_a_ratio_with_fewer_cases(
            total in 3.0_f64..30_000.0, share in 0.0_f64..1.0, power in 1_i32..5, low in 0.05_f64..6.0, further in 1.0_f64..2.5,
        ) {
            let (total, mean) = (total.floor(), total.floor() * share.powi(power));
            let smallest = if mean > 0.0 { 0.3 * mean } else { 1.0 };
            let (needed, more) = (Needed::new(smallest, total, low), Further::new(smallest, total, low, 2.2 * low));
            let class = more.class(mean.max(smallest));
            let least = needed.at(mean);
            let beyond = least + more.cases(class, further * low);
            for cases in 0..=total as u32 {
                let cases = f64::from(cases);
                let ratio = likelihood_ratio(cases, mean, total);
                if ratio > low {
                    prop_assert!(cases >= least, "{cases} of {total} at {mean}: {ratio}, {least}");
                }
                if ratio > further * low {
                    prop_assert!(cases >= beyond, "{cases} of {total} at {mean}: {ratio}, {beyond}");
                }
            }
            // And the bounds are close: a little fewer do not reach the ratio by far.
            if mean > 2.0 && mean < 0.6 * total && least < 0.9 * total {
                let short = likelihood_ratio(least - 0.02 * (least - mean), mean, total);
                prop_assert!(short > 0.85 * low && short < low, "{short} {low}");
            }
        }
    }
}
