//! What is happening today, and what next?

/// Forecast by the renewal equation.
pub mod forecast;
/// Nowcast of cases not yet reported.
pub mod nowcast;
/// How good forecasts were.
pub mod scoring;
/// Cases by day and by delay of their report.
pub mod triangle;
