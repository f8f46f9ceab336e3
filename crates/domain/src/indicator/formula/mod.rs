//! Formulas over indicators and populations: read, checked, worked out with their inputs beside them.
//!
//! `房间在用 ÷ 房间总数`, `每万(采样人次, 人口)`, `百分比(在用, 总数)`, `max(a, b)`, `人口(990101001) × 40 ÷ 10000`.

mod check;
mod fault;
mod parse;
mod token;
mod work;

use std::collections::BTreeSet;

pub use check::{Measure, cycle_among};
pub use fault::{FormulaFault, FormulaFaultKind};
pub use work::{WorkFault, Worked, WorkedInput};

use crate::area::AreaCode;

/// What a formula takes from outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The figure of an indicator, by its code, for the same area and day.
    Indicator(String),
    /// The population of the same area, or of a named one.
    Population(Option<AreaCode>),
}

impl Input {
    /// How it is written in a formula.
    pub fn written(&self) -> String {
        match self {
            Input::Indicator(code) => code.clone(),
            Input::Population(None) => "人口".to_owned(),
            Input::Population(Some(area)) => format!("人口({area})"),
        }
    }
}

/// A sign between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

impl Sign {
    fn written(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Minus => "−",
            Sign::Times => "×",
            Sign::Over => "÷",
        }
    }
}

/// A function of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// The first for every ten thousand of the second.
    PerTenThousand,
    /// The first as a percentage of the second.
    Percent,
    Least,
    Greatest,
}

/// Names of functions, as they may be written, the first being how they are shown.
const FUNCTIONS: [(Function, &[&str]); 4] = [
    (Function::PerTenThousand, &["每万", "per10k"]),
    (Function::Percent, &["百分比", "percent"]),
    (Function::Least, &["最小", "min"]),
    (Function::Greatest, &["最大", "max"]),
];

/// Names of the population.
const POPULATION: [&str; 2] = ["人口", "population"];

impl Function {
    fn of_name(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|(_, names)| names.contains(&name)).map(|(function, _)| *function)
    }

    fn written(self) -> &'static str {
        FUNCTIONS.iter().find(|(one, _)| *one == self).map_or("", |(_, names)| names[0])
    }
}

/// A part of a formula with the column at which it begins.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    column: usize,
    kind: PartKind,
}

#[derive(Clone, Debug, PartialEq)]
enum PartKind {
    Number(super::Amount),
    Input(Input),
    Minus(Box<Part>),
    Signed(Sign, Box<Part>, Box<Part>),
    Function(Function, Vec<Part>),
}

/// A formula that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    whole: Part,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// [`FormulaFault`] says in which column what is wrong and what to do.
    pub fn read(text: &str) -> Result<Formula, FormulaFault> {
        parse::whole(text).map(|whole| Formula { whole })
    }

    /// What it takes from outside, each once.
    pub fn inputs(&self) -> BTreeSet<Input> {
        let mut inputs = BTreeSet::new();
        self.whole.each(&mut |part| {
            if let PartKind::Input(input) = &part.kind {
                inputs.insert(input.clone());
            }
        });
        inputs
    }

    /// The codes of the indicators that it takes.
    pub fn codes(&self) -> Vec<String> {
        let code = |input| match input {
            Input::Indicator(code) => Some(code),
            Input::Population(_) => None,
        };
        self.inputs().into_iter().filter_map(code).collect()
    }
}

impl Part {
    fn each(&self, look: &mut impl FnMut(&Part)) {
        look(self);
        match &self.kind {
            PartKind::Number(_) | PartKind::Input(_) => {}
            PartKind::Minus(inner) => inner.each(look),
            PartKind::Signed(_, left, right) => {
                left.each(look);
                right.each(look);
            }
            PartKind::Function(_, parts) => parts.iter().for_each(|part| part.each(look)),
        }
    }
}

/// Whether a name means something else in formulas, so that no indicator may have it.
fn is_taken_by_formulas(name: &str) -> bool {
    POPULATION.contains(&name) || Function::of_name(name).is_some()
}

/// Whether a text may be the code of an indicator: letters of any script, digits and underscores, no digit first.
pub fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(token::begins_name)
        && letters.all(token::goes_on_name)
        && text.chars().count() <= 40
        && !is_taken_by_formulas(text)
}
