use std::fmt::Write;

use super::{BLUE, Mark, SOFT, begin, draw, escaped};

/// Bars by area, one below the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bars {
    /// Tells it apart from others on the page.
    pub(crate) key: String,
    /// What it shows.
    pub(crate) title: String,
    /// What is counted.
    pub(crate) unit: String,
    /// The bars in their order.
    pub(crate) rows: Vec<BarRow>,
}

/// One bar.
#[derive(Clone, Debug, Default)]
pub(crate) struct BarRow {
    /// What it is of.
    pub(crate) label: String,
    /// Its figure in words.
    pub(crate) shown: String,
    /// What is known.
    pub(crate) mark: Mark,
}

const WIDTH: f64 = 760.0;
const ROW: f64 = 28.0;
const TOP: f64 = 30.0;
const LEFT: f64 = 130.0;
const RIGHT: f64 = 190.0;

/// The picture of bars.
pub(crate) fn bars_svg(bars: &Bars) -> String {
    let height = TOP + ROW * bars.rows.len().max(1) as f64 + 8.0;
    let mut out = begin(WIDTH, height, &bars.title, &bars.key);
    let values = || bars.rows.iter().filter_map(|row| row.mark.value());
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let span = if high - low < 1e-9 { 1.0 } else { high - low };
    let x = |value: f64| LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / span;
    draw!(
        out,
        "<text x=\"{}\" y=\"18\" text-anchor=\"end\" fill=\"{SOFT}\">{}</text>",
        WIDTH - 8.0,
        escaped(&bars.unit)
    );
    for (at, row) in bars.rows.iter().enumerate() {
        let y = TOP + ROW * at as f64;
        draw!(
            out,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            y + 18.0,
            escaped(&row.label)
        );
        let end = match row.mark {
            Mark::Missing => {
                let width = WIDTH - LEFT - RIGHT;
                draw!(
                    out,
                    "<rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{width}\" height=\"18\" fill=\"url(#hatch-{})\"/>",
                    y + 4.0,
                    bars.key
                );
                LEFT + width
            }
            Mark::Nothing => LEFT,
            Mark::Whole(value) | Mark::Partial(value) if value.is_finite() => {
                let (from, to) = (x(value.min(0.0)), x(value.max(0.0)));
                // A part of a sum is open at its end: it is at least so long.
                let (fill, dashes) = if matches!(row.mark, Mark::Partial(_)) { ("#cfe0f0", "4 3") } else { (BLUE, "") };
                draw!(
                    out,
                    "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"18\" fill=\"{fill}\" stroke=\"{BLUE}\" stroke-dasharray=\"{dashes}\"/>",
                    y + 4.0,
                    (to - from).max(1.0)
                );
                to
            }
            Mark::Whole(_) | Mark::Partial(_) => LEFT,
        };
        draw!(out, "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>", end + 8.0, y + 18.0, escaped(&row.shown));
    }
    out.push_str("</svg>");
    out
}
