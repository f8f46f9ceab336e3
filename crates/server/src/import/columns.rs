use std::collections::BTreeMap;

use lianfang_domain::{
    ImportId,
    import::{Answer, Mapping, Table},
};
use lianfang_store::{ImportRecord, StoreError};

use super::{here, href, show::ready_page, upload::first_mapping};
use crate::{
    Fault,
    at::At,
    fault::{FaultWords, PageResult},
    form::{FormErrors, Sent},
    page::{again, see_other},
    visit::Visit,
};

/// What was sent: the header row, `column_N`, `fixed_KEY`, and `doubt_N` beside `written_N`.
type Fields = BTreeMap<String, String>;

pub(super) async fn send(visit: Visit, At(id): At<ImportId>, Sent(fields): Sent<Fields>) -> PageResult {
    let import = here(&visit, id).await?;
    let cells = visit.app.store().import_cells(import.id).await?;
    let mut errors = FormErrors::default();
    let wanted = fields.get("header_row").and_then(|row| row.trim().parse().ok()).unwrap_or(0);
    let table = match Table::new(cells, wanted) {
        Ok(table) => table,
        Err(refusal) => {
            errors.add("header_row", refusal.message(visit.lang));
            return again(&ready_page(&visit, &import, errors).await?);
        }
    };
    let mut to = ImportRecord {
        header_row: wanted,
        n_rows: i64::try_from(table.n_rows()).unwrap_or(i64::MAX),
        ..import.clone()
    };
    let mapping = if wanted == import.header_row {
        read_mapping(&fields, &import)?
    } else {
        // Another header: its columns are found anew.
        first_mapping(&visit.deed()?, import.kind, &table).await?
    };
    let broken = |error: serde_json::Error| Fault::Broken(error.to_string());
    to.mapping = serde_json::to_string(&mapping).map_err(broken)?;
    to.answers = serde_json::to_string(&read_answers(&fields)).map_err(broken)?;
    let seen = ImportRecord { version: fields.get("version").and_then(|v| v.parse().ok()).unwrap_or(0), ..import };
    let mut tx = visit.begin();
    tx.about("import", id, None);
    tx.set_import_reading(&seen, &to);
    match tx.commit().await {
        Ok(()) => Ok(see_other(&href(&to))),
        Err(StoreError::Changed(_)) => {
            errors.add("", FaultWords(visit.lang).changed_why());
            again(&ready_page(&visit, &here(&visit, id).await?, errors).await?)
        }
        Err(error) => Err(error.into()),
    }
}

fn read_mapping(fields: &Fields, import: &ImportRecord) -> Result<Mapping, Fault> {
    let mut mapping: Mapping =
        serde_json::from_str(&import.mapping).map_err(|error| Fault::Broken(error.to_string()))?;
    for (at, column) in mapping.columns.iter_mut().enumerate() {
        if let Some(field) = fields.get(&format!("column_{at}")) {
            column.field = (!field.is_empty()).then(|| field.clone());
        }
    }
    for (name, value) in fields {
        if let Some(key) = name.strip_prefix("fixed_") {
            match value.trim() {
                "" => mapping.fixed.remove(key),
                value => mapping.fixed.insert(key.to_owned(), value.to_owned()),
            };
        }
    }
    Ok(mapping)
}

fn read_answers(fields: &Fields) -> BTreeMap<String, Answer> {
    let answer = |(name, chosen): (&String, &String)| {
        let written = fields.get(&format!("written_{}", name.strip_prefix("doubt_")?))?;
        let answer = match chosen.as_str() {
            "new" => Answer::New,
            unit => Answer::Is(unit.parse().ok()?),
        };
        Some((written.clone(), answer))
    };
    fields.iter().filter_map(answer).collect()
}
