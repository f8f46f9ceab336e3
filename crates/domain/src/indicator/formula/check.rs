use std::collections::BTreeMap;

use super::{Formula, FormulaFault, FormulaFaultKind, Function, Input, Part, PartKind, Sign};

/// What something is counted in: units with their powers, such as rooms for each person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A bare number, which goes with anything.
    Any,
    /// A percentage.
    Percent,
    /// Units with their powers; empty for a proportion.
    Of(BTreeMap<String, i32>),
}

impl Measure {
    /// The measure of an indicator's unit.
    pub fn of_unit(unit: &str) -> Measure {
        match unit {
            "%" | "％" => Measure::Percent,
            _ => Measure::Of(BTreeMap::from([(unit.to_owned(), 1)])),
        }
    }

    /// In words: `间`, `间/人`, `%`, `无单位`.
    pub fn words(&self) -> String {
        let Measure::Of(units) = self else {
            return if *self == Measure::Percent { "%" } else { "数 number" }.to_owned();
        };
        let side = |positive: bool| {
            let units = units.iter().filter(|(_, power)| (**power > 0) == positive);
            units
                .flat_map(|(unit, power)| vec![unit.as_str(); usize::try_from(power.unsigned_abs()).unwrap_or(1)])
                .collect::<Vec<_>>()
                .join("·")
        };
        match (side(true), side(false)) {
            (above, below) if above.is_empty() && below.is_empty() => "比值 ratio".to_owned(),
            (above, below) if below.is_empty() => above,
            (above, below) if above.is_empty() => format!("1/{below}"),
            (above, below) => format!("{above}/{below}"),
        }
    }

    fn times(self, other: &Measure, power: i32) -> Measure {
        match (self, other) {
            (Measure::Any, Measure::Of(units)) => {
                Measure::Of(units.iter().map(|(unit, n)| (unit.clone(), n * power)).collect())
            }
            (Measure::Any, Measure::Percent) => Measure::Percent,
            (measure, Measure::Any | Measure::Percent) => measure,
            (Measure::Percent, Measure::Of(_)) => Measure::Any.times(other, power),
            (Measure::Of(mut units), Measure::Of(more)) => {
                for (unit, n) in more {
                    *units.entry(unit.clone()).or_default() += n * power;
                }
                units.retain(|_, power| *power != 0);
                Measure::Of(units)
            }
        }
    }
}

impl Formula {
    /// What its result is counted in.
    ///
    /// # Errors
    /// [`FormulaFault`] where an indicator is missing or unlike things are added.
    pub fn measure(&self, unit_of: &dyn Fn(&str) -> Option<String>) -> Result<Measure, FormulaFault> {
        self.whole.measure(unit_of)
    }

    /// Checks that every indicator is there, that only like is added to like, and that the result is counted as the
    /// indicator is. `unit_of` gives the Chinese unit of an indicator's code.
    ///
    /// # Errors
    /// [`FormulaFault`] says in which column what is wrong and what to do.
    pub fn check(&self, declared: &str, unit_of: &dyn Fn(&str) -> Option<String>) -> Result<Measure, FormulaFault> {
        let gives = self.measure(unit_of)?;
        let fits = match (&gives, Measure::of_unit(declared)) {
            // What is left without a unit is counted in whatever the indicator says: days of stock.
            (Measure::Any, _) => true,
            (Measure::Of(units), Measure::Of(_)) if units.is_empty() => true,
            // A compound unit is named as people name it: 间/万人.
            (Measure::Of(units), Measure::Of(_)) if units.len() > 1 || units.values().any(|power| *power != 1) => true,
            (gives, declared) => *gives == declared,
        };
        if fits {
            return Ok(gives);
        }
        let kind = FormulaFaultKind::Result { gives: gives.words(), declared: declared.to_owned() };
        Err(FormulaFault { column: 1, kind })
    }
}

impl Part {
    fn measure(&self, unit_of: &dyn Fn(&str) -> Option<String>) -> Result<Measure, FormulaFault> {
        match &self.kind {
            PartKind::Number(_) => Ok(Measure::Any),
            PartKind::Input(Input::Population(_)) => Ok(Measure::of_unit("人")),
            PartKind::Input(Input::Indicator(code)) => match unit_of(code) {
                Some(unit) => Ok(Measure::of_unit(&unit)),
                None => Err(self.fault(FormulaFaultKind::NoIndicator(code.clone()))),
            },
            PartKind::Minus(inner) => inner.measure(unit_of),
            PartKind::Signed(sign, left, right) => {
                let (left, right) = (left.measure(unit_of)?, right.measure(unit_of)?);
                match sign {
                    Sign::Plus | Sign::Minus => self.like(left, right, sign.written()),
                    Sign::Times => Ok(left.times(&right, 1)),
                    Sign::Over if left == Measure::Percent && right == Measure::Percent => Ok(Measure::Any),
                    Sign::Over => Ok(left.times(&right, -1)),
                }
            }
            PartKind::Function(function, parts) => self.function(*function, parts, unit_of),
        }
    }

    fn function(
        &self,
        function: Function,
        parts: &[Part],
        unit_of: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Measure, FormulaFault> {
        let mut measures = Vec::new();
        for part in parts {
            measures.push(part.measure(unit_of)?);
        }
        match (function, measures.as_slice()) {
            (Function::PerTenThousand, [first, second]) => Ok(first.clone().times(second, -1)),
            (Function::Percent, [first, second]) => {
                self.like(first.clone(), second.clone(), function.written()).map(|_| Measure::Percent)
            }
            (_, [first, rest @ ..]) => rest
                .iter()
                .try_fold(first.clone(), |measure, next| self.like(measure, next.clone(), function.written())),
            (_, []) => Ok(Measure::Any),
        }
    }

    fn like(&self, left: Measure, right: Measure, act: &'static str) -> Result<Measure, FormulaFault> {
        match (left, right) {
            (Measure::Any, other) | (other, Measure::Any) => Ok(other),
            (left, right) if left == right => Ok(left),
            (left, right) => {
                Err(self.fault(FormulaFaultKind::Measures { act, left: left.words(), right: right.words() }))
            }
        }
    }

    fn fault(&self, kind: FormulaFaultKind) -> FormulaFault {
        FormulaFault { column: self.column, kind }
    }
}

/// A circle of references that goes through a code, beginning and ending with it: `a → b → a`. None if there is none.
pub fn cycle_among(from: &str, takes: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let mut chains = vec![vec![from.to_owned()]];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(chain) = chains.pop() {
        let last = chain.last().map_or(from, String::as_str);
        for next in takes.get(last).into_iter().flatten() {
            let longer: Vec<String> = chain.iter().cloned().chain([next.clone()]).collect();
            if next == from {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                chains.push(longer);
            }
        }
    }
    None
}
