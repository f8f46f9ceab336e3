//! A chart of counts over time as SVG: bars, expected and threshold lines, shaded uncertainty, alarms marked.

use std::fmt::Write;

/// One step of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChartPoint {
    /// What stands under it, a date.
    pub label: String,
    /// The count, a bar; `None` leaves a gap.
    pub observed: Option<f64>,
    /// A line: what was expected, or the estimate.
    pub expected: Option<f64>,
    /// A dashed line: the threshold.
    pub threshold: Option<f64>,
    /// A shaded band.
    pub band: Option<(f64, f64)>,
    /// Whether it rang.
    pub alarm: bool,
}

/// A chart with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Above it.
    pub title: String,
    /// Beside the vertical axis.
    pub y_label: String,
    /// Words for bars, line, dashes, band and mark, empty for what is not drawn.
    pub legend: [String; 5],
    /// A horizontal line of reference, such as R = 1.
    pub reference: Option<f64>,
    /// The steps from left to right.
    pub points: Vec<ChartPoint>,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 44.0;

const BAR: &str = "#9db8d2";
const LINE: &str = "#0b5394";
const LIMIT: &str = "#b45f06";
const ALARM: &str = "#c00000";

impl Chart {
    /// The picture, white behind, so that it prints.
    pub fn svg(&self) -> String {
        let top = self.highest();
        let mut out = String::new();
        let family = "font-family=\"sans-serif\" font-size=\"13\"";
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" {family} role=\"img\"><title>{0}</title>\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/><text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{0}</text>",
            escaped(&self.title)
        );
        self.axes(&mut out, top);
        self.band(&mut out, top);
        self.bars(&mut out, top);
        self.line(&mut out, top, LINE, "", |p| p.expected);
        self.line(&mut out, top, LIMIT, " stroke-dasharray=\"6 3\"", |p| p.threshold);
        self.marks(&mut out, top);
        self.key(&mut out);
        out.push_str("</svg>\n");
        out
    }

    fn highest(&self) -> f64 {
        let of = |p: &ChartPoint| {
            let all = [p.observed, p.expected, p.threshold, p.band.map(|b| b.1)];
            all.into_iter().flatten().filter(|x| x.is_finite()).fold(0.0, f64::max)
        };
        self.points.iter().map(of).chain(self.reference).fold(1.0, f64::max)
    }

    fn x(&self, at: usize) -> f64 {
        LEFT + (at as f64 + 0.5) * self.step()
    }

    fn step(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / self.points.len().max(1) as f64
    }

    fn axes(&self, out: &mut String, top: f64) {
        let unit = tick(top / 4.0);
        let mut value = 0.0;
        while value <= top * 1.001 {
            let at = y(value, top);
            let _ = write!(
                out,
                "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
                WIDTH - RIGHT,
                LEFT - 8.0,
                at + 4.0
            );
            value += unit;
        }
        let _ = write!(
            out,
            "<text transform=\"rotate(-90)\" x=\"{:.1}\" y=\"16\" text-anchor=\"middle\">{}</text>",
            -(TOP + HEIGHT - BOTTOM) / 2.0,
            escaped(&self.y_label)
        );
        let every = self.points.len().div_ceil(8).max(1);
        for (at, point) in self.points.iter().enumerate().step_by(every) {
            let _ = write!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                self.x(at).max(LEFT + 30.0),
                HEIGHT - BOTTOM + 20.0,
                escaped(&point.label)
            );
        }
        if let Some(level) = self.reference {
            let at = y(level, top);
            let _ = write!(
                out,
                "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#555\"/>",
                WIDTH - RIGHT
            );
        }
    }

    fn bars(&self, out: &mut String, top: f64) {
        let width = (self.step() * 0.8).max(0.6);
        for (at, point) in self.points.iter().enumerate() {
            let Some(observed) = point.observed.filter(|x| *x > 0.0) else { continue };
            let from = y(observed, top);
            let colour = if point.alarm { ALARM } else { BAR };
            let _ = write!(
                out,
                "<rect x=\"{:.1}\" y=\"{from:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{colour}\"/>",
                self.x(at) - width / 2.0,
                HEIGHT - BOTTOM - from
            );
        }
    }

    fn band(&self, out: &mut String, top: f64) {
        for run in self.runs(|p| p.band.is_some_and(|b| b.0.is_finite() && b.1.is_finite())) {
            let ends = |upper: bool| {
                move |at: usize| {
                    let (low, high) = self.points[at].band.unwrap_or_default();
                    format!("{:.1},{:.1}", self.x(at), y(if upper { high } else { low }, top))
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

    fn line(&self, out: &mut String, top: f64, colour: &str, style: &str, of: impl Fn(&ChartPoint) -> Option<f64>) {
        for run in self.runs(|p| of(p).is_some_and(f64::is_finite)) {
            let place = |at: usize| format!("{:.1},{:.1}", self.x(at), y(of(&self.points[at]).unwrap_or(0.0), top));
            let places: Vec<String> = run.map(place).collect();
            let _ = write!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"{style}/>",
                places.join(" ")
            );
        }
    }

    fn marks(&self, out: &mut String, top: f64) {
        for (at, point) in self.points.iter().enumerate().filter(|(_, p)| p.alarm) {
            let (x, over) = (self.x(at), y(point.observed.unwrap_or(0.0), top) - 4.0);
            let _ = write!(
                out,
                "<path d=\"M{x:.1} {over:.1}l-5 -9h10z\" fill=\"{ALARM}\"><title>{}</title></path>",
                escaped(&point.label)
            );
        }
    }

    fn key(&self, out: &mut String) {
        let mut x = LEFT;
        let colours = [BAR, LINE, LIMIT, LINE, ALARM];
        for (index, (words, colour)) in self.legend.iter().zip(colours).enumerate().filter(|(_, (w, _))| !w.is_empty())
        {
            let opacity = if index == 3 { 0.25 } else { 1.0 };
            let height = if index == 1 || index == 2 { 3 } else { 11 };
            let _ = write!(
                out,
                "<rect x=\"{x:.0}\" y=\"{}\" width=\"16\" height=\"{height}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>\
                 <text x=\"{:.0}\" y=\"48\">{}</text>",
                44 - height / 2,
                x + 22.0,
                escaped(words)
            );
            let wide: f64 = words.chars().map(|c| if c.is_ascii() { 7.5 } else { 13.5 }).sum();
            x += 44.0 + wide;
        }
    }

    /// Stretches of steps for which something is there.
    fn runs(&self, there: impl Fn(&ChartPoint) -> bool) -> Vec<std::ops::Range<usize>> {
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for (at, _) in self.points.iter().enumerate().filter(|(_, p)| there(p)) {
            match runs.last_mut().filter(|run| run.end == at) {
                Some(run) => run.end = at + 1,
                None => runs.push(at..at + 1),
            }
        }
        runs
    }
}

fn y(value: f64, top: f64) -> f64 {
    let share = (value / top).clamp(0.0, 1.0);
    HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
}

/// A round step of 1, 2 or 5 times a power of ten.
fn tick(at_least: f64) -> f64 {
    let power = 10_f64.powf(at_least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|t| *t >= at_least).unwrap_or(power)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_marks_alarms_shades_bands_and_leaves_gaps() {
        let point = |observed, alarm| ChartPoint {
            label: "2026-03-01".to_owned(),
            observed,
            expected: Some(3.0),
            threshold: Some(6.0),
            band: Some((1.0, 5.0)),
            alarm,
        };
        let points = vec![point(Some(2.0), false), point(None, false), point(Some(9.0), true)];
        let legend = ["病例", "预期", "阈值", "区间", "报警"].map(str::to_owned);
        let chart =
            Chart { title: "甲 <区>".to_owned(), y_label: "例".to_owned(), legend, reference: Some(1.0), points };
        let svg = chart.svg();
        assert_eq!(svg.matches("<polygon").count(), 1);
        assert_eq!(svg.matches("<path").count(), 1);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains("甲 &lt;区&gt;") && !svg.contains("NaN"));
        assert_eq!(tick(23.0), 50.0);
    }
}
