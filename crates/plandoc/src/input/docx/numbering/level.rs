//! One level of a list: how its number is counted and written.

use super::super::super::numerals::Numeral;
use super::LEVELS;

/// A label longer than this is no number.
const LONGEST_LABEL: usize = 64;

#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) format: NumberFormat,
    /// `（%1）`, `%1.%2`: text with the places of the numbers.
    pub(super) text: String,
    /// The paragraph style that uses this level.
    pub(super) style: Option<String>,
    /// Whether it begins anew below each paragraph of a higher level.
    pub(super) restarts: bool,
    /// Whether all numbers in it are written in Arabic digits, as laws do.
    pub(super) legal: bool,
}

/// How a level writes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFormat {
    Number(Numeral),
    /// A point of a list, which has no number.
    Bullet,
    /// No number, but the text around it is shown.
    Nothing,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: NumberFormat::Number(Numeral::Decimal),
            text: String::new(),
            style: None,
            restarts: true,
            legal: false,
        }
    }
}

impl Level {
    /// The label of a paragraph at `index`, given how far all levels have counted.
    pub(super) fn label<'l>(
        &self,
        counts: &[Option<u32>; LEVELS],
        index: usize,
        level_at: &impl Fn(usize) -> Option<&'l Level>,
    ) -> String {
        if self.format == NumberFormat::Bullet {
            return String::new();
        }
        let mut label = String::new();
        let mut chars = self.text.chars().take(LONGEST_LABEL).peekable();
        while let Some(c) = chars.next() {
            let place = chars.peek().and_then(|c| c.to_digit(10));
            let Some(place) = place.filter(|place| c == '%' && *place > 0) else {
                label.push(c);
                continue;
            };
            chars.next();
            let place = usize::try_from(place - 1).unwrap_or(index);
            let format =
                if place == index { self.format } else { level_at(place).map_or(self.format, |level| level.format) };
            let count = counts.get(place).copied().flatten().unwrap_or(1);
            label.push_str(&self.written(format, count));
        }
        label.trim().to_owned()
    }

    fn written(&self, format: NumberFormat, count: u32) -> String {
        match format {
            NumberFormat::Number(_) if self.legal => Numeral::Decimal.write(count),
            NumberFormat::Number(numeral) => numeral.write(count),
            NumberFormat::Bullet | NumberFormat::Nothing => String::new(),
        }
    }
}

/// The format that Word calls by this name.
pub(super) fn format_named(name: &str) -> NumberFormat {
    let numeral = match name {
        "bullet" => return NumberFormat::Bullet,
        "none" => return NumberFormat::Nothing,
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "japaneseDigitalTenThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "taiwaneseDigital"
        | "koreanDigital" => Numeral::Chinese,
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Numeral::ChineseLegal,
        "ideographTraditional" => Numeral::Stems,
        "decimalZero" => Numeral::DecimalZero,
        "decimalFullWidth" | "decimalFullWidth2" => Numeral::FullWidth,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numeral::Circled,
        "decimalEnclosedParen" => Numeral::Parenthesised,
        "decimalEnclosedFullstop" => Numeral::FullStop,
        "ideographEnclosedCircle" => Numeral::CircledChinese,
        "upperRoman" => Numeral::UpperRoman,
        "lowerRoman" => Numeral::LowerRoman,
        "upperLetter" => Numeral::UpperLetter,
        "lowerLetter" => Numeral::LowerLetter,
        _ => Numeral::Decimal,
    };
    NumberFormat::Number(numeral)
}
