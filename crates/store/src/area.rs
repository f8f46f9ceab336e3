//! Areas with their dated names and population.

use std::collections::BTreeMap;

use jiff::civil::Date;
use lianfang_domain::{
    access::Scope,
    area::{Area, AreaCode, NameFrom, PopulationFrom},
};

use crate::{
    Store, StoreError, Tx,
    query::Query,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO area (code, parent, version) VALUES ($1, $2, 1)";
    TOUCH = "UPDATE area SET version = version + 1 WHERE code = $1 AND version = $2";
    SET_NAME = "INSERT INTO area_name (code, from_on, name, short) VALUES ($1, $2, $3, $4)
        ON CONFLICT (code, from_on) DO UPDATE SET name = excluded.name, short = excluded.short";
    SET_POPULATION = "INSERT INTO area_population (code, counted_on, n, source) VALUES ($1, $2, $3, $4)
        ON CONFLICT (code, counted_on) DO UPDATE SET n = excluded.n, source = excluded.source";
    NAMES = "SELECT from_on, name, short FROM area_name WHERE code = $1 ORDER BY from_on";
    POPULATIONS = "SELECT counted_on, n, source FROM area_population WHERE code = $1 ORDER BY counted_on";
}

/// An area as it stands in lists and trees, on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name on the day; its code where it had none yet.
    pub name: String,
    /// Its population on the day; unknown is not zero.
    pub population: Option<i64>,
    /// For which day that was counted.
    pub counted_on: Option<Date>,
    /// How many areas lie directly below it.
    pub n_below: i64,
    /// Its version, for telling whether someone else changed it.
    pub version: i64,
}

const COLUMNS: &str = "SELECT a.code,
    (SELECT n.name FROM area_name n WHERE n.code = a.code AND n.from_on <= ";
const POPULATION: &str = " ORDER BY n.from_on DESC LIMIT 1),
    (SELECT p.n FROM area_population p WHERE p.code = a.code AND p.counted_on <= ";
const COUNTED: &str = " ORDER BY p.counted_on DESC LIMIT 1),
    (SELECT p.counted_on FROM area_population p WHERE p.code = a.code AND p.counted_on <= ";
const REST: &str = " ORDER BY p.counted_on DESC LIMIT 1),
    (SELECT count(*) FROM area b WHERE b.parent = a.code), a.version FROM area a WHERE";

fn select(scope: &Scope, day: Date) -> Query {
    let mut query = Query::new(COLUMNS);
    query.value(day).text(POPULATION).value(day).text(COUNTED).value(day).text(REST);
    query.within("a.code", scope);
    query
}

fn row(row: &Row<'_>) -> Result<AreaRow, StoreError> {
    let code = row.parsed::<AreaCode>(0)?;
    Ok(AreaRow {
        name: row.opt_text(1)?.unwrap_or_else(|| code.to_string()),
        code,
        population: row.opt_int(2)?,
        counted_on: row.opt_parsed(3)?,
        n_below: row.int(4)?,
        version: row.int(5)?,
    })
}

impl Store {
    /// The areas directly below one, as far as the scope goes; with none, the highest ones in the scope.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn areas_below(
        &self,
        above: Option<&AreaCode>,
        scope: &Scope,
        day: Date,
    ) -> Result<Vec<AreaRow>, StoreError> {
        let mut query = select(scope, day);
        match above {
            Some(above) => {
                query.text(" AND a.parent = ").value(above);
            }
            None if scope.everywhere => {
                query.text(" AND NOT EXISTS (SELECT 1 FROM area t WHERE t.code = a.parent)");
            }
            None => {
                query.text(" AND (FALSE");
                for top in &scope.areas {
                    query.text(" OR a.code = ").value(top);
                }
                query.text(")");
            }
        }
        query.text(" ORDER BY a.code");
        let (sql, values) = query.done();
        self.scan(sql, values, row).await
    }

    /// One area, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn area_row(&self, code: &AreaCode, scope: &Scope, day: Date) -> Result<Option<AreaRow>, StoreError> {
        let mut query = select(scope, day);
        query.text(" AND a.code = ").value(code);
        let (sql, values) = query.done();
        self.point(sql, &values, row).await
    }

    /// Every name and count of an area, if the scope holds it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn area(&self, code: &AreaCode, scope: &Scope) -> Result<Option<Area>, StoreError> {
        if !scope.holds_area(code) {
            return Ok(None);
        }
        let of_area = values![code];
        let names = self.inner.engine.point(&NAMES, &of_area, |row| name_from(row, 0));
        let populations = self.inner.engine.point(&POPULATIONS, &of_area, |row| population_from(row, 0));
        Ok(Some(Area { code: code.clone(), names: names.await?, populations: populations.await? }))
    }
}

