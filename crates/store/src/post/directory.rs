use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{UnitId, access::Scope, area::AreaCode};

use super::{HolderReader, PhoneSight, PostRecord, post, together};
use crate::{Store, StoreError, UnitOrder, UnitRow, UnitSearch, UnitState, query::Query};

const POSTS: &str = "SELECT q.id, q.unit, q.title, q.place_in_order, q.duty_phone, q.state, q.version, q.area
    FROM post q JOIN unit u ON u.area = q.area AND u.id = q.unit WHERE q.state = 'open' AND u.state = 'open' AND";
const HOLDERS: &str = "SELECT i.id, i.post, i.person, i.phone, i.from_on, i.until_on, i.tenure, i.version
    FROM incumbency i JOIN post q ON q.area = i.area AND q.id = i.post
    JOIN unit u ON u.area = q.area AND u.id = q.unit
    WHERE i.state = 'valid' AND q.state = 'open' AND u.state = 'open' AND i.from_on <= ";

const ALL_HOLDERS: &str = "SELECT i.id, i.post, i.person, i.phone, i.from_on, i.until_on, i.tenure, i.version
    FROM incumbency i JOIN post q ON q.area = i.area AND q.id = i.post
    JOIN unit u ON u.area = q.area AND u.id = q.unit
    WHERE i.state = 'valid' AND q.state = 'open' AND u.state = 'open' AND";

/// Which part of the directory is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectorySearch {
    /// One area and what lies below it; none for all.
    pub area: Option<AreaCode>,
    /// The day on which people are in their posts.
    pub day: Date,
    /// How much of their numbers is read.
    pub sight: PhoneSight,
    /// How many units at most.
    pub limit: u32,
}

/// A unit at work with its posts in use and who is in them on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryUnit {
    /// The unit.
    pub unit: UnitRow,
    /// Its posts by rank; of their holders only those of the day.
    pub posts: Vec<PostRecord>,
}

impl Store {
    /// The units at work that the scope holds, by area and name, with their posts and who is in them; and how many
    /// units there are, which may be more than the limit.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or a sealed number does not open.
    pub async fn directory(
        &self,
        search: &DirectorySearch,
        scope: &Scope,
    ) -> Result<(Vec<DirectoryUnit>, i64), StoreError> {
        let listed = UnitSearch {
            area: search.area.clone(),
            state: Some(UnitState::Open),
            order: UnitOrder::Area,
            limit: search.limit,
            ..UnitSearch::default()
        };
        let units = self.units(&listed, scope, search.day).await?;
        let mut by_unit: BTreeMap<UnitId, Vec<PostRecord>> = BTreeMap::new();
        for post in self.directory_posts(search, scope).await? {
            by_unit.entry(post.post.unit).or_default().push(post);
        }
        let with_posts = |unit: UnitRow| DirectoryUnit { posts: by_unit.remove(&unit.id).unwrap_or_default(), unit };
        Ok((units.rows.into_iter().map(with_posts).collect(), units.n_found))
    }

    async fn directory_posts(&self, search: &DirectorySearch, scope: &Scope) -> Result<Vec<PostRecord>, StoreError> {
        let mut query = Query::new(POSTS);
        restrict(&mut query, search, scope);
        query.text(" ORDER BY q.unit, q.place_in_order, q.id");
        let (sql, values) = query.done();
        let mut posts = self.scan(sql, values, post).await?;
        let mut query = Query::new(HOLDERS);
        query.value(search.day).text(" AND (i.until_on IS NULL OR i.until_on >= ").value(search.day).text(") AND");
        restrict(&mut query, search, scope);
        query.text(" ORDER BY i.from_on, i.id");
        let (sql, values) = query.done();
        let reader = HolderReader { vault: self.vault(), sight: search.sight };
        let holders = self.scan(sql, values, move |row| reader.read(row)).await?;
        together(&mut posts, holders);
        Ok(posts)
    }
}

impl Store {
    /// Every post in use of units at work that the scope holds, with everyone who held, holds or will hold it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or a sealed number does not open.
    pub async fn posts_within(&self, scope: &Scope, sight: PhoneSight) -> Result<Vec<PostRecord>, StoreError> {
        let units = ["u.division", "u.id", "u.parent"];
        let mut query = Query::new(POSTS);
        query.within_units(units, scope).text(" ORDER BY q.unit, q.place_in_order, q.id");
        let (sql, values) = query.done();
        let mut posts = self.scan(sql, values, post).await?;
        let mut query = Query::new(ALL_HOLDERS);
        query.within_units(units, scope).text(" ORDER BY i.from_on, i.id");
        let (sql, values) = query.done();
        let reader = HolderReader { vault: self.vault(), sight };
        let holders = self.scan(sql, values, move |row| reader.read(row)).await?;
        together(&mut posts, holders);
        Ok(posts)
    }
}

fn restrict(query: &mut Query, search: &DirectorySearch, scope: &Scope) {
    query.within_units(["u.division", "u.id", "u.parent"], scope);
    if let Some(area) = &search.area {
        query.text(" AND u.division >= ").value(area).text(" AND u.division < ").value(area.upper_bound());
    }
}
