use std::collections::BTreeSet;

use lianfang_domain::{
    Id, OrderBatchId, OrderFileId, OrderId, PlanId, UnitId,
    access::{Act, Scope},
    clock::{Clock, Limit},
    order::{EvidenceKind, OrderAct, OrderOrigin, OrderRole, OrderState, Supervision},
};
use lianfang_store::{
    NewOrder, NewOrderFile, OrderRecord, OrderSearch, OrderStart, StateFilter, Store, StoreError, Urgency, clause_of,
};

use crate::ground::{Ground, NOW, actor, grounds};

const HOUR: i64 = 3_600_000;

fn unit(n: i64) -> UnitId {
    UnitId(Id::from_number(n))
}

fn plan() -> PlanId {
    PlanId(Id::from_number(77))
}

/// An order of a plan for a unit of a township, due after so many hours.
fn new(store: &Store, n_unit: i64, division: &str, due_hours: Option<i64>) -> NewOrder {
    let id = OrderId(store.new_id(NOW));
    NewOrder {
        id,
        unit: unit(n_unit),
        division: division.parse().unwrap(),
        above: Some(unit(1)),
        issuer: "990101".parse().unwrap(),
        issuer_unit: None,
        parent: None,
        batch: OrderBatchId(id.0),
        incident: None,
        plan: Some(plan()),
        plan_key: format!("measure:10-20@{}", unit(n_unit)),
        level: "IV".to_owned(),
        heading: "四级响应".to_owned(),
        role: OrderRole::Responsible,
        origin: OrderOrigin::Plan,
        number: String::new(),
        words: "发热门诊每日报告就诊人数".to_owned(),
        urgency: Urgency::Normal,
        state: OrderState::Issued,
        clock: due_hours.map(|hours| Clock::start(Limit::At { at_ms: NOW + hours * HOUR }, NOW)),
    }
}

async fn issue(ground: &Ground, orders: &[NewOrder]) -> Result<(), StoreError> {
    let mut tx = ground.store.begin(&actor(0), Act::IssueOrders);
    orders.iter().for_each(|order| tx.issue_order(order));
    tx.commit().await
}

async fn read(store: &Store, id: OrderId) -> OrderRecord {
    store.order(id, &Scope::everywhere()).await.unwrap().unwrap()
}

async fn save(store: &Store, was: &OrderRecord, now: &OrderRecord, act: OrderAct) -> Result<(), StoreError> {
    let mut tx = store.begin(&actor(1), Act::DoOrders);
    tx.save_order(was, now, act, "情况说明");
    tx.commit().await
}

fn with_state(was: &OrderRecord, state: OrderState) -> OrderRecord {
    let mut now = was.clone();
    now.order.state = state;
    now.closed_at_ms = (!state.is_open()).then_some(NOW + 1);
    now
}

#[tokio::test]
async fn a_clause_stands_once_for_a_unit_until_its_order_has_ended() {
    for ground in grounds().await {
        let first = new(&ground.store, 11, "990101001", Some(2));
        issue(&ground, &[first.clone(), new(&ground.store, 12, "990101002", None)]).await.unwrap();
        let twice = [new(&ground.store, 13, "990101001", None), new(&ground.store, 11, "990101001", None)];
        assert!(matches!(issue(&ground, &twice).await, Err(StoreError::Taken(_))));
        let search = OrderSearch { limit: 9, now_ms: NOW, ..OrderSearch::default() };
        let all = ground.store.orders(&search, &Scope::everywhere()).await.unwrap();
        assert_eq!((all.n_all, all.rows.len()), (2, 2), "of an act that fails nothing is kept");
        assert_eq!(ground.store.standing_orders(plan(), None, 0).await.unwrap().len(), 2);
        let was = read(&ground.store, first.id).await;
        assert_eq!((&was.order, was.version), (&first, 1));
        save(&ground.store, &was, &with_state(&was, OrderState::Recalled), OrderAct::Recall).await.unwrap();
        assert!(save(&ground.store, &was, &with_state(&was, OrderState::Signed), OrderAct::Sign).await.is_err());
        issue(&ground, &[new(&ground.store, 11, "990101001", None)]).await.unwrap();
        let events = ground.store.order_events(&was).await.unwrap();
        assert_eq!(events.iter().map(|event| event.act).collect::<Vec<_>>(), [OrderAct::Recall]);
    }
}

