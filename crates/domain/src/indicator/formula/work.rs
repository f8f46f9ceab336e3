use super::{Formula, Function, Input, Part, PartKind, Sign};
use crate::{
    Lang,
    indicator::{Amount, Figure, figure_words},
};

/// A formula worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The result; none where an input was not reported.
    ///
    /// # Errors
    /// [`WorkFault`] where it cannot be worked out.
    pub figure: Result<Option<Figure>, WorkFault>,
    /// What went in, in the order of writing.
    pub inputs: Vec<WorkedInput>,
    /// Inputs that made it missing, as they are written in the formula.
    pub missing: Vec<String>,
    /// Inputs that were left out of a sum because they do not apply.
    pub left_out: Vec<String>,
    /// The formula with the values in it.
    pub shown: String,
}

/// An input with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkedInput {
    /// What it is.
    pub input: Input,
    /// What is known of it.
    pub figure: Option<Figure>,
}

/// Why a formula has no result although its inputs are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkFault {
    /// It divides by something that is zero.
    DividesByZero {
        /// What is zero, as it is written.
        what: String,
    },
    /// The result is larger than anything that is counted.
    TooLarge,
}

impl WorkFault {
    /// What is wrong and what to do.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            WorkFault::DividesByZero { what } => lang.pick(
                format!("无法计算：除数“{what}”为 0。"),
                format!("Cannot be computed: “{what}”, by which it divides, is 0."),
            ),
            WorkFault::TooLarge => lang
                .pick("无法计算：结果超出范围。".to_owned(), "Cannot be computed: the result is too large.".to_owned()),
        }
    }
}

/// What a part comes to. What is missing is ordered by how little is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Known(Amount),
    NotApplicable,
    Redacted,
    Unknown,
    NotReported,
}

impl Value {
    fn of(figure: Option<Figure>) -> Value {
        match figure {
            Some(Figure::Known(amount)) => Value::Known(amount),
            Some(Figure::NotApplicable) => Value::NotApplicable,
            Some(Figure::Redacted) => Value::Redacted,
            Some(Figure::Unknown) => Value::Unknown,
            None => Value::NotReported,
        }
    }

    fn figure(self) -> Option<Figure> {
        match self {
            Value::Known(amount) => Some(Figure::Known(amount)),
            Value::NotApplicable => Some(Figure::NotApplicable),
            Value::Redacted => Some(Figure::Redacted),
            Value::Unknown => Some(Figure::Unknown),
            Value::NotReported => None,
        }
    }
}

struct Work<'a> {
    value_of: &'a dyn Fn(&Input) -> Option<Figure>,
    left_out: Vec<String>,
}

impl Formula {
    /// Works it out. A missing input makes the result missing in the same way and is named; what does not apply is
    /// left out of sums and named, and makes a product or quotient not applicable.
    pub fn work(&self, value_of: &dyn Fn(&Input) -> Option<Figure>, lang: Lang) -> Worked {
        let mut inputs: Vec<WorkedInput> = Vec::new();
        self.whole.each(&mut |part| {
            if let PartKind::Input(input) = &part.kind
                && !inputs.iter().any(|one| one.input == *input)
            {
                inputs.push(WorkedInput { input: input.clone(), figure: value_of(input) });
            }
        });
        let mut work = Work { value_of, left_out: Vec::new() };
        let figure = work.part(&self.whole).map(Value::figure);
        let missing = |one: &&WorkedInput| Value::of(one.figure) > Value::NotApplicable;
        Worked {
            missing: inputs.iter().filter(missing).map(|one| one.input.written()).collect(),
            shown: self.whole.shown(value_of, lang),
            figure,
            inputs,
            left_out: work.left_out,
        }
    }
}

