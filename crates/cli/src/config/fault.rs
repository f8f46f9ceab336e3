use std::path::PathBuf;

use lianfang_domain::Lang;

use super::{
    key::{Key, Kind},
    origin::Origin,
};

/// What keeps the settings from being understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ConfigFault {
    /// The file cannot be read.
    Unreadable { file: PathBuf, why: String },
    /// The file is not TOML.
    NotToml { file: PathBuf, line: usize, why: String },
    /// There is no such setting.
    Unknown { file: PathBuf, line: usize, name: String, nearest: Option<&'static str> },
    /// The file gives a text where a number belongs, and the like.
    WrongKind { file: PathBuf, line: usize, key: &'static Key },
    /// The value cannot be one.
    WrongValue { key: &'static Key, value: String, origin: Origin },
    /// The setting is needed and set nowhere.
    Missing(&'static Key),
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.name == other.name
    }
}

impl ConfigFault {
    /// What is wrong, where, and what to do.
    pub(crate) fn words(&self, lang: Lang) -> String {
        match self {
            ConfigFault::Unreadable { file, why } => lang.pick(
                format!("读不了配置文件 {}：{why}", file.display()),
                format!("The configuration {} cannot be read: {why}", file.display()),
            ),
            ConfigFault::NotToml { file, line, why } => lang.pick(
                format!("{}:{line}: 不是正确的 TOML：{why}", file.display()),
                format!("{}:{line}: this is not TOML: {why}", file.display()),
            ),
            ConfigFault::Unknown { file, line, name, nearest } => {
                let mut words = lang.pick(
                    format!("{}:{line}: 没有“{name}”这个配置项。", file.display()),
                    format!("{}:{line}: there is no setting “{name}”.", file.display()),
                );
                if let Some(nearest) = nearest {
                    words.push_str(&lang.pick(format!("是不是“{nearest}”？"), format!(" Did you mean “{nearest}”?")));
                }
                words
            }
            ConfigFault::WrongKind { file, line, key } => {
                let takes = takes(key.kind, lang);
                let (file, name) = (file.display(), key.name);
                lang.pick(format!("{file}:{line}: {name} 应为{takes}"), format!("{file}:{line}: {name} takes {takes}"))
            }
            ConfigFault::WrongValue { key, value, origin } => {
                let (takes, origin) = (takes(key.kind, lang), origin.words(key, lang));
                lang.pick(
                    format!("{origin}：不能是“{value}”，应为{takes}"),
                    format!("{origin}: “{value}” will not do; it takes {takes}"),
                )
            }
            ConfigFault::Missing(key) => {
                let (flag, variable, name) = (key.flag(), key.variable(), key.name);
                lang.pick(
                    format!("还缺少：{flag}（或环境变量 {variable}，或配置文件中的 {name}）。"),
                    format!(
                        "Still missing: {flag} (or {variable} in the environment, or {name} in the configuration)."
                    ),
                )
            }
        }
    }
}

/// What a setting takes, in words.
fn takes(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Path => lang.pick("加引号的路径", "a path in quotes"),
        Kind::Database => lang.pick(
            "加引号的地址，如 \"postgres://lianfang@localhost/lianfang\"",
            "an address in quotes, such as \"postgres://lianfang@localhost/lianfang\"",
        ),
        Kind::Number => lang.pick("0 到 255 的整数", "a whole number from 0 to 255"),
        Kind::Listen => {
            lang.pick("地址和端口，如 \"127.0.0.1:8080\"", "an address with a port, such as \"127.0.0.1:8080\"")
        }
        Kind::Loopback => lang.pick(
            "本机地址和端口，如 \"127.0.0.1:9090\"（不得向外开放）",
            "an address of this machine itself with a port, such as \"127.0.0.1:9090\" (never open to others)",
        ),
        Kind::Switch => lang.pick("true 或 false", "true or false"),
    }
}
