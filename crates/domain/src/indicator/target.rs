use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::capacity::{Bounds, infection_control, proportion};
use super::formula::Input;
use super::record::kinds;
use super::{Amount, Figure, Total, figure_words};
use crate::{Lang, TargetId, UnitId, area::AreaCode};

kinds! {
    /// How a figure is held against what is asked for.
    Comparator {
        /// 不少于.
        AtLeast = "at_least", "不少于", "At least";
        /// 不多于.
        AtMost = "at_most", "不多于", "At most";
        /// 等于.
        Equal = "equal", "等于", "Exactly";
    }
}

/// How much is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// So many.
    Amount(Amount),
    /// So many for every so many people, rounded up.
    PerPopulation {
        /// How many.
        n: Amount,
        /// For how many people.
        per: Amount,
    },
    /// So many for every so many of another indicator, rounded up.
    PerIndicator {
        /// How many.
        n: Amount,
        /// For how many.
        per: Amount,
        /// Of what: the code of an indicator.
        of: String,
    },
    /// Staff of infection control by the beds of an indicator.
    InfectionControl {
        /// The code of the indicator that counts the beds.
        beds: String,
    },
    /// The plan's text has lost the figure; the question that it leaves.
    Lost(String),
}

/// A target 目标: what an area is to have, until when, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its identifier.
    pub id: TargetId,
    /// The area that is to have it.
    pub place: AreaCode,
    /// What: the code of an indicator.
    pub indicator: String,
    /// How it is compared.
    pub comparator: Comparator,
    /// With how much.
    pub required: Required,
    /// Until when; its last day.
    pub deadline_on: Option<Date>,
    /// Who answers for it.
    pub unit: Option<UnitId>,
    /// Where it is laid down.
    pub basis: String,
}

/// What is asked for, worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// How much; none where it cannot be told.
    pub span: Option<Bounds>,
    /// How it was reckoned, with the numbers.
    pub shown: String,
    /// What has to be asked before it can be told.
    pub question: Option<String>,
}

/// How far a target is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapVerdict {
    /// By every reading.
    Met,
    /// So much is missing, from the lowest to the highest reading; or too much, where there may be no more.
    Short(Bounds),
    /// It is reached by the lowest reading of the text, and so much is missing by the highest.
    MetByLowest(Amount),
    /// It cannot be told. At most so much is missing, where that is known.
    Open(Option<Amount>),
}

impl GapVerdict {
    /// In words, with what it is counted in.
    pub fn words(&self, unit: &str, lang: Lang) -> String {
        let of = |amount: Amount| Bounds::exactly(amount).words();
        match self {
            GapVerdict::Met => lang.pick("达标", "Reached").to_owned(),
            GapVerdict::Short(span) => {
                lang.pick(format!("缺口 {} {unit}", span.words()), format!("{} {unit} short", span.words()))
            }
            GapVerdict::MetByLowest(most) => lang.pick(
                format!("按低值达标，按高值缺 {} {unit}", of(*most)),
                format!("Reached by the low reading, {} {unit} short by the high one", of(*most)),
            ),
            GapVerdict::Open(Some(most)) => lang.pick(
                format!("未知（最多缺 {} {unit}）", of(*most)),
                format!("Unknown (at most {} {unit} short)", of(*most)),
            ),
            GapVerdict::Open(None) => lang.pick("未知", "Unknown").to_owned(),
        }
    }
}

impl Target {
    /// The indicators that have to be known to tell how much is asked for.
    pub fn takes(&self) -> Option<&str> {
        match &self.required {
            Required::PerIndicator { of, .. } => Some(of),
            Required::InfectionControl { beds } => Some(beds),
            Required::Amount(_) | Required::PerPopulation { .. } | Required::Lost(_) => None,
        }
    }

