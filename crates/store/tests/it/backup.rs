use lianfang_domain::access::Scope;
use lianfang_domain::area::{Area, NameFrom, PopulationFrom};
use lianfang_store::{Settings, Store, StoreError, restore};

use crate::ground::{Ground, NOW, actor, grounds, note};
use jiff::civil::date;
use lianfang_domain::access::Act;

async fn with_area(ground: &Ground) {
    let mut tx = ground.store.begin(&actor(0), Act::ChangeAreas);
    let code = "990101".parse().unwrap();
    tx.about("area", &code, Some(&code));
    tx.add_area(&Area {
        code: code.clone(),
        names: vec![NameFrom { from_on: date(1949, 10, 1), name: "清河区".to_owned(), short: None }],
        populations: vec![PopulationFrom { on: date(2025, 12, 31), n: Some(412_500), source: String::new() }],
    });
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_backup_of_either_database_restores_into_either() {
    let sources = grounds().await;
    let targets = grounds().await;
    for source in &sources {
        with_area(source).await;
        note(&source.store, 1, "x").await;
        let file = source.folder.path().join("copy.db");
        let copied = Store::copy(&source.settings, &file, NOW).await.unwrap();
        assert!(copied.n_rows >= 6 && copied.n_audit == 2, "{copied:?}");
        assert_eq!(Store::copy(&source.settings, &file, NOW).await, Err(StoreError::Taken("backup file")));
        for target in &targets {
            let folder = tempfile::tempdir().unwrap();
            let database = target.settings.database.as_ref().map(|_| lianfang_throwaway::database().unwrap().address);
            let settings =
                Settings { database, keys: source.settings.keys.clone(), ..Settings::in_folder(folder.path()) };
            restore(&settings, &file, NOW).await.unwrap();
            let store = Store::open(&settings, NOW).await.unwrap();
            let rows = store.areas_below(None, &Scope::everywhere(), date(2026, 11, 22)).await.unwrap();
            assert_eq!(
                rows.iter().map(|row| (row.name.as_str(), row.population)).collect::<Vec<_>>(),
                [("清河区", Some(412_500))]
            );
            let verified = store.verify_audit().await.unwrap();
            assert_eq!((verified.n_rows, verified.faults), (2, vec![]));
            store.close().await;
        }
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_what_was_there_stays() {
    let ground = grounds().await.remove(0);
    with_area(&ground).await;
    let file = ground.folder.path().join("copy.db");
    Store::copy(&ground.settings, &file, NOW).await.unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    ground.store.close().await;
    let settings = ground.settings.clone();
    drop(ground.store);
    let refused = restore(&settings, &file, NOW).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    let store = Store::open(&settings, NOW).await.unwrap();
    assert_eq!(store.areas_below(None, &Scope::everywhere(), date(2026, 11, 22)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_restore_keeps_the_database_that_was_there() {
    let ground = grounds().await.remove(0);
    let file = ground.folder.path().join("copy.db");
    Store::copy(&ground.settings, &file, NOW).await.unwrap();
    with_area(&ground).await;
    let busy = restore(&ground.settings, &file, NOW).await;
    assert!(matches!(busy, Err(StoreError::Unavailable(_))), "a running server holds its folder");
    ground.store.close().await;
    let Ground { store, settings, folder: _folder } = ground;
    drop(store);
    let restored = restore(&settings, &file, NOW).await.unwrap();
    assert!(restored.kept.unwrap().is_file());
    let store = Store::open(&settings, NOW).await.unwrap();
    assert!(store.areas_below(None, &Scope::everywhere(), date(2026, 11, 22)).await.unwrap().is_empty());
}
