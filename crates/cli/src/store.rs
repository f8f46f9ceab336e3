//! Opening the database for a command.

use lianfang_domain::Lang;
use lianfang_store::{Settings, Store, StoreError};

use crate::args::StoreArgs;
use crate::clock;
use crate::config::{self, Config};
use crate::exit::Exit;

/// What flags, environment and configuration say about where things are kept.
pub(crate) fn settings(args: &StoreArgs, lang: Lang) -> Result<Settings, Exit> {
    Config::of(args).and_then(|config| config.store()).map_err(|fault| config::explain(&fault, lang))
}

/// Opens it, or says why not.
pub(crate) async fn open(args: &StoreArgs, lang: Lang) -> Result<Store, Exit> {
    open_at(&settings(args, lang)?, lang).await
}

/// The same with settings that are known.
pub(crate) async fn open_at(settings: &Settings, lang: Lang) -> Result<Store, Exit> {
    Store::open(settings, clock::now().as_millisecond()).await.map_err(|error| {
        eprintln!("{}", words(&error, lang));
        Exit::Unavailable
    })
}

/// An error of the store, for whoever typed the command.
pub(crate) fn words(error: &StoreError, lang: Lang) -> String {
    lang.pick(format!("数据库打不开或出错：{error}"), format!("The database could not be opened or failed: {error}"))
}

/// A runtime for commands that work with the database.
pub(crate) fn runtime(lang: Lang) -> Result<tokio::runtime::Runtime, Exit> {
    tokio::runtime::Runtime::new().map_err(|error| {
        eprintln!("{}", lang.pick(format!("无法启动：{error}"), format!("Could not start: {error}")));
        Exit::Unavailable
    })
}
