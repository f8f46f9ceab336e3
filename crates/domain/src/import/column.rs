use std::fmt;

use serde::{Deserialize, Serialize};

/// A column of a table, counted from 0 inside the program and from 1 for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Column(pub usize);

impl Column {
    /// The number that people count, from 1.
    pub fn number(self) -> usize {
        self.0 + 1
    }

    /// The letter at the top of the spreadsheet: A to Z, then AA.
    pub fn letter(self) -> String {
        let mut letters = Vec::new();
        let mut left = self.number();
        while left > 0 {
            let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + digit));
            left = (left - 1) / 26;
        }
        letters.into_iter().rev().collect()
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_bear_the_letters_of_spreadsheets() {
        for (index, letter) in
            [(0, "A"), (3, "D"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(Column(index).letter(), letter);
            assert_eq!(Column(index).number(), index + 1);
        }
    }
}
