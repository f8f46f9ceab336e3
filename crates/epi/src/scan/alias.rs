//! Draws from a list of weights by half a random number and one comparison.

/// An entry of the table: of all numbers of 32 bits, those below `stay` stay here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alias {
    stay: u32,
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
    // Who always stays is also the other, so that the largest number of 32 bits is large enough.
    table.into_iter().map(|(stay, other)| Alias { stay: (stay * whole) as u32, other }).collect()
}

/// One entry by its weight. Times the number of entries, the whole part of a number between 0 and 1 says which one, and what is left,
/// as even between 0 and 1, whether it stays.
#[inline]
pub(crate) fn draw(table: &[Alias], bits: u32) -> u32 {
    let product = u64::from(bits) * table.len() as u64;
    let cell = (product >> 32) as u32;
    let Alias { stay, other } = table[cell as usize];
    // Which of the two it is cannot be foreseen.
    std::hint::select_unpredictable((product as u32) < stay, cell, other)
}
