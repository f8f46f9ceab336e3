use jiff::civil::Date;
use lianfang_domain::{PartId, area::AreaCode, incident::GradeRule};

use super::level_at;
use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD_RULE = "INSERT INTO grade_rule (area, id, grade, clause, disease, words, conditions, from_on, until_on, source,
        by_name, at_ms, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $11, 1)";
    END_RULE = "UPDATE grade_rule SET until_on = $4, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3 AND until_on IS NULL";
    RULES = "SELECT id, grade, clause, disease, words, conditions, from_on, until_on, source, by_name, at_ms, version
        FROM grade_rule WHERE area = $1 ORDER BY id";
}

/// A grading rule of a jurisdiction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeRuleRecord {
    /// Its identifier.
    pub id: PartId,
    /// What it says.
    pub rule: GradeRule,
    /// The last day on which it holds; none while it does.
    pub until_on: Option<Date>,
    /// Who laid it down here.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// For telling whether someone else changed it.
    pub version: i64,
}

fn record(row: &Row<'_>) -> Result<GradeRuleRecord, StoreError> {
    let conditions = row.text(5)?;
    Ok(GradeRuleRecord {
        id: PartId(row.id(0)?),
        rule: GradeRule {
            grade: level_at(row, 1)?.ok_or_else(|| StoreError::Broken("a rule has no grade".to_owned()))?,
            clause: row.text(2)?,
            disease: row.text(3)?,
            words: row.text(4)?,
            conditions: serde_json::from_str(&conditions).map_err(|error| StoreError::Broken(error.to_string()))?,
            from_on: row.parsed(6)?,
            source: row.text(8)?,
        },
        until_on: row.opt_parsed(7)?,
        by: row.text(9)?,
        at_ms: row.int(10)?,
        version: row.int(11)?,
    })
}

impl Tx<'_> {
    /// Lays down a grading rule for a county.
    ///
    /// # Errors
    /// [`StoreError`] when its conditions cannot be written.
    pub fn add_grade_rule(&mut self, area: &AreaCode, id: PartId, rule: &GradeRule) -> Result<(), StoreError> {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let conditions =
            serde_json::to_string(&rule.conditions).map_err(|error| StoreError::Broken(error.to_string()))?;
        let GradeRule { grade, clause, disease, words, from_on, source, .. } = rule;
        let grade = grade.code();
        let values =
            values![area.home(), id, grade, clause, disease, words, conditions, *from_on, source, who, now_ms,];
        self.one(&ADD_RULE, "grading rule", values);
        Ok(())
    }

    /// Ends a grading rule with a day.
    pub fn end_grade_rule(&mut self, area: &AreaCode, seen: (PartId, i64), until_on: Date) {
        self.one(&END_RULE, "grading rule", values![area.home(), seen.0, seen.1, until_on]);
    }
}

impl Store {
    /// The grading rules of a county, in the order in which they were laid down, those that ended too.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn grade_rules(&self, area: &AreaCode) -> Result<Vec<GradeRuleRecord>, StoreError> {
        self.scan(&RULES, values![area.home()], record).await
    }
}