impl Work<'_> {
    fn part(&mut self, part: &Part) -> Result<Value, WorkFault> {
        match &part.kind {
            PartKind::Number(amount) => Ok(Value::Known(*amount)),
            PartKind::Input(input) => Ok(Value::of((self.value_of)(input))),
            PartKind::Minus(inner) => match self.part(inner)? {
                Value::Known(amount) => known(Amount::ZERO.minus(amount)),
                missing => Ok(missing),
            },
            PartKind::Signed(sign, left, right) => {
                let values = [self.part(left)?, self.part(right)?];
                match sign {
                    Sign::Plus => self.sum([left, right], values, Amount::plus),
                    Sign::Minus => self.sum([left, right], values, Amount::minus),
                    Sign::Times => product(values, Amount::times),
                    Sign::Over => over(values, right),
                }
            }
            PartKind::Function(function, parts) => self.function(*function, parts),
        }
    }

    /// A sum or difference, from which is left out what does not apply.
    fn sum(
        &mut self,
        parts: [&Part; 2],
        values: [Value; 2],
        join: fn(Amount, Amount) -> Option<Amount>,
    ) -> Result<Value, WorkFault> {
        match values {
            [Value::Known(left), Value::Known(right)] => known(join(left, right)),
            [left, right] if left.max(right) > Value::NotApplicable => Ok(left.max(right)),
            [Value::NotApplicable, Value::NotApplicable] => Ok(Value::NotApplicable),
            [left, right] => {
                let at = usize::from(right == Value::NotApplicable);
                self.left_out.push(parts[at].written());
                let amount = |value| if let Value::Known(amount) = value { amount } else { Amount::ZERO };
                known(join(amount(left), amount(right)))
            }
        }
    }

    fn function(&mut self, function: Function, parts: &[Part]) -> Result<Value, WorkFault> {
        let mut values = Vec::new();
        for part in parts {
            values.push(self.part(part)?);
        }
        let scale = |value: Value, by: i64| match value {
            Value::Known(amount) => known(amount.times(Amount::whole(by))),
            missing => Ok(missing),
        };
        match (function, values.as_slice(), parts) {
            (Function::PerTenThousand, &[first, second], [_, below]) => over([scale(first, 10_000)?, second], below),
            (Function::Percent, &[first, second], [_, below]) => over([scale(first, 100)?, second], below),
            _ => Ok(self.extreme(function, parts, &values)),
        }
    }

    fn extreme(&mut self, function: Function, parts: &[Part], values: &[Value]) -> Value {
        let worst = values.iter().copied().max().unwrap_or(Value::NotReported);
        if worst > Value::NotApplicable {
            return worst;
        }
        let known = values.iter().copied().filter(|value| *value != Value::NotApplicable);
        let found = if function == Function::Least { known.min() } else { known.max() };
        if found.is_some() {
            let left_out = parts.iter().zip(values).filter(|(_, value)| **value == Value::NotApplicable);
            self.left_out.extend(left_out.map(|(part, _)| part.written()));
        }
        found.unwrap_or(Value::NotApplicable)
    }
}

fn known(amount: Option<Amount>) -> Result<Value, WorkFault> {
    amount.map(Value::Known).ok_or(WorkFault::TooLarge)
}

fn product(values: [Value; 2], join: fn(Amount, Amount) -> Option<Amount>) -> Result<Value, WorkFault> {
    match values {
        [Value::Known(left), Value::Known(right)] => known(join(left, right)),
        [left, right] => {
            Ok([left, right].into_iter().filter(|one| !matches!(one, Value::Known(_))).max().unwrap_or(left))
        }
    }
}

fn over(values: [Value; 2], below: &Part) -> Result<Value, WorkFault> {
    if matches!(values, [Value::Known(_), Value::Known(Amount::ZERO)]) {
        return Err(WorkFault::DividesByZero { what: below.written() });
    }
    product(values, Amount::over)
}

impl Part {
    /// As it is written.
    pub(super) fn written(&self) -> String {
        self.text(&|input| input.written())
    }

    fn shown(&self, value_of: &dyn Fn(&Input) -> Option<Figure>, lang: Lang) -> String {
        self.text(&|input| {
            let figure = value_of(input);
            let decimals =
                figure.and_then(Figure::amount).map_or(0, |amount| u8::try_from(amount.decimals()).unwrap_or(6));
            let value = figure_words(figure, decimals, lang);
            lang.pick(format!("{}（{value}）", input.written()), format!("{} ({value})", input.written()))
        })
    }

    fn text(&self, of_input: &dyn Fn(&Input) -> String) -> String {
        match &self.kind {
            PartKind::Number(amount) => amount.grouped(u8::try_from(amount.decimals()).unwrap_or(6)),
            PartKind::Input(input) => of_input(input),
            PartKind::Minus(inner) => format!("−{}", inner.inside(of_input, &[Sign::Plus, Sign::Minus])),
            PartKind::Signed(sign, left, right) => {
                let (left_in, right_in): (&[Sign], &[Sign]) = match sign {
                    Sign::Plus => (&[], &[]),
                    Sign::Minus => (&[], &[Sign::Plus, Sign::Minus]),
                    Sign::Times => (&[Sign::Plus, Sign::Minus], &[Sign::Plus, Sign::Minus]),
                    Sign::Over => (&[Sign::Plus, Sign::Minus], &[Sign::Plus, Sign::Minus, Sign::Times, Sign::Over]),
                };
                format!("{} {} {}", left.inside(of_input, left_in), sign.written(), right.inside(of_input, right_in))
            }
            PartKind::Function(function, parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.text(of_input)).collect();
                format!("{}({})", function.written(), parts.join(", "))
            }
        }
    }

    /// In parentheses where the sign inside would otherwise be taken apart.
    fn inside(&self, of_input: &dyn Fn(&Input) -> String, signs: &[Sign]) -> String {
        let text = self.text(of_input);
        match &self.kind {
            PartKind::Signed(sign, ..) if signs.contains(sign) => format!("({text})"),
            _ => text,
        }
    }
}
