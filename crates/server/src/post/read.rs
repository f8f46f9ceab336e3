use lianfang_domain::{
    IncumbencyId, PostId, UnitId,
    post::{Incumbency, PhoneNumber, Tenure},
};
use lianfang_store::{IncumbencyRecord, PhoneSight, PostRecord, UnitRecord};
use schemars::JsonSchema;
use serde::Deserialize;

use super::words::PostWords;
use crate::{
    Fault, Link,
    form::FormErrors,
    unit::{self, Typed},
    visit::Visit,
};

/// A post and the unit it belongs to, where the act of this request reaches both.
pub(super) struct Here {
    pub(super) unit: UnitRecord,
    pub(super) post: PostRecord,
}

impl Here {
    /// Reads them. A post of another unit is answered like one that does not exist.
    pub(super) async fn read(visit: &Visit, id: UnitId, post: PostId, sight: PhoneSight) -> Result<Here, Fault> {
        let unit = unit::here(visit, id).await?;
        let posts = visit.app.store().posts(&unit, sight).await?;
        let post = posts.into_iter().find(|record| record.post.id == post).ok_or(Fault::NotFound)?;
        Ok(Here { unit, post })
    }

    /// The address of the post.
    pub(super) fn href(&self) -> String {
        format!("{}/posts/{}", unit::href(self.unit.unit.id), self.post.post.id)
    }

    /// Someone's time in the post.
    pub(super) fn holder(&self, id: IncumbencyId) -> Result<IncumbencyRecord, Fault> {
        self.post.holders.iter().find(|holder| holder.incumbency.id == id).cloned().ok_or(Fault::NotFound)
    }

    /// The steps above a page about the post.
    pub(super) fn trail(&self, visit: &Visit) -> Vec<Link> {
        let mut steps = unit::trail(visit, &self.unit);
        steps.push(Link { name: self.post.post.title.clone(), href: self.href() });
        steps
    }

    /// The same post as the user saw it.
    pub(super) fn seen(self, version: i64) -> PostRecord {
        PostRecord { version, ..self.post }
    }
}

/// What is typed about a post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "PostDetails")]
pub(crate) struct PostForm {
    pub(super) version: i64,
    pub(super) title: String,
    pub(super) rank_order: String,
    pub(super) duty_phone: String,
}

/// What it means.
pub(super) struct PostTyped {
    pub(super) title: String,
    pub(super) rank_order: u16,
    pub(super) duty_phone: Option<PhoneNumber>,
}

impl PostForm {
    pub(super) fn read(&self, visit: &Visit) -> Result<PostTyped, FormErrors> {
        let mut typed = Typed::new(visit.lang);
        let title = typed.text("title", &self.title);
        let rank_order = self.rank_order.trim().parse::<u16>().ok().filter(|rank| (1..=999).contains(rank));
        if rank_order.is_none() {
            typed.errors.add("rank_order", PostWords(visit.lang).rank_bad());
        }
        let duty_phone = typed.phone("duty_phone", &self.duty_phone);
        match (title, rank_order, typed.errors.is_empty()) {
            (Some(title), Some(rank_order), true) => Ok(PostTyped { title, rank_order, duty_phone }),
            _ => Err(typed.errors),
        }
    }
}

/// What is typed about someone's time in a post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "TimeInPost")]
pub(crate) struct HolderForm {
    pub(super) version: i64,
    pub(super) person: String,
    pub(super) phone: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
    pub(super) tenure: String,
}

impl HolderForm {
    /// An empty form for a time that begins today.
    pub(super) fn begin(version: i64, visit: &Visit) -> HolderForm {
        let tenure = Tenure::Full.code().to_owned();
        HolderForm { version, from_on: visit.day().to_string(), tenure, ..HolderForm::default() }
    }

    /// The time in the post as a record with this id, as far as the fields go; the rules are asked afterwards.
    pub(super) fn read(&self, post: PostId, id: IncumbencyId, visit: &Visit) -> Result<Incumbency, FormErrors> {
        let mut typed = Typed::new(visit.lang);
        let person = typed.text("person", &self.person);
        let phone = typed.phone("phone", &self.phone);
        let from_on = typed.date("from_on", &self.from_on);
        let until_on = typed.maybe_date("until_on", &self.until_on);
        let tenure = Tenure::from_code(&self.tenure).unwrap_or_default();
        match (person, from_on, typed.errors.is_empty()) {
            (Some(person), Some(from_on), true) => {
                Ok(Incumbency { id, post, person, phone, from_on, until_on, tenure })
            }
            _ => Err(typed.errors),
        }
    }
}

/// The field at which a refusal is shown.
pub(super) fn field_of(refusal: &lianfang_domain::post::PostRefusal) -> &'static str {
    use lianfang_domain::post::PostRefusal::{AlreadyInPost, AlreadyLeft, EndsBeforeStart, NoName, Overlap};
    match refusal {
        NoName | AlreadyInPost { .. } => "person",
        EndsBeforeStart { .. } => "until_on",
        Overlap { .. } => "from_on",
        AlreadyLeft { .. } => "until_on",
    }
}
