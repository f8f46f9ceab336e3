//! Takes the marks inside a line of Markdown off.

/// What may stand right after a blacked-out name: the units that names of places end in.
const UNITS: [char; 16] =
    ['省', '市', '县', '区', '旗', '州', '盟', '镇', '乡', '村', '街', '路', '局', '办', '院', '万'];

/// The line without the marks of emphasis, code, links and pictures; counts the pictures.
pub(super) fn plain(line: &str, images: &mut usize) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    let mut exhausted = Exhausted::default();
    while let Some(at) = rest.find(['*', '`', '\\', '[', '!']) {
        let (before, marked) = rest.split_at(at);
        text.push_str(before);
        rest = strip_mark(marked, &mut text, images, &mut exhausted);
    }
    text.push_str(rest);
    text
}

/// Which closing marks are known not to come any more, so that each is looked for only once.
#[derive(Default)]
struct Exhausted {
    stars: bool,
    ticks: bool,
}

/// Writes what the mark at the start stands for and returns what follows.
fn strip_mark<'l>(marked: &'l str, text: &mut String, images: &mut usize, exhausted: &mut Exhausted) -> &'l str {
    if let Some(rest) = marked.strip_prefix("**") {
        if let Some((inner, rest)) = emphasis(rest, &mut exhausted.stars) {
            text.push_str(inner);
            return rest;
        }
        text.push_str("**");
        return rest;
    }
    if let Some(rest) = marked.strip_prefix('`')
        && let Some((inner, rest)) = cut(rest, "`", &mut exhausted.ticks)
    {
        text.push_str(inner);
        return rest;
    }
    if let Some(rest) = marked.strip_prefix("![")
        && let Some((_, rest)) = link(rest)
    {
        *images += 1;
        return rest;
    }
    if let Some(rest) = marked.strip_prefix('[')
        && let Some((label, rest)) = link(rest)
    {
        text.push_str(label);
        return rest;
    }
    keep_one(marked, text)
}

/// Keeps the character, or the one that a backslash protects.
fn keep_one<'l>(marked: &'l str, text: &mut String) -> &'l str {
    let mut chars = marked.chars();
    let first = chars.next();
    let mut after = chars.clone();
    match after.next() {
        Some(protected) if first == Some('\\') && protected.is_ascii_punctuation() => {
            text.push(protected);
            after.as_str()
        }
        _ => {
            text.extend(first);
            chars.as_str()
        }
    }
}

/// What stands between here and a closing pair of stars, unless the stars black out a name.
fn emphasis<'l>(rest: &'l str, exhausted: &mut bool) -> Option<(&'l str, &'l str)> {
    let (inner, after) = cut(rest, "**", exhausted)?;
    let is_tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
    let is_name = inner.chars().nth(1).is_none() || (inner.starts_with(UNITS) && after.starts_with(UNITS));
    (is_tight && !is_name && !inner.contains('*') && !after.starts_with('*')).then_some((inner, after))
}

/// `label](target)`, with the opening bracket already gone.
///
/// Each search stops where another link could begin, so that no text is searched twice.
fn link(rest: &str) -> Option<(&str, &str)> {
    let (label, after) = rest.split_at(rest.find(['[', ']'])?);
    let target = after.strip_prefix("](")?;
    let end = target.find(['(', ')', '[', ' '])?;
    let after = target.get(end..)?.strip_prefix(')')?;
    Some((label, after))
}

fn cut<'l>(rest: &'l str, mark: &str, exhausted: &mut bool) -> Option<(&'l str, &'l str)> {
    if *exhausted {
        return None;
    }
    let found = rest.split_once(mark);
    *exhausted = found.is_none();
    found
}

#[cfg(test)]
mod tests {
    fn plain(line: &str) -> String {
        super::plain(line, &mut 0)
    }

    #[test]
    fn emphasis_code_and_links_lose_their_marks() {
        let cases = [
            ("由**县指挥部**负责", "由县指挥部负责"),
            ("**一、总则** 为了**", "一、总则 为了**"),
            ("用`*县`表示", "用*县表示"),
            ("见[附件](a.docx)", "见附件"),
            ("![图](a.png)见图", "见图"),
            (r"\*县\[2020\]12号", "*县[2020]12号"),
            ("青岚办发[2020]12号", "青岚办发[2020]12号"),
        ];
        for (line, expected) in cases {
            assert_eq!(plain(line), expected);
        }
    }

    #[test]
    fn stars_that_black_out_names_stay() {
        let lines = ["**县**镇", "“*”*”*”", "**市卫健局和**镇政府", "***万人", "** 县 **"];
        for line in lines {
            assert_eq!(plain(line), line);
        }
    }
}
