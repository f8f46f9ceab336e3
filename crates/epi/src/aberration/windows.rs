//! Which past weeks a week is compared with.

use super::Calendar;

/// Places in the series, as a half-open stretch that may reach outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) level: usize,
}

/// The weeks around the same week of earlier years and, with more than one period, the weeks between them cut into blocks.
///
/// Level `periods - 1` is the season of the week itself; the blocks between count from 0. Stretches come oldest first.
pub(crate) fn seasons(
    calendar: Calendar,
    at: usize,
    years: usize,
    half: usize,
    periods: usize,
    past_not_included: usize,
    out: &mut Vec<Stretch>,
) {
    out.clear();
    let half = half as i64;
    let last = at as i64 - past_not_included as i64;
    for year in (1..=years).rev() {
        let place = calendar.years_before(at, year);
        out.push(Stretch { from: place - half, to: place + half + 1, level: periods - 1 });
        if periods > 1 {
            let next = calendar.years_before(at, year - 1);
            blocks(place + half + 1, next - half, periods - 1, out);
        }
    }
    // The weeks just before the current one belong to its season too, where they are not left out.
    out.push(Stretch { from: at as i64 - half, to: at as i64 + 1, level: periods - 1 });
    for stretch in out.iter_mut() {
        stretch.to = stretch.to.min(last);
    }
    // Of seasons so wide that they reach into the next one, every week counts once.
    let mut taken = i64::MIN;
    for stretch in out.iter_mut() {
        stretch.from = stretch.from.max(taken);
        taken = taken.max(stretch.to);
    }
    out.retain(|s| s.from < s.to);
}

/// Cuts the weeks between two seasons into equal blocks; what is left over makes the first ones longer by a week.
fn blocks(from: i64, to: i64, number: usize, out: &mut Vec<Stretch>) {
    let length = (to - from).max(0);
    let (each, longer) = (length / number as i64, length % number as i64);
    let mut start = from;
    for level in 0..number {
        let end = start + each + i64::from((level as i64) < longer);
        out.push(Stretch { from: start, to: end, level });
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_periods_cover_the_year_once() {
        let mut out = Vec::new();
        seasons(Calendar::Cycle(52), 300, 5, 3, 10, 26, &mut out);
        assert_eq!(out[0], Stretch { from: 37, to: 44, level: 9 });
        assert!(out.windows(2).all(|pair| pair[0].to == pair[1].from), "{out:?}");
        assert_eq!(out.last().unwrap().to, 274);
        assert!(out.iter().all(|s| s.level == 9 || (5..=6).contains(&(s.to - s.from)) || s.to == 274), "{out:?}");
        assert_eq!(out.iter().filter(|s| s.level == 9).count(), 5);
    }

    #[test]
    fn one_period_takes_the_seasons_alone() {
        let mut out = Vec::new();
        seasons(Calendar::Cycle(52), 300, 2, 3, 1, 3, &mut out);
        assert_eq!(out, [Stretch { from: 193, to: 200, level: 0 }, Stretch { from: 245, to: 252, level: 0 }]);
    }

    /// Every week by itself: the season of the oldest year that holds it, or the block between that it falls into.
    fn one_by_one(at: i64, years: i64, half: i64, periods: i64, period: i64, past: i64) -> Vec<(i64, usize)> {
        let season = (periods - 1) as usize;
        let level = |t: i64| {
            for year in (0..=years).rev() {
                let place = at - period * year;
                if (place - half..=place + half).contains(&t) {
                    return Some(season);
                }
                let (from, to) = (place + half + 1, place + period - half);
                if periods > 1 && year > 0 && (from..to).contains(&t) {
                    let (each, longer) = ((to - from) / (periods - 1), (to - from) % (periods - 1));
                    let block = (0..periods - 1).find(|b| t < from + (b + 1) * each + longer.min(b + 1));
                    return block.map(|b| b as usize);
                }
            }
            None
        };
        (at - period * years - half..at - past).filter_map(|t| level(t).map(|l| (t, l))).collect()
    }

    #[test]
    fn every_week_counts_once_even_where_seasons_overlap() {
        let mut out = Vec::new();
        for (half, periods, period, past) in [
            (3, 1, 52, 3),
            (3, 10, 52, 26),
            (30, 1, 52, 3),
            (7, 1, 12, 0),
            (26, 1, 52, 26),
            (3, 5, 52, 0),
            (0, 1, 4, 0),
        ] {
            let at = 300;
            seasons(Calendar::Cycle(period), at, 4, half, periods, past, &mut out);
            let weeks: Vec<(i64, usize)> = out.iter().flat_map(|s| (s.from..s.to).map(|t| (t, s.level))).collect();
            let plain = one_by_one(at as i64, 4, half as i64, periods as i64, period as i64, past as i64);
            assert_eq!(weeks, plain, "half {half}, {periods} periods of {period}, {past} left out");
        }
    }
}
