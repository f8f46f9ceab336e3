use crate::Refusal;
use crate::refusal::positive;

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// On a plane, in any unit.
    Plane {
        /// East.
        x: f64,
        /// North.
        y: f64,
    },
    /// On the earth, in degrees.
    Earth {
        /// Longitude.
        longitude: f64,
        /// Latitude.
        latitude: f64,
    },
}

impl Place {
    /// Distance: in the unit of the plane, or in km along a great circle.
    pub fn distance(&self, other: &Place) -> f64 {
        match (*self, *other) {
            (Place::Plane { x, y }, Place::Plane { x: u, y: v }) => ((x - u).powi(2) + (y - v).powi(2)).sqrt(),
            (
                Place::Earth { longitude, latitude },
                Place::Earth { longitude: other_longitude, latitude: other_latitude },
            ) => {
                let (a, b) = (latitude.to_radians(), other_latitude.to_radians());
                let across = (longitude - other_longitude).to_radians() / 2.0;
                let h = ((a - b) / 2.0).sin().powi(2) + a.cos() * b.cos() * across.sin().powi(2);
                2.0 * 6371.0 * h.sqrt().min(1.0).asin()
            }
            _ => f64::INFINITY,
        }
    }
}

/// How large a zone may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ZoneLimit {
    /// So many nearest places, the centre included.
    Nearest(usize),
    /// This share of the whole weight (people or cases).
    Share(f64),
}

/// Circles around every place, each a little larger than the one before.
#[derive(Clone, Debug, PartialEq)]
pub struct Zones {
    /// Per centre, the places in the order in which the circles take them in.
    pub(crate) nested: Vec<Vec<usize>>,
    /// Per centre, per circle: whether no earlier circle holds the same places.
    pub(crate) first: Vec<Vec<bool>>,
    pub(crate) places: usize,
}

impl Zones {
    /// All circles around all places up to the limit. Places at one distance enter together or, by number, one after another.
    ///
    /// * `weights`: people or cases per place, for [`ZoneLimit::Share`].
    ///
    /// # Errors
    /// [`Refusal::Nothing`] without places, [`Refusal::Lengths`], [`Refusal::Parameter`] for a share that is not positive.
    pub fn circles(places: &[Place], weights: &[f64], limit: ZoneLimit) -> Result<Zones, Refusal> {
        if places.is_empty() {
            return Err(Refusal::Nothing { what_zh: "地点", what: "place" });
        }
        if weights.len() != places.len() {
            return Err(Refusal::Lengths { what: "places/weights", left: places.len(), right: weights.len() });
        }
        let most = match limit {
            ZoneLimit::Nearest(_) => f64::INFINITY,
            ZoneLimit::Share(share) => positive("share", share)? * weights.iter().sum::<f64>() * (1.0 + 1e-12),
        };
        let nested = places.iter().map(|centre| {
            let mut order: Vec<(f64, usize)> =
                places.iter().enumerate().map(|(i, p)| (centre.distance(p), i)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let ZoneLimit::Nearest(k) = limit {
                order.truncate(k);
            }
            let mut sum = 0.0;
            let within = |&(_, i): &(f64, usize)| {
                sum += weights[i];
                sum <= most
            };
            order.into_iter().take_while(within).map(|(_, i)| i).collect()
        });
        Ok(Zones::from_nested(nested.collect(), places.len()))
    }

    /// From lists of places per centre, each circle being the first so many of a list.
    pub fn from_nested(nested: Vec<Vec<usize>>, places: usize) -> Zones {
        let mut seen = std::collections::BTreeSet::new();
        let mut first = Vec::with_capacity(nested.len());
        for list in &nested {
            let mut members = Vec::new();
            first.push(
                list.iter()
                    .map(|&place| {
                        let at = members.binary_search(&place).unwrap_or_else(|at| at);
                        members.insert(at, place);
                        seen.insert(members.clone())
                    })
                    .collect(),
            );
        }
        Zones { nested, first, places }
    }

    /// Every distinct zone as its places in ascending order.
    pub fn distinct(&self) -> Vec<Vec<usize>> {
        let mut all = Vec::new();
        for (list, first) in self.nested.iter().zip(&self.first) {
            for size in (1..=list.len()).filter(|size| first[size - 1]) {
                all.push(self.members(list, size));
            }
        }
        all
    }

    fn members(&self, list: &[usize], size: usize) -> Vec<usize> {
        let mut members = list[..size].to_vec();
        members.sort_unstable();
        members
    }

    pub(crate) fn zone(&self, centre: usize, size: usize) -> Vec<usize> {
        self.members(&self.nested[centre], size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_places_on_a_line_have_five_zones_up_to_two() {
        let line: Vec<Place> = (0..3).map(|x| Place::Plane { x: f64::from(x), y: 0.0 }).collect();
        let zones = Zones::circles(&line, &[1.0; 3], ZoneLimit::Nearest(2)).unwrap();
        assert_eq!(zones.distinct(), [vec![0], vec![0, 1], vec![1], vec![2], vec![1, 2]]);
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let at = |latitude| Place::Earth { longitude: 0.0, latitude };
        assert!((at(40.0).distance(&at(41.0)) - 111.19).abs() < 0.01);
    }
}
