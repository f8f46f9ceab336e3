use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;
use lianfang_domain::{
    Lang,
    access::{Act, Scope, scope},
};
use lianfang_store::{Actor, Once, Tx};

use crate::{
    App, Fault, Frame, Link,
    app::day_of,
    filled::Filled,
    frame::{FrameWords, MenuItem, SignedIn},
    seat::Seat,
};

/// One request: who asks, what for, how far their right to it goes, in which language, when.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) app: App,
    pub(crate) act: Act,
    pub(crate) seat: Option<Arc<Seat>>,
    /// The hash of the session's token.
    pub(crate) token_hash: Vec<u8>,
    /// What of the data the act may touch. The store restricts to it.
    pub(crate) scope: Scope,
    pub(crate) lang: Lang,
    pub(crate) now_ms: i64,
    /// Path and query.
    pub(crate) here: String,
    /// What was filled into the form that was sent.
    pub(crate) filled: Filled,
    pub(crate) request: String,
    /// The name under which the browser reached us.
    pub(crate) host: String,
    /// The key under which it is to be done once.
    pub(crate) once: Option<Once>,
    /// How many notices the user has not read.
    pub(crate) n_unread: i64,
    /// Whether the answer is for a program, not for a person.
    pub(crate) wants_json: bool,
}

impl Visit {
    /// Today in China.
    pub(crate) fn day(&self) -> Date {
        day_of(self.now_ms)
    }

    /// The user, who is there for every act that needs signing in.
    ///
    /// # Errors
    /// [`Fault::SignIn`] when nobody is.
    pub(crate) fn seat(&self) -> Result<&Seat, Fault> {
        self.seat.as_deref().ok_or(Fault::SignIn)
    }

    /// Who acts, for the record.
    pub(crate) fn actor(&self) -> Actor {
        Actor {
            user: self.seat.as_ref().map(|seat| seat.user),
            name: self.seat.as_ref().map_or_else(String::new, |seat| seat.login.clone()),
            request: self.request.clone(),
            now_ms: self.now_ms,
            once: self.once.clone(),
        }
    }

    /// Begins the act of this request.
    pub(crate) fn begin(&self) -> Tx<'_> {
        self.app.store().begin(&self.actor(), self.act)
    }

    /// What another act may touch.
    pub(crate) fn scope_of(&self, act: Act) -> Scope {
        self.seat.as_ref().map_or_else(Scope::default, |seat| scope(&seat.grants, act, self.day()))
    }

    /// Whether the user may do another act anywhere at all: whether a button is shown.
    pub(crate) fn may(&self, act: Act) -> bool {
        !self.scope_of(act).is_nothing()
    }

    /// A whole address of this site, to hand over on paper or by message.
    pub(crate) fn absolute(&self, path: &str) -> String {
        let scheme = if self.app.0.manners.https { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host)
    }

    /// The token for forms.
    pub(crate) fn csrf(&self) -> String {
        self.app.form_token(&self.token_hash)
    }

    /// The frame of a page with this title, below these steps.
    pub(crate) fn frame(&self, title: &str, trail: Vec<Link>) -> Frame {
        let f = FrameWords(self.lang);
        // Whoever lays templates down without seeing reports is led to those alone.
        let reports = if self.may(Act::ViewReports) || !self.may(Act::ViewReportTemplates) {
            (Act::ViewReports, f.reports(), "/reports")
        } else {
            (Act::ViewReportTemplates, f.report_templates(), "/reports/templates")
        };
        let menu = [
            (Some(Act::ViewOrders), f.work(), "/work", "clipboard-list"),
            (Some(reports.0), reports.1, reports.2, "list"),
            (Some(Act::ViewIncidents), f.incidents(), "/incidents", "alert-triangle"),
            (Some(Act::ViewOrders), f.orders(), "/orders", "bell"),
            (Some(Act::ViewIndicators), f.indicators(), "/indicators", "chart-bar"),
            (Some(Act::ViewSitreps), f.sitreps(), "/sitreps", "archive"),
            (Some(Act::ViewMeetings), f.meetings(), "/meetings", "users"),
            (Some(Act::ViewAreas), f.areas(), "/areas", "map"),
            (Some(Act::ViewUnits), f.units(), "/units", "building"),
            (Some(Act::ViewPlans), f.plans(), "/plans", "file-text"),
            (Some(Act::ViewUsers), f.users(), "/users", "users"),
            (Some(Act::ChangePolicy), f.security(), "/security", "shield-half"),
            (Some(Act::ViewAudit), f.audit(), "/audit", "list"),
            (Some(Act::ViewSystem), f.system(), "/system", "settings"),
        ];
        let allowed = |act: Option<Act>| act.is_none_or(|act| self.may(act));
        let start = [(None, f.start(), "/", "home")];
        let menu = start
            .into_iter()
            .chain(menu)
            .filter(|(act, ..)| self.seat.is_some() && allowed(*act))
            .map(|(_, name, href, icon)| MenuItem { name, href, icon, here: self.is_at(href) })
            .collect();
        Frame {
            lang: self.lang,
            f,
            title: title.to_owned(),
            trail,
            menu,
            user: self.seat.as_ref().map(|seat| SignedIn { name: seat.name.clone(), roles: self.roles(seat) }),
            csrf: self.csrf(),
            here: self.here.clone(),
            notice: None,
            n_unread: self.n_unread,
        }
    }

    fn is_at(&self, href: &str) -> bool {
        let path = self.here.split('?').next().unwrap_or("");
        path == href || href != "/" && path.starts_with(&format!("{href}/"))
    }

    fn roles(&self, seat: &Seat) -> String {
        let mut roles: Vec<&str> = seat
            .grants
            .iter()
            .filter(|grant| grant.runs_on(self.day()))
            .map(|grant| grant.role.words(self.lang))
            .collect();
        roles.dedup();
        roles.join(self.lang.pick("、", ", "))
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Infallible> {
        // Every route is entered through `enter`, which leaves the visit here.
        Ok(parts.extensions.get::<Visit>().cloned().unwrap_or_else(|| Visit::nobody(app)))
    }
}

impl Visit {
    /// A visit with no rights at all.
    fn nobody(app: &App) -> Visit {
        Visit {
            app: app.clone(),
            act: Act::Enter,
            seat: None,
            token_hash: Vec::new(),
            scope: Scope::default(),
            lang: Lang::Zh,
            now_ms: app.now_ms(),
            here: "/".to_owned(),
            filled: Filled::default(),
            request: String::new(),
            host: String::new(),
            once: None,
            n_unread: 0,
            wants_json: false,
        }
    }
}
