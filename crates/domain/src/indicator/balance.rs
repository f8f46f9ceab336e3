use serde::{Deserialize, Serialize};

use super::formula::{Formula, FormulaFault, Input};
use super::{Amount, Figure, Warning};
use crate::Lang;

/// What should be equal: 到货 = 使用 + 库存 + 损耗.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// What it is about, in Chinese.
    pub name_zh: String,
    /// The same in English.
    pub name_en: String,
    /// A formula.
    pub left: String,
    /// Another.
    pub right: String,
    /// By how much they may differ.
    pub tolerance: Amount,
}

impl Balance {
    /// What it is about.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name_zh }
    }

    /// Looks whether both sides are equal. Where a figure is missing nothing can be told; what does not apply is left out.
    ///
    /// # Errors
    /// [`FormulaFault`] when a side cannot be read.
    pub fn check(
        &self,
        value_of: &dyn Fn(&Input) -> Option<Figure>,
        lang: Lang,
    ) -> Result<Option<Warning>, FormulaFault> {
        let side = |text: &str| {
            let worked = Formula::read(text)?.work(value_of, lang);
            Ok((worked.figure.ok().flatten().and_then(Figure::amount), worked.shown))
        };
        let ((left_amount, left), (right_amount, right)) = (side(&self.left)?, side(&self.right)?);
        let (Some(left_amount), Some(right_amount)) = (left_amount, right_amount) else { return Ok(None) };
        let differ = left_amount.max(right_amount).minus(left_amount.min(right_amount));
        let is_off = differ.is_none_or(|differ| differ > self.tolerance);
        Ok(is_off.then_some(Warning::OutOfBalance { left, left_amount, right, right_amount }))
    }

    /// The codes of the indicators on both sides.
    ///
    /// # Errors
    /// [`FormulaFault`] when a side cannot be read.
    pub fn codes(&self) -> Result<Vec<String>, FormulaFault> {
        let mut codes = Formula::read(&self.left)?.codes();
        codes.extend(Formula::read(&self.right)?.codes());
        codes.sort();
        codes.dedup();
        Ok(codes)
    }
}
