use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::AreaCode;

/// A name that an area bears from a day on. Areas are renamed; a record shows the name of its own day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameFrom {
    /// First day of the name.
    pub from_on: Date,
    /// Full name (`清河区`).
    pub name: String,
    /// Short name (`清河`), if one is used.
    pub short: Option<String>,
}

/// How many people live in an area, counted on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationFrom {
    /// The day for which it was counted.
    pub on: Date,
    /// People. None is unknown, which is not zero.
    pub n: Option<u64>,
    /// Who counted (`第七次人口普查`, `统计年鉴2025`).
    pub source: String,
}

/// An area with its dated names and population. What was believed before stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// Names in any order.
    pub names: Vec<NameFrom>,
    /// Population in any order.
    pub populations: Vec<PopulationFrom>,
}

impl Area {
    /// The name on a day: the latest that begins not later. None before the first name. Of two that begin on one day
    /// the one written down later counts, as it corrects the other.
    pub fn name_on(&self, day: Date) -> Option<&NameFrom> {
        self.names.iter().filter(|name| name.from_on <= day).max_by_key(|name| name.from_on)
    }

    /// The population on a day: the latest count not later, even where that says unknown. None before the first
    /// count. Of two for one day the one written down later counts.
    pub fn population_on(&self, day: Date) -> Option<&PopulationFrom> {
        self.populations.iter().filter(|population| population.on <= day).max_by_key(|population| population.on)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn area() -> Area {
        let name = |year, name: &str| NameFrom { from_on: date(year, 1, 1), name: name.to_owned(), short: None };
        let population = |year, n| PopulationFrom { on: date(year, 12, 31), n, source: "统计年鉴".to_owned() };
        Area {
            code: "990101".parse().unwrap(),
            names: vec![name(2015, "清河区"), name(2001, "清河县")],
            populations: vec![population(2024, Some(412_000)), population(2020, Some(398_000)), population(2025, None)],
        }
    }

    #[test]
    fn an_area_bears_the_name_of_the_day() {
        let named = |year, month, day| area().name_on(date(year, month, day)).map(|name| name.name.clone());
        assert_eq!(named(2000, 12, 31), None);
        assert_eq!(named(2001, 1, 1).as_deref(), Some("清河县"));
        assert_eq!(named(2014, 12, 31).as_deref(), Some("清河县"));
        assert_eq!(named(2015, 1, 1).as_deref(), Some("清河区"));
        assert_eq!(named(2026, 11, 22).as_deref(), Some("清河区"));
    }

    #[test]
    fn the_population_is_the_latest_count_and_unknown_is_not_zero() {
        let area = area();
        let counted = |year, month, day| area.population_on(date(year, month, day)).map(|population| population.n);
        assert_eq!(counted(2020, 12, 30), None);
        assert_eq!(counted(2024, 12, 30), Some(Some(398_000)));
        assert_eq!(counted(2025, 6, 1), Some(Some(412_000)));
        assert_eq!(counted(2026, 11, 22), Some(None));
    }

    #[test]
    fn a_correction_for_the_same_day_counts() {
        let mut area = area();
        let corrected = PopulationFrom { on: date(2024, 12, 31), n: Some(413_000), source: "更正".to_owned() };
        area.populations.push(corrected);
        assert_eq!(area.population_on(date(2025, 1, 1)).and_then(|population| population.n), Some(413_000));
    }
}
