use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use lianfang_domain::{
    Lang,
    access::{Act, Scope, Who, scope},
};

use crate::{App, Fault, api, app::day_of, filled::Filled, limit::Kind, token, visit::Visit};

/// The cookie of the session.
pub(crate) const SESSION: &str = "lianfang_session";
/// The cookie that remembers the language of someone who is not signed in.
pub(crate) const LANGUAGE: &str = "lianfang_lang";

/// What a route needs to know at its door.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) app: App,
    pub(crate) act: Act,
    /// Whether a program is answered with something new.
    pub(crate) creates: bool,
}

/// Through this door goes every request: who is it, may they do this, how far does it go; then the handler; then
/// whatever went wrong is put into words.
pub(crate) async fn enter(State(door): State<Door>, request: Request, next: Next) -> Response {
    let here = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let (request, filled) = Filled::of(request).await;
    let mut visit = match visit_of(&door, request.headers().clone(), here, filled).await {
        Ok(visit) => visit,
        Err((visit, fault)) => return fault.show(&visit),
    };
    if let Err(fault) = admit(&visit, &request) {
        return fault.show(&visit);
    }
    let mut request = request;
    if visit.wants_json && door.creates {
        request = match api::before(request, &mut visit).await {
            Ok(request) => request,
            Err(answered) => return answered.unwrap_or_else(|fault| fault.show(&visit)),
        };
    }
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Fault>() {
        Some(fault) => fault.show(&visit),
        None if visit.wants_json => api::for_program(response, &visit, door.creates),
        None => response,
    }
}

async fn visit_of(door: &Door, headers: HeaderMap, here: String, filled: Filled) -> Result<Visit, (Box<Visit>, Fault)> {
    let app = &door.app;
    let now_ms = app.now_ms();
    let token_hash = cookie(&headers, SESSION).map(token::hash).unwrap_or_default();
    let mut visit = Visit {
        app: app.clone(),
        act: door.act,
        seat: None,
        scope: Scope::default(),
        lang: language(&headers).unwrap_or_default(),
        now_ms,
        wants_json: here.starts_with("/api/") && !here.starts_with("/api/docs"),
        once: None,
        n_unread: 0,
        here,
        filled,
        host: headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned(),
        request: app.store().new_id(now_ms).to_string(),
        token_hash,
    };
    if let Some(key) = bearer(&headers).filter(|_| visit.wants_json) {
        visit.token_hash = token::hash(key);
        match app.seat_of_key(&visit.token_hash, now_ms).await {
            Ok(seat) => visit.seat = seat,
            Err(error) => return Err((Box::new(visit), error.into())),
        }
    } else if !visit.token_hash.is_empty() {
        match app.seat(&visit.token_hash, now_ms).await {
            Ok(seat) => visit.seat = seat,
            // Health and assets answer also when the database is away.
            Err(_) if door.act == Act::Enter => {}
            Err(error) => return Err((Box::new(visit), error.into())),
        }
    }
    if let Err(error) = count_unread(&mut visit).await {
        return Err((Box::new(visit), error));
    }
    if let Some(seat) = &visit.seat {
        visit.lang = language(&headers).unwrap_or(seat.lang);
        visit.scope = scope(&seat.grants, door.act, day_of(now_ms));
        if !seat.may_use(door.act) {
            visit.scope = Scope::default();
        }
    }
    Ok(visit)
}

/// Counts what the user has not read, for the bell on every page. Sign-in and health answer also when the database is
/// away.
async fn count_unread(visit: &mut Visit) -> Result<(), Fault> {
    if let Some(seat) = visit.seat.as_ref().filter(|_| !visit.wants_json && visit.act != Act::Enter) {
        visit.n_unread = visit.app.store().n_unread(seat.user).await?;
    }
    Ok(())
}

fn admit(visit: &Visit, request: &Request) -> Result<(), Fault> {
    if let Some(from) = address(request, visit.app.0.manners.https) {
        let slow = |wait| Fault::TooFast { wait };
        visit.app.0.limits.take(Kind::Request, from, visit.now_ms).map_err(slow)?;
        let guess = visit.act == Act::Enter && request.method() == Method::POST;
        if guess {
            visit.app.0.limits.take(Kind::SignIn, from, visit.now_ms).map_err(slow)?;
        }
    }
    if !request.method().is_safe() && !same_origin(request.headers()) {
        return Err(Fault::OtherSite);
    }
    match visit.act.who() {
        Who::Anybody => Ok(()),
        _ if visit.seat.is_none() => Err(Fault::SignIn),
        Who::SignedIn if visit.seat.as_ref().is_some_and(|seat| !seat.may_use(visit.act)) => {
            Err(Fault::NoRight(visit.act))
        }
        Who::SignedIn => Ok(()),
        Who::Roles(_) if visit.seat.as_ref().is_some_and(|seat| seat.lacks_factor) => Err(Fault::LacksFactor),
        Who::Roles(_) if visit.scope.is_nothing() => Err(Fault::NoRight(visit.act)),
        Who::Roles(_) => Ok(()),
    }
}

/// Whether a request that changes something comes from our own pages, by what the browser itself says.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        // No browser sends a form across sites without one of the two.
        _ => true,
    }
}

/// Where a request comes from. Behind a proxy that is what the proxy says last; without one nobody is believed.
fn address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let told = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let told = told.and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    told.filter(|_| behind_proxy && peer.is_none_or(|peer| peer.is_loopback())).or(peer)
}

/// The key that a program sends.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// The language chosen on this device.
fn language(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, LANGUAGE).map(|code| if code == "en" { Lang::En } else { Lang::Zh })
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// The answer for an address that nothing stands behind.
pub(crate) async fn nothing_here() -> Fault {
    Fault::NotFound
}
