use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use lianfang_server::{run_due_jobs, table};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::browser::Browser;
use crate::town::{AREAS, Town, towns};

/// A program with a key.
struct Program {
    router: Router,
    key: String,
}

impl Program {
    /// Makes a key on the account page of whoever is signed in.
    async fn of(town: &Town, browser: &mut Browser, scopes: &[&str]) -> Program {
        browser.open("/account").await;
        let named: Vec<String> = scopes.iter().map(|scope| format!("scope_{scope}")).collect();
        let mut fields = vec![("key_name", "报送系统"), ("days", "30")];
        fields.extend(named.iter().map(|name| (name.as_str(), "1")));
        browser.send("/account/keys", &fields).await;
        let key = browser.between("<pre><code>", "</code>").unwrap();
        assert!(key.starts_with("lf_"), "{key}");
        Program { router: town.router.clone(), key }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        self.ask_once(method, path, body, None).await
    }

    async fn ask_once(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        once: Option<&str>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "lianfang.test");
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if let Some(once) = once {
            request = request.header("idempotency-key", once);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let expected = if status.is_success() { "application/json" } else { "application/problem+json" };
        let bytes = to_bytes(response.into_body(), 10_000_000).await.unwrap();
        assert_eq!(kind, expected, "{path} {status}: {}", String::from_utf8_lossy(&bytes));
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.ask(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        self.ask(Method::POST, path, Some(body)).await
    }
}

#[tokio::test]
async fn a_program_does_what_the_pages_do() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        let scopes = ["areas.read", "areas.write", "units.read", "units.write", "phones.read"];
        let program = Program::of(&town, &mut office, &scopes).await;
        assert_eq!(program.get("/api/me").await["login"], "office");
        let areas = program.get("/api/areas").await;
        assert_eq!(areas["rows"][0]["code"], "990101");
        assert_eq!(program.get("/api/areas/990101002").await["population"], Value::Null);
        let (status, added) = program
            .post(
                "/api/units",
                json!({ "name": "清河区卫生健康局", "area": "990101", "duty_phone": 13_900_000_001_u64 }),
            )
            .await;
        assert_eq!(status, StatusCode::CREATED, "{added}");
        let unit = added["href"].as_str().unwrap().to_owned();
        let (status, _) = program
            .post(
                &format!("{unit}/rename"),
                json!({ "version": 1, "name": "清河区卫健局", "keep": true, "from_on": "2026-11-22" }),
            )
            .await;
        assert_eq!(status, StatusCode::OK);
        let seen = program.get(&unit).await;
        assert_eq!(
            (seen["name"].as_str(), seen["aliases"][0]["kind"].as_str()),
            (Some("清河区卫健局"), Some("former"))
        );
        let (status, post) = program.post(&format!("{unit}/posts"), json!({ "title": "局长", "rank_order": 1 })).await;
        assert_eq!(status, StatusCode::CREATED, "{post}");
        let post = post["href"].as_str().unwrap().to_owned();
        let person = json!({ "version": 1, "person": "陈试甲", "phone": "13900000002", "from_on": "2026-11-01", "tenure": "full" });
        let (status, answer) = program.post(&format!("{post}/appoint"), person).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(program.get(&post).await["holders"][0]["phone"], "139****0002");
        assert_eq!(program.get(&format!("{post}?phones=full")).await["holders"][0]["phone"], "13900000002");
        assert_eq!(program.get("/api/units?q=卫健").await["n_found"], 1);
    }
}

#[tokio::test]
async fn what_is_wrong_is_a_problem_with_its_fields() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        let program = Program::of(&town, &mut office, &["units.read", "units.write", "users.read"]).await;
        let (status, problem) = program.post("/api/units", json!({ "name": "", "area": "990101" })).await;
        assert_eq!((status, problem["errors"][0]["field"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("name")));
        for body in [json!({ "name": ["x"] }), json!([1])] {
            assert_eq!(program.post("/api/units", body).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // Beyond the key, beyond the role, beyond the area, and not there at all.
        let cases = [
            ("/api/areas", StatusCode::FORBIDDEN),
            ("/api/users", StatusCode::FORBIDDEN),
            ("/api/units/0000000000000", StatusCode::NOT_FOUND),
            ("/api/nothing", StatusCode::NOT_FOUND),
        ];
        for (path, status) in cases {
            assert_eq!(program.ask(Method::GET, path, None).await.0, status, "{path}");
        }
        assert_eq!(program.ask(Method::DELETE, "/api/units", None).await.0, StatusCode::METHOD_NOT_ALLOWED);
        let stranger = Program { router: town.router.clone(), key: "lf_wrong".to_owned() };
        assert_eq!(stranger.ask(Method::GET, "/api/units", None).await.0, StatusCode::UNAUTHORIZED);
        town.wait(31 * 86_400_000);
        assert_eq!(program.ask(Method::GET, "/api/units", None).await.0, StatusCode::UNAUTHORIZED, "the key ran out");
    }
}

#[tokio::test]
async fn the_same_request_under_the_same_key_is_done_once() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        let program = Program::of(&town, &mut system, &["areas.read", "areas.write"]).await;
        let body = || json!({ "code": "990101", "name": "清河区" });
        let ask = |body| program.ask_once(Method::POST, "/api/areas", Some(body), Some("k-1"));
        let first = ask(body()).await;
        assert_eq!(first.0, StatusCode::CREATED, "{}", first.1);
        assert_eq!(ask(body()).await, first);
        assert_eq!(program.get("/api/areas").await["rows"].as_array().unwrap().len(), 1);
        let (status, _) = ask(json!({ "code": "990102", "name": "南屏区" })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the key was used for something else");
        let (status, _) = program.post("/api/areas", body()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "without the key it is a second one");
    }
}

