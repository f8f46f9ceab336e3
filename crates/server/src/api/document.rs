use std::sync::OnceLock;

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::{Json, http::header};
use lianfang_domain::{
    Lang,
    access::{Act, ApiScope, Who},
};
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{answer::Changed, operation::Operation};
use crate::{App, fault::ProblemOut, router::operations, visit::Visit};

/// A route of the interface with what the document says about it.
pub(crate) struct Described {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) act: Act,
    pub(crate) operation: Operation,
}

static DOCUMENT: OnceLock<Value> = OnceLock::new();

/// The OpenAPI 3.1 document of the interface.
pub(super) fn document(app: &App) -> &'static Value {
    DOCUMENT.get_or_init(|| build(&operations(app)))
}

pub(super) async fn show(visit: Visit) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Json(document(&visit.app))).into_response()
}

fn build(described: &[Described]) -> Value {
    let mut made = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for route in described {
        let entry = paths.entry(route.path).or_insert_with(|| json!({}));
        entry[route.method.as_str().to_lowercase()] = operation_of(route, &mut made);
    }
    made.subschema_for::<ProblemOut>();
    made.subschema_for::<Changed>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Lianfang 联防",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What the pages do, but for signing in and one’s own account. 除登录和本人账号外，页面上能做的都可以由程序来做。",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": made.take_definitions(false),
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": "A key from the account page · 在“我的账号”中生成的密钥" },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::enter::SESSION },
            },
        },
    })
}

fn operation_of(route: &Described, made: &mut SchemaGenerator) -> Value {
    let Operation { id, summary, query, body, answer, creates, takes_file } = &route.operation;
    let mut parameters = path_parameters(route.path);
    if let Some(query) = query {
        parameters.extend(query_parameters(&query(made), made));
    }
    if *creates {
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key with the same request does nothing twice.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$" } }));
    }
    let answer =
        answer.map_or_else(|| json!({ "$ref": "#/components/schemas/Changed" }), |answer| answer(made).to_value());
    let status = if *creates { "201" } else { "200" };
    let mut operation = json!({
        "operationId": id,
        "summary": summary,
        "description": rights(route.act),
        "parameters": parameters,
        "responses": {
            status: { "description": "Done", "content": { "application/json": { "schema": answer } } },
            "default": { "description": "What keeps it from being done",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemOut" } } } },
        },
    });
    operation["security"] = match route.act.who() {
        Who::Anybody => json!([]),
        _ => json!([{ "key": [] }, { "session": [] }]),
    };
    if *takes_file {
        operation["requestBody"] = json!({ "required": true, "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } } });
    } else if let Some(body) = body {
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": body(made) } } });
    }
    operation
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let schema = |name: &str| match name {
        "code" => json!({ "type": "string", "pattern": "^[0-9]{2,12}$" }),
        _ => json!({ "type": "string", "pattern": "^[0-7][0-9a-hjkmnp-tv-z]{12}$" }),
    };
    names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": schema(name) })).collect()
}

/// The fields of a schema as parameters of an address.
fn query_parameters(schema: &schemars::Schema, made: &SchemaGenerator) -> Vec<Value> {
    let whole = schema.as_value();
    let named = whole.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next());
    let whole = named.and_then(|name| made.definitions().get(name)).unwrap_or(whole);
    let fields = whole.get("properties").and_then(Value::as_object).into_iter().flatten();
    fields
        .map(|(name, schema)| {
            let mut schema = schema.clone();
            let description =
                schema.as_object_mut().and_then(|schema| schema.remove("description")).unwrap_or_default();
            json!({ "name": name, "in": "query", "required": false, "description": description, "schema": schema })
        })
        .collect()
}

/// Who may, in both languages, and the scope that a key needs.
fn rights(act: Act) -> String {
    let mut text = format!("{} · {}", act.words(Lang::Zh), act.words(Lang::En));
    if let Who::Roles(rows) = act.who() {
        let roles: Vec<&str> = rows.iter().map(|(role, _)| role.words(Lang::En)).collect();
        text.push_str(&format!(". Roles: {}", roles.join(", ")));
    }
    if let Some(scope) = ApiScope::of(act) {
        text.push_str(&format!(". Scope of a key: `{}`", scope.code()));
    }
    text
}
