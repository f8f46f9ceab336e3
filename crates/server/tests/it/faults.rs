use axum::http::StatusCode;

use crate::town::town;

const AREA: [(&str, &str); 6] = [
    ("code", "990101"),
    ("name", "清河区"),
    ("short", ""),
    ("population", "412500"),
    ("counted_on", "2025-12-31"),
    ("source", "年末统计"),
];

#[tokio::test]
async fn while_the_database_is_gone_it_says_so_keeps_what_was_typed_and_goes_on_when_it_is_back() {
    let Some(server) = lianfang_throwaway::alone() else { return };
    let town = town(Some(server.database().address)).await;
    let (mut system, _) = town.set_up().await;
    system.open("/areas/new").await;
    server.stop();
    // At first the session is still known; later the database is asked for it too.
    for wait in [0, 60_000] {
        town.wait(wait);
        system.send("/areas/new", &AREA).await;
        assert_eq!(system.status, StatusCode::SERVICE_UNAVAILABLE);
        system.shows("数据库暂时无法访问").shows("再次提交").shows("value=\"清河区\"").shows("value=\"412500\"");
        system.shows("无需重启").shows("通知系统管理员");
    }
    let mut other = town.browser();
    other.open("/healthz").await;
    assert_eq!(other.status, StatusCode::OK);
    other.open("/readyz").await;
    assert_eq!(other.status, StatusCode::SERVICE_UNAVAILABLE);
    other.open("/sign-in").await;
    let password = [("login", "system"), ("password", "river stone lamp"), ("next", "/")];
    other.send("/sign-in", &password).await;
    assert_eq!(other.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!other.page.contains("river stone lamp") && !other.page.contains("再次提交"), "no password is sent back");
    server.start();
    other.open("/readyz").await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.page);
    system.send("/areas/new", &AREA).await;
    assert_eq!((system.status, system.path.as_str()), (StatusCode::OK, "/areas/990101"));
    system.shows("412,500");
}
