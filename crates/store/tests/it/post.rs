use jiff::civil::{Date, date};
use lianfang_domain::{
    IncumbencyId, PostId,
    access::{Act, Scope},
    post::{Incumbency, Post, Tenure, hand_over, leave},
    unit::{Choices, Side},
};
use lianfang_store::{
    Actor, AuditSearch, DirectorySearch, PhoneSight, PostRecord, PostState, Store, StoreError, UnitDetails, UnitRecord,
};

use crate::ground::{NOW, actor, grounds};
use crate::unit::{TODAY, act, added, merged, read};

const PHONE: &str = "13900000001";

async fn with_post(store: &Store, unit: &UnitRecord, title: &str, place: u16) -> PostId {
    let id = PostId(store.new_id(NOW));
    let post = Post { id, unit: unit.unit.id, title: title.to_owned(), rank_order: place, duty_phone: None };
    act(store, |tx| tx.add_post(unit, &post)).await.unwrap();
    id
}

async fn posts(store: &Store, unit: &UnitRecord, sight: PhoneSight) -> Vec<PostRecord> {
    store.posts(unit, sight).await.unwrap()
}

async fn post(store: &Store, unit: &UnitRecord, id: PostId) -> PostRecord {
    posts(store, unit, PhoneSight::Full).await.into_iter().find(|record| record.post.id == id).unwrap()
}

fn someone(store: &Store, post: PostId, person: &str, from_on: Date) -> Incumbency {
    Incumbency {
        id: IncumbencyId(store.new_id(NOW)),
        post,
        person: person.to_owned(),
        phone: Some(PHONE.parse().unwrap()),
        from_on,
        until_on: None,
        tenure: Tenure::Full,
    }
}

/// Puts someone into a post from the first of November on.
async fn appointed(store: &Store, unit: &UnitRecord, id: PostId, person: &str) -> PostRecord {
    let seen = post(store, unit, id).await;
    let new = someone(store, id, person, date(2026, 11, 1));
    act(store, |tx| tx.appoint(&seen, &new).unwrap()).await.unwrap();
    post(store, unit, id).await
}

#[tokio::test]
async fn posts_stand_by_rank_and_are_changed_on_the_version_that_was_seen() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生健康局", "990101").await;
        let deputy = with_post(store, &unit, "副局长", 2).await;
        with_post(store, &unit, "局长", 1).await;
        let titles: Vec<_> =
            posts(store, &unit, PhoneSight::Masked).await.into_iter().map(|record| record.post.title).collect();
        assert_eq!(titles, ["局长", "副局长"]);
        let seen = post(store, &unit, deputy).await;
        let to = Post { title: "一级副局长".to_owned(), ..seen.post.clone() };
        act(store, |tx| tx.change_post(&seen, &to)).await.unwrap();
        assert_eq!(act(store, |tx| tx.change_post(&seen, &to)).await, Err(StoreError::Changed("post")));
        let now = post(store, &unit, deputy).await;
        act(store, |tx| tx.set_post_state(&now, PostState::Closed)).await.unwrap();
        assert_eq!(post(store, &unit, deputy).await.state, PostState::Closed);
    }
}

#[tokio::test]
async fn a_hand_over_ends_one_time_and_begins_the_next_and_two_cannot_decide_at_once() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生健康局", "990101").await;
        let id = with_post(store, &unit, "局长", 1).await;
        let seen = appointed(store, &unit, id, "张三").await;
        let change = hand_over(&seen.incumbencies(), someone(store, id, "李四", date(2026, 11, 15))).unwrap();
        act(store, |tx| tx.hand_over(&seen, &change).unwrap()).await.unwrap();
        let late = someone(store, id, "王五", date(2026, 12, 1));
        let late = act(store, |tx| tx.appoint(&seen, &late).unwrap()).await;
        assert_eq!(late, Err(StoreError::Changed("post")));
        let now = post(store, &unit, id).await;
        let times: Vec<_> =
            now.holders.iter().map(|holder| (holder.incumbency.person.as_str(), holder.incumbency.until_on)).collect();
        assert_eq!(times, [("张三", Some(date(2026, 11, 14))), ("李四", None)]);
        let last = &now.holders[1];
        let left = leave(&last.incumbency, TODAY).unwrap();
        act(store, |tx| tx.end_incumbency(&now, last, left.until_on.unwrap())).await.unwrap();
        assert_eq!(post(store, &unit, id).await.holders[1].incumbency.until_on, Some(TODAY));
    }
}

#[tokio::test]
async fn a_corrected_record_stands_in_the_place_of_the_wrong_one() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生健康局", "990101").await;
        let id = with_post(store, &unit, "局长", 1).await;
        let seen = appointed(store, &unit, id, "张山").await;
        let right = someone(store, id, "张三", date(2026, 11, 1));
        act(store, |tx| tx.correct_incumbency(&seen, &seen.holders[0], &right).unwrap()).await.unwrap();
        let now = post(store, &unit, id).await;
        assert_eq!(now.incumbencies(), [right]);
        act(store, |tx| tx.withdraw_incumbency(&now, &now.holders[0])).await.unwrap();
        assert!(post(store, &unit, id).await.holders.is_empty());
    }
}

