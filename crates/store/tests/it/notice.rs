use jiff::civil::date;
use lianfang_domain::{
    GrantId, Lang, UnitId, UserId,
    access::{Act, Grant, Role},
    clock::HOUR_MS,
    notice::{About, Notice, NoticeKind, Urgency},
    unit::{Unit, UnitKind},
};
use lianfang_store::{NoticeRecord, Recipient, Store, User, UserState};

use crate::ground::{NOW, actor, grounds};

/// A user who may sign in and holds a role.
async fn user(store: &Store, login: &str, role: Role, area: &str, unit: Option<UnitId>) -> UserId {
    let id = UserId(store.new_id(NOW));
    let user = User {
        id,
        login: login.to_owned(),
        name: login.to_owned(),
        state: UserState::Invited,
        lang: Lang::Zh,
        version: 1,
        has_totp: false,
    };
    let grant = Grant {
        id: GrantId(store.new_id(NOW)),
        role,
        area: area.parse().ok(),
        unit,
        from_on: date(2026, 1, 1),
        until_on: Some(date(2026, 12, 31)),
    };
    let mut tx = store.begin(&actor(0), Act::ChangeUsers);
    tx.add_user(&user);
    tx.set_password(&user, "hash");
    tx.give_role(id, &grant, None);
    tx.commit().await.unwrap();
    id
}

fn notice(what: &str, urgency: Urgency) -> Notice {
    Notice {
        kind: NoticeKind::OrderIssued,
        about: About { what: what.to_owned(), ..About::default() },
        href: "/orders/1".to_owned(),
        urgency,
        area: "990101001".parse().unwrap(),
    }
}

async fn tell(store: &Store, after_ms: i64, to: &[Recipient], notice: &Notice) {
    let mut tx = store.begin(&actor(after_ms), Act::ChangePlans);
    tx.notify(to, notice).unwrap();
    tx.commit().await.unwrap();
}

fn whats(notices: &[NoticeRecord]) -> Vec<&str> {
    notices.iter().map(|notice| notice.about.what.as_str()).collect()
}

#[tokio::test]
async fn notices_are_listed_with_those_not_read_first_and_each_user_sees_their_own() {
    for ground in grounds().await {
        let store = &ground.store;
        let (a, b) = (UserId(store.new_id(NOW)), UserId(store.new_id(NOW)));
        let to = |user| Recipient { user, quiet: None };
        for (what, user) in [("一", a), ("二", a), ("三", a), ("四", b)] {
            tell(store, 0, &[to(user)], &notice(what, Urgency::Ordinary)).await;
        }
        let all = store.notices(a, None, 9).await.unwrap();
        assert_eq!(whats(&all), ["三", "二", "一"]);
        assert_eq!((store.n_unread(a).await.unwrap(), store.n_unread(b).await.unwrap()), (3, 1));
        assert_eq!(store.notice(b, all[0].id).await.unwrap(), None);
        let mut tx = store.begin(&actor(5), Act::SeeOwnNotices);
        tx.mark_read(a, &all[1]);
        tx.mark_read(b, &all[0]);
        tx.commit().await.unwrap();
        let marked = store.notices(a, None, 9).await.unwrap();
        assert_eq!(whats(&marked), ["三", "一", "二"]);
        assert_eq!(marked[2].read_at_ms, Some(NOW + 5));
        let first = store.notices(a, None, 2).await.unwrap();
        assert_eq!(whats(&store.notices(a, first.last(), 9).await.unwrap()), ["二"], "the list goes on");
        let mut tx = store.begin(&actor(6), Act::SeeOwnNotices);
        tx.mark_all_read(a, all[1].id);
        tx.commit().await.unwrap();
        assert_eq!(whats(&store.notices(a, None, 1).await.unwrap()), ["三"], "what came later stays");
        assert_eq!(store.n_unread(a).await.unwrap(), 1);
        let mut tx = store.begin(&actor(7), Act::ClearOut);
        tx.forget_notices(NOW + 6);
        tx.commit().await.unwrap();
        assert_eq!(whats(&store.notices(a, None, 9).await.unwrap()), ["三", "一"]);
    }
}

