use crate::Refusal;
use crate::signals::combine::Dependence;

/// Which of many series ring, if only a given share of the rings may be false? (False discovery rate.)
///
/// Adjusted values `q_(i) = min_{j ≥ i} p_(j) m c / j`, in their order; a series rings where `q ≤` the wanted rate. `c = 1` for
/// independent series (Benjamini and Hochberg; correlated in one direction as well), `c = Σ 1/i` for any dependence
/// (Benjamini and Yekutieli).
///
/// * `p`: one per series, from 0 to 1; series that could not be judged are left out beforehand.
///
/// # Errors
/// [`Refusal::Parameter`] for a p out of range.
///
/// Source: Benjamini Y., Hochberg Y. J R Stat Soc B 1995;57:289–300; Benjamini Y., Yekutieli D. Ann Stat 2001;29:1165–88.
pub fn adjusted(p: &[f64], dependence: Dependence) -> Result<Vec<f64>, Refusal> {
    if let Some(&value) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(Refusal::Parameter { name: "p", value, must_zh: "在0与1之间", must: "lie between 0 and 1" });
    }
    let m = p.len() as f64;
    let factor = match dependence {
        Dependence::Any => (1..=p.len()).map(|i| 1.0 / i as f64).sum(),
        Dependence::Independent | Dependence::Correlated { .. } => 1.0,
    };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (from_top, &index) in order.iter().enumerate() {
        least = least.min(p[index] * m * factor / (m - from_top as f64));
        q[index] = least;
    }
    Ok(q)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: Benjamini & Hochberg 1995, the example of 15 tests: four are significant at 0.05.
    #[test]
    fn the_published_example_rings_four_times() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let rings = |d| adjusted(&p, d).unwrap().iter().filter(|q| **q <= 0.05).count();
        assert_eq!(rings(Dependence::Independent), 4);
        assert_eq!(rings(Dependence::Any), 3);
    }
}
