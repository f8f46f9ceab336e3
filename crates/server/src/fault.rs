use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use lianfang_domain::{
    Lang,
    access::{Act, Who},
};
use lianfang_store::StoreError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Frame, visit::Visit, words::words};

words! {
    /// Words of the pages that say what went wrong.
    FaultWords {
        not_found: "没有这个页面或记录", "There is no such page or record";
        not_found_why: "地址有误、已被合并或撤销，或不在您的权限范围内。请从列表重新进入。",
            "The address is wrong, the record was merged or withdrawn, or it lies outside your area. Open it from the list again.";
        lacks_factor: "请先开启动态验证码", "Set up the second factor first";
        lacks_factor_why: "您的角色必须使用动态验证码，开启后才能继续。", "Your role needs a second factor; set it up to go on.";
        no_right: "您没有这项权限", "You do not have this right";
        other_site: "请求不是从本系统页面发出的", "The request did not come from a page of this system";
        other_site_why: "为保护您的账号，本次操作未执行。请回到本系统页面，刷新后重试。",
            "To protect your account nothing was done. Go back to the page, reload it and try again.";
        form_stale: "页面已过期", "The page is out of date";
        form_stale_why: "登录已更新或页面打开太久，本次操作未执行。请返回上一页，已填内容会保留，刷新后重试。",
            "The session changed or the page was open too long; nothing was done. Go back (what you typed is kept), reload and try again.";
        too_fast: "请求太频繁", "Too many requests";
        unavailable: "数据库暂时无法访问", "The database is not available";
        unavailable_why: "本次操作未保存。系统恢复后会自动接通，无需重启；请稍候刷新重试，并通知系统管理员。",
            "Nothing was saved. The system reconnects by itself; wait a moment, try again, and tell the system administrator.";
        full: "磁盘已满，无法保存", "The disk is full: nothing can be saved";
        full_why: "本次操作未保存，已有内容仍可查看。请通知系统管理员清理磁盘或扩容；有空间后自动恢复，无需重启。",
            "Nothing was saved; what is there can still be read. Tell the system administrator to make room; then it goes on by itself.";
        filled: "您填写的内容已保留，可稍候再次提交：", "What you typed is kept here; wait a moment and send it again:";
        send_again: "再次提交", "Send again";
        unknown: "不能确定是否已保存", "It is not known whether this was saved";
        unknown_why: "保存过程中数据库连接中断。请先查看记录是否已更新，再决定是否重做。",
            "The connection to the database broke while saving. Look whether the record has changed before you do it again.";
        broken: "系统出错", "Something is wrong with the system";
        broken_why: "已记录错误。请把请求号告诉系统管理员。", "The error is on record. Give the request number to the system administrator.";
        changed: "记录已被他人修改", "Someone else changed this record";
        changed_why: "您的修改未保存，也未覆盖他人的修改。请返回查看最新内容后再提交。",
            "Your change was not saved and overwrote nothing. Look at the present state and send it again.";
        bad_input: "提交的内容无法读取", "What was sent cannot be read";
        back: "返回首页", "Back to start";
        request: "请求号", "Request";
    }
}

/// What keeps a request from being answered as asked.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Nobody is signed in.
    SignIn,
    /// The user's roles need a second factor that is not set up yet.
    LacksFactor,
    /// The user's roles do not allow it.
    NoRight(Act),
    /// It does not exist, or not for this user.
    NotFound,
    /// The request was sent by another site.
    OtherSite,
    /// The form's token is missing or of another session.
    FormStale,
    /// Too many requests; the seconds to wait.
    TooFast { wait: u64 },
    /// The body cannot be read; why.
    BadInput(String),
    /// The store.
    Store(StoreError),
    /// A defect of the program or the machine.
    Broken(String),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        Fault::Store(error)
    }
}

impl From<getrandom::Error> for Fault {
    fn from(error: getrandom::Error) -> Fault {
        Fault::Broken(error.to_string())
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Fault {
        Fault::Broken(error.to_string())
    }
}

/// What a handler of a page gives back.
pub(crate) type PageResult = Result<Response, Fault>;

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        // The door knows the language and puts it into words.
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A problem as programs read it. Source: RFC 9457.
#[derive(Serialize)]
pub(crate) struct Problem<'a> {
    pub(crate) title: &'a str,
    pub(crate) status: u16,
    pub(crate) detail: &'a str,
    pub(crate) request: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) errors: &'a [ProblemField],
}

/// What is wrong with a field.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ProblemField {
    /// The field; empty when it is about the whole.
    pub(crate) field: String,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

