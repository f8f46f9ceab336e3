use proptest::prelude::*;

use super::*;
use crate::scan::deal::Dealer;
use crate::scan::zones::{Place, ZoneLimit};

fn line(n: u32) -> Vec<Place> {
    (0..n).map(|x| Place::Plane { x: f64::from(x), y: 0.0 }).collect()
}

fn settings(baseline: Baseline, longest: usize) -> Scan {
    Scan { baseline, longest, retrospective: false, replicates: 999, stop_after: None, clusters: 3, every_days: 1.0 }
}

/// Rows are days; places are columns.
fn worked_example() -> CaseTable {
    let days = [[2, 1, 0], [1, 2, 1], [1, 0, 2], [6, 1, 1]];
    let rows: Vec<Vec<u32>> = (0..3).map(|p| days.iter().map(|d| d[p]).collect()).collect();
    CaseTable::new(&rows).unwrap()
}

/// Source: by hand, after Kulldorff et al. 2005: μ = 10·8/18, c = 6, N = 18.
#[test]
fn three_places_and_four_days_worked_by_hand() {
    let zones = Zones::circles(&line(3), &[1.0; 3], ZoneLimit::Nearest(2)).unwrap();
    let found = scan(&worked_example(), &zones, &settings(Baseline::Permutation, 2), &Stream::new("scan", 1)).unwrap();
    let top = &found.clusters[0];
    assert_eq!((top.places.clone(), top.from, top.to, top.cases), (vec![0], 3, 3, 6.0));
    let by_hand = 6.0 * (6.0_f64 / (80.0 / 18.0)).ln() + 12.0 * (12.0_f64 / (18.0 - 80.0 / 18.0)).ln();
    assert!((top.score - by_hand).abs() < 1e-12);
    assert!((0.56..0.68).contains(&top.p), "{}", top.p);
}

/// The strongest score of a replicate, window by window.
fn plain_replicate(index: usize, cases: &CaseTable, cells: &[f64], grid: &Grid<'_>, permutation: bool) -> f64 {
    let (mut counts, mut strongest) = (Vec::new(), 0.0_f64);
    let mut stream = Stream::new("replicates", 1).part(index as u64);
    Dealer::new(cases, cells, permutation).deal(&mut stream, &mut counts, &mut Vec::new());
    grid.each(&counts, |w| strongest = strongest.max(w.score));
    strongest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Few and many cases, one time and several, places alike and very unlike, with and without an early end.
    #[test]
    fn replicates_searched_together_equal_the_search_window_by_window(
        seed in 0_u64..1_000_000, places in 1_usize..14, times in 1_usize..10, longest in 1_usize..8,
        level in prop::sample::select(vec![0.05, 0.7, 6.0, 300.0]), share in 0.1_f64..=1.0,
        permutation: bool, retrospective: bool, in_space: bool,
    ) {
        let (times, longest) = if in_space { (1, 1) } else { (times, longest) };
        let mut stream = Stream::new("tables", seed);
        let at: Vec<Place> = (0..places).map(|_| Place::Plane { x: stream.uniform(), y: stream.uniform() }).collect();
        let people: Vec<f64> = (0..places).map(|_| stream.gamma(0.6, 1.0)).collect();
        let mut rows: Vec<Vec<u32>> =
            people.iter().map(|p| (0..times).map(|_| stream.poisson(level * p) as u32).collect()).collect();
        rows[0][0] += 1;
        let cases = CaseTable::new(&rows).unwrap();
        let zones = Zones::circles(&at, &people, ZoneLimit::Share(share)).unwrap();
        let baseline = if permutation { Baseline::Permutation } else {
            Baseline::Poisson { people: people.iter().flat_map(|&p| std::iter::repeat_n(p, times)).collect() }
        };
        let plan = Scan { retrospective, replicates: 41, ..settings(baseline, longest) };
        let cells = expected(&cases, &plan.baseline).unwrap();
        let grid = Grid::new(&zones, &cells, times, longest, retrospective, cases.total());
        let together = replicate(&cases, &cells, &grid, &plan, 1e9, &Stream::new("replicates", 1));
        for (index, score) in together.iter().enumerate() {
            let plain = plain_replicate(index, &cases, &cells, &grid, permutation);
            // Where all cases lie inside, the ratio may be what rounding leaves of 0.
            prop_assert!((score - plain).abs() <= 1e-12 * plain.max(1.0), "replicate {index}: {score} {plain}");
        }
        let (found, windows) = strongest(&grid, &cases.counts, 1);
        let (mut number, mut top) = (0, 0.0_f64);
        grid.each(&cases.counts, |w| { number += 1; top = top.max(w.score); });
        prop_assert_eq!((windows, found.first().map_or(0.0, |w| w.score)), (number, top));
    }
}

#[test]
fn p_values_without_a_cluster_are_uniform_and_stopping_early_keeps_them_so() {
    let mut stream = Stream::new("null", 8);
    let zones = Zones::circles(&line(6), &[1.0; 6], ZoneLimit::Share(0.5)).unwrap();
    for stop_after in [None, Some(10)] {
        let mut below = 0;
        for run in 0..200 {
            let rows: Vec<Vec<u32>> = (0..6).map(|_| (0..10).map(|_| stream.poisson(1.5) as u32).collect()).collect();
            let plan = Scan { replicates: 99, stop_after, ..settings(Baseline::Permutation, 5) };
            let found = scan(&CaseTable::new(&rows).unwrap(), &zones, &plan, &Stream::new("scan", run)).unwrap();
            below += usize::from(found.clusters.first().is_some_and(|c| c.p <= 0.2));
        }
        assert!((24..=58).contains(&below), "{below} of 200 at most 0.2");
    }
}

#[test]
fn a_planted_cluster_is_found_and_a_second_one_shares_no_place() {
    let mut stream = Stream::new("planted", 2);
    let mut rows: Vec<Vec<u32>> = (0..20).map(|_| (0..15).map(|_| stream.poisson(2.0) as u32).collect()).collect();
    for place in [4, 5] {
        rows[place][11..].iter_mut().for_each(|c| *c += 6);
    }
    rows[15][12..].iter_mut().for_each(|c| *c += 7);
    let zones = Zones::circles(&line(20), &[1.0; 20], ZoneLimit::Share(0.3)).unwrap();
    let plan = settings(Baseline::Poisson { people: vec![1.0; 300] }, 7);
    let found = scan(&CaseTable::new(&rows).unwrap(), &zones, &plan, &Stream::new("scan", 1)).unwrap();
    assert_eq!((found.clusters[0].places.clone(), found.clusters[0].from), (vec![4, 5], 11));
    assert_eq!(found.clusters[1].places, [15]);
    assert!(found.clusters[0].p < 0.01 && found.clusters[0].recurrence_days > 100.0);
}
