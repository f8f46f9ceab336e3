use crate::Refusal;

/// Cases and people of one stratum (an age group, a sex) in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stratum {
    /// Cases over the whole time.
    pub cases: f64,
    /// People.
    pub people: f64,
}

/// How many cases would each place have if every stratum fell ill everywhere as it does on the whole? (Indirect
/// standardisation.)
///
/// `E_i = Σ_j n_ij C_j / N_j` with the cases `C_j` and people `N_j` of stratum j in all places. As the `people` of
/// [`super::cluster::Baseline::Poisson`] it keeps an old or a young population from looking like a cluster.
///
/// * `places`: of each place its strata, in the same order everywhere.
///
/// # Errors
/// [`Refusal::Lengths`] if a place has another number of strata, [`Refusal::Parameter`] for people below 0 and for a stratum
/// that has cases but no people.
///
/// Source: Kulldorff M. Commun Stat Theory Methods 1997;26:1481–96 (the adjustment for covariates).
pub fn standardised(places: &[Vec<Stratum>]) -> Result<Vec<f64>, Refusal> {
    let strata = places.first().map_or(0, Vec::len);
    let mut rates = vec![Stratum::default(); strata];
    for place in places {
        if place.len() != strata {
            return Err(Refusal::Lengths { what: "strata", left: strata, right: place.len() });
        }
        for (all, here) in rates.iter_mut().zip(place) {
            if here.people.is_nan() || here.people < 0.0 {
                let (must_zh, must) = ("不小于0", "be at least 0");
                return Err(Refusal::Parameter { name: "population", value: here.people, must_zh, must });
            }
            *all = Stratum { cases: all.cases + here.cases, people: all.people + here.people };
        }
    }
    if let Some(empty) = rates.iter().find(|s| s.cases > 0.0 && s.people == 0.0) {
        let (must_zh, must) = ("大于0：这一层有病例", "be above 0: the stratum has cases");
        return Err(Refusal::Parameter { name: "population", value: empty.people, must_zh, must });
    }
    let rate = |s: &Stratum| if s.people > 0.0 { s.cases / s.people } else { 0.0 };
    Ok(places.iter().map(|place| place.iter().zip(&rates).map(|(here, all)| here.people * rate(all)).sum()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectations_add_up_to_the_cases_and_follow_age() {
        let stratum = |cases, people| Stratum { cases, people };
        // The old fall ill ten times as often; the first place is the older one.
        let places = [vec![stratum(1.0, 100.0), stratum(9.0, 90.0)], vec![stratum(1.0, 100.0), stratum(1.0, 10.0)]];
        let expected = standardised(&places).unwrap();
        assert!((expected[0] - 10.0).abs() < 1e-12 && (expected[1] - 2.0).abs() < 1e-12, "{expected:?}");
    }

    #[test]
    fn cases_without_people_are_refused() {
        let places = [vec![Stratum { cases: 1.0, people: 0.0 }]];
        assert!(matches!(standardised(&places), Err(Refusal::Parameter { name: "population", .. })));
    }
}
