use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// A part of a list and where it goes on.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// The rows.
    pub(crate) rows: Vec<T>,
    /// What to send as `after` for the rows that follow; null when these were the last.
    pub(crate) next: Option<String>,
}

type Make = fn(&mut SchemaGenerator) -> Schema;

/// What the document says about a route.
#[derive(Clone)]
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) query: Option<Make>,
    pub(crate) body: Option<Make>,
    pub(crate) answer: Option<Make>,
    /// Whether it makes something new, and answers where that is.
    pub(crate) creates: bool,
    /// Whether the body is a file.
    pub(crate) takes_file: bool,
}

/// A route named `id` and described in a line.
pub(crate) fn operation(id: &'static str, summary: &'static str) -> Operation {
    Operation { id, summary, query: None, body: None, answer: None, creates: false, takes_file: false }
}

impl Operation {
    /// It reads these parameters from the address.
    pub(crate) fn query<T: JsonSchema>(self) -> Operation {
        Operation { query: Some(|made| made.subschema_for::<T>()), ..self }
    }

    /// It reads this body.
    pub(crate) fn body<T: JsonSchema>(self) -> Operation {
        Operation { body: Some(|made| made.subschema_for::<T>()), ..self }
    }

    /// It answers with this.
    pub(crate) fn answers<T: JsonSchema>(self) -> Operation {
        Operation { answer: Some(|made| made.subschema_for::<T>()), ..self }
    }

    /// It makes something new.
    pub(crate) fn creates(self) -> Operation {
        Operation { creates: true, ..self }
    }

    /// Its body is a file.
    pub(crate) fn takes_file(self) -> Operation {
        Operation { takes_file: true, ..self }
    }
}
