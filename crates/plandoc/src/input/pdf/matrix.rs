//! Places on a page.

/// An affine map `[a b c d e f]`, as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This map first, then `outer`.
    pub(super) fn then(self, outer: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [oa, ob, oc, od, oe, of] = outer.0;
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    /// Where a point comes to lie.
    pub(super) fn place(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The direction in which text runs.
    pub(super) fn direction(self) -> (f64, f64) {
        let [a, b, ..] = self.0;
        let length = a.hypot(b);
        if length > 0.0 && length.is_finite() { (a / length, b / length) } else { (1.0, 0.0) }
    }

    /// How much larger things become, across the direction of the text.
    pub(super) fn height(self) -> f64 {
        let [_, _, c, d, ..] = self.0;
        c.hypot(d)
    }
}
