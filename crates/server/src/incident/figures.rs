use std::collections::BTreeMap;

use lianfang_domain::{
    IncidentId,
    incident::{EntryKind, Figure},
};
use lianfang_store::NewEntry;

use super::{
    IncidentWords,
    facts::{Typed, facts_page, typed},
    href, open_here,
};
use crate::{
    at::At,
    fault::PageResult,
    form::{FormErrors, Sent},
    page::{again, see_other},
    typed_time::instant_of,
    visit::Visit,
};

/// What was sent: a figure by its code, `as_of` and `source`.
type Fields = BTreeMap<String, String>;

/// Notes the figures that were typed, as of one instant; what is left empty stays as it was.
pub(super) async fn send(visit: Visit, At(id): At<IncidentId>, Sent(fields): Sent<Fields>) -> PageResult {
    let record = open_here(&visit, id).await?;
    let (figures, as_of_ms, source) = match read(&visit, &fields) {
        Ok(read) => read,
        Err(errors) => {
            let typed = Typed { figures: fields, ..typed(&visit, &record) };
            return again(&facts_page(&visit, &record, typed, errors).await?);
        }
    };
    let mut tx = visit.begin();
    tx.about("incident", id, Some(&record.area));
    let mut said = Vec::new();
    for (figure, value) in figures {
        tx.note_figure(&record, (figure, value), as_of_ms, &source);
        said.push(format!("{} {value}", figure.words(visit.lang)));
    }
    let words = said.join(visit.lang.pick("，", ", "));
    tx.note(&record, &NewEntry { basis: source, ..NewEntry::of(EntryKind::Fact, as_of_ms, words) });
    tx.commit().await?;
    Ok(see_other(&format!("{}/facts#figures", href(id))))
}

type Read = (Vec<(Figure, i64)>, i64, String);

fn read(visit: &Visit, fields: &Fields) -> Result<Read, FormErrors> {
    let (t, mut errors) = (IncidentWords(visit.lang), FormErrors::default());
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let mut figures = Vec::new();
    for figure in Figure::ALL {
        let typed = field(figure.code());
        if typed.is_empty() {
            continue;
        }
        match typed.replace(',', "").parse::<i64>().ok().filter(|value| *value >= 0) {
            Some(value) => figures.push((figure, value)),
            None => errors.add(figure.code(), t.figure_bad()),
        }
    }
    if figures.is_empty() && errors.is_empty() {
        errors.add(Figure::ALL[0].code(), t.figures_none());
    }
    let as_of_ms = instant_of(field("as_of")).filter(|at| *at <= visit.now_ms);
    if as_of_ms.is_none() {
        errors.add("as_of", t.time_bad());
    }
    match as_of_ms {
        Some(as_of_ms) if errors.is_empty() => Ok((figures, as_of_ms, field("figures_source").to_owned())),
        _ => Err(errors),
    }
}
