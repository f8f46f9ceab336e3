use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{Method, StatusCode};
use lianfang_domain::Lang;
use lianfang_server::{DEMO_PASSWORD, lay_out_demo, table};

use crate::browser::Browser;
use crate::town::{Town, towns};

/// Pages looked at of one route, per user and language.
const EACH: usize = 3;

/// What the pages of the demo do not lead to: what is for machines, for the first start, for whoever has a link or is not
/// signed in, the switch of language itself, rows that an import rejected, as the demo's have none,
/// and evidence, as few orders have some.
const NOT_LINKED: [&str; 9] = [
    "/healthz",
    "/readyz",
    "/set-up/{token}",
    "/link/{token}",
    "/sign-in",
    "/language/{lang}",
    "/orders/{id}/files/{file}",
    "/areas/import/{import}/rejected.xlsx",
    "/units/import/{import}/rejected.xlsx",
];

/// The route that an address belongs to.
fn route_of(path: &str, routes: &[&'static str]) -> Option<&'static str> {
    let path = path.split(['?', '#']).next().unwrap();
    let fits = |route: &&&str| {
        let (wanted, own): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
        wanted.len() == own.len() && wanted.iter().zip(&own).all(|(a, b)| a.starts_with('{') || a == b)
    };
    // A route without parameters is meant before one with them.
    routes.iter().filter(fits).min_by_key(|route| route.matches('{').count()).copied()
}

/// The addresses that a page leads to.
fn links(page: &str) -> BTreeSet<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.filter(|href| href.starts_with('/')).map(|href| href.replace("&amp;", "&").replace("&#38;", "&")).collect()
}

/// What stands in buttons, labels and headers of columns: words of the program, never data.
fn own_words(page: &str) -> Vec<&str> {
    let inside = |open: &str, close: &str| -> Vec<&str> {
        let found = page.split(open).skip(1).filter_map(|rest| rest.split_once('>')?.1.split(close).next());
        found.map(|text| text.rsplit('>').next().unwrap()).collect()
    };
    [inside("<button", "</button"), inside("<label", "<"), inside("<th scope=\"col\"", "</th"), inside("<dt", "</dt")]
        .concat()
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// A page without the documents that it shows: what was issued stays in the language in which it was written.
fn without_documents(page: &str) -> String {
    let mut parts = page.split("<article class=\"paper\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("</article>").map_or("", |(_, after)| after))
}

async fn crawl(town: &Town, browser: &mut Browser, lang: Lang, routes: &[&'static str]) -> BTreeSet<&'static str> {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut asked = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        let Some(route) = route_of(&path, routes).filter(|route| !NOT_LINKED.contains(route)) else { continue };
        let times = seen.entry(route).or_default();
        if *times >= EACH || !asked.insert(path.clone()) {
            continue;
        }
        *times += 1;
        // The server counts requests; a test is faster than any person.
        town.wait(100);
        browser.open(&path).await;
        assert_eq!(browser.status, StatusCode::OK, "{path}");
        // Files are no pages.
        if route.contains('.') || route.contains("/files/") || route.ends_with("/file") {
            continue;
        }
        let expected = lang.pick("<html lang=\"zh-CN\"", "<html lang=\"en\"");
        assert!(browser.page.contains(expected), "{path} is not in {lang:?}");
        if lang == Lang::En {
            let page = without_documents(&browser.page);
            let foreign: Vec<&str> = own_words(&page).into_iter().filter(|text| has_chinese(text)).collect();
            assert_eq!(foreign, ["中文"; 0], "{path}");
        }
        waiting.extend(links(&browser.page));
    }
    seen.into_keys().collect()
}

#[tokio::test]
async fn every_page_is_reached_by_links_and_stands_in_both_languages() {
    let town = towns().await.remove(0);
    lay_out_demo(&town.app, 1, Lang::Zh).await.unwrap();
    let routes: Vec<&'static str> = table(&town.app)
        .iter()
        .filter(|route| route.method == Method::GET && !route.path.starts_with("/api/"))
        .map(|route| route.path)
        .collect();
    let mut reached = BTreeSet::new();
    for login in ["system", "security", "audit", "commander", "office", "township", "unit"] {
        for lang in [Lang::Zh, Lang::En] {
            let mut browser = town.browser();
            town.wait(10_000);
            browser.open("/sign-in").await;
            browser.send("/sign-in", &[("login", login), ("password", DEMO_PASSWORD), ("next", "/")]).await;
            browser.open(lang.pick("/language/zh?back=/", "/language/en?back=/")).await;
            reached.extend(crawl(&town, &mut browser, lang, &routes).await);
        }
    }
    let linked = routes.iter().filter(|route| !NOT_LINKED.contains(route));
    let missed: Vec<&&str> = linked.filter(|route| !reached.contains(*route)).collect();
    assert_eq!(missed, [&""; 0]);
}
