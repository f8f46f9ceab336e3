//! Numbers by chance from a seed: the same seed gives the same numbers on every machine.

/// A stream of numbers (SplitMix64). Source: Steele G. L. et al., OOPSLA 2014;453–72.
#[derive(Clone, Debug)]
pub struct Chance(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Spreads the bits of a number over all of them.
pub fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

impl Chance {
    /// The stream of a seed and of what it is drawn for, so that each thing has its own.
    pub fn new(seed: u64, what: u64, index: u64) -> Chance {
        let start = mix(seed.wrapping_add(STEP));
        Chance(mix(start ^ mix(what.wrapping_mul(STEP)) ^ mix(index.wrapping_add(STEP)).rotate_left(17)))
    }

    /// The next 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `n`; 0 if `n` is 0.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.bits() as u32) * u64::from(n)) >> 32) as u32
    }

    /// Yes, this many times in 1000.
    #[inline]
    pub fn per_mille(&mut self, n: u32) -> bool {
        self.below(1000) < n
    }

    /// A share from 0 to below 1.
    #[inline]
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_numbers_again_and_another_gives_others() {
        let draw = |seed, what| {
            let mut chance = Chance::new(seed, what, 3);
            [chance.below(1000), chance.below(1000), chance.below(1000)]
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(2, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        let mut chance = Chance::new(7, 0, 0);
        let mean = (0..10_000).map(|_| chance.share()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
