use std::collections::BTreeSet;
use std::ops::Range;

use super::Calendar;
use crate::number::quantile::{QuantileType, of_sorted};
use crate::refusal::at_least;
use crate::{Probability, Refusal};

/// How the moving percentile is run.
#[derive(Clone, Debug, PartialEq)]
pub struct MovingPercentile {
    /// Steps in a block: 7 for days, 1 for weeks.
    pub block: usize,
    /// Blocks before and after the same block of an earlier year.
    pub each_side: usize,
    /// Earlier years.
    pub years: usize,
    /// Years back that are left out because of an outbreak (1 for last year).
    pub excluded: BTreeSet<usize>,
    /// The percentile.
    pub percentile: Probability,
    /// How it lies between two blocks.
    pub kind: QuantileType,
    /// Fewer cases than this never ring.
    pub minimum: f64,
}

impl MovingPercentile {
    /// As first run nationwide: blocks of 7 days, two on each side, three years, the 80th percentile, Excel's definition.
    pub fn national(calendar: Calendar) -> Option<MovingPercentile> {
        let block = if matches!(calendar, Calendar::Daily { .. }) { 7 } else { 1 };
        let percentile = Probability::new("percentile", 0.8).ok()?;
        Some(MovingPercentile {
            block,
            each_side: 2,
            years: 3,
            excluded: BTreeSet::new(),
            percentile,
            kind: QuantileType::Linear,
            minimum: 1.0,
        })
    }
}

/// What the method says of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PercentilePoint {
    /// Place in the series: the last step of the block.
    pub at: usize,
    /// Cases in the block.
    pub current: Option<f64>,
    /// Median of the blocks of earlier years.
    pub expected: f64,
    /// The percentile: more rings.
    pub upper: f64,
    /// Share of earlier blocks with fewer cases, those with as many counting half.
    pub rank: Option<f64>,
    /// Blocks that are known.
    pub blocks: usize,
    /// Whether it rings; `None` where a day of the block is unknown.
    pub alarm: Option<bool>,
}

/// Are the last seven days above most of the same and neighbouring weeks of earlier years? (Moving percentile, as in CIDARS.)
///
/// `C` = cases in the block ending today, moving by one step; history = the same block and `each_side` blocks before and after
/// it in each of `years` years (15 blocks for 3 years, 25 for 5). Rings where `C` exceeds their percentile and reaches the
/// minimum.
///
/// * `counts`: cases per day or week by onset or report, `NaN` where unknown; a block with an unknown step is left out.
/// * `calendar`: Feb 29 goes to Mar 1 of a common year, the block keeping its length.
///
/// Which interpolation of the percentile is used nationally is not published; the type is therefore a parameter. Locally best
/// percentiles were 75 to 80 for most diseases.
///
/// # Errors
/// [`Refusal::SeriesTooShort`] if fewer than half of the blocks lie in the series and are known; [`Refusal::Parameter`].
///
/// Source: Yang W. et al., Western Pac Surveill Response J 2011;2(1):10–5; Wang R. et al., BMC Public Health 2017;17:570,
/// doi 10.1186/s12889-017-4488-0.
pub fn moving_percentile(
    counts: &[f64],
    calendar: Calendar,
    points: Range<usize>,
    settings: &MovingPercentile,
) -> Result<Vec<PercentilePoint>, Refusal> {
    at_least("block", settings.block, 1)?;
    at_least("years", settings.years, 1)?;
    let sums = super::rolling::rolling(counts, settings.block)?;
    let years: Vec<usize> = (1..=settings.years).filter(|y| !settings.excluded.contains(y)).collect();
    let whole = years.len() * (2 * settings.each_side + 1);
    let mut blocks = Vec::with_capacity(whole);
    (points.start..points.end.min(counts.len()))
        .map(|at| {
            blocks.clear();
            for &year in &years {
                let same = calendar.years_before(at, year);
                let side = settings.each_side as i64;
                let ends = (-side..=side).map(|k| same + k * settings.block as i64);
                let known = ends.filter_map(|end| sums.get(usize::try_from(end).ok()?).copied());
                blocks.extend(known.filter(|s| !s.is_nan()));
            }
            blocks.sort_by(f64::total_cmp);
            judge(at, sums[at], &blocks, whole, counts.len(), settings)
        })
        .collect()
}

fn judge(
    at: usize,
    current: f64,
    blocks: &[f64],
    whole: usize,
    have: usize,
    settings: &MovingPercentile,
) -> Result<PercentilePoint, Refusal> {
    let short = Refusal::SeriesTooShort { have, need: at + 1 };
    if 2 * blocks.len() < whole || blocks.len() < 3 {
        return Err(short);
    }
    let upper = of_sorted(blocks, settings.percentile.get(), settings.kind).ok_or_else(|| short.clone())?;
    let expected = of_sorted(blocks, 0.5, QuantileType::Linear).ok_or(short)?;
    let current = (!current.is_nan()).then_some(current);
    let rank = current.map(|c| {
        let below = blocks.partition_point(|b| *b < c) + blocks.partition_point(|b| *b <= c);
        below as f64 / 2.0 / blocks.len() as f64
    });
    let alarm = current.map(|c| c > upper && c >= settings.minimum);
    Ok(PercentilePoint { at, current, expected, upper, rank, blocks: blocks.len(), alarm })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn daily() -> (Vec<f64>, Calendar) {
        let first = date(2022, 1, 1);
        ((0..1500).map(|t| f64::from((t * 7) % 11)).collect(), Calendar::Daily { first })
    }

    #[test]
    fn three_years_give_fifteen_blocks_and_the_eightieth_percentile_of_excel() {
        let (counts, calendar) = daily();
        let settings = MovingPercentile::national(calendar).unwrap();
        let point = moving_percentile(&counts, calendar, 1400..1401, &settings).unwrap()[0];
        assert_eq!(point.blocks, 15);
        let mut by_hand = Vec::new();
        for year in 1..=3 {
            let same = calendar.years_before(1400, year);
            for k in -2..=2 {
                let end = usize::try_from(same + 7 * k).unwrap();
                by_hand.push(counts[end - 6..=end].iter().sum::<f64>());
            }
        }
        by_hand.sort_by(f64::total_cmp);
        // Type 7 at 0.8 of 15: place 12.2.
        assert!((point.upper - (by_hand[11] + 0.2 * (by_hand[12] - by_hand[11]))).abs() < 1e-12);
    }

    #[test]
    fn a_leap_day_compares_with_the_first_of_march_and_seven_days_before() {
        let first = date(2021, 1, 1);
        let calendar = Calendar::Daily { first };
        let leap = usize::try_from((date(2024, 2, 29) - first).get_days()).unwrap();
        let back = usize::try_from(calendar.years_before(leap, 1)).unwrap();
        assert_eq!(back, usize::try_from((date(2023, 3, 1) - first).get_days()).unwrap());
    }

    #[test]
    fn an_outbreak_year_can_be_left_out() {
        let (mut counts, calendar) = daily();
        counts[1000..1100].fill(100.0);
        let mut settings = MovingPercentile::national(calendar).unwrap();
        let with = moving_percentile(&counts, calendar, 1400..1401, &settings).unwrap()[0];
        settings.excluded.insert(1);
        let without = moving_percentile(&counts, calendar, 1400..1401, &settings).unwrap()[0];
        assert!(with.upper > 300.0 && without.upper < 100.0, "{with:?} {without:?}");
        assert_eq!(without.blocks, 10);
    }
}
