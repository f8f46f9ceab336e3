//! As much of Rust's syntax as the house rules need: what is code, where words and functions begin and end.

pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether the text holds the word with nothing around it that would make it part of another.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let starts_word = word.starts_with(is_word);
        let ends_word = word.ends_with(is_word);
        let part_of_longer =
            starts_word && text[..at].ends_with(is_word) || ends_word && text[at + word.len()..].starts_with(is_word);
        !part_of_longer
    })
}

/// How many characters a comment, text or character at the start takes; 0 if there is none.
fn skipped(rest: &[char], before: char) -> usize {
    let until = |from: usize, end: &[char]| {
        (from..rest.len()).find(|&i| rest[i..].starts_with(end)).map_or(rest.len(), |i| i + end.len())
    };
    match rest {
        ['/', '/', ..] => rest.iter().position(|&c| c == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => until(2, &['*', '/']),
        ['r', '"' | '#', ..] if !is_word(before) => {
            let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
            let mut end = vec!['"'];
            end.resize(hashes + 1, '#');
            if rest.get(1 + hashes) == Some(&'"') { until(2 + hashes, &end) } else { 0 }
        }
        ['"', ..] => {
            let mut i = 1;
            while i < rest.len() && rest[i] != '"' {
                i += if rest[i] == '\\' { 2 } else { 1 };
            }
            (i + 1).min(rest.len())
        }
        ['\'', '\\', _, ..] => until(3, &['\'']),
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

/// The program without comments, texts and characters; lines stay where they are.
pub(crate) fn code_only(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut code = String::with_capacity(source.len());
    let mut i = 0;
    while i < chars.len() {
        let before = i.checked_sub(1).map_or(' ', |j| chars[j]);
        let length = skipped(&chars[i..], before);
        if length == 0 {
            code.push(chars[i]);
            i += 1;
        } else {
            code.extend(chars[i..i + length].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            i += length;
        }
    }
    code
}

/// A function: its name, first and last line.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Every function with a body.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let name: String = code[at + 3..].chars().take_while(|&c| is_word(c)).collect();
        if code[..at].ends_with(is_word) || name.is_empty() {
            continue;
        }
        let (mut brackets, mut braces) = (0, 0);
        for (offset, c) in code[at..].char_indices() {
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                '{' => braces += 1,
                '}' => braces -= 1,
                ';' if brackets == 0 && braces == 0 => break,
                _ => {}
            }
            if c == '}' && braces == 0 {
                found.push(Function { name, first: line_of(at), last: line_of(at + offset) });
                break;
            }
        }
    }
    found
}

/// Whether the attributes and comments right above a line expect a long function.
pub(crate) fn expects_long(lines: &[&str], first: usize) -> bool {
    let above = lines[..first - 1].iter().rev().map(|line| line.trim());
    above
        .take_while(|line| line.starts_with("//") || line.starts_with('#') || line.ends_with(")]"))
        .any(|line| line.contains("too_many_lines"))
}