/// Sends the same twice under one key: the second answer leads to what the first one made.
async fn twice(program: &Program, path: &str, body: Value) -> Value {
    let first = program.ask_once(Method::POST, path, Some(body.clone()), Some(path)).await;
    let second = program.ask_once(Method::POST, path, Some(body), Some(path)).await;
    assert_eq!((first.0, second.0), (StatusCode::CREATED, StatusCode::CREATED), "{path}: {} {}", first.1, second.1);
    assert_eq!(first.1["href"], second.1["href"], "{path}");
    program.get(first.1["href"].as_str().unwrap()).await
}

#[tokio::test]
async fn what_was_made_under_a_key_is_found_again_where_it_is() {
    for town in towns().await {
        let (mut system, mut security) = town.set_up().await;
        town.add_areas(&mut system, AREAS).await;
        let mut office = town.person(&mut system, &mut security, "office", "office", "990101").await;
        let program = Program::of(&town, &mut office, &["units.read", "units.write"]).await;
        let unit = twice(&program, "/api/units", json!({ "name": "清河区卫健局", "area": "990101" })).await;
        let posts = format!("/api/units/{}/posts", unit["id"].as_str().unwrap());
        assert_eq!(twice(&program, &posts, json!({ "title": "局长", "rank_order": 1 })).await["title"], "局长");
        let users = Program::of(&town, &mut system, &["users.read", "users.write"]).await;
        let account = json!({ "login": "chen", "name": "陈试甲" });
        let (status, first) = users.ask_once(Method::POST, "/api/users", Some(account.clone()), Some("u")).await;
        assert_eq!((status, first["link"].is_string()), (StatusCode::CREATED, true), "{first}");
        let (_, second) = users.ask_once(Method::POST, "/api/users", Some(account), Some("u")).await;
        assert_eq!((&second["href"], &second["link"]), (&first["href"], &Value::Null), "a link is given once");
        assert_eq!(users.get(first["href"].as_str().unwrap()).await["login"], "chen");
    }
}

#[tokio::test]
async fn a_program_imports_and_takes_back() {
    for town in towns().await {
        let (mut system, _) = town.set_up().await;
        let program = Program::of(&town, &mut system, &["areas.read", "areas.write", "system.read"]).await;
        let table = "区划代码,名称\n990101,清河区\n990101001,石桥镇\nx,错\n";
        let request = Request::post("/api/areas/import?file=a.csv")
            .header(header::AUTHORIZATION, format!("Bearer {}", program.key))
            .header(header::CONTENT_TYPE, "application/octet-stream");
        let response = town.router.clone().oneshot(request.body(Body::from(table)).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::CREATED);
        let import = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let tried = program.get(&import).await;
        assert_eq!((tried["n_rejected"].as_i64(), tried["messages"].as_array().unwrap().len()), (Some(1), 1));
        for (act, state) in [("run", "done"), ("undo", "undone")] {
            let version = program.get(&import).await["version"].clone();
            assert_eq!(program.post(&format!("{import}/{act}"), json!({ "version": version })).await.0, StatusCode::OK);
            while run_due_jobs(&town.app).await.unwrap() > 0 {}
            assert_eq!(program.get(&import).await["state"], state);
        }
        assert!(!program.get("/api/system/jobs").await["rows"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_document_describes_every_route_and_is_readable_without_a_network() {
    let town = towns().await.remove(0);
    let mut browser = town.browser();
    browser.open("/api/openapi.json").await;
    let document: Value = serde_json::from_str(&browser.page).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    for route in table(&town.app) {
        let is_file = route.path.ends_with(".xlsx");
        if route.path.starts_with("/api/") && !is_file && !matches!(route.path, "/api/openapi.json" | "/api/docs") {
            let method = route.method.as_str().to_lowercase();
            assert!(paths[route.path].get(&method).is_some(), "{method} {}", route.path);
        }
    }
    let mut ids: Vec<&str> = paths
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|one| one["operationId"].as_str().unwrap())
        .collect();
    let n_all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n_all, "two operations bear one name");
    browser.open("/api/docs").await.shows("/api/units/{id}/rename");
    assert!(!browser.page.contains("http://") && !browser.page.contains("https://"));
}
