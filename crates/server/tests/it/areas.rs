use axum::http::StatusCode;

use crate::town::{AREAS, towns};

#[tokio::test]
async fn a_township_officer_sees_the_own_township_only() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        let mut officer = town.person(&mut system, &mut security, "qiao", "township_officer", "990101001").await;
        office.open("/areas/990101").await.shows("石桥镇").shows("41,250").shows("人口未知：柳林镇");
        officer.open("/areas").await.shows("石桥镇");
        assert!(!officer.page.contains("柳林镇") && !officer.page.contains("清河区"));
        officer.open("/areas/990101001").await.shows("东岸村").shows("1,820");
        officer.open("/areas/990101002").await;
        let outside = (officer.status, without_request(&officer.page));
        officer.open("/areas/990101777").await;
        assert_eq!(outside, (StatusCode::NOT_FOUND, without_request(&officer.page)));
        officer.open("/areas/new").await.shows("没有这项权限");
        assert_eq!(officer.status, StatusCode::FORBIDDEN);
    }
}

/// A page without what differs from request to request.
fn without_request(page: &str) -> String {
    let mut parts: Vec<&str> = page.split("<code>").collect();
    parts.retain(|part| !part.chars().take(13).all(|c| c.is_ascii_alphanumeric()));
    parts.join("").replace("990101002", "X").replace("990101777", "X")
}

#[tokio::test]
async fn a_new_name_counts_from_its_day_and_the_old_one_stays() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        system.open("/areas/990101001").await;
        let version = system.between("name=\"version\" value=\"", "\"").unwrap();
        let name = |day| [("version", version.as_str()), ("name", "石桥街道"), ("short", "石桥"), ("from_on", day)];
        system.send("/areas/990101001/name", &name("二〇二六年")).await.shows("2026-11-22 这样").shows("石桥街道");
        system.send("/areas/990101001/name", &name("2026-12-01")).await;
        system.shows("<h1").shows("石桥镇").shows("2026年12月1日");
        town.wait(10 * 86_400_000);
        let (mut later, _) = (town.browser(), ());
        later.open("/sign-in").await;
        later
            .send("/sign-in", &[("login", "system"), ("password", crate::town::PASSWORD), ("next", "/areas/990101")])
            .await;
        later.shows("石桥街道");
    }
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_and_loses_nothing() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        system.open("/areas/990101002").await;
        let version = system.between("name=\"version\" value=\"", "\"").unwrap();
        let count = |n| {
            [("version", version.as_str()), ("population", n), ("counted_on", "2026-11-01"), ("source", "乡镇上报")]
        };
        system.send("/areas/990101002/population", &count("38000")).await.shows("38,000");
        system.send("/areas/990101002/population", &count("38111")).await;
        assert_eq!(system.status, StatusCode::UNPROCESSABLE_ENTITY);
        system.shows("刚被他人修改").shows("38,000").shows("value=\"38111\"");
        let version = system.between("name=\"version\" value=\"", "\"").unwrap();
        let again =
            [("version", version.as_str()), ("population", "38111"), ("counted_on", "2026-11-01"), ("source", "")];
        system.send("/areas/990101002/population", &again).await.shows("38,111");
    }
}

#[tokio::test]
async fn wrong_input_is_named_at_its_field_and_kept() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        system.open("/areas/new").await;
        let cases = [
            ("99010", "某镇", "1", "2026-01-01", "99010"),
            ("990101003", "", "1", "2026-01-01", "必填"),
            ("990101003", "某镇", "约三千", "2026-01-01", "人口应为整数"),
            ("990101003", "某镇", "12", "2626-01-01", "1949 年至 2100 年"),
            ("990101001", "某镇", "12", "2026-01-01", "这个代码已存在"),
            ("990101009001", "某村", "12", "2026-01-01", "请先建立上级辖区"),
            ("990101003", "<script>alert(1)</script>", "x", "2026-01-01", "&#60;script&#62;"),
        ];
        for (code, name, population, day, message) in cases {
            let fields = [
                ("code", code),
                ("name", name),
                ("short", ""),
                ("population", population),
                ("counted_on", day),
                ("source", "年末统计"),
            ];
            system.send("/areas/new", &fields).await.shows(message).shows("年末统计");
            assert_eq!(system.status, StatusCode::UNPROCESSABLE_ENTITY, "{code} {name}");
            assert!(!system.page.contains("<script>alert"));
        }
        let long = "长".repeat(120_000);
        system.send("/areas/new", &[("code", "990101003"), ("name", &long)]).await.shows("256 KB");
    }
}
