/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file or folder. In a file of settings it counts from the folder of that file.
    Path,
    /// The address of a database, in which a password may stand.
    Database,
    /// A whole number.
    Number,
    /// An address to listen on.
    Listen,
    /// An address to listen on that only this machine reaches.
    Loopback,
    /// On or off.
    Switch,
}

/// A setting.
#[derive(Debug)]
pub(crate) struct Key {
    /// Its name in a file of settings.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// What counts when it is set nowhere; empty when nothing does.
    pub(crate) default: &'static str,
}

/// Every setting. The name tells its flag (`--tls-key`) and its name in the environment (`LIANFANG_TLS_KEY`).
pub(crate) const KEYS: &[Key] = &[
    Key { name: "data", kind: Kind::Path, default: "" },
    Key { name: "keys", kind: Kind::Path, default: "" },
    Key { name: "database", kind: Kind::Database, default: "" },
    Key { name: "database_ca", kind: Kind::Path, default: "" },
    Key { name: "node", kind: Kind::Number, default: "0" },
    Key { name: "listen", kind: Kind::Listen, default: "127.0.0.1:8080" },
    Key { name: "https", kind: Kind::Switch, default: "false" },
    Key { name: "tls_certificate", kind: Kind::Path, default: "" },
    Key { name: "tls_key", kind: Kind::Path, default: "" },
    Key { name: "metrics_listen", kind: Kind::Loopback, default: "" },
];

impl Key {
    /// The setting of a name.
    pub(crate) fn of(name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The setting whose name is most like this one.
    pub(crate) fn nearest(name: &str) -> Option<&'static str> {
        let likeness = |key: &Key| strsim::jaro_winkler(&name.to_lowercase(), key.name);
        let nearest = KEYS.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        nearest.filter(|key| likeness(key) > 0.7).map(|key| key.name)
    }

    /// Its flag.
    pub(crate) fn flag(&self) -> String {
        format!("--{}", self.name.replace('_', "-"))
    }

    /// Its name in the environment.
    pub(crate) fn variable(&self) -> String {
        format!("LIANFANG_{}", self.name.to_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_is_told_apart_from_one_that_is_like_none() {
        for (typed, nearest) in [("lisen", Some("listen")), ("Database", Some("database")), ("colour", None)] {
            assert_eq!(Key::nearest(typed), nearest, "{typed}");
        }
    }
}
