use super::token::{Token, tokens};
use super::{Formula, FormulaFault, FormulaFaultKind, Function, Input, POPULATION, Part, PartKind, Sign};
use crate::{area::AreaCode, indicator::Amount};

/// How deep parentheses may lie.
const DEEPEST: usize = 30;

/// Reads a whole formula.
pub(super) fn whole(text: &str) -> Result<Part, FormulaFault> {
    let tokens = tokens(text)?;
    let end = text.chars().count() + 1;
    if tokens.is_empty() {
        return Err(FormulaFault { column: 1, kind: FormulaFaultKind::Empty });
    }
    let mut reader = Reader { tokens, at: 0, end, depth: 0 };
    let part = reader.sum()?;
    match reader.tokens.get(reader.at) {
        None => Ok(part),
        Some((column, token)) => Err(FormulaFault { column: *column, kind: FormulaFaultKind::Behind(token.written()) }),
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    end: usize,
    depth: usize,
}

impl Reader {
    fn column(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |(column, _)| *column)
    }

    fn fault<T>(&self, kind: FormulaFaultKind) -> Result<T, FormulaFault> {
        Err(FormulaFault { column: self.column(), kind })
    }

    /// Goes past a token if it is there.
    fn take(&mut self, token: &Token) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|(_, found)| found == token);
        self.at += usize::from(is);
        is
    }

    fn sum(&mut self) -> Result<Part, FormulaFault> {
        self.row(&[Sign::Plus, Sign::Minus], Reader::product)
    }

    fn product(&mut self) -> Result<Part, FormulaFault> {
        self.row(&[Sign::Times, Sign::Over], Reader::one)
    }

    /// Parts with signs between them, from left to right.
    fn row(
        &mut self,
        signs: &[Sign],
        next: fn(&mut Reader) -> Result<Part, FormulaFault>,
    ) -> Result<Part, FormulaFault> {
        let mut left = next(self)?;
        loop {
            let column = self.column();
            let Some(sign) = signs.iter().copied().find(|sign| self.take(&Token::Sign(*sign))) else {
                return Ok(left);
            };
            let right = next(self)?;
            left = Part { column, kind: PartKind::Signed(sign, Box::new(left), Box::new(right)) };
        }
    }

    fn one(&mut self) -> Result<Part, FormulaFault> {
        let column = self.column();
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fault(FormulaFaultKind::TooLong);
        }
        let mut part = if self.take(&Token::Sign(Sign::Minus)) {
            let inner = self.one()?;
            Part { column, kind: PartKind::Minus(Box::new(inner)) }
        } else {
            self.plain()?
        };
        // 40% is 0.4.
        while self.take(&Token::Percent) {
            let hundred = Part { column, kind: PartKind::Number(Amount::whole(100)) };
            part = Part { column, kind: PartKind::Signed(Sign::Over, Box::new(part), Box::new(hundred)) };
        }
        self.depth -= 1;
        Ok(part)
    }

    fn plain(&mut self) -> Result<Part, FormulaFault> {
        let Some((column, token)) = self.tokens.get(self.at).cloned() else {
            return self.fault(FormulaFaultKind::Ends);
        };
        let kind = match token {
            Token::Number(amount, _) => PartKind::Number(amount),
            Token::Name(name) => {
                self.at += 1;
                return self.named(column, &name);
            }
            Token::Open => {
                self.at += 1;
                let inner = self.sum()?;
                return if self.take(&Token::Close) { Ok(inner) } else { self.fault(FormulaFaultKind::NotClosed) };
            }
            other => return self.fault(FormulaFaultKind::PartExpected(other.written())),
        };
        self.at += 1;
        Ok(Part { column, kind })
    }

    fn named(&mut self, column: usize, name: &str) -> Result<Part, FormulaFault> {
        if POPULATION.contains(&name) {
            let area = if self.take(&Token::Open) { self.area()? } else { None };
            return Ok(Part { column, kind: PartKind::Input(Input::Population(area)) });
        }
        if !matches!(self.tokens.get(self.at), Some((_, Token::Open))) {
            return Ok(Part { column, kind: PartKind::Input(Input::Indicator(name.to_owned())) });
        }
        let Some(function) = Function::of_name(name) else {
            return Err(FormulaFault { column, kind: FormulaFaultKind::NoFunction(name.to_owned()) });
        };
        self.at += 1;
        let mut parts = vec![self.sum()?];
        while self.take(&Token::Comma) {
            parts.push(self.sum()?);
        }
        if !self.take(&Token::Close) {
            return self.fault(FormulaFaultKind::NotClosed);
        }
        let many = matches!(function, Function::Least | Function::Greatest) && parts.len() >= 2;
        if parts.len() != 2 && !many {
            let kind = FormulaFaultKind::Parts { function: function.written(), n: parts.len() };
            return Err(FormulaFault { column, kind });
        }
        Ok(Part { column, kind: PartKind::Function(function, parts) })
    }

    /// The area inside the parentheses of a population; none where nothing stands there.
    fn area(&mut self) -> Result<Option<AreaCode>, FormulaFault> {
        if self.take(&Token::Close) {
            return Ok(None);
        }
        let Some((column, token)) = self.tokens.get(self.at).cloned() else {
            return self.fault(FormulaFaultKind::NotClosed);
        };
        let written = token.written();
        let Ok(area) = written.parse::<AreaCode>() else {
            return Err(FormulaFault { column, kind: FormulaFaultKind::NoArea(written) });
        };
        self.at += 1;
        if self.take(&Token::Close) { Ok(Some(area)) } else { self.fault(FormulaFaultKind::NotClosed) }
    }
}

impl std::str::FromStr for Formula {
    type Err = FormulaFault;

    fn from_str(text: &str) -> Result<Formula, FormulaFault> {
        Formula::read(text)
    }
}