/// A problem, for the document of the interface.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape is used")]
pub(crate) struct ProblemOut {
    /// What is the matter.
    title: String,
    /// The status of the answer.
    status: u16,
    /// More on it, and what to do.
    detail: String,
    /// The number of the request, for whoever looks into it.
    request: String,
    /// What is wrong with the fields.
    #[serde(default)]
    errors: Vec<ProblemField>,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage<'a> {
    frame: Frame,
    t: FaultWords,
    title: &'a str,
    detail: &'a str,
    request: &'a str,
    here: &'a str,
    /// What was typed and not kept.
    filled: Vec<(String, String)>,
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Fault::SignIn => StatusCode::UNAUTHORIZED,
            Fault::LacksFactor | Fault::NoRight(_) | Fault::OtherSite | Fault::FormStale => StatusCode::FORBIDDEN,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
            Fault::BadInput(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Store(StoreError::Changed(_) | StoreError::Taken(_)) => StatusCode::CONFLICT,
            Fault::Store(StoreError::Unavailable(_) | StoreError::Full(_) | StoreError::Unknown) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Fault::Store(StoreError::Broken(_)) | Fault::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self, lang: Lang) -> (String, String) {
        let t = FaultWords(lang);
        let pair = |title: &str, detail: &str| (title.to_owned(), detail.to_owned());
        match self {
            Fault::SignIn => pair(lang.pick("请先登录", "Sign in first"), ""),
            Fault::LacksFactor => pair(t.lacks_factor(), t.lacks_factor_why()),
            Fault::NoRight(act) => (t.no_right().to_owned(), who_may(*act, lang)),
            Fault::NotFound => pair(t.not_found(), t.not_found_why()),
            Fault::OtherSite => pair(t.other_site(), t.other_site_why()),
            Fault::FormStale => pair(t.form_stale(), t.form_stale_why()),
            Fault::TooFast { wait } => (
                t.too_fast().to_owned(),
                lang.pick(format!("请等待 {wait} 秒后重试。"), format!("Wait {wait} s and try again.")),
            ),
            Fault::BadInput(why) => (t.bad_input().to_owned(), why.clone()),
            Fault::Store(StoreError::Changed(_) | StoreError::Taken(_)) => pair(t.changed(), t.changed_why()),
            Fault::Store(StoreError::Unavailable(_)) => pair(t.unavailable(), t.unavailable_why()),
            Fault::Store(StoreError::Full(_)) => pair(t.full(), t.full_why()),
            Fault::Store(StoreError::Unknown) => pair(t.unknown(), t.unknown_why()),
            Fault::Store(StoreError::Broken(_)) | Fault::Broken(_) => pair(t.broken(), t.broken_why()),
        }
    }

    /// Whether it is certain that nothing was kept, and the same may go well later.
    fn kept_nothing(&self) -> bool {
        matches!(self, Fault::TooFast { .. } | Fault::Store(StoreError::Unavailable(_) | StoreError::Full(_)))
    }

    /// The fault as the visitor should see it.
    pub(crate) fn show(self, visit: &Visit) -> Response {
        if let Fault::Store(error) = &self
            && !matches!(error, StoreError::Changed(_) | StoreError::Taken(_))
        {
            tracing::error!(request = visit.request, act = visit.act.code(), %error, "the store failed");
        }
        if let Fault::Broken(why) = &self {
            tracing::error!(request = visit.request, act = visit.act.code(), why, "a request failed");
        }
        if matches!(self, Fault::SignIn) && !visit.wants_json {
            let next: String = form_urlencoded::byte_serialize(visit.here.as_bytes()).collect();
            return Redirect::to(&format!("/sign-in?next={next}")).into_response();
        }
        if matches!(self, Fault::LacksFactor) && !visit.wants_json {
            return Redirect::to("/account/second-factor").into_response();
        }
        let (title, detail) = self.words(visit.lang);
        let mut response = if visit.wants_json {
            self.problem(&title, &detail, visit)
        } else {
            let t = FaultWords(visit.lang);
            let frame = visit.frame(&title, Vec::new());
            let (request, here) = (visit.request.as_str(), visit.here.as_str());
            let filled = if self.kept_nothing() { visit.filled.fields() } else { Vec::new() };
            let page = FaultPage { frame, t, title: &title, detail: &detail, request, here, filled };
            (self.status(), page.render().map_or_else(|_| Html(title.clone()), Html)).into_response()
        };
        if let Fault::TooFast { wait } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }

    fn problem(&self, title: &str, detail: &str, visit: &Visit) -> Response {
        let status = self.status();
        let problem = Problem { title, status: status.as_u16(), detail, request: &visit.request, errors: &[] };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

fn who_may(act: Act, lang: Lang) -> String {
    let Who::Roles(rows) = act.who() else { return String::new() };
    let roles: Vec<&str> = rows.iter().map(|(role, _)| role.words(lang)).collect();
    let roles = roles.join(lang.pick("、", ", "));
    lang.pick(
        format!("可办理的角色：{roles}。如需此权限，请联系安全管理员。"),
        format!("Roles that may do this: {roles}. Ask a security administrator if you need it."),
    )
}
