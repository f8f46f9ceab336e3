//! One chart within its frame: axes, bars, lines, bands and marks.

use std::fmt::Write;
use std::ops::Range;

use super::{Chart, ChartPoint, WIDTH};

const RIGHT: f64 = 16.0;

const BAR: &str = "#9db8d2";
const LINE: &str = "#0b5394";
const LIMIT: &str = "#b45f06";
const ALARM: &str = "#c00000";

/// Bars thinner than this are one stroke each of a common path, so that years of days stay a small file.
const THIN: f64 = 1.5;

/// Where a chart stands in the picture.
pub(super) struct Frame<'a> {
    pub(super) chart: &'a Chart,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// From one number beside the vertical axis to the next.
    pub(super) unit: f64,
}

impl Frame<'_> {
    // Writing to a string does not fail; its result is left aside throughout.
    pub(super) fn draw(&self, out: &mut String) {
        let highest = self.chart.highest();
        self.axes(out, highest);
        self.dates(out);
        self.band(out, highest);
        self.bars(out, highest);
        self.line(out, highest, LINE, "", |p| p.expected);
        self.line(out, highest, LIMIT, " stroke-dasharray=\"6 3\"", |p| p.threshold);
        self.marks(out, highest);
    }

    fn x(&self, at: usize) -> f64 {
        self.left + (at as f64 + 0.5) * self.step()
    }

    fn step(&self) -> f64 {
        (WIDTH - self.left - RIGHT) / self.chart.points.len().max(1) as f64
    }

    fn y(&self, value: f64, highest: f64) -> f64 {
        let share = (value / highest).clamp(0.0, 1.0);
        self.bottom - share * (self.bottom - self.top)
    }

    fn across(&self, out: &mut String, at: f64, colour: &str) {
        let (left, right) = (self.left, WIDTH - RIGHT);
        let _ = write!(out, "<line x1=\"{left}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"{colour}\"/>");
    }

    fn axes(&self, out: &mut String, highest: f64) {
        let unit = self.unit;
        let mut value = 0.0;
        while value <= highest * 1.001 {
            let at = self.y(value, highest);
            self.across(out, at, "#ddd");
            let _ =
                write!(out, "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>", self.left - 8.0, at + 4.0);
            value += unit;
        }
        let _ = write!(
            out,
            "<text transform=\"rotate(-90)\" x=\"{:.1}\" y=\"16\" text-anchor=\"middle\">{}</text>",
            -(self.top + self.bottom) / 2.0,
            escaped(&self.chart.y_label)
        );
        if let Some(level) = self.chart.reference {
            self.across(out, self.y(level, highest), "#555");
        }
    }

    fn dates(&self, out: &mut String) {
        let points = &self.chart.points;
        for (at, point) in points.iter().enumerate().step_by(points.len().div_ceil(8).max(1)) {
            // Under its step, unless it would be cut at the edge of the picture.
            let half = text_width(&point.label) / 2.0;
            let _ = write!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                self.x(at).clamp(half, (WIDTH - half).max(half)),
                self.bottom + 20.0,
                escaped(&point.label)
            );
        }
    }

    fn bars(&self, out: &mut String, highest: f64) {
        let width = (self.step() * 0.8).max(0.6);
        let high = |p: &ChartPoint| p.observed.filter(|x| *x > 0.0).map(|x| self.y(x, highest));
        if width < THIN {
            return self.strokes(out, width, high);
        }
        for (at, point) in self.chart.points.iter().enumerate() {
            let Some(from) = high(point) else { continue };
            let colour = if point.alarm { ALARM } else { BAR };
            let _ = write!(
                out,
                "<rect x=\"{:.1}\" y=\"{from:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{colour}\"/>",
                self.x(at) - width / 2.0,
                self.bottom - from
            );
        }
    }

    fn strokes(&self, out: &mut String, width: f64, high: impl Fn(&ChartPoint) -> Option<f64>) {
        for (alarm, colour) in [(false, BAR), (true, ALARM)] {
            let drawn = self.chart.points.iter().enumerate().filter(|(_, p)| p.alarm == alarm);
            let bars = drawn.filter_map(|(at, p)| Some((at, high(p)?)));
            let strokes: String =
                bars.map(|(at, from)| format!("M{:.1} {:.1}V{from:.1}", self.x(at), self.bottom)).collect();
            if !strokes.is_empty() {
                let _ = write!(out, "<path d=\"{strokes}\" stroke=\"{colour}\" stroke-width=\"{width:.1}\"/>");
            }
        }
    }

    fn band(&self, out: &mut String, highest: f64) {
        for run in self.runs(|p| p.band.is_some_and(|b| b.0.is_finite() && b.1.is_finite())) {
            let ends = |upper: bool| {
                move |at: usize| {
                    let (low, high) = self.chart.points[at].band.unwrap_or_default();
                    format!("{:.1},{:.1}", self.x(at), self.y(if upper { high } else { low }, highest))
                }
            };
            let there: Vec<String> = run.clone().map(ends(true)).collect();
            let back: Vec<String> = run.rev().map(ends(false)).collect();
            let _ = write!(
                out,
                "<polygon points=\"{} {}\" fill=\"{LINE}\" fill-opacity=\"0.15\"/>",
                there.join(" "),
                back.join(" ")
            );
        }
    }

    fn line(&self, out: &mut String, highest: f64, colour: &str, style: &str, of: impl Fn(&ChartPoint) -> Option<f64>) {
        for run in self.runs(|p| of(p).is_some_and(f64::is_finite)) {
            let value = |at: usize| of(&self.chart.points[at]).unwrap_or(0.0);
            let place = |at: usize| format!("{:.1},{:.1}", self.x(at), self.y(value(at), highest));
            let places: Vec<String> = run.map(place).collect();
            let _ = write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"{style}/>",
                places.join(" ")
            );
        }
    }

    fn marks(&self, out: &mut String, highest: f64) {
        for (at, point) in self.chart.points.iter().enumerate().filter(|(_, p)| p.alarm) {
            let (x, over) = (self.x(at), self.y(point.observed.unwrap_or(0.0), highest) - 4.0);
            let _ = write!(
                out,
                "<path d=\"M{x:.1} {over:.1}l-5 -9h10z\" fill=\"{ALARM}\"><title>{}</title></path>",
                escaped(&point.label)
            );
        }
    }

    /// Stretches of steps for which something is there.
    fn runs(&self, there: impl Fn(&ChartPoint) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, _) in self.chart.points.iter().enumerate().filter(|(_, p)| there(p)) {
            match runs.last_mut().filter(|run| run.end == at) {
                Some(run) => run.end = at + 1,
                None => runs.push(at..at + 1),
            }
        }
        runs
    }
}

