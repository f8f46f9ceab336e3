//! The styles and scripts of the pages, in the binary and ready compressed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

/// What `web/build.mjs` made.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// A name carries the hash of its content, so that what has been fetched once need never be asked for again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The address of each file, by its name without the hash.
static ADDRESSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let bytes = Dist::get("manifest.json").map(|file| file.data).unwrap_or_default();
    let files: BTreeMap<String, String> = serde_json::from_slice(&bytes).unwrap_or_default();
    files.into_iter().map(|(name, file)| (name, format!("/assets/{file}"))).collect()
});

/// Where a file of the pages is to be found: `app.css` is at `/assets/app-1A2B3C4D.css`.
///
/// A name that is not there leads to an address that is not found.
pub(crate) fn asset(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("/assets/missing", String::as_str)
}

/// What others made that is in the styles and scripts: name, version, licence and its text, as JSON.
pub(crate) fn licences() -> String {
    let bytes = Dist::get("licences.json").map(|file| file.data).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The route that hands the files out.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(file))
}

async fn file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let address = format!("/assets/{file}");
    if !ADDRESSES.values().any(|known| *known == address) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ready = [("br", ".br"), ("gzip", ".gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, ending)| Some((coding, Dist::get(&format!("{file}{ending}"))?)));
    let (coding, found) = match ready {
        Some((coding, found)) => (Some(coding), Some(found)),
        None => (None, Dist::get(&file)),
    };
    let Some(found) = found else { return StatusCode::NOT_FOUND.into_response() };

    let mut response = found.data.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(&file));
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether `Accept-Encoding` takes the coding; one with the weight 0 is refused.
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let refused =
            words.filter_map(|word| word.strip_prefix("q=")).any(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        named && !refused
    })
}

fn content_type(file: &str) -> HeaderValue {
    HeaderValue::from_static(match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn fetch(address: &str, accepted: &str) -> Response {
        let request = Request::get(address).header(header::ACCEPT_ENCODING, accepted).body(Body::empty()).unwrap();
        routes::<()>().oneshot(request).await.unwrap()
    }

    fn header_of(response: &Response, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[tokio::test]
    async fn each_file_of_the_layout_is_handed_out_with_its_type_for_ever() {
        for (name, kind) in [
            ("app.css", "text/css; charset=utf-8"),
            ("app.js", "text/javascript; charset=utf-8"),
            ("theme.js", "text/javascript; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
        ] {
            let response = fetch(asset(name), "").await;
            assert_eq!(response.status(), StatusCode::OK, "{name}");
            assert_eq!(header_of(&response, header::CONTENT_TYPE), Some(kind));
            assert_eq!(header_of(&response, header::CACHE_CONTROL), Some("public, max-age=31536000, immutable"));
            assert_eq!(header_of(&response, header::CONTENT_ENCODING), None);
        }
    }

    #[tokio::test]
    async fn the_best_compressed_form_that_the_browser_takes_is_sent() {
        for (accepted, coding) in [
            ("gzip, deflate, br", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("*", None),
        ] {
            let response = fetch(asset("app.css"), accepted).await;
            assert_eq!(header_of(&response, header::CONTENT_ENCODING), coding, "{accepted}");
            assert_eq!(header_of(&response, header::VARY), Some("accept-encoding"));
        }
    }

    #[tokio::test]
    async fn what_is_not_of_the_pages_is_not_found() {
        for address in ["/assets/missing", "/assets/manifest.json", "/assets/app.css", "/assets/..%2Fpackage.json"] {
            assert_eq!(fetch(address, "br").await.status(), StatusCode::NOT_FOUND, "{address}");
        }
    }

    #[test]
    fn a_name_that_is_not_there_leads_to_an_address_that_is_not_found() {
        assert_eq!(asset("app.exe"), "/assets/missing");
        assert!(asset("app.css").starts_with("/assets/app-"));
    }

    #[test]
    fn the_licences_of_what_others_made_are_all_there() {
        for name in ["@tabler/core", "@tabler/icons", "bootstrap", "htmx.org"] {
            assert!(licences().contains(&format!("\"name\": \"{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_first_load_is_small_for_slow_lines() {
        let compressed: usize = ["app.css", "app.js", "theme.js"]
            .iter()
            .map(|name| Dist::get(&format!("{}.br", asset(name).trim_start_matches("/assets/"))).unwrap().data.len())
            .sum();
        assert!(compressed < 100_000, "{compressed} bytes");
    }
}
