use std::sync::{Arc, LazyLock};

use lianfang_domain::{Lang, indicator::Figure, sitrep::ChartPoint};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::words::SitrepWords;
use crate::{
    Fault,
    chart::{Line, LinePoint, LineSeries, Mark, line_svg},
};

/// How many dots there are for one of the picture's units, so that it is sharp in print.
const DOTS: f32 = 2.0;

/// The fonts of the machine. Where none has Chinese signs the numbers still stand, and the words are in the caption.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// The course of a figure as SVG; `key` tells it apart from others on the page.
pub(super) fn svg(caption: &str, unit: &str, points: &[ChartPoint], key: usize, lang: Lang) -> String {
    let point = |point: &ChartPoint| LinePoint {
        label: point.label.clone(),
        mark: match (point.figure, point.at_least) {
            (Some(Figure::Known(amount)), _) => Mark::Whole(amount.approximately()),
            (Some(Figure::NotApplicable), _) => Mark::Nothing,
            (_, Some(amount)) => Mark::Partial(amount.approximately()),
            _ => Mark::Missing,
        },
    };
    let series = LineSeries { name: caption.to_owned(), points: points.iter().map(point).collect() };
    line_svg(&Line {
        key: format!("s{key}"),
        title: caption.to_owned(),
        unit: unit.to_owned(),
        missing: SitrepWords(lang).missing().to_owned(),
        series: vec![series],
    })
}

/// A picture of dots from SVG, with its width and height in dots.
///
/// # Errors
/// [`Fault::Broken`] when the picture cannot be drawn.
pub(super) fn png(svg: &str) -> Result<(Vec<u8>, u32, u32), Fault> {
    let broken = |what: String| Fault::Broken(format!("a picture cannot be drawn: {what}"));
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| broken(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(DOTS).ok_or_else(|| broken("its size".to_owned()))?;
    let mut dots = Pixmap::new(size.width(), size.height()).ok_or_else(|| broken("its size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(DOTS, DOTS), &mut dots.as_mut());
    let bytes = dots.encode_png().map_err(|error| broken(error.to_string()))?;
    Ok((bytes, size.width(), size.height()))
}
