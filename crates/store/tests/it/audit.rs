use lianfang_store::{AuditSearch, FaultKind, Store};

use crate::ground::{Ground, NOW, grounds, note};

const DAY_MS: i64 = 86_400_000;

fn everything() -> AuditSearch {
    AuditSearch {
        from_ms: 0,
        until_ms: i64::MAX,
        who: String::new(),
        act: String::new(),
        target: String::new(),
        after: None,
    }
}

#[tokio::test]
async fn acts_stand_in_the_record_newest_first_and_pages_follow_each_other() {
    for ground in grounds().await {
        for n in 0..5 {
            note(&ground.store, n, &n.to_string()).await;
        }
        let first = ground.store.search_audit(&everything(), 3).await.unwrap();
        let targets: Vec<_> = first.iter().map(|row| row.entry.target.as_str()).collect();
        assert_eq!(targets, ["note:4", "note:3", "note:2"]);
        let next = AuditSearch { after: first.last().map(|row| row.place), ..everything() };
        let rest = ground.store.search_audit(&next, 3).await.unwrap();
        assert_eq!(rest.iter().map(|row| row.entry.target.as_str()).collect::<Vec<_>>(), ["note:1", "note:0"]);
        let one = AuditSearch { target: "note:3".to_owned(), ..everything() };
        assert_eq!(ground.store.search_audit(&one, 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn an_untouched_record_is_whole_over_days_and_restarts() {
    for ground in grounds().await {
        for n in 0..4 {
            note(&ground.store, n * DAY_MS, "x").await;
        }
        ground.store.close().await;
        drop(ground.store);
        let store = Store::open(&ground.settings, NOW).await.unwrap();
        note(&store, 4 * DAY_MS, "x").await;
        let verified = store.verify_audit().await.unwrap();
        assert_eq!((verified.n_rows, verified.faults), (5, vec![]), "{}", store.database_name());
        assert!(verified.n_chains >= 5);
    }
}

/// Does to the embedded database what only someone with its file could do.
async fn tampered(sql: &str) -> Vec<(FaultKind, i64)> {
    let Ground { store, folder, settings } = grounds().await.remove(0);
    for n in 0..6 {
        note(&store, n, &n.to_string()).await;
    }
    store.close().await;
    drop(store);
    let file = rusqlite::Connection::open(folder.path().join("lianfang.db")).unwrap();
    assert!(file.execute(sql, []).unwrap() > 0, "{sql}");
    drop(file);
    let store = Store::open(&settings, NOW).await.unwrap();
    store.verify_audit().await.unwrap().faults.iter().map(|fault| (fault.kind, fault.n)).collect()
}

#[tokio::test]
async fn each_way_of_tampering_is_named_with_its_row() {
    let cases = [
        ("UPDATE audit SET target = 'note:9' WHERE n = 3", vec![(FaultKind::Altered, 3)]),
        ("UPDATE audit SET who_name = '别人' WHERE n = 6", vec![(FaultKind::Altered, 6)]),
        ("DELETE FROM audit WHERE n = 2", vec![(FaultKind::Removed, 2)]),
        ("DELETE FROM audit WHERE n > 4", vec![(FaultKind::Removed, 5)]),
        (
            "INSERT INTO audit SELECT day, chain, 7, at_ms, who, who_name, act, area, target, why, detail, request, mac
             FROM audit WHERE n = 6",
            vec![(FaultKind::Inserted, 7)],
        ),
        ("UPDATE audit SET at_ms = at_ms + 1 WHERE n = 1", vec![(FaultKind::Altered, 1)]),
        ("UPDATE audit_chain SET n = 5", vec![(FaultKind::EndAltered, 5), (FaultKind::Inserted, 6)]),
        ("DELETE FROM audit_chain", (1..=6).map(|n| (FaultKind::Inserted, n)).collect()),
    ];
    for (sql, faults) in cases {
        assert_eq!(tampered(sql).await, faults, "{sql}");
    }
}

#[tokio::test]
async fn rows_that_change_places_are_named() {
    let swap = "UPDATE audit SET n = CASE n WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE n IN (2, 3)";
    let Ground { store, folder, settings } = grounds().await.remove(0);
    for n in 0..5 {
        note(&store, n, &n.to_string()).await;
    }
    store.close().await;
    drop(store);
    let file = rusqlite::Connection::open(folder.path().join("lianfang.db")).unwrap();
    file.execute(swap, []).unwrap();
    file.execute("UPDATE audit SET n = -n WHERE n < 0", []).unwrap();
    drop(file);
    let store = Store::open(&settings, NOW).await.unwrap();
    let faults = store.verify_audit().await.unwrap().faults;
    assert_eq!(
        faults.iter().map(|fault| (fault.kind, fault.n)).collect::<Vec<_>>(),
        [(FaultKind::Altered, 2), (FaultKind::Altered, 3), (FaultKind::Altered, 4),]
    );
}
