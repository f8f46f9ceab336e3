use lianfang_domain::{
    UnitId,
    unit::{Alias, AliasKind},
};
use lianfang_store::PhoneSight;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    close::save,
    here,
    read::Typed,
    show::{UnitForms, unit_page},
    words::UnitWords,
};
use crate::{at::At, fault::PageResult, form::Sent, page::again, visit::Visit};

/// Another name that was typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "OtherName")]
pub(super) struct AliasForm {
    version: i64,
    alias: String,
    alias_kind: String,
}

/// The name that is to be dropped.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "OtherNameToDrop")]
pub(super) struct DropForm {
    version: i64,
    alias: String,
}

pub(super) async fn learn(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<AliasForm>) -> PageResult {
    let record = here(&visit, id).await?;
    let mut typed = Typed::new(visit.lang);
    let text = typed.text("alias", &form.alias);
    if text.as_deref().is_some_and(|text| record.unit.learn(text).is_none()) {
        typed.errors.add("alias", UnitWords(visit.lang).alias_known());
    }
    let kind = AliasKind::from_code(&form.alias_kind).unwrap_or(AliasKind::Learned);
    let forms = UnitForms { alias: form.alias, alias_kind: form.alias_kind };
    match text {
        Some(text) if typed.errors.is_empty() => {
            let (alias, day) = (Alias { text, kind }, visit.day());
            save(&visit, id, form.version, forms, |tx, unit| tx.learn_alias(unit, &alias, day)).await
        }
        _ => again(&unit_page(&visit, &record, PhoneSight::Masked, forms, typed.errors).await?),
    }
}

pub(super) async fn drop_one(visit: Visit, At(id): At<UnitId>, Sent(form): Sent<DropForm>) -> PageResult {
    save(&visit, id, form.version, UnitForms::default(), |tx, unit| tx.drop_alias(unit, &form.alias)).await
}
