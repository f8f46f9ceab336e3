use axum::http::StatusCode;
use lianfang_domain::{
    ClockId,
    access::{Act, Role, Scope},
    clock::{Clock, Escalation, HOUR_MS, Length, Limit, MINUTE_MS},
    notice::{About, Notice, NoticeKind, Urgency},
    plan::DurationUnit,
};
use lianfang_server::run_due_jobs;
use lianfang_store::{Actor, NewClock};

use crate::browser::Browser;
use crate::town::{AREAS, NOW, Town, towns};

struct Staff {
    office: Browser,
    commander: Browser,
    unit: Browser,
}

/// An office, a commander, and an officer of a unit.
async fn staff(town: &Town) -> Staff {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    office.open("/units/new").await;
    office.send("/units/new", &[("name", "清河区卫生健康局"), ("area", "990101")]).await;
    let commander = town.person(&mut system, &mut security, "commander", "commander", "990101").await;
    let unit = town.person(&mut system, &mut security, "unit", "expert", "990101").await;
    let id = town.store.unit_register(&Scope::everywhere()).await.unwrap()[0].unit.id;
    let user = town.store.sign_in_record("unit").await.unwrap().unwrap().user.id;
    let grant = lianfang_domain::access::Grant {
        id: lianfang_domain::GrantId(town.store.new_id(NOW)),
        role: Role::UnitOfficer,
        area: "990101".parse().ok(),
        unit: Some(id),
        from_on: "2026-01-01".parse().unwrap(),
        until_on: None,
    };
    let mut tx = town.store.begin(&Actor::program(NOW), Act::GrantRoles);
    tx.give_role(user, &grant, None);
    tx.commit().await.unwrap();
    Staff { office, commander, unit }
}

/// Starts a clock of two hours for the unit, brought up again every hour, twice.
async fn start_clock(town: &Town) {
    let unit = town.store.unit_register(&Scope::everywhere()).await.unwrap()[0].unit.id;
    let now_ms = now(town);
    let new = NewClock {
        id: ClockId(town.store.new_id(now_ms)),
        area: "990101".parse().unwrap(),
        subject_kind: "order",
        subject: "1".to_owned(),
        title: "报送排查结果".to_owned(),
        href: "/units".to_owned(),
        told_unit: Some(unit),
        clock: Clock::start(Limit::Within { length: Length { amount: 2, unit: DurationUnit::Hour } }, now_ms),
        escalation: Escalation { every_minutes: 60, steps: 2 },
    };
    let mut tx = town.store.begin(&Actor::program(now_ms), Act::ChangePlans);
    tx.start_clock(&new).unwrap();
    tx.commit().await.unwrap();
}

fn now(town: &Town) -> i64 {
    town.clock.load(std::sync::atomic::Ordering::Relaxed)
}

async fn unread(town: &Town, login: &str) -> i64 {
    let user = town.store.sign_in_record(login).await.unwrap().unwrap().user.id;
    town.store.n_unread(user).await.unwrap()
}

#[tokio::test]
async fn a_clock_rings_for_its_unit_then_for_the_office_and_the_commander_and_never_twice() {
    for town in towns().await {
        let mut staff = staff(&town).await;
        start_clock(&town).await;
        let counts = async || {
            run_due_jobs(&town.app).await.unwrap();
            run_due_jobs(&town.app).await.unwrap();
            [unread(&town, "unit").await, unread(&town, "office").await, unread(&town, "commander").await]
        };
        assert_eq!(counts().await, [0, 0, 0]);
        town.wait(90 * MINUTE_MS);
        assert_eq!(counts().await, [1, 0, 0]);
        staff.unit.open("/notices").await.shows("“报送排查结果”时限将至：11月22日 11:00前完成。");
        town.wait(30 * MINUTE_MS);
        assert_eq!(counts().await, [2, 0, 0]);
        town.wait(HOUR_MS);
        assert_eq!(counts().await, [3, 1, 0]);
        town.wait(HOUR_MS);
        assert_eq!(counts().await, [4, 2, 1]);
        town.wait(48 * HOUR_MS);
        assert_eq!(counts().await, [4, 2, 1], "it is not brought up for ever");
        let _ = (&mut staff.office, &mut staff.commander);
        let outbox = town.store.settings().data.join("outbox");
        let lines: usize = std::fs::read_dir(outbox)
            .unwrap()
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().lines().count())
            .sum();
        assert_eq!(lines, 7, "each went out once");
    }
}

#[tokio::test]
async fn the_bell_counts_what_was_not_read_and_a_notice_leads_to_what_it_is_about() {
    for town in towns().await {
        let mut staff = staff(&town).await;
        let office = town.store.sign_in_record("office").await.unwrap().unwrap().user.id;
        staff.office.open("/notices").await.shows("没有通知").shows("设置免打扰时间");
        for what in ["甲", "乙", "丙"] {
            let notice = Notice {
                kind: NoticeKind::ToDecide,
                about: About { what: what.to_owned(), ..About::default() },
                href: "/units".to_owned(),
                urgency: Urgency::Urgent,
                area: "990101".parse().unwrap(),
            };
            let to = [lianfang_store::Recipient { user: office, quiet: None }];
            let mut tx = town.store.begin(&Actor::program(NOW), Act::ChangePlans);
            tx.notify(&to, &notice).unwrap();
            tx.commit().await.unwrap();
        }
        let mine = staff.office.open("/notices").await.shows("待阅通知：3 条未读");
        mine.shows("待您审批：“丙”。").shows("紧急");
        let id = mine.between("data-main", "丙").map(|_| ()).and(mine.between("<a href=\"/notices/", "\"")).unwrap();
        staff.commander.open(&format!("/notices/{id}")).await;
        assert_eq!(staff.commander.status, StatusCode::NOT_FOUND, "of someone else");
        staff.office.open(&format!("/notices/{id}")).await;
        assert_eq!(staff.office.path, "/units");
        staff.office.shows("待阅通知：2 条未读");
        staff.office.open("/notices").await;
        let second = staff.office.between("<a href=\"/notices/", "\"").unwrap();
        staff.office.send(&format!("/notices/{second}/read"), &[]).await.shows("待阅通知：1 条未读");
        let latest = staff.office.between("name=\"latest\" value=\"", "\"").unwrap();
        staff.office.send("/notices/read", &[("latest", &latest)]).await.shows("title=\"待阅通知\"");
        assert!(!staff.office.page.contains("bell-n"));
        staff.office.open("/account").await;
        staff
            .office
            .send("/account/quiet", &[("quiet_from", "22:00"), ("quiet_until", "")])
            .await
            .shows("请填写两个不同的时刻");
        assert_eq!(staff.office.status, StatusCode::UNPROCESSABLE_ENTITY);
        staff.office.shows("value=\"22:00\"");
        staff.office.send("/account/quiet", &[("quiet_from", "22:00"), ("quiet_until", "07:00")]).await;
        assert_eq!(town.store.quiet(office).await.unwrap(), "22:00-07:00".parse().ok());
        staff.office.shows("value=\"07:00\"");
        staff.office.send("/account/quiet", &[("quiet_from", ""), ("quiet_until", "")]).await;
        assert_eq!(town.store.quiet(office).await.unwrap(), None);
    }
}
