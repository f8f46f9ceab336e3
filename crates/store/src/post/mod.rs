//! Posts of units and who holds them. Telephone numbers of persons are sealed.

mod change;
mod directory;
mod read;

use std::sync::Arc;

use lianfang_domain::{
    IncumbencyId, PostId, UnitId,
    area::AreaCode,
    post::{Incumbency, PhoneNumber, Post, Tenure, masked},
};

pub(crate) use change::ALL as CHANGE;
pub use directory::{DirectorySearch, DirectoryUnit};
pub(crate) use read::ALL as READ;

use crate::{
    StoreError,
    crypto::{SealedAt, Vault},
    unit::filled,
    value::Row,
};

/// Whether a post is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostState {
    /// In use, held or vacant.
    Open,
    /// No longer there; its record stays.
    Closed,
}

impl PostState {
    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            PostState::Open => "open",
            PostState::Closed => "closed",
        }
    }
}

/// How much of people's telephone numbers is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneSight {
    /// Beginning and end.
    Masked,
    /// All of it; whoever shows it puts that on record.
    Full,
}

/// A post as it is kept, with who held, holds and will hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRecord {
    /// The post.
    pub post: Post,
    /// The county by which it is kept.
    pub home: AreaCode,
    /// In use or not.
    pub state: PostState,
    /// For telling whether someone else changed it or who holds it.
    pub version: i64,
    /// Times in the post by their first days, those withdrawn left out.
    pub holders: Vec<IncumbencyRecord>,
}

impl PostRecord {
    /// The times in the post as rules take them. Numbers are among them only where they were read in full.
    pub fn incumbencies(&self) -> Vec<Incumbency> {
        self.holders.iter().map(|holder| holder.incumbency.clone()).collect()
    }
}

/// A time in a post as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncumbencyRecord {
    /// The time in the post, with the number only where it was read in full.
    pub incumbency: Incumbency,
    /// The number as far as it was read; empty where none is known.
    pub phone: String,
    /// For telling whether someone else changed it.
    pub version: i64,
}

fn phone_at(id: IncumbencyId) -> SealedAt {
    SealedAt { table: "incumbency", column: "phone", row: id.0.number() }
}

/// Reads a post from a row that begins with its columns: id, unit, title, place, duty phone, state, version, area.
fn post(row: &Row<'_>) -> Result<PostRecord, StoreError> {
    let rank_order = u16::try_from(row.int(3)?).unwrap_or(u16::MAX);
    let post = Post {
        id: PostId(row.id(0)?),
        unit: UnitId(row.id(1)?),
        title: row.text(2)?,
        rank_order,
        duty_phone: filled(row, 4)?,
    };
    let state = if row.text(5)? == PostState::Open.code() { PostState::Open } else { PostState::Closed };
    Ok(PostRecord { post, home: row.parsed(7)?, state, version: row.int(6)?, holders: Vec::new() })
}

/// Reads times in posts, opening the numbers as far as they may be seen.
#[derive(Clone)]
struct HolderReader {
    vault: Arc<Vault>,
    sight: PhoneSight,
}

impl HolderReader {
    /// From a row of id, post, person, phone, first day, last day, tenure, version.
    fn read(&self, row: &Row<'_>) -> Result<IncumbencyRecord, StoreError> {
        let id = IncumbencyId(row.id(0)?);
        let number = row.opt_bytes(3)?.map(|sealed| self.vault.unseal(&sealed, phone_at(id))).transpose()?;
        let (phone, shown) = match (number, self.sight) {
            (None, _) => (None, String::new()),
            (Some(number), PhoneSight::Masked) => (None, masked(&number)),
            (Some(number), PhoneSight::Full) => (number.parse::<PhoneNumber>().ok(), number),
        };
        let code = row.text(6)?;
        let tenure =
            Tenure::from_code(&code).ok_or_else(|| StoreError::Broken(format!("there is no tenure “{code}”")))?;
        let incumbency = Incumbency {
            id,
            post: PostId(row.id(1)?),
            person: row.text(2)?,
            phone,
            from_on: row.parsed(4)?,
            until_on: row.opt_parsed(5)?,
            tenure,
        };
        Ok(IncumbencyRecord { incumbency, phone: shown, version: row.int(7)? })
    }
}

/// Puts every time in a post to its post.
fn together(posts: &mut [PostRecord], holders: Vec<IncumbencyRecord>) {
    let mut at: std::collections::BTreeMap<PostId, &mut PostRecord> =
        posts.iter_mut().map(|post| (post.post.id, post)).collect();
    for holder in holders {
        if let Some(post) = at.get_mut(&holder.incumbency.post) {
            post.holders.push(holder);
        }
    }
}
