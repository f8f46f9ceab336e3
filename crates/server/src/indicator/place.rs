use jiff::civil::Date;
use lianfang_domain::{
    access::Scope,
    area::{AreaCode, AreaLevel},
};
use lianfang_store::AreaRow;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Choice, Fault, unit::area_choices, visit::Visit};

/// Which area and day a page is about.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "FigureQuery")]
pub(crate) struct Asked {
    /// The code of the area; the highest that the user sees when left out.
    pub(crate) area: String,
    /// The day; today when left out.
    pub(crate) on: String,
}

impl Asked {
    /// The day, if one was named that has come.
    pub(crate) fn day(&self, visit: &Visit) -> Option<Date> {
        self.on.parse().ok().filter(|day| *day <= visit.day())
    }
}

/// The area of a page: the one named, or the first county of the user. None where the user has none.
///
/// # Errors
/// [`Fault::NotFound`] for an area that the act does not reach.
pub(crate) async fn area_of(visit: &Visit, asked: &str, scope: &Scope) -> Result<Option<AreaRow>, Fault> {
    let store = visit.app.store();
    if !asked.is_empty() {
        let code = asked.parse::<AreaCode>().map_err(|_| Fault::NotFound)?;
        return store.area_row(&code, scope, visit.day()).await?.map(Some).ok_or(Fault::NotFound);
    }
    let mut above: Option<AreaCode> = None;
    loop {
        let Some(first) = store.areas_below(above.as_ref(), scope, visit.day()).await?.into_iter().next() else {
            return Ok(None);
        };
        if first.code.level() >= AreaLevel::County || first.code.home() == first.code && first.n_below == 0 {
            return Ok(Some(first));
        }
        above = Some(first.code);
    }
}

/// The areas that can be chosen, down to townships.
pub(crate) async fn choices(visit: &Visit, chosen: &AreaCode) -> Result<Vec<Choice>, Fault> {
    area_choices(visit, &visit.scope, AreaLevel::Township, chosen.as_str()).await
}

/// `area=…&on=…`, for addresses.
pub(crate) fn query(area: &AreaCode, on: Date) -> String {
    format!("area={area}&on={on}")
}
