use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};
use lianfang_domain::access::Act;

use crate::{
    App,
    api::{Described, Operation},
    enter::{Door, enter},
};

/// A route: how and where it is asked, and the act it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How it is asked.
    pub method: Method,
    /// Where, with its parameters in braces.
    pub path: &'static str,
    /// What asking it is. There is no way to add a route without.
    pub act: Act,
}

/// The routes of the server. Each names the act it is, and is entered through the same door.
pub(crate) struct Routes {
    app: App,
    rows: Vec<Route>,
    operations: Vec<Described>,
    router: Router<App>,
}

impl Routes {
    pub(crate) fn new(app: &App) -> Routes {
        Routes { app: app.clone(), rows: Vec::new(), operations: Vec::new(), router: Router::new() }
    }

    /// A page or anything else that only reads.
    pub(crate) fn get<H, T>(self, path: &'static str, act: Act, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.on(Method::GET, MethodFilter::GET, path, act, handler)
    }

    /// Something that changes what is kept.
    pub(crate) fn post<H, T>(self, path: &'static str, act: Act, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.on(Method::POST, MethodFilter::POST, path, act, handler)
    }

    /// Something that a program reads.
    pub(crate) fn api_get<H, T>(self, path: &'static str, act: Act, handler: H, operation: Operation) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.described(Method::GET, path, act, operation).on(Method::GET, MethodFilter::GET, path, act, handler)
    }

    /// Something that a program changes; the handler is that of the page.
    pub(crate) fn api_post<H, T>(self, path: &'static str, act: Act, handler: H, operation: Operation) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.described(Method::POST, path, act, operation).on(Method::POST, MethodFilter::POST, path, act, handler)
    }

    fn described(mut self, method: Method, path: &'static str, act: Act, operation: Operation) -> Routes {
        self.operations.push(Described { method, path, act, operation });
        self
    }

    fn on<H, T>(mut self, method: Method, filter: MethodFilter, path: &'static str, act: Act, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let described = self.operations.last().filter(|one| one.path == path && one.method == method);
        let creates = described.is_some_and(|one| one.operation.creates);
        let door = Door { app: self.app.clone(), act, creates };
        self.rows.push(Route { method, path, act });
        self.router = self.router.route(path, on(filter, handler).layer(from_fn_with_state(door, enter)));
        self
    }

    /// The rows of the table and the router.
    pub(crate) fn done(self) -> (Vec<Route>, Router<App>) {
        (self.rows, self.router)
    }

    /// What the document of the interface is made from.
    pub(crate) fn operations(self) -> Vec<Described> {
        self.operations
    }
}
