use lianfang_domain::Lang;

use super::{Config, ConfigFault, explain, key::KEYS, secret};
use crate::args::ServeArgs;
use crate::exit::Exit;
use crate::out::{self, Destination};

/// Prints every setting that counts, and where each came from.
pub(crate) fn show(args: &ServeArgs, lang: Lang) -> Exit {
    let shown = Config::of_server(args).and_then(|config| rows(&config, lang).map(|rows| (config, rows)));
    let (config, rows) = match shown {
        Ok(shown) => shown,
        Err(fault) => return explain(&fault, lang),
    };
    let name_width = rows.iter().map(|row| row[0].len()).max().unwrap_or(0);
    let value_width = rows.iter().map(|row| row[1].chars().count()).max().unwrap_or(0);
    out::write(&Destination::Screen, lang, |out| {
        match &config.file {
            Some(file) => writeln!(out, "# {}", file.display())?,
            None => writeln!(out, "# {}", lang.pick("没有配置文件", "no configuration file"))?,
        }
        for [name, value, origin] in &rows {
            writeln!(out, "{name:name_width$}  {value:value_width$}  {origin}")?;
        }
        Ok(())
    })
}

/// Name, value and origin of each setting. A value that cannot be one is an error here too.
fn rows(config: &Config, lang: Lang) -> Result<Vec<[String; 3]>, ConfigFault> {
    let settings = config.store()?;
    config.listen()?;
    config.https()?;
    config.metrics_listen()?;
    let row = |key: &super::Key| {
        let set = config.values.get(key.name);
        let value = match (set, key.name) {
            (Some((value, _)), _) => secret::hidden(value),
            (None, "keys") => settings.keys.display().to_string(),
            (None, _) => "—".to_owned(),
        };
        let origin = set.map_or(&super::Origin::Default, |(_, origin)| origin);
        [key.name.to_owned(), value, origin.words(key, lang)]
    };
    Ok(KEYS.iter().map(row).collect())
}
