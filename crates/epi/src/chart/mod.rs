//! A chart of counts over time as SVG: bars, expected and threshold lines, shaded uncertainty, alarms marked. Alone, or several
//! below each other.

mod frame;
mod panels;

pub use panels::Panels;

use frame::{Frame, escaped, key, text_width};

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
const TOP: f64 = 64.0;
const BOTTOM: f64 = 44.0;

impl Chart {
    /// The picture, white behind, so that it prints.
    pub fn svg(&self) -> String {
        let mut out = opening(HEIGHT, &self.title);
        let title = escaped(&panels::shortened(&self.title, (WIDTH - LEFT) / 1.25));
        out.push_str(&format!("<text x=\"{LEFT}\" y=\"22\" font-size=\"16\">{title}</text>"));
        let unit = self.whole(frame::tick(self.highest() / 4.0));
        let left = LEFT.max(self.left(unit));
        Frame { chart: self, left, top: TOP, bottom: HEIGHT - BOTTOM, unit }.draw(&mut out);
        key(&mut out, &self.legend, LEFT, 48.0);
        out.push_str("</svg>\n");
        out
    }

    /// The highest value drawn, 1 at least.
    fn highest(&self) -> f64 {
        let of = |p: &ChartPoint| {
            let all = [p.observed, p.expected, p.threshold, p.band.map(|b| b.1)];
            all.into_iter().flatten().filter(|x| x.is_finite()).fold(0.0, f64::max)
        };
        self.points.iter().map(of).chain(self.reference).fold(1.0, f64::max)
    }

    /// Numbers of cases are whole, and so are those beside their axis.
    fn whole(&self, unit: f64) -> f64 {
        let mut counts = self.points.iter().filter_map(|p| p.observed).peekable();
        if counts.peek().is_some() && counts.all(|count| count.fract() == 0.0) { unit.max(1.0) } else { unit }
    }

    /// Room that the label and the numbers of the vertical axis take.
    fn left(&self, unit: f64) -> f64 {
        let widest = (self.highest() / unit).floor() * unit;
        32.0 + text_width(&widest.to_string())
    }
}

/// A picture begins: its size, its name for those who cannot see it, white behind.
fn opening(height: f64, name: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\" role=\"img\"><title>{}</title><rect width=\"{WIDTH}\" height=\"{height}\" fill=\"white\"/>",
        escaped(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "l-5 -9h10z";

    fn chart(title: &str) -> Chart {
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
        Chart { title: title.to_owned(), y_label: "例".to_owned(), legend, reference: Some(1.0), points }
    }

    #[test]
    fn a_chart_marks_alarms_shades_bands_and_leaves_gaps() {
        let svg = chart("甲 <区>").svg();
        assert_eq!(svg.matches("<polygon").count(), 1);
        assert_eq!(svg.matches(MARK).count(), 1);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains("甲 &lt;区&gt;") && !svg.contains("NaN"));
        assert_eq!((frame::tick(23.0), frame::tick_below(23.0), frame::tick_below(0.5)), (50.0, 20.0, 0.5));
    }

    #[test]
    fn panels_have_a_title_each_one_legend_and_a_last_line() {
        let charts = vec![chart("甲镇"), chart("乙镇"), chart("丙镇")];
        let panels = Panels { title: "预警".to_owned(), charts, more: "还有 2 个序列".to_owned() };
        let svg = panels.svg();
        assert!(["甲镇", "乙镇", "丙镇", "还有 2 个序列"].iter().all(|words| svg.matches(words).count() == 1), "{svg}");
        assert_eq!((svg.matches("报警").count(), svg.matches(MARK).count()), (1, 3));
        let tall = |n: usize| Panels { charts: vec![chart("甲"); n], ..panels.clone() }.svg();
        assert_ne!(tall(2).split("viewBox").nth(1).unwrap()[..20], tall(3).split("viewBox").nth(1).unwrap()[..20]);
    }

    #[test]
    fn a_panel_has_two_numbers_above_zero_at_least_and_no_half_cases() {
        for highest in [1.0, 2.0, 9.0, 49.0, 50.0, 99.0, 1234.0] {
            let points = vec![ChartPoint { observed: Some(highest), ..Default::default() }];
            let one = Chart { points, reference: None, y_label: String::new(), ..chart("甲镇") };
            let svg = Panels { title: String::new(), charts: vec![one.clone(), one], more: String::new() }.svg();
            let numbers = svg.matches("text-anchor=\"end\"").count() / 2;
            assert!((if highest < 2.0 { 2..=2 } else { 3..=5 }).contains(&numbers), "{highest}: {numbers}");
            assert!(!svg.contains(">0.5<"));
        }
    }

    #[test]
    fn long_names_keep_their_ends() {
        let of = |which: &str| chart(&format!("{}{which}", "一个很长的名字".repeat(20)));
        let svg = Panels { title: String::new(), charts: vec![of("甲"), of("乙")], more: String::new() }.svg();
        assert!(svg.contains("名字甲<") && svg.contains("名字乙<") && svg.matches('…').count() == 2, "{svg}");
        assert!(of("甲").svg().contains("名字甲</text>"));
    }

    #[test]
    fn one_panel_is_the_chart_itself() {
        let alone = Panels::from(chart("甲镇"));
        assert_eq!(alone.svg(), chart("甲镇").svg());
    }

    #[test]
    fn ten_years_of_days_are_drawn_in_few_strokes_and_each_alarm_is_marked() {
        let point =
            |at: usize| ChartPoint { observed: Some((at % 7) as f64), alarm: at % 100 == 6, ..Default::default() };
        let long = Chart { points: (0..3650).map(point).collect(), ..chart("甲镇") };
        let svg = long.svg();
        assert_eq!(svg.matches(MARK).count(), 37);
        assert!(svg.matches("<rect").count() < 10 && svg.len() < 100_000, "{}", svg.len());
    }

    #[test]
    fn a_label_at_the_right_edge_is_not_cut() {
        let points = (0..50).map(|at| ChartPoint { label: format!("2026-03-{at:02}"), ..Default::default() });
        let svg = Chart { points: points.collect(), ..chart("甲镇") }.svg();
        let before = svg.split(">2026-03-49<").next().unwrap();
        let x: f64 = before.rsplit("x=\"").next().unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(x + text_width("2026-03-49") / 2.0 <= WIDTH, "{x}");
    }
}