#[tokio::test]
async fn a_number_is_masked_unless_it_is_read_in_full_and_that_is_put_on_record() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生健康局", "990101").await;
        let id = with_post(store, &unit, "局长", 1).await;
        appointed(store, &unit, id, "张三").await;
        let masked = &posts(store, &unit, PhoneSight::Masked).await[0].holders[0];
        assert_eq!((masked.phone.as_str(), &masked.incumbency.phone), ("139****0001", &None));
        let full = &posts(store, &unit, PhoneSight::Full).await[0].holders[0];
        assert_eq!(full.phone, PHONE);
        let reader = Actor { name: "值班员".to_owned(), ..actor(1) };
        store.record_read(&reader, Act::ViewPhones, &format!("unit:{}", unit.unit.id), Some(&unit.home()), "");
        // What nobody waits for is on record before what comes after it.
        act(store, |tx| {
            tx.about("unit", unit.unit.id, None);
        })
        .await
        .unwrap();
        let search = AuditSearch {
            from_ms: 0,
            until_ms: i64::MAX,
            who: String::new(),
            act: Act::ViewPhones.code().to_owned(),
            target: String::new(),
            after: None,
        };
        for _ in 0..50 {
            if store.search_audit(&search, 9).await.unwrap().len() == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(store.search_audit(&search, 9).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn neither_the_database_nor_the_audit_record_holds_a_readable_number() {
    let ground = grounds().await.remove(0);
    let store = &ground.store;
    let unit = added(store, "清河区卫生健康局", "990101").await;
    let id = with_post(store, &unit, "局长", 1).await;
    appointed(store, &unit, id, "张三").await;
    store.close().await;
    let holds = |name: &str, what: &str| {
        let bytes = std::fs::read(ground.folder.path().join(name)).unwrap_or_default();
        bytes.windows(what.len()).any(|part| part == what.as_bytes())
    };
    assert!(holds("lianfang.db", "张三"), "the file is the one that was written");
    assert!(!holds("lianfang.db", PHONE) && !holds("lianfang.db-wal", PHONE));
    let file = rusqlite::Connection::open(ground.folder.path().join("lianfang.db")).unwrap();
    let detail: String = file.query_row("SELECT group_concat(detail) FROM audit", [], |row| row.get(0)).unwrap();
    assert!(detail.contains("holder") && !detail.contains("张三"), "{detail}");
}

#[tokio::test]
async fn posts_and_their_holders_move_with_a_merge_and_to_another_county() {
    for ground in grounds().await {
        let store = &ground.store;
        let survivor = added(store, "清河区卫生健康局", "990101").await;
        let near = added(store, "区卫健局", "990101").await;
        let far = added(store, "区卫健委", "990102").await;
        for unit in [&near, &far] {
            let id = with_post(store, unit, "局长", 1).await;
            appointed(store, unit, id, "张三").await;
        }
        merged(store, &survivor, &near, Choices::default()).await;
        merged(store, &read(store, survivor.unit.id).await, &far, Choices::default()).await;
        let now = read(store, survivor.unit.id).await;
        let there = posts(store, &now, PhoneSight::Full).await;
        assert_eq!(there.len(), 2);
        assert!(there.iter().all(|post| post.holders[0].phone == PHONE && post.home.as_str() == "990101"));
        let to = UnitDetails { area: "990103".parse().unwrap(), ..UnitDetails::of(&now.unit) };
        act(store, |tx| tx.change_unit(&now, &to)).await.unwrap();
        let moved = read(store, now.unit.id).await;
        assert_eq!(posts(store, &moved, PhoneSight::Full).await[0].holders[0].phone, PHONE);
        let third = added(store, "区卫生局", "990104").await;
        merged(store, &moved, &third, Choices { area: Some(Side::Other), ..Choices::default() }).await;
        let last = read(store, now.unit.id).await;
        assert_eq!((last.home().as_str(), posts(store, &last, PhoneSight::Full).await.len()), ("990104", 2));
    }
}

#[tokio::test]
async fn the_directory_shows_who_is_in_post_on_the_day_and_what_is_vacant() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = added(store, "清河区卫生健康局", "990101").await;
        added(store, "临河区卫生健康局", "990102").await;
        let head = with_post(store, &unit, "局长", 1).await;
        with_post(store, &unit, "副局长", 2).await;
        appointed(store, &unit, head, "张三").await;
        let search = DirectorySearch { area: None, day: TODAY, sight: PhoneSight::Masked, limit: 100 };
        let scope = Scope { areas: vec!["990101".parse().unwrap()], ..Scope::default() };
        let (units, n) = store.directory(&search, &scope).await.unwrap();
        assert_eq!((units.len(), n), (1, 1));
        assert_eq!((units[0].unit.n_posts, units[0].unit.n_vacant), (2, 1));
        assert_eq!(units[0].posts[0].holders[0].phone, "139****0001");
        assert!(units[0].posts[1].holders.is_empty());
        let before = DirectorySearch { day: date(2026, 10, 31), ..search.clone() };
        assert!(store.directory(&before, &scope).await.unwrap().0[0].posts[0].holders.is_empty());
        let one = DirectorySearch { limit: 1, area: Some("990102".parse().unwrap()), ..search };
        assert_eq!(store.directory(&one, &Scope::everywhere()).await.unwrap().1, 1);
    }
}
