use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{
    fault::ConfigFault,
    key::{Key, Kind},
};

/// A setting as it stands in a file.
pub(super) struct Line {
    pub(super) key: &'static Key,
    pub(super) value: String,
    pub(super) line: usize,
}

/// Reads a file of settings.
pub(super) fn read(path: &Path) -> Result<Vec<Line>, ConfigFault> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigFault::Unreadable { file: path.to_owned(), why: error.to_string() })?;
    lines(&text, path)
}

fn lines(text: &str, path: &Path) -> Result<Vec<Line>, ConfigFault> {
    let line_at = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| ConfigFault::NotToml {
        file: path.to_owned(),
        line: error.span().map_or(1, |span| line_at(span.start)),
        why: error.message().to_owned(),
    })?;
    let mut found = Vec::new();
    for (name, value) in table.get_ref() {
        let (line, name) = (line_at(name.span().start), name.get_ref().as_ref());
        let file = path.to_owned();
        let Some(key) = Key::of(name) else {
            return Err(ConfigFault::Unknown { file, line, name: name.to_owned(), nearest: Key::nearest(name) });
        };
        let Some(value) = text_of(key, value.get_ref(), path) else {
            return Err(ConfigFault::WrongKind { file, line, key });
        };
        found.push(Line { key, value, line });
    }
    Ok(found)
}

/// The value as text; none when it is of another kind than the setting takes.
fn text_of(key: &Key, value: &DeValue<'_>, path: &Path) -> Option<String> {
    match key.kind {
        Kind::Path => {
            let folder = path.parent().unwrap_or(Path::new(""));
            Some(folder.join(value.as_str()?).display().to_string())
        }
        Kind::Database | Kind::Listen | Kind::Loopback => value.as_str().map(str::to_owned),
        Kind::Number => value.as_integer().map(|n| n.as_str().to_owned()),
        Kind::Switch => value.as_bool().map(|on| on.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use lianfang_domain::Lang;

    use super::*;

    fn refused(text: &str) -> String {
        lines(text, Path::new("a.toml")).err().map(|fault| fault.words(Lang::En)).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named_with_its_line() {
        let cases = [
            ("# a\nlisten = \"x\"\nlisen = 1\n", "a.toml:3: there is no setting “lisen”. Did you mean “listen”?"),
            ("node = \"7\"\n", "a.toml:1: node takes a whole number"),
            ("\n\nhttps = 1\n", "a.toml:3: https takes true or false"),
            ("keys = \n", "a.toml:1: "),
            ("[server]\nlisten = \"x\"\n", "a.toml:1: there is no setting “server”"),
        ];
        for (text, words) in cases {
            assert!(refused(text).starts_with(words), "{text}: {}", refused(text));
        }
        assert_eq!(refused("node = 7\nhttps = true\n"), "");
    }

    #[test]
    fn paths_count_from_the_folder_of_the_file() {
        let found = lines("keys = \"keys\"\ndata = \"/d\"\n", Path::new("/etc/lianfang/a.toml")).ok();
        let mut values: Vec<_> = found.into_iter().flatten().map(|line| line.value).collect();
        values.sort_unstable();
        assert_eq!(values, ["/d", "/etc/lianfang/keys"]);
    }
}
