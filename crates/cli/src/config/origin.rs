use std::path::PathBuf;

use lianfang_domain::Lang;

use super::key::Key;

/// Where the value of a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A flag of the command.
    Flag,
    /// The environment.
    Environment,
    /// A line of a file.
    File { file: PathBuf, line: usize },
    /// Nobody set it.
    Default,
}

impl Origin {
    /// The place in words.
    pub(crate) fn words(&self, key: &Key, lang: Lang) -> String {
        match self {
            Origin::Flag => key.flag(),
            Origin::Environment => {
                lang.pick(format!("环境变量 {}", key.variable()), format!("{} (environment)", key.variable()))
            }
            Origin::File { file, line } => format!("{}:{line}", file.display()),
            Origin::Default => lang.pick("缺省", "default").to_owned(),
        }
    }
}
