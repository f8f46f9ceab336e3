//! Small charts below each other in one picture: one legend, each with its own title and axes.

use super::frame::{Frame, escaped, key, text_width, tick_below};
use super::{Chart, LEFT, WIDTH, opening};

/// Charts to be drawn below each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// What they show together.
    pub title: String,
    /// The charts from above; one alone is drawn large, with its own title only.
    pub charts: Vec<Chart>,
    /// A last line, such as what is not drawn; may be empty.
    pub more: String,
}

/// Above the first panel: the title and the legend.
const HEAD: f64 = 60.0;
const PANEL: f64 = 168.0;
/// From the upper edge of a panel to the words of its title, the highest and the lowest value. Marks stand above the highest.
const NAME: f64 = 20.0;
const PLOT_TOP: f64 = 42.0;
const PLOT_BOTTOM: f64 = 136.0;
const FOOT: f64 = 36.0;

impl From<Chart> for Panels {
    fn from(chart: Chart) -> Panels {
        Panels { title: String::new(), charts: vec![chart], more: String::new() }
    }
}

impl Panels {
    /// The picture, white behind, so that it prints.
    pub fn svg(&self) -> String {
        if let [chart] = self.charts.as_slice()
            && self.more.is_empty()
        {
            return chart.svg();
        }
        let below = HEAD + PANEL * self.charts.len() as f64;
        let mut out = opening(below + if self.more.is_empty() { 8.0 } else { FOOT }, &self.title);
        out.push_str(&format!("<text x=\"{LEFT}\" y=\"24\" font-size=\"16\">{}</text>", escaped(&self.title)));
        key(&mut out, &self.legend(), LEFT, 48.0);
        // One left edge for all, so that the panels can be compared.
        let left = self.charts.iter().map(|c| c.left(unit(c))).fold(LEFT, f64::max);
        for (at, chart) in self.charts.iter().enumerate() {
            let upper = HEAD + PANEL * at as f64;
            let name = escaped(&shortened(&chart.title, (WIDTH - left) / 1.1));
            let y = upper + NAME;
            out.push_str(&format!("<text x=\"{left}\" y=\"{y}\" font-size=\"14\" font-weight=\"bold\">{name}</text>"));
            Frame { chart, left, top: upper + PLOT_TOP, bottom: upper + PLOT_BOTTOM, unit: unit(chart) }.draw(&mut out);
        }
        if !self.more.is_empty() {
            let (y, more) = (below + 20.0, escaped(&self.more));
            out.push_str(&format!("<text x=\"{LEFT}\" y=\"{y}\">{more}</text>"));
        }
        out.push_str("</svg>\n");
        out
    }

    /// What any of the charts explains.
    fn legend(&self) -> [String; 5] {
        std::array::from_fn(|at| {
            let words = self.charts.iter().map(|c| &c.legend[at]).find(|words| !words.is_empty());
            words.cloned().unwrap_or_default()
        })
    }
}

/// A low panel has room for two to four numbers above zero.
fn unit(chart: &Chart) -> f64 {
    chart.whole(tick_below(chart.highest() / 2.0))
}

/// A text that has no room gives up its middle: names often differ at the end.
pub(super) fn shortened(text: &str, room: f64) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let (mut head, mut tail) = (String::new(), String::new());
    for (first, last) in letters.iter().zip(letters.iter().rev()) {
        if text_width(&head) + text_width(&tail) + 40.0 > room {
            break;
        }
        head.push(*first);
        tail.insert(0, *last);
    }
    format!("{head}…{tail}")
}
