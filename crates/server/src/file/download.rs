use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Bytes as an answer that the browser saves under a name, whatever they are.
pub(crate) fn download(bytes: Vec<u8>, name: &str) -> Response {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let saved = format!("attachment; filename=\"lianfang.bin\"; filename*=UTF-8''{encoded}");
    if let Ok(saved) = HeaderValue::from_str(&saved) {
        headers.insert(header::CONTENT_DISPOSITION, saved);
    }
    response
}
