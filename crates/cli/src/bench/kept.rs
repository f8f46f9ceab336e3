use lianfang_domain::Lang;
use lianfang_store::{Store, StoreError};

use crate::args::OpenArgs;
use crate::exit::Exit;
use crate::store;

/// The names that `bench write` kept whole: the user and the role.
pub(crate) fn kept(args: &OpenArgs, lang: Lang) -> Exit {
    let listed = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let listed = list(&store).await;
            store.close().await;
            listed.map_err(|error| {
                eprintln!("{}", store::words(&error, lang));
                Exit::Unavailable
            })
        })
    });
    listed.map_or_else(|exit| exit, |()| Exit::Ok)
}

async fn list(store: &Store) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let users = store.users_after(&after, 1000).await?;
        let Some(last) = users.last() else { return Ok(()) };
        after.clone_from(&last.login);
        for user in users.iter().filter(|user| user.login.starts_with("bench-")) {
            if store.grants(user.id).await?.len() == 1 {
                println!("{}", user.login);
            }
        }
    }
}
