use axum::http::{Method, StatusCode};
use lianfang_domain::access::{Role, Who};
use lianfang_server::table;

use crate::town::{AREAS, towns};

/// Where each role is held: in the first county.
fn place(role: Role) -> &'static str {
    if role.is_administrator() { "" } else { "990101" }
}

/// An address with parameters of something that exists outside the first county, and of something that does not exist.
fn addresses(path: &str) -> Option<(String, String)> {
    let exists = path.replace("{code}", "990102");
    let missing = path.replace("{code}", "990103");
    (exists != missing).then_some((exists, missing))
}

#[tokio::test]
async fn every_route_answers_each_role_as_the_table_says_and_hides_what_lies_outside() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let routes = table(&town.app);
        assert!(routes.len() > 25, "only {} routes", routes.len());
        for role in Role::ALL.into_iter().filter(|role| !role.is_for_a_unit()) {
            let login = format!("as.{}", role.code());
            let mut browser = town.person(&mut system, &mut security, &login, role.code(), place(role)).await;
            for route in &routes {
                let Who::Roles(rows) = route.act.who() else { continue };
                let allowed = rows.iter().any(|(held, _)| *held == role);
                let mut path = route.path.replace("{code}", "990101");
                for name in ["{id}", "{post}", "{holder}", "{import}", "{file}", "{place}"] {
                    path = path.replace(name, "0000000000000");
                }
                let mut ask = async |path: &str| {
                    // The server counts requests; a test is faster than any person.
                    town.wait(20);
                    browser.open("/account").await;
                    if route.method == Method::GET {
                        browser.open(path).await
                    } else {
                        browser.send(path, &[]).await
                    };
                    browser.status
                };
                let status = ask(&path).await;
                let refused = status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !allowed, "{role:?} {} {path}: {status}", route.method);
                if let Some((outside, missing)) = addresses(route.path).filter(|_| allowed && !role.is_administrator())
                {
                    let seen = (ask(&outside).await, ask(&missing).await);
                    assert_eq!(seen.0, seen.1, "{role:?} {} {outside}", route.method);
                    assert_ne!(seen.0, StatusCode::OK, "{role:?} {outside}");
                }
            }
        }
    }
}

#[tokio::test]
async fn nobody_changes_their_own_rights_and_the_three_powers_stay_apart() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        security.open("/users").await;
        let links: Vec<String> = security
            .page
            .split("href=\"/users/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        let give = |role, area| [("role", role), ("area", area), ("from_on", "2026-11-22"), ("until_on", "")];
        let mut refusals = Vec::new();
        for user in &links {
            security.open(&format!("/users/{user}")).await;
            security.send(&format!("/users/{user}/roles"), &give("office", "990101")).await;
            refusals.push(security.page.contains("不能更改自己的权限") || security.page.contains("不得兼任"));
        }
        assert_eq!(refusals, [true, true, true]);
        let mut audit = town.person(&mut system, &mut security, "audit2", "audit_admin", "").await;
        audit.open("/audit").await.shows("授予或收回角色").shows("security");
        assert!(!audit.page.contains("river"));
    }
}
