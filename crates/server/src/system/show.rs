use askama::Template;

use super::words::SystemWords;
use crate::{Frame, fault::PageResult, page::page, shown::grouped, visit::Visit};

/// The state of the system.
#[derive(Template)]
#[template(path = "system/show.html")]
pub(crate) struct SystemPage {
    frame: Frame,
    t: SystemWords,
    database: &'static str,
    schema: String,
    data: String,
    users: String,
    unfit: Vec<String>,
    commands: Vec<String>,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = SystemWords(visit.lang);
    let store = visit.app.store();
    let data = store.settings().data.display().to_string();
    let commands = ["backup FILE.db", "audit verify", "doctor"].map(|what| format!("lianfang {what} --data {data}"));
    page(&SystemPage {
        frame: visit.frame(t.title(), Vec::new()),
        t,
        database: store.database_name(),
        schema: store.migrated().to.to_string(),
        users: grouped(store.n_users().await?),
        unfit: store.unfit_statements().await?,
        commands: commands.to_vec(),
        data,
    })
}
