use jiff::civil::Date;

/// Why a method gives no result, in words that say what to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Fewer observations than the method needs.
    SeriesTooShort {
        /// Observations there are.
        have: usize,
        /// Observations it needs.
        need: usize,
    },
    /// Dates at which no count is known, within what the method looks at.
    GapsInSeries {
        /// The first of them, at most ten.
        missing: Vec<Date>,
    },
    /// A count that is unknown where the method needs one.
    Unknown {
        /// Its place in the series, from 0.
        at: usize,
    },
    /// A count below zero.
    NegativeCount {
        /// Its place in the series, from 0.
        at: usize,
        /// The count.
        count: f64,
    },
    /// A count that is no whole number, for a method of whole numbers.
    FractionalCount {
        /// Its place in the series, from 0.
        at: usize,
        /// The count.
        count: f64,
    },
    /// One date stands more than once with different counts.
    RepeatedDate {
        /// The date.
        date: Date,
    },
    /// Dates that do not lie in equal steps.
    UnevenSteps {
        /// The first date that is off the step.
        date: Date,
    },
    /// A parameter outside its range.
    Parameter {
        /// Its name.
        name: &'static str,
        /// The value given.
        value: f64,
        /// What it must be, in Chinese.
        must_zh: &'static str,
        /// What it must be.
        must: &'static str,
    },
    /// Two lists that belong together have different lengths.
    Lengths {
        /// What they are.
        what: &'static str,
        /// Length of the one.
        left: usize,
        /// Length of the other.
        right: usize,
    },
    /// There is nothing to go by: no case at all, no pair, no report.
    Nothing {
        /// Of what, in Chinese.
        what_zh: &'static str,
        /// Of what.
        what: &'static str,
    },
    /// The fit did not settle.
    NoFit,
}

impl Refusal {
    /// In Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Refusal::SeriesTooShort { have, need } => {
                format!("序列只有{have}个时点，此方法至少需要{need}个。请补充历史数据，或改用需要历史更短的方法。")
            }
            Refusal::GapsInSeries { missing } => {
                format!("序列缺少这些日期的数据：{}。没有病例请填0，未收到数据请补报后再计算。", list(missing))
            }
            Refusal::Unknown { at } => format!("第{}个时点的病例数未知。没有病例请填0，未收到数据请补报。", at + 1),
            Refusal::NegativeCount { at, count } => {
                format!("第{}个时点的病例数为{count}，不能为负。请核对是否为订正数，并合并到原日期。", at + 1)
            }
            Refusal::FractionalCount { at, count } => {
                format!("第{}个时点的病例数为{count}，此方法只用整数。请改用原始病例数，不要用率或平均数。", at + 1)
            }
            Refusal::RepeatedDate { date } => format!("日期{date}出现多次且数值不同。请合并或删去多余的行。"),
            Refusal::UnevenSteps { date } => format!("日期{date}不在等间隔的日或周上。请按日或按周整理数据。"),
            Refusal::Parameter { name, value, must_zh, .. } => format!("参数{name}为{value}，应{must_zh}。"),
            Refusal::Lengths { what, left, right } => {
                format!("{what}的长度不一致（{left}与{right}）。请核对两列数据。")
            }
            Refusal::Nothing { what_zh, .. } => format!("没有可用的{what_zh}，无法计算。请核对数据来源。"),
            Refusal::NoFit => "模型未能收敛。请检查异常值，或改用更简单的方法。".to_owned(),
        }
    }

    /// In English.
    pub fn message_en(&self) -> String {
        match self {
            Refusal::SeriesTooShort { have, need } => format!(
                "The series has {have} points; this method needs at least {need}. Add history or use a method that needs less."
            ),
            Refusal::GapsInSeries { missing } => format!(
                "There are no data for {}. Enter 0 where there was no case; where no report came, ask for it first.",
                list(missing)
            ),
            Refusal::Unknown { at } => {
                format!(
                    "The count at point {} is unknown. Enter 0 if there was no case, or ask for the report.",
                    at + 1
                )
            }
            Refusal::NegativeCount { at, count } => format!(
                "The count at point {} is {count}; it cannot be negative. If it is a correction, put it to its date.",
                at + 1
            ),
            Refusal::FractionalCount { at, count } => format!(
                "The count at point {} is {count}; this method takes whole numbers. Give counts, not rates or averages.",
                at + 1
            ),
            Refusal::RepeatedDate { date } => {
                format!("The date {date} stands more than once with different counts. Merge the rows or remove one.")
            }
            Refusal::UnevenSteps { date } => {
                format!(
                    "The date {date} does not lie on an even step of days or weeks. Arrange the data by day or week."
                )
            }
            Refusal::Parameter { name, value, must, .. } => format!("{name} is {value}; it must {must}."),
            Refusal::Lengths { what, left, right } => {
                format!("{what} have different lengths ({left} and {right}). Check the two columns.")
            }
            Refusal::Nothing { what, .. } => format!("There is no {what} to go by. Check where the data come from."),
            Refusal::NoFit => "The model did not settle. Look for wild values or use a simpler method.".to_owned(),
        }
    }
}

fn list(dates: &[Date]) -> String {
    dates.iter().map(Date::to_string).collect::<Vec<_>>().join(", ")
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message_en())
    }
}

impl std::error::Error for Refusal {}

/// The refusal of a parameter that is not positive.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64, Refusal> {
    if value > 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(Refusal::Parameter { name, value, must_zh: "大于0", must: "be above 0" })
    }
}

/// The refusal of a number of things that must be at least so many.
pub(crate) fn at_least(name: &'static str, value: usize, least: usize) -> Result<usize, Refusal> {
    if value >= least {
        Ok(value)
    } else {
        let (must_zh, must) =
            if least == 1 { ("不小于1", "be at least 1") } else { ("不小于2", "be at least 2") };
        Err(Refusal::Parameter { name, value: value as f64, must_zh, must })
    }
}
