use std::collections::BTreeMap;

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;

use crate::{App, Fault, token, visit::Visit};

/// Largest file that is taken, in bytes.
const LARGEST: usize = 20 * 1024 * 1024;
/// Room for the other fields of the form and what stands between them.
const BESIDE: usize = 64 * 1024;

/// A form with one file, sent from one of our pages.
pub(crate) struct Upload {
    /// The file's name as the browser gave it; empty when none was chosen.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
    /// What else was filled in.
    pub(crate) fields: BTreeMap<String, String>,
}

impl FromRequest<App> for Upload {
    type Rejection = Fault;

    async fn from_request(mut request: Request, app: &App) -> Result<Upload, Fault> {
        let visit = request.extensions().get::<Visit>().cloned().ok_or(Fault::FormStale)?;
        if visit.wants_json {
            return from_program(request, &visit).await;
        }
        DefaultBodyLimit::max(LARGEST + BESIDE).apply(&mut request);
        let unreadable = |_| {
            let words = visit.lang.pick(
                format!("文件没有完整收到，或超过 {} MB。请拆分后重试。", LARGEST >> 20),
                format!(
                    "The file did not arrive whole, or is larger than {} MB. Split it and try again.",
                    LARGEST >> 20
                ),
            );
            Fault::BadInput(words)
        };
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| {
            let words = visit.lang.pick("这里需要上传文件。", "A file is expected here.");
            Fault::BadInput(words.to_owned())
        })?;
        let mut upload = Upload { name: String::new(), bytes: Vec::new(), fields: BTreeMap::new() };
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            if let Some(name) = part.file_name() {
                upload.name = name.chars().filter(|c| !c.is_control()).take(120).collect();
                upload.bytes = part.bytes().await.map_err(unreadable)?.to_vec();
            } else {
                let name = part.name().unwrap_or_default().to_owned();
                upload.fields.insert(name, part.text().await.map_err(unreadable)?);
            }
        }
        if !upload.fields.get("_csrf").is_some_and(|sent| token::same(sent, &visit.csrf())) {
            return Err(Fault::FormStale);
        }
        Ok(upload)
    }
}

/// The same from a program: the body is the file, the address says its name and the rest.
async fn from_program(request: Request, visit: &Visit) -> Result<Upload, Fault> {
    // No page of another site can send this kind, so it needs no token.
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.starts_with("application/octet-stream") {
        let words =
            visit.lang.pick("这里需要 application/octet-stream。", "application/octet-stream is expected here.");
        return Err(Fault::BadInput(words.to_owned()));
    }
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let mut fields: BTreeMap<String, String> = form_urlencoded::parse(query).into_owned().collect();
    let name = fields.remove("file").unwrap_or_default();
    let too_large = |_| {
        let (zh, en) =
            (format!("文件超过 {} MB。", LARGEST >> 20), format!("The file is larger than {} MB.", LARGEST >> 20));
        Fault::BadInput(visit.lang.pick(zh, en))
    };
    let bytes = axum::body::to_bytes(request.into_body(), LARGEST).await.map_err(too_large)?.to_vec();
    let name = name.chars().filter(|c| !c.is_control()).take(120).collect();
    Ok(Upload { name, bytes, fields })
}