#[tokio::test]
async fn a_clause_is_ordered_while_its_order_is_open_or_was_done_since_the_response_began() {
    let incident = lianfang_domain::IncidentId(Id::from_number(5));
    for ground in grounds().await {
        let store = &ground.store;
        let at = |n_unit, key: &str| NewOrder {
            incident: Some(incident),
            plan_key: if key.is_empty() { String::new() } else { format!("{key}@{}", unit(n_unit)) },
            ..new(store, n_unit, "990101001", Some(2))
        };
        let orders =
            [at(11, "duty:1-9"), at(12, "duty:1-9"), at(11, "measure:10-20"), at(11, "task:30-40"), at(12, "")];
        issue(&ground, &orders).await.unwrap();
        for (order, state) in [(2, OrderState::Done), (3, OrderState::Lifted)] {
            let was = read(store, orders[order].id).await;
            save(store, &was, &with_state(&was, state), OrderAct::Close).await.unwrap();
        }
        let clauses = |keys: &[&str]| keys.iter().map(|key| clause_of(plan(), key)).collect::<BTreeSet<_>>();
        let since = |at_ms| store.ordered_clauses(incident, at_ms);
        assert_eq!(since(0).await.unwrap(), clauses(&["duty:1-9", "measure:10-20"]));
        assert_eq!(since(NOW + 2).await.unwrap(), clauses(&["duty:1-9"]), "an earlier response asked for it");
        assert!(store.ordered_clauses(lianfang_domain::IncidentId(Id::from_number(6)), 0).await.unwrap().is_empty());
        let standing = store.standing_orders(plan(), Some(incident), 0).await.unwrap();
        assert_eq!(standing.iter().map(|order| order.is_done).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!(store.standing_orders(plan(), Some(incident), NOW + 2).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_scope_holds_the_orders_of_its_area_and_of_its_units_alone() {
    for ground in grounds().await {
        let store = &ground.store;
        let orders = [
            new(store, 11, "990101001", Some(1)),
            new(store, 12, "990101002", Some(2)),
            new(store, 13, "990102001", None),
        ];
        issue(&ground, &orders).await.unwrap();
        let of_area = |code: &str| Scope { areas: vec![code.parse().unwrap()], ..Scope::default() };
        let of_unit = |n| Scope { units: BTreeSet::from([unit(n)]), ..Scope::default() };
        let cases =
            [(of_area("990101"), 2), (of_area("990101002"), 1), (of_unit(12), 1), (of_unit(1), 3), (of_unit(9), 0)];
        for (scope, n) in cases {
            let search = OrderSearch { limit: 9, now_ms: NOW, ..OrderSearch::default() };
            let list = store.orders(&search, &scope).await.unwrap();
            assert_eq!((list.n_all, list.rows.len()), (n, usize::try_from(n).unwrap()), "{scope:?}");
            assert_eq!(store.tally_orders(&scope, NOW).await.unwrap().n_open(), n);
            let seen = store.order(orders[0].id, &scope).await.unwrap();
            assert_eq!(seen.is_some(), list.rows.iter().any(|row| row.record.order.id == orders[0].id));
        }
    }
}

#[tokio::test]
async fn a_list_goes_by_what_is_due_first_page_by_page_and_filters_by_light_and_words() {
    for ground in grounds().await {
        let store = &ground.store;
        let dues = [Some(5), None, Some(-1), Some(1), Some(100), None];
        let mut orders: Vec<NewOrder> = (20..).zip(dues).map(|(n, due)| new(store, n, "990101001", due)).collect();
        orders[4].words = "50%的床位_腾空".to_owned();
        issue(&ground, &orders).await.unwrap();
        let all = Scope { areas: vec!["990101".parse().unwrap()], ..Scope::default() };
        let mut search = OrderSearch { limit: 4, now_ms: NOW, ..OrderSearch::default() };
        let first = store.orders(&search, &all).await.unwrap();
        let dues: Vec<_> = first
            .rows
            .iter()
            .map(|row| row.record.order.clock.as_ref().and_then(Clock::due_ms).map(|due| (due - NOW) / HOUR))
            .collect();
        assert_eq!(dues, [Some(-1), Some(1), Some(5), Some(100)]);
        assert!(first.has_after && !first.has_before && first.n_found == 6);
        search.start = OrderStart::After(first.rows[3].place);
        let second = store.orders(&search, &all).await.unwrap();
        assert_eq!((second.rows.len(), second.has_after), (2, false));
        search.start = OrderStart::Before(second.rows[0].place);
        assert_eq!(store.orders(&search, &all).await.unwrap().rows, first.rows);
        let count = async |state| {
            let search = OrderSearch { state, now_ms: NOW + 54 * 60_000, ..OrderSearch::default() };
            store.count_orders(&search, &all).await.unwrap()
        };
        assert_eq!(count(StateFilter::Late).await, 1);
        assert_eq!(count(StateFilter::Soon).await, 1);
        assert_eq!(count(StateFilter::DueBefore(NOW + 24 * HOUR)).await, 2);
        assert_eq!(count(StateFilter::Open).await, 6);
        let search = OrderSearch { text: "50%的床位_".to_owned(), now_ms: NOW, ..OrderSearch::default() };
        assert_eq!(store.count_orders(&search, &all).await.unwrap(), 1);
        assert_eq!(store.tally_orders(&all, NOW).await.unwrap().n_late(), 1);
    }
}

#[tokio::test]
async fn what_shows_an_order_is_kept_sealed_and_what_recurs_each_time() {
    for ground in grounds().await {
        let store = &ground.store;
        let order = new(store, 11, "990101001", Some(1));
        issue(&ground, std::slice::from_ref(&order)).await.unwrap();
        let was = read(store, order.id).await;
        let file = NewOrderFile {
            id: OrderFileId(store.new_id(NOW)),
            name: "现场.jpg".to_owned(),
            kind: EvidenceKind::Jpeg,
            bytes: vec![0xFF, 0xD8, 0xFF, 0, 159, 146],
        };
        let mut now = with_state(&was, OrderState::Doing);
        (now.n_done, now.supervision) = (1, Supervision::Noticed);
        let mut tx = store.begin(&actor(1), Act::DoOrders);
        tx.save_order(&was, &now, OrderAct::Report, "已完成");
        tx.note_occurrence(&was, NOW + HOUR, "已完成");
        tx.add_order_file(&was, &file).unwrap();
        tx.read_order(&was);
        tx.commit().await.unwrap();
        let kept = read(store, order.id).await;
        assert_eq!((kept.supervision, kept.n_done, kept.read_at_ms), (Supervision::Noticed, 1, Some(NOW + 1)));
        assert_eq!(store.order_occurrences(&kept, 9).await.unwrap()[0].due_at_ms, NOW + HOUR);
        assert_eq!(store.order_files(&kept).await.unwrap()[0].size, 6);
        store.rotate_keys(&actor(2)).await.unwrap();
        assert_eq!(store.order_file_content(&kept, file.id).await.unwrap(), Some(file.bytes));
        let supervised = OrderSearch { state: StateFilter::Supervised, ..OrderSearch::default() };
        assert_eq!(store.count_orders(&supervised, &Scope::everywhere()).await.unwrap(), 1);
    }
}
