use axum::http::StatusCode;
use totp_rs::{Algorithm, Builder, Secret};

use crate::browser::Browser;
use crate::town::{NOW, PASSWORD, Town, towns};

async fn sign_in<'a>(browser: &'a mut Browser, login: &str, password: &str) -> &'a mut Browser {
    browser.open("/sign-in?next=%2Faccount").await;
    browser.send("/sign-in", &[("login", login), ("password", password), ("next", "/account")]).await
}

#[tokio::test]
async fn failures_make_the_account_wait_and_say_how_long() {
    for town in towns().await {
        town.set_up().await;
        let mut browser = town.browser();
        for _ in 0..5 {
            sign_in(&mut browser, "system", "wrong words here").await.shows("不正确");
        }
        sign_in(&mut browser, "system", PASSWORD).await.shows("请等待 30 秒");
        town.wait(31_000);
        sign_in(&mut browser, " System ", PASSWORD).await;
        assert_eq!(browser.path, "/account");
        sign_in(&mut town.browser(), "nobody", PASSWORD).await.shows("不正确");
    }
}

#[tokio::test]
async fn a_page_asked_for_without_signing_in_comes_after_it() {
    for town in towns().await {
        town.set_up().await;
        let mut browser = town.browser();
        browser.open("/users?after=a").await;
        assert_eq!(browser.path, "/sign-in?next=%2Fusers%3Fafter%3Da");
        browser.shows("value=\"/users?after=a\"");
        browser.send("/sign-in", &[("login", "system"), ("password", PASSWORD), ("next", "https://example.org")]).await;
        assert_eq!(browser.path, "/", "a way back never leads outside");
    }
}

#[tokio::test]
async fn a_session_ends_idle_and_signing_out_ends_it_at_once() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        system.open("/account").await;
        system.send("/sign-out", &[]).await;
        system.open("/account").await.shows("登录名");
        assert!(system.path.starts_with("/sign-in"));
        security.open("/account").await;
        assert_eq!(security.path, "/account");
        town.wait(2 * 3_600_000 + 60_000);
        security.open("/account").await;
        assert!(security.path.starts_with("/sign-in"), "{}", security.path);
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_does_nothing() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        system.send_raw("/users/new", "login=lin&name=lin").await.shows("页面已过期");
        assert_eq!(system.status, StatusCode::FORBIDDEN);
        assert_eq!(town.store.n_users().await.unwrap(), 3);
    }
}

fn code(secret: &str, at_ms: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at_ms / 1000).unwrap()).to_string()
}

/// Turns the second factor on; gives the secret and the recovery codes.
async fn second_factor(browser: &mut Browser) -> (String, Vec<String>) {
    browser.open("/account/second-factor").await;
    let secret = browser.between("<code>", "</code>").unwrap();
    browser.send("/account/second-factor", &[("code", "000000")]).await.shows("验证码不正确");
    browser.shows(&secret);
    browser.send("/account/second-factor", &[("code", &code(&secret, NOW))]).await.shows("恢复码");
    let codes = browser.page.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    (secret, codes.collect())
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_a_code_works_once() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        let (secret, codes) = second_factor(&mut system).await;
        assert_eq!(codes.len(), 8);
        // The code that turned it on is used up.
        sign_in_with_code(&town, &code(&secret, NOW)).await.shows("已用过");
        town.wait(60_000);
        let now = NOW + 60_000;
        let browser = sign_in_with_code(&town, &code(&secret, now)).await;
        assert_eq!(browser.path, "/account", "{}", browser.page);
        browser.shows("已开启");
        sign_in_with_code(&town, &code(&secret, now)).await.shows("已用过");
        town.wait(30_000);
        let mut browser = sign_in_with_code(&town, &codes[3].to_lowercase()).await;
        assert_eq!(browser.path, "/account", "{}", browser.page);
        browser.open("/account").await.shows("剩余恢复码：7");
        sign_in_with_code(&town, &codes[3]).await.shows("不正确");
    }
}

async fn sign_in_with_code(town: &Town, code: &str) -> Browser {
    let mut browser = town.browser();
    sign_in(&mut browser, "system", PASSWORD).await.shows("动态验证码");
    let ticket = browser.between("name=\"ticket\" value=\"", "\"").unwrap();
    browser.send("/sign-in/code", &[("ticket", &ticket), ("code", code), ("next", "/account")]).await;
    browser
}

#[tokio::test]
async fn a_role_that_needs_a_second_factor_leads_there_first() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, crate::town::AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        office.open("/areas").await.shows("清河区");
        security.open("/security").await;
        security.send("/security", &[("role_office", "1")]).await.shows("已保存");
        office.open("/areas").await;
        assert_eq!(office.path, "/account/second-factor");
        office.open("/account").await.shows("office");
        system.open("/areas").await.shows("清河区");
        security.open("/security").await;
        security.send("/security", &[]).await;
        office.open("/areas").await.shows("清河区");
    }
}

#[tokio::test]
async fn the_security_administrator_appoints_a_unit_officer_and_signs_someone_out() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, crate::town::AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        office.open("/units/new").await;
        let unit = [("name", "石桥镇卫生院"), ("area", "990101001"), ("kind", ""), ("parent", ""), ("sure", "1")];
        office.send("/units/new", &unit).await;
        system.open("/users/new").await;
        system.send("/users/new", &[("login", "clinic"), ("name", "卫生院")]).await;
        let (link, user) = (
            system.between("http://lianfang.test/link/", "<").unwrap(),
            format!("0{}", system.between("href=\"/users/0", "\"").unwrap()),
        );
        let role = |unit| {
            [("role", "unit_officer"), ("area", ""), ("unit", unit), ("from_on", "2026-11-01"), ("until_on", "")]
        };
        security.open(&format!("/users/{user}")).await;
        security.send(&format!("/users/{user}/roles"), &role("石桥镇医院")).await.shows("没有这个在用的单位");
        security.send(&format!("/users/{user}/roles"), &role("石桥镇卫生院")).await.shows("石桥镇卫生院");
        let mut clinic = town.follow(&link).await;
        clinic.open("/units").await.shows("石桥镇卫生院");
        security.open(&format!("/users/{user}")).await;
        security.send(&format!("/users/{user}/sign-out"), &[]).await;
        clinic.open("/units").await;
        assert!(clinic.path.starts_with("/sign-in"), "{}", clinic.path);
    }
}
