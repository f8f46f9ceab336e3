use axum::http::StatusCode;
use lianfang_domain::access::Scope;

use crate::browser::Browser;
use crate::town::{AREAS, Town, towns};

/// The browsers of someone of the office, of a township's officer and of an expert, in a district with areas.
struct People {
    office: Browser,
    officer: Browser,
    expert: Browser,
}

async fn people(town: &Town) -> People {
    let (mut system, mut security) = town.set_up().await;
    town.add_areas(&mut system, AREAS).await;
    let office = town.person(&mut system, &mut security, "office", "office", "990101").await;
    let officer = town.person(&mut system, &mut security, "qiao", "township_officer", "990101001").await;
    let expert = town.person(&mut system, &mut security, "expert", "expert", "990101").await;
    People { office, officer, expert }
}

fn unit_form<'a>(name: &'a str, area: &'a str, phone: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", name), ("area", area), ("kind", "department"), ("duty_phone", phone), ("sure", "1")]
}

/// Adds a unit and gives back its address.
async fn unit(browser: &mut Browser, name: &str, area: &str) -> String {
    browser.open("/units/new").await;
    browser.send("/units/new", &unit_form(name, area, "")).await.shows(name);
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.page);
    browser.path.clone()
}

fn renamed<'a>(version: &'a str, name: &'a str) -> [(&'a str, &'a str); 4] {
    [("version", version), ("name", name), ("from_on", "2026-11-22"), ("keep", "1")]
}

fn version(browser: &Browser) -> String {
    browser.between("name=\"version\" value=\"", "\"").unwrap()
}

/// A page without what differs from request to request.
fn without_request(page: &str, address: &str) -> String {
    let page = page.replace(address.trim_start_matches("/units/"), "X");
    let (head, rest) = page.split_once("<code>").unwrap();
    format!("{head}{}", rest.split_once("</code>").unwrap().1)
}

#[tokio::test]
async fn a_unit_outside_is_answered_like_one_that_does_not_exist() {
    for town in towns().await {
        let mut people = people(&town).await;
        let county = unit(&mut people.office, "清河区卫生健康局", "990101").await;
        let clinic = unit(&mut people.office, "石桥镇卫生院", "990101001").await;
        let officer = &mut people.officer;
        officer.open("/units").await.shows("石桥镇卫生院").shows("共 1 条");
        assert!(!officer.page.contains("清河区卫生健康局"));
        officer.open(&clinic).await.shows("石桥镇卫生院");
        let missing = "/units/0000000000000";
        for end in ["", "/edit", "/rename", "/posts/new"] {
            officer.open(&format!("{county}{end}")).await;
            let outside = (officer.status, without_request(&officer.page, &county));
            officer.open(&format!("{missing}{end}")).await;
            assert_eq!(outside, (StatusCode::NOT_FOUND, without_request(&officer.page, missing)), "{end}");
        }
    }
}

