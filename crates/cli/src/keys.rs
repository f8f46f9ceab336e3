//! `lianfang keys rotate`.

use lianfang_domain::Lang;
use lianfang_store::Actor;

use crate::args::OpenArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

/// Makes a new data key and seals every sealed field anew. The server must be stopped.
pub(crate) fn rotate(args: &OpenArgs, lang: Lang) -> Exit {
    let renewed = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let renewed = store.rotate_keys(&Actor::program(clock::now().as_millisecond())).await;
            store.close().await;
            renewed.map_err(|error| {
                eprintln!("{}", store::words(&error, lang));
                Exit::Unavailable
            })
        })
    });
    match renewed {
        Ok(n) => {
            println!(
                "{}",
                lang.pick(
                    format!("已换用新密钥，重新加密 {n} 项。"),
                    format!("New key in use; {n} fields sealed anew.")
                )
            );
            Exit::Ok
        }
        Err(exit) => exit,
    }
}
