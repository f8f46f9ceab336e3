use std::env;

use lianfang_domain::Lang;

use crate::args::LangArg;

/// The language asked for, else that of `LIANFANG_LANG`, else that of `LANG`, else Chinese.
pub(crate) fn choose(asked: Option<LangArg>) -> Lang {
    match asked {
        Some(LangArg::Zh) => Lang::Zh,
        Some(LangArg::En) => Lang::En,
        None => from_environment(env::var("LIANFANG_LANG").ok().as_deref(), env::var("LANG").ok().as_deref()),
    }
}

/// The language before the arguments are understood, for messages about the arguments themselves.
pub(crate) fn guess(arguments: &[String]) -> Lang {
    let asked = arguments.iter().enumerate().find_map(|(at, argument)| match argument.strip_prefix("--lang") {
        Some("") => arguments.get(at + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    match asked {
        Some("en") => Lang::En,
        Some("zh") => Lang::Zh,
        _ => choose(None),
    }
}

fn from_environment(own: Option<&str>, general: Option<&str>) -> Lang {
    let wish = own.filter(|value| !value.is_empty()).or(general).unwrap_or_default();
    if wish.to_ascii_lowercase().starts_with("en") { Lang::En } else { Lang::Zh }
}

#[cfg(test)]
mod tests {
    use super::{from_environment, guess};
    use lianfang_domain::Lang;

    #[test]
    fn chinese_unless_the_environment_says_english() {
        let cases = [
            (None, None, Lang::Zh),
            (None, Some("C.UTF-8"), Lang::Zh),
            (None, Some("en_GB.UTF-8"), Lang::En),
            (Some("zh"), Some("en_GB.UTF-8"), Lang::Zh),
            (Some("en"), Some("zh_CN.UTF-8"), Lang::En),
            (Some(""), Some("en_US"), Lang::En),
        ];
        for (own, general, expected) in cases {
            assert_eq!(from_environment(own, general), expected, "{own:?} {general:?}");
        }
    }

    #[test]
    fn the_language_is_known_even_when_the_rest_of_the_line_is_wrong() {
        let line = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(guess(&line(&["plan", "raed", "--lang", "en"])), Lang::En);
        assert_eq!(guess(&line(&["--lang=en", "plan"])), Lang::En);
    }
}