#[tokio::test]
async fn messages_wait_for_the_end_of_a_quiet_time_unless_they_are_urgent() {
    for ground in grounds().await {
        let store = &ground.store;
        let id = user(store, "office", Role::Office, "990101", None).await;
        let mut tx = store.begin(&actor(0), Act::UseOwnAccount);
        tx.set_quiet(id, "08:00-11:30".parse().ok());
        tx.commit().await.unwrap();
        let area = "990101001".parse().unwrap();
        let to = store.users_with_role(Role::Office, &area, date(2026, 11, 22)).await.unwrap();
        assert_eq!(to, [Recipient { user: id, quiet: "08:00-11:30".parse().ok() }]);
        assert_eq!(store.quiet(id).await.unwrap(), to[0].quiet);
        tell(store, 0, &to, &notice("平", Urgency::Ordinary)).await;
        tell(store, 0, &to, &notice("急", Urgency::Urgent)).await;
        let out = store.outgoing(NOW, 9).await.unwrap();
        assert_eq!((out.len(), out[0].notice.about.what.as_str(), out[0].login.as_str()), (1, "急", "office"));
        let mut tx = store.begin(&actor(1), Act::SendNotices);
        tx.note_sent(&out[0]);
        tx.commit().await.unwrap();
        assert!(!store.is_any_outgoing(NOW).await.unwrap());
        // It is nine o'clock; the quiet time ends at half past eleven.
        let end = NOW + 5 * HOUR_MS / 2;
        assert!(!store.is_any_outgoing(end - 1).await.unwrap());
        assert_eq!(store.outgoing(end, 9).await.unwrap()[0].notice.about.what, "平");
        assert_eq!(store.n_unread(id).await.unwrap(), 2, "in the app both are there at once");
    }
}

#[tokio::test]
async fn who_is_told_holds_a_role_at_the_unit_or_for_the_area_today() {
    for ground in grounds().await {
        let store = &ground.store;
        let unit = |kind, area: &str, name: &str| Unit {
            id: UnitId(store.new_id(NOW)),
            name: name.to_owned(),
            kind,
            area: area.parse().unwrap(),
            parent: None,
            aliases: Vec::new(),
            duty_phone: None,
            merged_into: None,
        };
        let bureau = unit(UnitKind::Enterprise, "990101", "清河区某局");
        let town = unit(UnitKind::TownshipOffice, "990101001", "石桥镇人民政府");
        let mut tx = store.begin(&actor(0), Act::ChangeUnits);
        tx.add_unit(&bureau, date(2026, 1, 1));
        tx.add_unit(&town, date(2026, 1, 1));
        tx.commit().await.unwrap();
        let officer = user(store, "unit", Role::UnitOfficer, "990101", Some(bureau.id)).await;
        let township = user(store, "township", Role::TownshipOfficer, "990101001", None).await;
        user(store, "elsewhere", Role::TownshipOfficer, "990101002", None).await;
        let office = user(store, "office", Role::Office, "990101", None).await;
        let today = date(2026, 11, 22);
        let ids = |to: Vec<Recipient>| to.into_iter().map(|one| one.user).collect::<Vec<_>>();
        assert_eq!(ids(store.users_for_unit(bureau.id, today).await.unwrap()), [officer]);
        assert_eq!(ids(store.users_for_unit(town.id, today).await.unwrap()), [township]);
        assert_eq!(ids(store.users_for_unit(bureau.id, date(2027, 1, 1)).await.unwrap()), []);
        let with =
            async |area: &str| ids(store.users_with_role(Role::Office, &area.parse().unwrap(), today).await.unwrap());
        assert_eq!((with("990101").await, with("990101001").await), (vec![office], vec![office]));
        assert_eq!((with("990102").await, with("9901").await), (vec![], vec![]));
    }
}
