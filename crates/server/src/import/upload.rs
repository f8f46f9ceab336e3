use lianfang_domain::{
    ImportId,
    import::{Mapping, Table, find_header_row, suggest_mapping},
};
use lianfang_store::{ImportKind, NewImport};

use super::{base, home::home_page, kind_of, template_of, words::ImportWords};
use crate::{
    Fault,
    deed::Deed,
    fault::PageResult,
    file::{FoundTable, Upload, read_table},
    form::FormErrors,
    page::{again, see_other},
    visit::Visit,
};

pub(super) async fn send(visit: Visit, upload: Upload) -> PageResult {
    let kind = kind_of(visit.act);
    let file = upload.name;
    let read = tokio::task::spawn_blocking(move || read_table(&upload.bytes));
    let found = match read.await.map_err(|error| Fault::Broken(error.to_string()))? {
        Ok(found) => found,
        Err(unreadable) => {
            let mut errors = FormErrors::default();
            errors.add("file", unreadable.message(visit.lang));
            return again(&home_page(&visit, errors).await?);
        }
    };
    let named = named(&file, &found, visit.lang);
    let id = keep_upload(&visit.deed()?, kind, &named, &found.cells).await?;
    Ok(see_other(&format!("{}/{id}", base(kind))))
}

/// Keeps an uploaded table with what its columns seem to hold.
pub(crate) async fn keep_upload(
    deed: &Deed,
    kind: ImportKind,
    file: &str,
    cells: &[Vec<String>],
) -> Result<ImportId, Fault> {
    let header_row = find_header_row(&template_of(kind, deed.day()), cells).unwrap_or(1);
    let table =
        Table::new(cells.to_vec(), header_row).map_err(|refusal| Fault::BadInput(refusal.message(deed.lang)))?;
    let mapping = first_mapping(deed, kind, &table).await?;
    let id = ImportId(deed.app.store().new_id(deed.actor.now_ms));
    let new = NewImport {
        id,
        kind,
        file: file.to_owned(),
        made_by: deed.user,
        header_row,
        mapping: serde_json::to_string(&mapping).map_err(|error| Fault::Broken(error.to_string()))?,
        n_rows: table.n_rows(),
    };
    let mut tx = deed.begin();
    tx.about("import", id, None).makes(&format!("{}/{id}", base(kind))).changed("kind", "", kind.code());
    tx.add_import(&new, cells)?;
    tx.commit().await?;
    Ok(id)
}

/// What the columns seem to hold. What a user has said about a header in an earlier import counts more.
pub(super) async fn first_mapping(deed: &Deed, kind: ImportKind, table: &Table) -> Result<Mapping, Fault> {
    let mut mapping = suggest_mapping(&template_of(kind, deed.day()), table.header()).mapping();
    let kept = deed.app.store().kept_mapping(kind).await?;
    let kept: Mapping = kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
    let mut taken: Vec<String> = Vec::new();
    for column in &mut mapping.columns {
        let same = kept.columns.iter().find(|one| one.header == column.header && one.nth == column.nth);
        if let Some(same) = same.filter(|_| !column.header.is_empty()) {
            column.field.clone_from(&same.field);
        }
        // One field stands in one column.
        if column.field.as_ref().is_some_and(|field| taken.contains(field)) {
            column.field = None;
        }
        taken.extend(column.field.clone());
    }
    Ok(mapping)
}

/// The file's name with the sheet that was read and those that were not.
fn named(file: &str, found: &FoundTable, lang: lianfang_domain::Lang) -> String {
    let mut name = file.to_owned();
    if !found.sheet.is_empty() {
        name.push_str(&format!(" · {}", found.sheet));
    }
    if !found.other_sheets.is_empty() {
        name.push_str(&lang.pick(
            format!("（{}）", ImportWords(lang).other_sheets(&found.other_sheets.join("、"))),
            format!(" ({})", ImportWords(lang).other_sheets(&found.other_sheets.join(", "))),
        ));
    }
    name
}
