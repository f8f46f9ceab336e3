use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Amount, Figure, NotAnAmount};
use crate::{
    IndicatorId, Lang, UnitId,
    area::{AreaCode, AreaLevel},
};

/// Declares a list of kinds with the text that is kept and their words.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($(#[$one:meta])* $kind:ident = $code:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$one])* $kind),* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$kind),*];

            /// The text that is kept and sent.
            pub fn code(self) -> &'static str {
                match self { $($name::$kind => $code),* }
            }

            /// The one of a code.
            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// In words.
            pub fn words(self, lang: Lang) -> &'static str {
                match self { $($name::$kind => lang.pick($zh, $en)),* }
            }
        }
    };
}

pub(super) use kinds;

kinds! {
    /// Which time a figure is about.
    Period {
        /// 当日.
        Day = "day", "当日", "Day";
        /// 当周.
        Week = "week", "当周", "Week";
        /// 当月.
        Month = "month", "当月", "Month";
        /// 累计: since a day.
        Cumulative = "cumulative", "累计", "Cumulative";
        /// 时点: how it stands at a moment.
        Moment = "moment", "时点", "As of a moment";
    }
}

kinds! {
    /// How the figure of an area comes from those of its parts.
    RollUp {
        /// 求和.
        Sum = "sum", "各部分相加", "Sum of the parts";
        /// 取最大.
        Max = "max", "取各部分最大值", "Greatest of the parts";
        /// 取最新.
        Last = "last", "取最新一份", "The latest";
    }
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Typed for the area itself; the figures of its parts are not put together.
    Typed,
    /// Typed for the parts, village by village or unit by unit, and put together upwards.
    RolledUp(RollUp),
    /// Computed by a formula over other indicators and populations.
    Formula(String),
}

impl Source {
    /// The text that is kept beside the formula: `typed`, `sum`, `max`, `last`, `formula`.
    pub fn code(&self) -> &'static str {
        match self {
            Source::Typed => "typed",
            Source::RolledUp(how) => how.code(),
            Source::Formula(_) => "formula",
        }
    }

    /// The source of a code and, for a formula, its text.
    pub fn from_code(code: &str, formula: &str) -> Option<Source> {
        match code {
            "typed" => Some(Source::Typed),
            "formula" => Some(Source::Formula(formula.to_owned())),
            how => RollUp::from_code(how).map(Source::RolledUp),
        }
    }

    /// The formula's text, where there is one.
    pub fn formula(&self) -> Option<&str> {
        match self {
            Source::Formula(text) => Some(text),
            Source::Typed | Source::RolledUp(_) => None,
        }
    }

    /// In words.
    pub fn words(&self, lang: Lang) -> &'static str {
        match self {
            Source::Typed => lang.pick("直接填报", "Typed"),
            Source::RolledUp(how) => match how {
                RollUp::Sum => lang.pick("逐级汇总（相加）", "Rolled up (sum)"),
                RollUp::Max => lang.pick("逐级汇总（取最大）", "Rolled up (greatest)"),
                RollUp::Last => lang.pick("逐级汇总（取最新）", "Rolled up (latest)"),
            },
            Source::Formula(_) => lang.pick("公式计算", "Computed"),
        }
    }
}

/// What a figure is shown in proportion to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// Nothing.
    #[default]
    None,
    /// The population of the area.
    Population,
    /// Another indicator, by its code.
    Indicator(String),
}

impl Denominator {
    /// The text that is kept: empty, `population`, or the code of an indicator after a colon.
    pub fn code(&self) -> String {
        match self {
            Denominator::None => String::new(),
            Denominator::Population => "population".to_owned(),
            Denominator::Indicator(code) => format!(":{code}"),
        }
    }

    /// The denominator of a text that was kept.
    pub fn from_code(code: &str) -> Option<Denominator> {
        match (code, code.strip_prefix(':')) {
            ("", _) => Some(Denominator::None),
            ("population", _) => Some(Denominator::Population),
            (_, Some(indicator)) => Some(Denominator::Indicator(indicator.to_owned())),
            _ => None,
        }
    }
}

