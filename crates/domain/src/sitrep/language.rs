use crate::Lang;

/// The language that a text is written in, whoever reads it: its figures, head and signs are in the same. None where there
/// are no words yet. Names of places stay Chinese in English texts, so that the greater part decides.
pub fn language_of(text: &str) -> Option<Lang> {
    let (mut n_han, mut n_latin) = (0_usize, 0_usize);
    let mut rest = text;
    while !rest.is_empty() {
        // What stands between braces is a name, and no name has a language of its own.
        let (words, after) = rest.split_once("{{").unwrap_or((rest, ""));
        n_han += words.chars().filter(|sign| ('\u{4e00}'..='\u{9fff}').contains(sign)).count();
        n_latin += words.chars().filter(char::is_ascii_alphabetic).count();
        rest = after.split_once("}}").map_or("", |(_, rest)| rest);
    }
    // A Chinese sign says as much as some three letters.
    match (n_han * 3).cmp(&n_latin) {
        std::cmp::Ordering::Less => Some(Lang::En),
        _ if n_han > 0 => Some(Lang::Zh),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greater_part_of_the_words_tells_the_language() {
        let cases = [
            ("# {{area}}: how it stands\nPersons in 石桥镇 were screened: {{摸排人数}}.", Some(Lang::En)),
            ("# {{事件}}情况\n截至{{as_of}}，见附件 A。", Some(Lang::Zh)),
            ("{{摸排人数}}", None),
            ("12 {{", None),
            ("", None),
        ];
        for (text, lang) in cases {
            assert_eq!(language_of(text), lang, "{text}");
        }
    }
}
