use std::sync::LazyLock;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;
use lianfang_domain::access::Act;
use tower_http::compression::CompressionLayer;

use crate::{
    App, Route, account,
    api::{self, Described},
    area, assets, audit,
    enter::{Door, enter, nothing_here},
    grade_rule, import, incident, indicator, job, meeting,
    metrics::count,
    notice, order, plan, post, report, response,
    route::Routes,
    security, sign_in, sitrep, start, system, target, unit, user, work,
};

/// Every capability adds its routes here.
fn routes(app: &App) -> Routes {
    let mut routes = Routes::new(app);
    for add in [
        api::routes,
        system::routes,
        sign_in::routes,
        start::routes,
        account::routes,
        import::routes,
        area::routes,
        unit::routes,
        post::routes,
        plan::routes,
        incident::routes,
        sitrep::routes,
        meeting::routes,
        response::routes,
        grade_rule::routes,
        indicator::routes,
        target::routes,
        notice::routes,
        order::routes,
        report::routes,
        work::routes,
        user::routes,
        security::routes,
        audit::routes,
        job::routes,
    ] {
        routes = add(routes);
    }
    routes
}

/// What the document of the interface is made from.
pub(crate) fn operations(app: &App) -> Vec<Described> {
    routes(app).operations()
}

/// Every route with the act it is.
pub fn table(app: &App) -> Vec<Route> {
    routes(app).done().0
}

/// The whole server.
pub fn router(app: &App) -> Router {
    let door = Door { app: app.clone(), act: Act::Enter, creates: false };
    let (_, router) = routes(app).done();
    router
        .merge(assets::routes())
        .fallback_service(any(nothing_here).layer(from_fn_with_state(door, enter)).with_state(app.clone()))
        .layer(from_fn(secure))
        .layer(from_fn_with_state(app.clone(), count))
        .layer(CompressionLayer::new())
        .with_state(app.clone())
}

/// What every response says about how browsers may use it. No script but our own files, no frame, no guessing.
static SECURE: LazyLock<[(HeaderName, HeaderValue); 6]> = LazyLock::new(|| {
    let fixed = HeaderValue::from_static;
    [
        (
            header::CONTENT_SECURITY_POLICY,
            fixed(
                "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                 frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
            ),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (header::X_FRAME_OPTIONS, fixed("DENY")),
        (header::REFERRER_POLICY, fixed("same-origin")),
        (HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin")),
        (HeaderName::from_static("permissions-policy"), fixed("camera=(self), geolocation=(), microphone=()")),
    ]
});

async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SECURE.iter() {
        headers.insert(name, value.clone());
    }
    // Pages hold data of this user now; assets say otherwise themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
