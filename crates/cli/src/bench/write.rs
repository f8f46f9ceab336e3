use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use lianfang_domain::{GrantId, Lang, UserId, access::Act, access::Grant, access::Role};
use lianfang_store::{Actor, Store, StoreError, User, UserState};

use crate::args::BenchWriteArgs;
use crate::clock;
use crate::exit::Exit;
use crate::store;

/// Writes changes with their audit rows from many clients at once, and says how many were on the disk each second.
pub(crate) fn write(args: &BenchWriteArgs, lang: Lang) -> Exit {
    let done = store::runtime(lang).and_then(|runtime| {
        runtime.block_on(async {
            let store = store::open(&args.store, lang).await?;
            let measured =
                if args.until_killed { forever(&store, args.clients).await } else { both(&store, args).await };
            store.close().await;
            measured.map_err(|error| {
                eprintln!("{}", store::words(&error, lang));
                Exit::Unavailable
            })
        })
    });
    done.map_or_else(|exit| exit, |()| Exit::Ok)
}

/// One client alone, then all of them: what committing together is worth.
async fn both(store: &Store, args: &BenchWriteArgs) -> Result<(), StoreError> {
    let seconds = Duration::from_secs(args.seconds);
    let alone = run(store, 1, seconds, false).await?;
    let together = run(store, args.clients, seconds, false).await?;
    println!("{}: durable changes with their audit row, {} s each", store.database_name(), args.seconds);
    println!("  clients  changes/s  p50 ms  p99 ms");
    for (clients, measured) in [(1, &alone), (args.clients, &together)] {
        let (p50, p99) = (measured.at(50), measured.at(99));
        println!("  {clients:7}  {:9.0}  {p50:6.1}  {p99:6.1}", measured.per_second());
    }
    println!("  ratio    {:9.1}", together.per_second() / alone.per_second());
    Ok(())
}

/// Until someone kills it; says each name once it is on the disk.
async fn forever(store: &Store, clients: u32) -> Result<(), StoreError> {
    run(store, clients, Duration::from_secs(3600), true).await.map(|_| ())
}

struct Measured {
    /// How long each change took, in milliseconds, sorted.
    took: Vec<f64>,
    seconds: f64,
}

impl Measured {
    fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.took.len()).unwrap_or(u32::MAX)) / self.seconds
    }

    fn at(&self, percent: usize) -> f64 {
        self.took.get(self.took.len() * percent / 100).copied().unwrap_or(0.0)
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn run(store: &Store, clients: u32, time: Duration, say: bool) -> Result<Measured, StoreError> {
    let stop = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| {
            let (store, stop) = (store.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut took = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    let login = change(&store).await?;
                    took.push(begun.elapsed().as_secs_f64() * 1000.0);
                    if say {
                        println!("{login}");
                    }
                }
                Ok::<_, StoreError>(took)
            })
        })
        .collect();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.map_err(|error| StoreError::Broken(error.to_string()))??);
    }
    took.sort_by(f64::total_cmp);
    Ok(Measured { took, seconds: begun.elapsed().as_secs_f64() })
}

/// A user with a role: two rows and the audit row, kept all or not at all.
async fn change(store: &Store) -> Result<String, StoreError> {
    let now_ms = clock::now().as_millisecond();
    let id = store.new_id(now_ms);
    let user = User {
        id: UserId(id),
        login: format!("bench-{id}"),
        name: "bench".to_owned(),
        state: UserState::Invited,
        lang: Lang::Zh,
        version: 1,
        has_totp: false,
    };
    let day = clock::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let grant = Grant {
        id: GrantId(store.new_id(now_ms)),
        role: Role::Observer,
        area: None,
        unit: None,
        from_on: day,
        until_on: Some(day),
    };
    let mut tx = store.begin(&Actor::program(now_ms), Act::ChangeUsers);
    tx.about("user", user.id, None);
    tx.add_user(&user);
    tx.give_role(user.id, &grant, None);
    tx.commit().await?;
    Ok(user.login)
}
