use askama::Template;
use lianfang_domain::Lang;
use serde_json::Value;

use super::{document::document, in_chinese::summary_in_chinese};
use crate::{Frame, fault::PageResult, page::page, visit::Visit, words::words};

words! {
    /// Words of the page that describes the interface.
    DocsWords {
        title: "程序接口", "Interface for programs";
        intro: "页面上能做的，都可以由程序来做。密钥在“我的账号”中生成，放在请求头 Authorization: Bearer 之后。",
            "Programs can do everything the pages do. Make a key on the account page and send it as Authorization: Bearer.";
        machine: "OpenAPI 3.1 文档", "OpenAPI 3.1 document";
        errors: "出错时返回 application/problem+json：title、status、detail、request，字段错误在 errors 中。",
            "Errors come as application/problem+json: title, status, detail, request, and the wrong fields in errors.";
        once: "创建类请求可带 Idempotency-Key：同一密钥、同一内容重复发送，只做一次。",
            "What creates something takes an Idempotency-Key: the same key with the same content does nothing twice.";
        pages: "列表用 after 续读：把上一页的 next 原样发回。", "Lists go on with after: send the next of the page before.";
        parameters: "参数", "Parameters";
        body: "内容", "Body";
        answer: "回答", "Answer";
    }
}

/// The interface, for people.
#[derive(Template)]
#[template(path = "api/docs.html")]
pub(crate) struct DocsPage {
    frame: Frame,
    t: DocsWords,
    routes: Vec<RouteLine>,
}

struct RouteLine {
    method: String,
    path: String,
    summary: String,
    description: String,
    parameters: Vec<String>,
    body: String,
    answer: String,
}

pub(super) async fn show(visit: Visit) -> PageResult {
    let t = DocsWords(visit.lang);
    let document = document(&visit.app);
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, route) in methods.as_object().into_iter().flatten() {
            routes.push(line(path, method, route, &document["components"]["schemas"], visit.lang));
        }
    }
    page(&DocsPage { frame: visit.frame(t.title(), Vec::new()), t, routes })
}

fn line(path: &str, method: &str, route: &Value, schemas: &Value, lang: Lang) -> RouteLine {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let named = route["parameters"].as_array().into_iter().flatten();
    let content = |holder: &Value| {
        let schema = holder["content"].as_object().and_then(|kinds| kinds.values().next()).map(|kind| &kind["schema"]);
        schema.map(|schema| fields(schema, schemas)).unwrap_or_default()
    };
    let done = route["responses"].get("201").unwrap_or(&route["responses"]["200"]);
    RouteLine {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: summary(route, lang),
        description: text(&route["description"]),
        parameters: named.map(|one| text(&one["name"])).collect(),
        body: content(&route["requestBody"]),
        answer: content(done),
    }
}

/// What a route does, in a line.
fn summary(route: &Value, lang: Lang) -> String {
    let text = |name: &str| route[name].as_str().unwrap_or_default();
    let english = text("summary");
    lang.pick(summary_in_chinese(text("operationId")).unwrap_or(english), english).to_owned()
}

/// The names of the fields of a schema.
fn fields(schema: &Value, schemas: &Value) -> String {
    let name = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next());
    let whole = name.map_or(schema, |name| &schemas[name]);
    let names: Vec<&str> =
        whole["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    names.join(", ")
}
