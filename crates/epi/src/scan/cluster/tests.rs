use super::*;
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

#[test]
fn the_bounded_search_finds_the_largest_score() {
    let mut stream = Stream::new("naive", 3);
    for case in 0..60 {
        let rows: Vec<Vec<u32>> = (0..9).map(|_| (0..12).map(|_| stream.poisson(0.7) as u32).collect()).collect();
        let cases = CaseTable::new(&rows).unwrap();
        let zones = Zones::circles(&line(9), &[1.0; 9], ZoneLimit::Share(0.5)).unwrap();
        for retrospective in [false, true] {
            let cells = expected(&cases, &Baseline::Permutation).unwrap();
            let grid = Grid::new(&zones, &cells, 12, 7, retrospective, cases.total());
            let mut naive = 0.0_f64;
            grid.each(&cases.counts, |w| naive = naive.max(w.score));
            let fast = grid.largest(&cases.counts, &mut Room::default());
            assert!((fast - naive).abs() <= 1e-12 * naive, "case {case}: {fast} {naive}");
        }
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