/// The legend, its words standing at this height.
pub(super) fn key(out: &mut String, legend: &[String; 5], left: f64, at: f64) {
    let mut x = left;
    let colours = [BAR, LINE, LIMIT, LINE, ALARM];
    for (index, (words, colour)) in legend.iter().zip(colours).enumerate().filter(|(_, (w, _))| !w.is_empty()) {
        let middle = at - 4.5;
        let sample = match index {
            1 => format!("d=\"M{x:.0} {middle}h16\" stroke=\"{colour}\" stroke-width=\"3\""),
            2 => format!("d=\"M{x:.0} {middle}h16\" stroke=\"{colour}\" stroke-width=\"3\" stroke-dasharray=\"6 4\""),
            3 => format!("d=\"M{x:.0} {}h16v11h-16z\" fill=\"{colour}\" fill-opacity=\"0.25\"", middle - 5.5),
            _ => format!("d=\"M{x:.0} {}h16v11h-16z\" fill=\"{colour}\"", middle - 5.5),
        };
        let _ = write!(out, "<path {sample}/><text x=\"{:.0}\" y=\"{at}\">{}</text>", x + 22.0, escaped(words));
        x += 44.0 + text_width(words);
    }
}

/// About how wide a text is, in the size of the picture's words.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 7.5 } else { 13.5 }).sum()
}

/// The next round step, 1, 2 or 5 times a power of ten, from this one upwards.
pub(super) fn tick(at_least: f64) -> f64 {
    round(at_least).into_iter().find(|t| *t >= at_least).unwrap_or(at_least)
}

/// The next round step from this one downwards.
pub(super) fn tick_below(at_most: f64) -> f64 {
    round(at_most).into_iter().rev().find(|t| *t <= at_most).unwrap_or(at_most)
}

/// Round numbers about a number.
fn round(about: f64) -> [f64; 4] {
    let power = 10_f64.powf(about.log10().floor());
    [1.0, 2.0, 5.0, 10.0].map(|m| m * power)
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
