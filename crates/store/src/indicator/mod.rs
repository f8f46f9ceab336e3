//! Indicators, the figures that are reported for them, and their sums.

mod change;
mod figure;
mod read;
mod sum;
mod target;

use jiff::civil::Date;
use lianfang_domain::{
    IndicatorId, ReportId, UnitId,
    area::AreaCode,
    indicator::{Amount, Figure, Indicator, Total},
};

pub(crate) use change::ALL as CHANGE;
pub(crate) use read::ALL as READ;
pub(crate) use target::ALL as TARGET;

pub use target::{AreaMap, BalanceRecord, TargetRecord};

/// A version of an indicator's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorVersion {
    /// The definition.
    pub indicator: Indicator,
    /// Why it was changed.
    pub why: String,
    /// Who laid it down.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

/// A figure as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRow {
    /// The county by which it is kept.
    pub area: AreaCode,
    /// Of which indicator.
    pub indicator: IndicatorId,
    /// For which day; of a week or month its last.
    pub on: Date,
    /// The area that it is about.
    pub place: AreaCode,
    /// The unit that reported it.
    pub unit: UnitId,
    /// What is known.
    pub figure: Figure,
    /// As of when, in milliseconds.
    pub as_of_ms: i64,
    /// The report in which it came.
    pub report: Option<ReportId>,
    /// The version of that report.
    pub version: i64,
    /// Who reported it. What is being put is by whoever puts it.
    pub by: String,
    /// When it was put here, in milliseconds.
    pub at_ms: i64,
}

/// The figures of one indicator and day of an area's part, put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureSum {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The day.
    pub on: Date,
    /// The part: an area of the level that was asked for, or a higher one if a figure is about that itself.
    pub place: AreaCode,
    /// The sum with what is missing. Who has not reported is not known here.
    pub total: Total,
    /// How many different places have a row.
    pub n_places: u64,
    /// The greatest of the known.
    pub greatest: Option<Amount>,
    /// The latest as-of time of its rows.
    pub as_of_ms: i64,
}

/// Which figures are asked for.
#[derive(Clone, Copy, Debug)]
pub struct FigureSearch<'a> {
    /// The county by which they are kept.
    pub area: &'a AreaCode,
    /// Of which indicators.
    pub indicators: &'a [IndicatorId],
    /// From which day on.
    pub from: Date,
    /// To which day, itself included.
    pub to: Date,
    /// The area in which they lie.
    pub under: &'a AreaCode,
}
