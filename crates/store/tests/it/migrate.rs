use lianfang_domain::access::Act;
use lianfang_store::{NewJob, Settings, Store};

use crate::ground::{NOW, actor, grounds, note};

/// What every step after the first one made, by the words before its name.
fn made_later(words: &str) -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let later = files.filter(|file| !file.ends_with("0001_ground.sql"));
    let made = |text: String| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(words)).map(str::to_owned);
        lines.map(|rest| rest.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    later.flat_map(|file| made(std::fs::read_to_string(file).unwrap())).collect()
}

/// The columns that later steps added, as what takes them away again.
fn columns_made_later() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let dropped = |line: &str| {
        let (table, column) = line.strip_prefix("ALTER TABLE ")?.split_once(" ADD COLUMN ")?;
        // What stands in a table that is dropped goes with it.
        let stays = !made_later("CREATE TABLE ").iter().any(|made| made == table);
        stays.then_some(())?;
        Some(format!("{table} DROP COLUMN {}", column.split(' ').next()?))
    };
    files
        .flat_map(|file| std::fs::read_to_string(file).unwrap().lines().filter_map(dropped).collect::<Vec<_>>())
        .collect()
}

/// Takes a database back to the first step of the schema, as an older version of the program left it.
async fn back_to_the_first_step(settings: &Settings) {
    let (indexes, tables) = (made_later("CREATE INDEX "), made_later("CREATE TABLE "));
    assert!(tables.iter().any(|table| table == "job"));
    let indexes: String = indexes.iter().map(|index| format!("DROP INDEX IF EXISTS {index};")).collect();
    let tables: String = tables.iter().map(|table| format!("DROP TABLE {table};")).collect();
    let columns: String = columns_made_later().iter().map(|column| format!("ALTER TABLE {column};")).collect();
    let sql = &format!("{indexes} {tables} {columns} DELETE FROM migration WHERE version > 1");
    match &settings.database {
        None => rusqlite::Connection::open(settings.data.join("lianfang.db")).unwrap().execute_batch(sql).unwrap(),
        Some(address) => {
            let (client, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(sql).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_of_an_older_version_is_brought_up_to_date_with_what_it_holds() {
    for ground in grounds().await {
        note(&ground.store, 0, "x").await;
        let newest = ground.store.migrated().to;
        ground.store.close().await;
        drop(ground.store);
        back_to_the_first_step(&ground.settings).await;
        let store = Store::open(&ground.settings, NOW).await.unwrap();
        let migrated = store.migrated().clone();
        assert_eq!((migrated.from, migrated.to), (1, newest));
        let copied = migrated.backup.is_some_and(|copy| copy.is_file());
        assert_eq!(copied, ground.settings.database.is_none(), "the embedded database is copied before");
        let mut tx = store.begin(&actor(1), Act::ChangeJobs);
        tx.queue_job(&NewJob::now("count", serde_json::json!({})));
        tx.commit().await.unwrap();
        assert_eq!(store.verify_audit().await.unwrap().n_rows, 2);
    }
}