    /// How much is asked for, by what is known of the area.
    pub fn requirement(&self, value_of: &dyn Fn(&Input) -> Option<Figure>, lang: Lang) -> Requirement {
        let population = Input::Population(None);
        match &self.required {
            Required::Amount(amount) => {
                let span = Bounds::exactly(*amount);
                Requirement { span: Some(span), shown: span.words(), question: None }
            }
            Required::PerPopulation { n, per } => ratio(&population, (*n, *per), value_of(&population), lang),
            Required::PerIndicator { n, per, of } => {
                let input = Input::Indicator(of.clone());
                ratio(&input, (*n, *per), value_of(&input), lang)
            }
            Required::InfectionControl { beds } => staircase(&Input::Indicator(beds.clone()), value_of, lang),
            Required::Lost(question) => {
                Requirement { span: None, shown: String::new(), question: Some(question.clone()) }
            }
        }
    }

    /// How far it is reached by what is held.
    pub fn gap(&self, requirement: &Requirement, held: &Total) -> GapVerdict {
        let Some(asked) = requirement.span else { return GapVerdict::Open(None) };
        let lacks = |asked: Amount, held: Amount| asked.minus(held).unwrap_or(asked).max(Amount::ZERO);
        let is_known = matches!(held.figure(), Some(Figure::Known(_)));
        let short = |span: Bounds| match span {
            Bounds { high: Amount::ZERO, .. } => GapVerdict::Met,
            Bounds { low: Amount::ZERO, high } => GapVerdict::MetByLowest(high),
            span => GapVerdict::Short(span),
        };
        match self.comparator {
            // What is missing from a count can only make it larger.
            Comparator::AtLeast if held.n_known > 0 && held.known >= asked.high => GapVerdict::Met,
            Comparator::AtLeast if is_known => {
                short(Bounds { low: lacks(asked.low, held.known), high: lacks(asked.high, held.known) })
            }
            Comparator::AtLeast if held.n_known > 0 => GapVerdict::Open(Some(lacks(asked.high, held.known))),
            Comparator::AtMost if is_known => {
                short(Bounds { low: lacks(held.known, asked.high), high: lacks(held.known, asked.low) })
            }
            Comparator::Equal if is_known => {
                let off = lacks(asked.low, held.known).max(lacks(held.known, asked.high));
                short(Bounds::exactly(off))
            }
            Comparator::AtLeast | Comparator::AtMost | Comparator::Equal => GapVerdict::Open(None),
        }
    }
}

fn ratio(input: &Input, (n, per): (Amount, Amount), of: Option<Figure>, lang: Lang) -> Requirement {
    let span = of.and_then(Figure::amount).and_then(|of| proportion(of, n, per)).map(Bounds::exactly);
    let result = span.map_or_else(|| lang.pick("未知", "unknown").to_owned(), Bounds::words);
    let shown = format!(
        "{} × {} ÷ {} = {result}",
        valued(input, of, lang),
        Bounds::exactly(n).words(),
        Bounds::exactly(per).words()
    );
    Requirement { question: span.is_none().then(|| question(input, of, lang)), span, shown }
}

fn staircase(beds: &Input, value_of: &dyn Fn(&Input) -> Option<Figure>, lang: Lang) -> Requirement {
    let of = value_of(beds);
    let span = of.and_then(Figure::amount).and_then(infection_control);
    let result = span.map_or_else(|| lang.pick("未知", "unknown").to_owned(), Bounds::words);
    let rule = lang.pick(
        "100 张以下 2 人，100–500 张 4 人，500 张以上每增 150–200 张加 1 人",
        "2 below 100 beds, 4 from 100 to 500, one more for each further 150 to 200",
    );
    let shown = format!("{}: {rule} = {result}", valued(beds, of, lang));
    Requirement { question: span.is_none().then(|| question(beds, of, lang)), span, shown }
}

fn valued(input: &Input, figure: Option<Figure>, lang: Lang) -> String {
    let decimals = figure.and_then(Figure::amount).map_or(0, |amount| u8::try_from(amount.decimals()).unwrap_or(6));
    let value = figure_words(figure, decimals, lang);
    lang.pick(format!("{}（{value}）", input.written()), format!("{} ({value})", input.written()))
}

fn question(input: &Input, figure: Option<Figure>, lang: Lang) -> String {
    let (name, state) = (input.written(), figure_words(figure, 0, lang));
    lang.pick(format!("“{name}”{state}，请补报后再算。"), format!("“{name}” is {state}; have it reported first."))
}
