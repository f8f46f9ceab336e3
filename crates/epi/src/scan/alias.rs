//! Draws from a list of weights by one random number and one comparison.

use crate::number::chance::Stream;

/// An entry of the table: of all numbers of 32 bits, those below `stay` stay here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alias {
    stay: u64,
    other: u32,
}

/// Walker's alias table.
///
/// Source: Vose M.D. IEEE Trans Softw Eng 1991;17:972–5.
pub(crate) fn alias_table(weights: &[f64]) -> Vec<Alias> {
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    let mut share: Vec<f64> = weights.iter().map(|w| w / mean).collect();
    let mut table: Vec<(f64, u32)> = (0..weights.len()).map(|i| (1.0, i as u32)).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..weights.len()).partition(|&i| share[i] < 1.0);
    while let (Some(s), Some(l)) = (small.pop(), large.pop()) {
        table[s] = (share[s], l as u32);
        share[l] -= 1.0 - share[s];
        if share[l] < 1.0 { small.push(l) } else { large.push(l) }
    }
    let whole = 2_f64.powi(32);
    table.into_iter().map(|(stay, other)| Alias { stay: (stay * whole).ceil() as u64, other }).collect()
}

/// One entry by its weight: the upper half of the draw says which, the lower half whether it stays.
#[inline]
pub(crate) fn draw(table: &[Alias], stream: &mut Stream) -> u32 {
    let bits = stream.bits();
    let cell = ((bits >> 32) * table.len() as u64) >> 32;
    let Alias { stay, other } = table[cell as usize];
    if (bits & 0xffff_ffff) < stay { cell as u32 } else { other }
}
