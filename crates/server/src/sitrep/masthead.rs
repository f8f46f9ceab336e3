use jiff::civil::Date;
use lianfang_domain::{
    Lang,
    access::Scope,
    sitrep::{SitrepState, language_of},
};
use lianfang_store::SitrepRecord;

use super::{number_of, words::SitrepWords};
use crate::{Fault, app::day_of, shown::date, visit::Visit};

/// What stands above and below the words of a report.
pub(super) struct Masthead {
    /// The red name of a periodical; empty for a report to those above.
    pub(super) name: String,
    /// Its number; empty before it is issued.
    pub(super) number: String,
    /// Who issues it.
    pub(super) issuer: String,
    /// The day of issue, or that of the report while it is not issued.
    pub(super) on: String,
    /// What must be seen: that it is a draft, that it was withdrawn, that it corrects another.
    pub(super) marks: Vec<String>,
    /// The language of the text, which is not that of whoever reads it.
    pub(super) lang: Lang,
}

impl Masthead {
    pub(super) async fn of(visit: &Visit, record: &SitrepRecord) -> Result<Masthead, Fault> {
        let lang = language_of(&record.sitrep.body).unwrap_or(visit.lang);
        let t = SitrepWords(lang);
        let number_of =
            |one: &SitrepRecord| one.number.map(|number| number_of(one.sitrep.kind, number, lang)).unwrap_or_default();
        let store = visit.app.store();
        let area = store.area_row(&record.sitrep.area, &Scope::everywhere(), record.sitrep.on).await?;
        let area = area.map_or_else(|| record.sitrep.area.to_string(), |area| area.name);
        let day: Date = record.issued_at_ms.map_or(record.sitrep.on, day_of);
        let kind = record.sitrep.kind;
        let mut marks = Vec::new();
        match record.state {
            SitrepState::Withdrawn => marks.push(t.mark_withdrawn().to_owned()),
            SitrepState::Issued => {}
            SitrepState::Draft | SitrepState::Cleared | SitrepState::Dropped => marks.push(t.mark_draft().to_owned()),
        }
        if let Some(wrong) = record.sitrep.corrects {
            let corrected = store.sitrep(wrong, super::seen(visit), &Scope::everywhere()).await?;
            marks.extend(corrected.map(|one| t.corrects(&number_of(&one))));
        }
        let later = store.sitreps_correcting(record.sitrep.id, super::seen(visit), &Scope::everywhere()).await?;
        let issued = later.iter().filter(|one| one.state == SitrepState::Issued);
        marks.extend(issued.map(|one| t.corrected_by(&number_of(one))));
        Ok(Masthead {
            name: if kind.has_masthead() {
                lang.pick(format!("{area}防控工作{}", kind.words(lang)), format!("{area}: {}", kind.words(lang)))
            } else {
                String::new()
            },
            number: number_of(record),
            issuer: lang.pick(format!("{area}应急指挥部办公室"), format!("Office of the headquarters, {area}")),
            on: date(day, lang),
            marks,
            lang,
        })
    }
}
