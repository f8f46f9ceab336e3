use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use jiff::Timestamp;
use lianfang_server::{App, Manners, open_set_up, router};
use lianfang_store::{Settings, Store};

use crate::browser::Browser;

/// 22 November 2026, 09:00 in China.
pub(crate) const NOW: i64 = 1_795_309_200_000;
pub(crate) const PASSWORD: &str = "river stone lamp";

/// A server on a database of its own, whose clock the test turns.
pub(crate) struct Town {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

/// A town on each database that is installed.
pub(crate) async fn towns() -> Vec<Town> {
    let mut towns = vec![town(None).await];
    if let Some(database) = lianfang_throwaway::database() {
        towns.push(town(Some(database.address)).await);
    }
    towns
}

pub(crate) async fn town(database: Option<String>) -> Town {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings { database, ..Settings::in_folder(folder.path()) }, NOW).await.unwrap();
    let clock = Arc::new(AtomicI64::new(NOW));
    let hand = Arc::clone(&clock);
    let now = Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap());
    let app = App::new(store.clone(), now, Manners::default());
    Town { router: router(&app), app, clock, store, _folder: folder }
}

impl Town {
    /// Lets time pass.
    pub(crate) fn wait(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.router)
    }

    /// Goes through the first set-up; gives the browsers of the system and the security administrator.
    pub(crate) async fn set_up(&self) -> (Browser, Browser) {
        let link = open_set_up(&self.app).await.unwrap().unwrap();
        let mut system = self.browser();
        system.open(&link).await;
        let fields = [
            ("name", "系统管理员甲"),
            ("login", "system"),
            ("password", PASSWORD),
            ("again", PASSWORD),
            ("security_login", "security"),
            ("audit_login", "audit"),
        ];
        system.send(&link, &fields).await.shows("security");
        let security = self.follow(&system.between("http://lianfang.test/link/", "<").unwrap()).await;
        (system, security)
    }

    /// Sets a password through a link and is signed in.
    pub(crate) async fn follow(&self, token: &str) -> Browser {
        let mut browser = self.browser();
        let link = format!("/link/{token}");
        browser.open(&link).await;
        browser.send(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await.shows("首页");
        browser
    }

    /// Opens an account, gives it a role in an area, and signs it in.
    pub(crate) async fn person(
        &self,
        system: &mut Browser,
        security: &mut Browser,
        login: &str,
        role: &str,
        area: &str,
    ) -> Browser {
        self.person_with(system, security, login, &[("role", role), ("area", area)]).await
    }

    /// The same for a unit's officer.
    pub(crate) async fn officer(
        &self,
        system: &mut Browser,
        security: &mut Browser,
        login: &str,
        unit: &str,
    ) -> Browser {
        self.person_with(system, security, login, &[("role", "unit_officer"), ("area", ""), ("unit", unit)]).await
    }

    async fn person_with(
        &self,
        system: &mut Browser,
        security: &mut Browser,
        login: &str,
        role: &[(&str, &str)],
    ) -> Browser {
        system.open("/users/new").await;
        system.send("/users/new", &[("login", login), ("name", login)]).await;
        let user = system.between("href=\"/users/", "\"").filter(|user| user.len() == 13);
        let user = user.or_else(|| system.between("href=\"/users/0", "\"").map(|rest| format!("0{rest}"))).unwrap();
        let token = system.between("http://lianfang.test/link/", "<").unwrap();
        security.open(&format!("/users/{user}")).await;
        let fields = [role, &[("from_on", "2026-11-01"), ("until_on", "")]].concat();
        security.send(&format!("/users/{user}/roles"), &fields).await;
        assert_eq!(security.path, format!("/users/{user}"), "{}", security.page);
        self.follow(&token).await
    }

    /// Adds areas as a signed-in user who may.
    pub(crate) async fn add_areas(&self, browser: &mut Browser, areas: &[(&str, &str, &str)]) {
        for (code, name, population) in areas {
            browser.open("/areas/new").await;
            let fields = [
                ("code", *code),
                ("name", *name),
                ("short", ""),
                ("population", *population),
                ("counted_on", "2025-12-31"),
                ("source", "年末统计"),
            ];
            browser.send("/areas/new", &fields).await;
            assert_eq!(browser.path, format!("/areas/{code}"), "{}", browser.page);
        }
    }
}

/// A small district.
pub(crate) const AREAS: &[(&str, &str, &str)] = &[
    ("990101", "清河区", "412500"),
    ("990101001", "石桥镇", "41,250"),
    ("990101002", "柳林镇", ""),
    ("990101001001", "东岸村", "1820"),
    ("990102", "南屏区", "300000"),
];