/// An indicator 指标: what is counted, by whom, for what time, and where its figures come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its identifier.
    pub id: IndicatorId,
    /// The county, or city without counties, that defines it.
    pub area: AreaCode,
    /// Its short name in formulas and files: letters of any script, digits, underscores.
    pub code: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// What it is counted in: 间, 人, %.
    pub unit_zh: String,
    /// The same in English: rooms, persons, %.
    pub unit_en: String,
    /// What is counted and what is not.
    pub meaning: String,
    /// Which time a figure is about.
    pub period: Period,
    /// Since when a cumulative one counts.
    pub since_on: Option<Date>,
    /// How many decimals its figures have.
    pub decimals: u8,
    /// Where its figures come from.
    pub source: Source,
    /// At which level every area is expected to have a figure; none where units report that nobody can list here.
    pub level: Option<AreaLevel>,
    /// The unit that answers for it.
    pub unit: Option<UnitId>,
    /// Below this a figure is doubtful.
    pub low: Option<Amount>,
    /// Above this a figure is doubtful.
    pub high: Option<Amount>,
    /// A change against the day before by more than so many percent is doubtful.
    pub jump_percent: Option<u32>,
    /// What it is shown in proportion to.
    pub denominator: Denominator,
    /// Whether it is in use.
    pub state: IndicatorState,
    /// Which version of its definition; figures that are computed say by which.
    pub version: i64,
}

kinds! {
    /// Whether an indicator is in use.
    IndicatorState {
        /// 启用.
        InUse = "in_use", "启用", "In use";
        /// 停用: its figures stay, and no new ones are asked for.
        Retired = "retired", "停用", "Retired";
    }
}

/// What is wrong with a typed figure of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFigure {
    /// It is no figure at all.
    Amount(NotAnAmount),
    /// A percentage was typed where something is counted.
    PercentOfWhat,
    /// It has more decimals than the indicator.
    Decimals(u8),
    /// The indicator is computed, not typed.
    Computed,
}

impl NotAFigure {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            NotAFigure::Amount(why) => why.words(lang).to_owned(),
            NotAFigure::PercentOfWhat => lang.pick(
                "该指标填数量，不填百分比，请去掉百分号并填实际数量。".to_owned(),
                "This is a count; give the number itself, not a percentage.".to_owned(),
            ),
            NotAFigure::Decimals(0) => lang.pick("应为整数。".to_owned(), "A whole number is expected.".to_owned()),
            NotAFigure::Decimals(n) => lang.pick(format!("小数最多 {n} 位。"), format!("At most {n} decimals.")),
            NotAFigure::Computed => lang.pick(
                "该指标由公式计算，不用填报。".to_owned(),
                "This indicator is computed; nothing is typed for it.".to_owned(),
            ),
        }
    }
}

impl Indicator {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name_zh }
    }

    /// What it is counted in.
    pub fn unit_words(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.unit_en.is_empty() { &self.unit_en } else { &self.unit_zh }
    }

    /// A figure of it in words, with what it is counted in: `1,752 间`, `不详`.
    pub fn words(&self, figure: Option<Figure>, lang: Lang) -> String {
        let plain = super::figure_words(figure, self.decimals, lang);
        match figure {
            Some(Figure::Known(_)) if self.unit_zh == "%" => format!("{plain}%"),
            Some(Figure::Known(_)) => format!("{plain} {}", self.unit_words(lang)).trim_end().to_owned(),
            _ => plain,
        }
    }

    /// Reads a figure that was typed for it. Nothing typed is nothing reported.
    ///
    /// # Errors
    /// [`NotAFigure`] says what is wrong and what to do.
    pub fn read(&self, typed: &str) -> Result<Option<Figure>, NotAFigure> {
        let figure = Figure::parse(typed).map_err(NotAFigure::Amount)?;
        let Some(figure) = figure else { return Ok(None) };
        if self.source.formula().is_some() {
            return Err(NotAFigure::Computed);
        }
        if let Figure::Known(amount) = figure {
            if self.unit_zh != "%" && typed.trim().ends_with(['%', '％']) {
                return Err(NotAFigure::PercentOfWhat);
            }
            if amount.decimals() > usize::from(self.decimals) {
                return Err(NotAFigure::Decimals(self.decimals));
            }
        }
        Ok(Some(figure))
    }
}
