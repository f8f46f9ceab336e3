//! Settings from a file, the environment and flags; flags win over the environment, the environment over the file.

mod fault;
mod file;
mod key;
mod origin;
mod secret;
mod show;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use lianfang_domain::Lang;
use lianfang_store::Settings;

pub(crate) use fault::ConfigFault;
use key::{KEYS, Key};
use origin::Origin;
pub(crate) use show::show;

use crate::args::{ServeArgs, StoreArgs};
use crate::exit::Exit;

/// The name of the file in the data folder.
const FILE: &str = "lianfang.toml";

/// What was set, and where.
#[derive(Debug)]
pub(crate) struct Config {
    values: BTreeMap<&'static str, (String, Origin)>,
    /// The file that was read, if there was one.
    file: Option<PathBuf>,
}

impl Config {
    /// The settings of a command that works with the database.
    pub(crate) fn of(args: &StoreArgs) -> Result<Config, ConfigFault> {
        Config::layered(args.config.as_deref(), &args.given(), &|name| std::env::var(name).ok())
    }

    /// The settings of the server.
    pub(crate) fn of_server(args: &ServeArgs) -> Result<Config, ConfigFault> {
        let mut given = args.store.given();
        given.extend(args.given());
        Config::layered(args.store.config.as_deref(), &given, &|name| std::env::var(name).ok())
    }

    fn layered(
        file: Option<&Path>,
        flags: &[(&'static str, Option<String>)],
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, ConfigFault> {
        let mut values = BTreeMap::new();
        for key in KEYS {
            let flag = flags.iter().find(|(name, _)| *name == key.name).and_then(|(_, value)| value.clone());
            let variable = || environment(&key.variable()).filter(|value| !value.is_empty());
            let set = flag.map(|value| (value, Origin::Flag)).or_else(|| Some((variable()?, Origin::Environment)));
            values.extend(set.map(|set| (key.name, set)));
        }
        let beside = || Some(Path::new(&values.get("data")?.0).join(FILE)).filter(|path| path.is_file());
        let file = file.map(Path::to_owned).or_else(beside);
        if let Some(file) = &file {
            for line in file::read(file)? {
                let origin = Origin::File { file: file.clone(), line: line.line };
                values.entry(line.key.name).or_insert((line.value, origin));
            }
        }
        for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
            values.entry(key.name).or_insert((key.default.to_owned(), Origin::Default));
        }
        Ok(Config { values, file })
    }

    /// A setting, if it is set.
    fn read<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ConfigFault> {
        let Some(((value, origin), key)) = self.values.get(name).zip(Key::of(name)) else { return Ok(None) };
        let wrong = || ConfigFault::WrongValue { key, value: secret::hidden(value), origin: origin.clone() };
        parse(value).map(Some).ok_or_else(wrong)
    }

    fn needed<T>(&self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<T, ConfigFault> {
        let missing = || Key::of(name).map_or_else(|| ConfigFault::Missing(&KEYS[0]), ConfigFault::Missing);
        self.read(name, parse)?.ok_or_else(missing)
    }

    /// Where things are kept.
    pub(crate) fn store(&self) -> Result<Settings, ConfigFault> {
        let path = |text: &str| Some(PathBuf::from(text));
        let data = self.needed("data", path)?;
        Ok(Settings {
            keys: self.read("keys", path)?.unwrap_or_else(|| data.join("keys")),
            database: self.read("database", |text| Some(text.to_owned()))?,
            database_ca: self.read("database_ca", path)?,
            node: self.needed("node", |text| text.parse().ok())?,
            data,
        })
    }

    /// Where to listen.
    pub(crate) fn listen(&self) -> Result<SocketAddr, ConfigFault> {
        self.needed("listen", |text| text.parse().ok())
    }

    /// Where to answer whoever watches the system.
    pub(crate) fn metrics_listen(&self) -> Result<Option<SocketAddr>, ConfigFault> {
        let loopback = |address: &SocketAddr| address.ip().is_loopback();
        self.read("metrics_listen", |text| text.parse().ok().filter(loopback))
    }

    /// Whether browsers come by https, through a proxy or to this server's own certificate.
    pub(crate) fn https(&self) -> Result<bool, ConfigFault> {
        Ok(self.needed("https", switch)? || self.tls()?.is_some())
    }

    /// The files of this server's own certificate and its key.
    pub(crate) fn tls(&self) -> Result<Option<(PathBuf, PathBuf)>, ConfigFault> {
        let path = |text: &str| Some(PathBuf::from(text));
        let (certificate, key) = (self.read("tls_certificate", path)?, self.read("tls_key", path)?);
        if certificate.is_none() && key.is_none() {
            return Ok(None);
        }
        Ok(Some((self.needed("tls_certificate", path)?, self.needed("tls_key", path)?)))
    }
}

fn switch(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Says what is wrong with the settings.
pub(crate) fn explain(fault: &ConfigFault, lang: Lang) -> Exit {
    eprintln!("{}", fault.words(lang));
    Exit::Usage
}

#[cfg(test)]
mod tests;
