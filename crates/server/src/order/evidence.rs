use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use lianfang_domain::{OrderFileId, OrderId};

use super::here;
use crate::{Fault, at::At, fault::PageResult, visit::Visit};

/// A file of evidence, to be saved. It is never shown inside a page, whatever is in it.
pub(super) async fn download(visit: Visit, At((id, file)): At<(OrderId, OrderFileId)>) -> PageResult {
    let record = here(&visit, id).await?;
    let store = visit.app.store();
    let named = store.order_files(&record).await?.into_iter().find(|one| one.id == file).ok_or(Fault::NotFound)?;
    let bytes = store.order_file_content(&record, file).await?.ok_or(Fault::NotFound)?;
    store.record_read(&visit.actor(), visit.act, &format!("order_file:{file}"), Some(&record.order.division), "");
    let name: String = form_urlencoded::byte_serialize(named.name.as_bytes()).collect::<String>().replace('+', "%20");
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let saved = format!("attachment; filename=\"evidence\"; filename*=UTF-8''{name}");
    if let Ok(saved) = HeaderValue::from_str(&saved) {
        headers.insert(header::CONTENT_DISPOSITION, saved);
    }
    Ok(response)
}
