use axum::http::StatusCode;
use lianfang_server::open_set_up;

use crate::town::{PASSWORD, towns};

#[tokio::test]
async fn a_link_sets_up_the_three_administrators_once() {
    for town in towns().await {
        let first = open_set_up(&town.app).await.unwrap().unwrap();
        let link = open_set_up(&town.app).await.unwrap().unwrap();
        let mut browser = town.browser();
        browser.open(&first).await.shows("链接无效");
        browser.open(&link).await.shows("首次设置");
        let fields = |login, again| {
            [
                ("name", "系统管理员甲"),
                ("login", login),
                ("password", PASSWORD),
                ("again", again),
                ("security_login", "security"),
                ("audit_login", "audit"),
            ]
        };
        browser.send(&link, &fields("audit", "other words here")).await.shows("不一致").shows("互不相同");
        assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.shows("系统管理员甲");
        assert!(!browser.page.contains(PASSWORD), "a password is never sent back");
        browser.send(&link, &fields("system", PASSWORD)).await.shows("设置完成");
        browser.open("/").await.shows("系统管理员甲").shows("辖区");
        browser.open(&link).await.shows("链接无效");
        assert_eq!(open_set_up(&town.app).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_link_for_a_password_works_once_and_ends() {
    for town in towns().await {
        let (mut system, _security) = town.set_up().await;
        system.open("/users/new").await;
        system.send("/users/new", &[("login", "lin"), ("name", "值班员甲")]).await;
        let token = system.between("http://lianfang.test/link/", "<").unwrap();
        let mut late = town.browser();
        town.wait(73 * 3_600_000);
        late.open(&format!("/link/{token}")).await.shows("链接无效");
        town.wait(-73 * 3_600_000);
        let mut lin = town.follow(&token).await;
        lin.open(&format!("/link/{token}")).await.shows("链接无效");
        lin.open("/").await.shows("还没有给您授予角色");
    }
}