impl Store {
    /// Every area that the scope holds, with every name and count, by code.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn areas_within(&self, scope: &Scope) -> Result<Vec<(Area, i64)>, StoreError> {
        let within = |text, column, order| {
            let mut query = Query::new(text);
            query.within(column, scope).text(order);
            query.done()
        };
        let (sql, values) = within("SELECT a.code, a.version FROM area a WHERE", "a.code", " ORDER BY a.code");
        let codes = self.scan(sql, values, |row| Ok((row.parsed::<AreaCode>(0)?, row.int(1)?))).await?;
        let (sql, values) =
            within("SELECT n.code, n.from_on, n.name, n.short FROM area_name n WHERE", "n.code", " ORDER BY n.from_on");
        let mut names: BTreeMap<AreaCode, Vec<NameFrom>> = BTreeMap::new();
        for (code, name) in self.scan(sql, values, |row| Ok((row.parsed(0)?, name_from(row, 1)?))).await? {
            names.entry(code).or_default().push(name);
        }
        let text = "SELECT p.code, p.counted_on, p.n, p.source FROM area_population p WHERE";
        let (sql, values) = within(text, "p.code", " ORDER BY p.counted_on");
        let mut populations: BTreeMap<AreaCode, Vec<PopulationFrom>> = BTreeMap::new();
        for (code, population) in self.scan(sql, values, |row| Ok((row.parsed(0)?, population_from(row, 1)?))).await? {
            populations.entry(code).or_default().push(population);
        }
        let mut whole = |(code, version): (AreaCode, i64)| {
            let names = names.remove(&code).unwrap_or_default();
            let populations = populations.remove(&code).unwrap_or_default();
            (Area { code, names, populations }, version)
        };
        Ok(codes.into_iter().map(&mut whole).collect())
    }
}

fn name_from(row: &Row<'_>, first: usize) -> Result<NameFrom, StoreError> {
    let short = row.text(first + 2)?;
    let short = (!short.is_empty()).then_some(short);
    Ok(NameFrom { from_on: row.parsed(first)?, name: row.text(first + 1)?, short })
}

fn population_from(row: &Row<'_>, first: usize) -> Result<PopulationFrom, StoreError> {
    let n = row.opt_int(first + 1)?.and_then(|n| u64::try_from(n).ok());
    Ok(PopulationFrom { on: row.parsed(first)?, n, source: row.text(first + 2)? })
}

impl Tx<'_> {
    /// Adds an area.
    pub fn add_area(&mut self, area: &Area) {
        let parent = area.code.parent().map(|parent| parent.to_string()).unwrap_or_default();
        self.one(&ADD, "area code", values![&area.code, parent]);
        area.names.iter().for_each(|name| self.put_area_name(&area.code, name));
        area.populations.iter().for_each(|population| self.put_population(&area.code, population));
    }

    /// Gives an area a name from a day on; a name from the same day is replaced.
    pub fn rename_area(&mut self, was: &AreaRow, name: &NameFrom) {
        self.update_area(was, Some(name), None);
    }

    /// Sets how many people were counted on a day; a count of the same day is replaced.
    pub fn count_population(&mut self, was: &AreaRow, population: &PopulationFrom) {
        self.update_area(was, None, Some(population));
    }

    /// Both as one change.
    pub fn update_area(&mut self, was: &AreaRow, name: Option<&NameFrom>, population: Option<&PopulationFrom>) {
        self.one(&TOUCH, "area", values![&was.code, was.version]);
        if let Some(name) = name {
            self.changed("name", was.name.as_str(), name.name.as_str());
            self.changed("from_on", "", name.from_on.to_string());
            self.put_area_name(&was.code, name);
        }
        if let Some(population) = population {
            self.changed("population", was.population, population.n);
            self.changed("counted_on", "", population.on.to_string());
            self.put_population(&was.code, population);
        }
    }

    fn put_area_name(&mut self, code: &AreaCode, name: &NameFrom) {
        let short = name.short.clone().unwrap_or_default();
        self.one(&SET_NAME, "area name", values![code, name.from_on, &name.name, short]);
    }

    fn put_population(&mut self, code: &AreaCode, population: &PopulationFrom) {
        let n = population.n.and_then(|n| i64::try_from(n).ok());
        self.one(&SET_POPULATION, "population", values![code, population.on, n, &population.source]);
    }
}
