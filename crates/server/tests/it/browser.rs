use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use tower::ServiceExt;

/// A browser without a screen: it keeps cookies, remembers the page it is on and sends its forms.
pub(crate) struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    pub(crate) page: String,
    /// The last answer as it came, for files.
    pub(crate) bytes: Vec<u8>,
    pub(crate) status: StatusCode,
    pub(crate) path: String,
}

impl Browser {
    pub(crate) fn new(router: &Router) -> Browser {
        Browser {
            router: router.clone(),
            cookies: Vec::new(),
            page: String::new(),
            bytes: Vec::new(),
            status: StatusCode::OK,
            path: String::new(),
        }
    }

    /// Opens an address and follows where it leads.
    pub(crate) async fn open(&mut self, path: &str) -> &mut Browser {
        self.request(Method::GET, path, None).await
    }

    /// Sends a form to an address with the token of the page the browser is on.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> &mut Browser {
        let token = self.csrf();
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("_csrf", &token).extend_pairs(fields);
        self.request(Method::POST, path, Some(form.finish())).await
    }

    /// Sends a body as it is.
    pub(crate) async fn send_raw(&mut self, path: &str, body: &str) -> &mut Browser {
        self.request(Method::POST, path, Some(body.to_owned())).await
    }

    /// The token in the page's forms; empty when there is none.
    pub(crate) fn csrf(&self) -> String {
        self.between("name=\"_csrf\" value=\"", "\"").unwrap_or_default()
    }

    /// What stands in the page between two texts, first found.
    pub(crate) fn between(&self, from: &str, to: &str) -> Option<String> {
        let rest = self.page.split_once(from)?.1;
        Some(rest.split_once(to)?.0.to_owned())
    }

    /// Fails unless the page shows this.
    pub(crate) fn shows(&self, text: &str) -> &Browser {
        assert!(self.page.contains(text), "{} ({}) does not show “{text}”:\n{}", self.path, self.status, self.page);
        self
    }

    /// Sends a file to an address with the token of the page the browser is on.
    pub(crate) async fn upload(&mut self, path: &str, name: &str, bytes: &[u8]) -> &mut Browser {
        self.upload_with(path, &[], name, bytes).await
    }

    /// The same with what else is filled in.
    pub(crate) async fn upload_with(
        &mut self,
        path: &str,
        beside: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> &mut Browser {
        let token = self.csrf();
        let fields = beside.iter().copied().chain([("_csrf", token.as_str())]);
        let part =
            |(name, value)| format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let head = format!(
            "{}--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n",
            fields.map(part).collect::<String>()
        );
        let body = [head.as_bytes(), bytes, b"\r\n--part--\r\n"].concat();
        self.exchange(Method::POST, path, Some(("multipart/form-data; boundary=part", body))).await
    }

    async fn request(&mut self, method: Method, path: &str, form: Option<String>) -> &mut Browser {
        let form = form.map(|form| ("application/x-www-form-urlencoded", form.into_bytes()));
        self.exchange(method, path, form).await
    }

    async fn exchange(&mut self, method: Method, path: &str, form: Option<(&str, Vec<u8>)>) -> &mut Browser {
        let (mut method, mut path, mut form) = (method, path.to_owned(), form);
        for _ in 0..5 {
            let mut request = Request::builder().method(&method).uri(&path).header(header::HOST, "lianfang.test");
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
            if let Some((kind, _)) = &form {
                request = request.header(header::CONTENT_TYPE, *kind);
            }
            let body = Body::from(form.take().map(|(_, body)| body).unwrap_or_default());
            let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
            self.keep_cookies(response.headers().get_all(header::SET_COOKIE).iter());
            self.status = response.status();
            let next = response.headers().get(header::LOCATION).map(|next| next.to_str().unwrap().to_owned());
            let bytes = to_bytes(response.into_body(), 10_000_000).await.unwrap();
            self.page = String::from_utf8_lossy(&bytes).into_owned();
            self.bytes = bytes.to_vec();
            self.path.clone_from(&path);
            match next {
                Some(next) if self.status.is_redirection() => (method, path) = (Method::GET, next),
                _ => return self,
            }
        }
        panic!("{path} leads in a circle");
    }

    fn keep_cookies<'a>(&mut self, set: impl Iterator<Item = &'a header::HeaderValue>) {
        for cookie in set {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(name, _)| name != pair.0);
            if !pair.1.is_empty() {
                self.cookies.push((pair.0.to_owned(), pair.1.to_owned()));
            }
        }
    }
}
