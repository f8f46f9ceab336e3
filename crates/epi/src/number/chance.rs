//! Random numbers by name and seed: the same seed gives the same numbers on every machine.

use super::{beta, normal};

/// A stream of random numbers; each use has a stream of its own, so that one more draw here changes nothing there.
///
/// xoshiro256++, seeded by SplitMix64.
///
/// Source: Blackman D., Vigna S. Scrambled linear pseudorandom number generators, ACM Trans Math Softw 2021;47:36.
#[derive(Clone, Debug)]
pub struct Stream {
    state: [u64; 4],
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Stream {
    /// The stream of this name and seed.
    pub fn new(name: &str, seed: u64) -> Stream {
        // FNV-1a turns the name into a number.
        let named =
            name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        let mut state = named ^ seed.wrapping_mul(0xd6e8_feb8_6659_fd93);
        Stream { state: std::array::from_fn(|_| split_mix(&mut state)) }
    }

    /// The stream of part number `index`, the same whichever thread asks.
    pub fn part(&self, index: u64) -> Stream {
        let mut state = self.state[0] ^ index.wrapping_add(1).wrapping_mul(0xa076_1d64_78bd_642f);
        Stream { state: std::array::from_fn(|_| split_mix(&mut state)) }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform between 0 and 1, neither of them.
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below `n`, each as likely.
    pub fn below(&mut self, n: u32) -> u32 {
        // Lemire's method: the remainder that would make some numbers likelier is refused, and hardly ever computed.
        loop {
            let product = (self.bits() >> 32) * u64::from(n);
            let low = product as u32;
            if low >= n || low >= n.wrapping_neg() % n {
                return (product >> 32) as u32;
            }
        }
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }

    /// Gamma of this shape and scale.
    ///
    /// Source: Marsaglia G., Tsang W.W. A simple method for generating gamma variables, ACM Trans Math Softw 2000;26:363–72.
    pub fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        if shape < 1.0 {
            let lift = self.uniform().powf(1.0 / shape);
            return self.gamma(shape + 1.0, scale) * lift;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * scale;
            }
        }
    }

    /// Poisson of this mean.
    pub fn poisson(&mut self, mean: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        if mean > 500.0 {
            // Cut a large mean in two by a gamma waiting time (Ahrens and Dieter 1974).
            let m = (mean * 0.875).floor();
            let wait = self.gamma(m, 1.0);
            return if wait > mean { self.binomial(m - 1.0, mean / wait) } else { m + self.poisson(mean - wait) };
        }
        let mut left = self.uniform();
        let mut term = (-mean).exp();
        let mut k = 0.0;
        while left > term && (k < mean || term > 0.0) {
            left -= term;
            k += 1.0;
            term *= mean / k;
        }
        k
    }

    /// Successes among `n` of probability `p`.
    pub fn binomial(&mut self, n: f64, p: f64) -> f64 {
        if p > 0.5 {
            return n - self.binomial(n, 1.0 - p);
        }
        if n <= 0.0 || p <= 0.0 {
            return 0.0;
        }
        if n * p > 300.0 {
            // Cut at the median order statistic, which is a beta (Devroye 1986, X.4).
            let i = ((n + 1.0) / 2.0).floor();
            let y = beta_draw(self, i, n + 1.0 - i);
            return if y <= p { i + self.binomial(n - i, (p - y) / (1.0 - y)) } else { self.binomial(i - 1.0, p / y) };
        }
        let mut left = self.uniform();
        let mut term = beta::binomial_term(0.0, n, p, 1.0 - p);
        let odds = p / (1.0 - p);
        let mut k = 0.0;
        while left > term && k < n {
            left -= term;
            k += 1.0;
            term *= odds * (n + 1.0 - k) / k;
        }
        k
    }

    /// Negative binomial of this mean and size k.
    pub fn negative_binomial(&mut self, mean: f64, size: f64) -> f64 {
        let rate = self.gamma(size, mean / size);
        self.poisson(rate)
    }
}

fn beta_draw(stream: &mut Stream, a: f64, b: f64) -> f64 {
    let x = stream.gamma(a, 1.0);
    x / (x + stream.gamma(b, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let n = 40_000;
        let xs: Vec<f64> = (0..n).map(|_| draw()).collect();
        let mean = xs.iter().sum::<f64>() / f64::from(n);
        (mean, xs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n - 1))
    }

    #[test]
    fn draws_have_their_moments() {
        let mut s = Stream::new("moments", 7);
        let close = |(m, v): (f64, f64), mean: f64, var: f64| {
            let sd = (var / 40_000.0).sqrt();
            assert!((m - mean).abs() < 5.0 * sd, "mean {m} of {mean}");
            assert!((v / var - 1.0).abs() < 0.08, "variance {v} of {var}");
        };
        close(moments(|| s.uniform()), 0.5, 1.0 / 12.0);
        close(moments(|| s.normal()), 0.0, 1.0);
        close(moments(|| s.gamma(0.4, 2.0)), 0.8, 1.6);
        close(moments(|| s.gamma(7.0, 0.5)), 3.5, 1.75);
        close(moments(|| s.poisson(4.2)), 4.2, 4.2);
        close(moments(|| s.poisson(2300.0)), 2300.0, 2300.0);
        close(moments(|| s.binomial(4000.0, 0.3)), 1200.0, 840.0);
        close(moments(|| s.negative_binomial(5.0, 0.8)), 5.0, 5.0 + 25.0 / 0.8);
        close(moments(|| f64::from(s.below(10))), 4.5, 8.25);
    }

    #[test]
    fn a_name_and_seed_give_the_same_numbers_again() {
        let mut first = Stream::new("scan", 1).part(3);
        let mut again = Stream::new("scan", 1).part(3);
        let mut other = Stream::new("scan", 2).part(3);
        assert_eq!(first.bits(), again.bits());
        assert_ne!(first.bits(), other.bits());
    }
}
