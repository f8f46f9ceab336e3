use super::CleanLine;

/// What a document whose lines were broken at a fixed width looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrapping {
    /// Width of a full line; a Han character counts two.
    pub(super) width: u32,
    /// Whether a paragraph shows by the indent of its first line.
    pub(super) by_indent: bool,
}

/// Width of a line as printed.
pub(super) fn width(text: &str) -> u32 {
    // One for an ASCII byte, two for the first byte of any other character, nothing for the bytes behind it.
    text.bytes().map(|b| if b.is_ascii() { 1 } else { 2 * u32::from(b >= 0xC0) }).sum()
}

/// Finds out whether lines were broken at a fixed width, as in text copied from a PDF.
pub(super) fn wrapping(lines: &[CleanLine]) -> Option<Wrapping> {
    let mut widths: Vec<u32> = lines.iter().map(|line| width(&line.text) + line.indent).collect();
    if widths.len() < 12 {
        return None;
    }
    widths.sort_unstable();
    let full = widths[widths.len() * 95 / 100];
    let longest = widths[widths.len() - 1];
    if !(36..=130).contains(&full) || longest > full + full / 4 {
        return None;
    }
    let near_full = widths.iter().filter(|&&w| w * 100 >= full * 85).count();
    let unfinished = lines
        .iter()
        .filter(|line| (width(&line.text) + line.indent) * 100 >= full * 85 && !super::ends_closed(&line.folded))
        .count();
    let indented = lines.iter().filter(|line| line.indent >= 2).count();
    (near_full * 100 >= widths.len() * 35 && unfinished * 2 >= near_full).then_some(Wrapping {
        width: full,
        by_indent: indented * 100 >= lines.len() * 12 && indented * 100 <= lines.len() * 75,
    })
}
