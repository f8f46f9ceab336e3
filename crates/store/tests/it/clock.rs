use lianfang_domain::{
    ClockId,
    access::Act,
    clock::{Clock, Escalation, HOUR_MS, Length, Limit},
    plan::DurationUnit,
};
use lianfang_store::{ClockRecord, ClockState, NewClock, Store, StoreError};

use crate::ground::{NOW, actor, grounds};

fn two_hours() -> Limit {
    Limit::Within { length: Length { amount: 2, unit: DurationUnit::Hour } }
}

async fn started(store: &Store, subject: &str, limit: Limit) -> ClockRecord {
    let new = NewClock {
        id: ClockId(store.new_id(NOW)),
        area: "990101001".parse().unwrap(),
        subject_kind: "order",
        subject: subject.to_owned(),
        title: "报送排查结果".to_owned(),
        href: format!("/orders/{subject}"),
        told_unit: None,
        clock: Clock::start(limit, NOW),
        escalation: Escalation { every_minutes: 60, steps: 2 },
    };
    let mut tx = store.begin(&actor(0), Act::ChangePlans);
    tx.start_clock(&new).unwrap();
    tx.commit().await.unwrap();
    let record = read(store, subject).await;
    assert_eq!((&record.clock, record.escalation, record.id), (&new.clock, new.escalation, new.id));
    record
}

async fn read(store: &Store, subject: &str) -> ClockRecord {
    store.clocks_of("order", subject).await.unwrap().remove(0)
}

async fn due(store: &Store, after_ms: i64) -> Vec<String> {
    let due = store.due_clocks(NOW + after_ms, 10).await.unwrap();
    assert_eq!(store.is_clock_due(NOW + after_ms).await.unwrap(), !due.is_empty());
    due.into_iter().map(|clock| clock.subject).collect()
}

#[tokio::test]
async fn a_clock_is_due_when_something_must_be_noticed_and_moves_on_once() {
    for ground in grounds().await {
        let store = &ground.store;
        let clock = started(store, "a", two_hours()).await;
        started(store, "b", Limit::Standing { hours: 24 }).await;
        let yellow = HOUR_MS * 3 / 2;
        assert_eq!(due(store, yellow - 1).await, [] as [&str; 0]);
        assert_eq!(due(store, yellow).await, ["a"]);
        let move_on = async |after_ms: i64| {
            let mut tx = store.begin(&actor(after_ms), Act::WatchClocks);
            tx.clock_moved_on(&clock, Some(NOW + 2 * HOUR_MS), "said");
            tx.commit().await
        };
        move_on(yellow).await.unwrap();
        assert!(matches!(move_on(yellow).await, Err(StoreError::Changed(_))), "another node was faster");
        let moved = read(store, "a").await;
        assert_eq!((moved.told.as_str(), moved.next_at_ms), ("said", Some(NOW + 2 * HOUR_MS)));
        assert_eq!(due(store, yellow).await, [] as [&str; 0]);
        assert_eq!(due(store, 2 * HOUR_MS).await, ["a"]);
    }
}

#[tokio::test]
async fn a_clock_that_stands_or_is_stopped_is_not_due() {
    for ground in grounds().await {
        let store = &ground.store;
        let record = started(store, "a", two_hours()).await;
        let mut clock = record.clock.clone();
        clock.pause(NOW + HOUR_MS, "停电").unwrap();
        let mut tx = store.begin(&actor(HOUR_MS), Act::ChangePlans);
        tx.change_clock(&record, &clock).unwrap();
        tx.commit().await.unwrap();
        let paused = read(store, "a").await;
        assert_eq!((paused.state, paused.next_at_ms), (ClockState::Paused, None));
        assert_eq!(due(store, 9 * HOUR_MS).await, [] as [&str; 0]);
        clock.resume(NOW + 9 * HOUR_MS).unwrap();
        let mut tx = store.begin(&actor(9 * HOUR_MS), Act::ChangePlans);
        tx.change_clock(&paused, &clock).unwrap();
        tx.commit().await.unwrap();
        let resumed = read(store, "a").await;
        assert_eq!(resumed.clock.due_ms(), Some(NOW + 10 * HOUR_MS));
        assert_eq!(due(store, 10 * HOUR_MS).await, ["a"]);
        let mut tx = store.begin(&actor(9 * HOUR_MS), Act::ChangePlans);
        tx.stop_clock(&resumed, Some(NOW + 9 * HOUR_MS)).unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(store, 99 * HOUR_MS).await, [] as [&str; 0]);
        let stopped = read(store, "a").await;
        assert_eq!((stopped.state, stopped.clock.light(NOW).code()), (ClockState::Stopped, "done"));
        let mut tx = store.begin(&actor(0), Act::ChangePlans);
        tx.change_clock(&stopped, &clock).unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Changed(_))), "stopped for good");
    }
}