#[tokio::test]
async fn wrong_input_is_named_at_its_field_and_kept_and_a_double_is_asked_about() {
    for town in towns().await {
        let mut people = people(&town).await;
        let office = &mut people.office;
        office.open("/units").await.shows("还没有单位").shows("/units/new");
        office.open("/units/new").await;
        office.send("/units/new", &unit_form("某局", "", "1390000000")).await.shows("必填").shows("手机号码应为11位");
        office.shows("value=\"某局\"").shows("value=\"1390000000\"");
        office.send("/units/new", &unit_form("某局", "990102", "")).await.shows("不在您的权限范围内");
        unit(office, "清河区卫生健康局", "990101").await;
        office.open("/units/new").await;
        office.send("/units/new", &unit_form("清河区 卫生健康局", "990101", "")).await.shows("已有同名");
        office.send("/units/new", &[("name", "区卫健局"), ("area", "990101")]).await.shows("可能是同一个单位");
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn the_second_of_two_editors_of_a_unit_is_told_and_loses_nothing() {
    for town in towns().await {
        let mut people = people(&town).await;
        let office = &mut people.office;
        let here = unit(office, "清河区卫生计生委", "990101").await;
        let address = format!("{here}/rename");
        let (first, late) = ("清河区卫生健康局", "清河区卫健委");
        office.open(&address).await;
        office.send(&address, &renamed("1", first)).await.shows(first).shows("曾用名");
        office
            .send(&address, &renamed("1", late))
            .await
            .shows("刚被他人修改")
            .shows("value=\"清河区卫健委\"")
            .shows(first);
        assert_eq!(office.status, StatusCode::UNPROCESSABLE_ENTITY);
        let now = version(office);
        office.send(&address, &renamed(&now, late)).await;
        assert_eq!((office.status, office.path.as_str()), (StatusCode::OK, here.as_str()));
    }
}

#[tokio::test]
async fn a_merge_is_shown_before_it_is_done_and_the_old_address_leads_on() {
    for town in towns().await {
        let mut people = people(&town).await;
        let office = &mut people.office;
        let stays = unit(office, "清河区卫生健康局", "990101").await;
        let goes = unit(office, "区卫健局", "990101").await;
        let id = goes.trim_start_matches("/units/");
        office.open(&format!("{stays}/merge")).await.shows("区卫健局");
        office
            .open(&format!("{stays}/merge?with={id}"))
            .await
            .shows("合并不能撤销")
            .shows("以下名称记为别名：区卫健局");
        let fields = [("with", id), ("version", "1"), ("other_version", "1")];
        office.send(&format!("{stays}/merge"), &fields).await.shows("区卫健局");
        assert_eq!(office.path, stays);
        office.open(&goes).await;
        assert_eq!(office.path, stays);
        people.officer.open(&goes).await;
        assert_eq!(people.officer.status, StatusCode::NOT_FOUND, "a survivor outside is not told of");
    }
}

#[tokio::test]
async fn a_post_is_filled_and_handed_over_and_numbers_are_seen_by_right_and_on_record() {
    for town in towns().await {
        let mut people = people(&town).await;
        let office = &mut people.office;
        let here = unit(office, "清河区卫生健康局", "990101").await;
        office.open(&format!("{here}/posts/new")).await;
        let post = [("title", "局长"), ("rank_order", "1"), ("duty_phone", "")];
        office.send(&format!("{here}/posts/new"), &post).await.shows("空缺");
        let post = office.path.clone();
        let time = |version: &'static str, person: &'static str, phone: &'static str, from_on: &'static str| {
            [("version", version), ("person", person), ("phone", phone), ("from_on", from_on), ("tenure", "full")]
        };
        office.send(&format!("{post}/appoint"), &time("1", "张三", "13900000001", "2026-11-01")).await.shows("张三");
        office.open(&format!("{post}/hand-over")).await;
        let late = time("1", "李四", "13900000002", "2026-11-15");
        office.send(&format!("{post}/hand-over"), &late).await.shows("刚被他人修改").shows("value=\"李四\"");
        office.send(&format!("{post}/hand-over"), &time("2", "李四", "13900000002", "2026-11-15")).await;
        office.shows("2026年11月14日").shows("139****0002");
        assert!(!office.page.contains("13900000002"));
        office.open(&format!("{here}?phones=full")).await.shows("13900000002");
        people.office.open("/directory?phones=full").await.shows("13900000002");
        for page in [
            here.clone(),
            format!("{here}?phones=full"),
            format!("{post}?phones=full"),
            "/directory?phones=full".into(),
        ] {
            people.expert.open(&page).await.shows("139****0002");
            assert!(!people.expert.page.contains("13900000002"), "{page}");
        }
    }
}

#[tokio::test]
async fn many_units_are_closed_at_once_and_what_could_not_be_is_named() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        for name in ["清河区财政局", "清河区教育局"] {
            office.open("/units/new").await;
            office.send("/units/new", &[("name", name), ("area", "990101")]).await;
        }
        let ids: Vec<String> = town
            .store
            .unit_register(&Scope::everywhere())
            .await
            .unwrap()
            .iter()
            .map(|unit| format!("unit_{}", unit.unit.id))
            .collect();
        office.open("/units?by=name").await.shows(&format!("name=\"{}\"", ids[0])).shows("停用所选");
        let gone = "unit_0000000000001";
        let fields = [("back", "/units?by=name"), (&ids[0], "1"), (&ids[1], "7"), (gone, "1")];
        office.send("/units/close-many", &fields).await.shows("已被他人修改").shows("不存在").shows("/units?by=name");
        assert_eq!(office.between("<dt>已办</dt><dd>", "</dd>").unwrap(), "1");
        office.open("/units?state=closed").await;
        assert!(office.page.contains(&ids[0]) && !office.page.contains(&ids[1]));
        office.send("/units/reopen-many", &[(&ids[0], "2")]).await;
        office.open("/units?state=open").await;
        assert!(office.page.contains(&ids[0]) && office.page.contains(&ids[1]));
        let mut observer = town.person(&mut system, &mut security, "observer", "observer", "990101").await;
        observer.open("/units").await;
        assert!(!observer.page.contains("停用所选"), "whoever may not change them chooses nothing");
    }
}
