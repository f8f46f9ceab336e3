use lianfang_domain::indicator::Indicator;

use crate::{StoreError, Tx, sql::statements, value::values};

statements! {
    ADD = "INSERT INTO indicator (area, id, code, body, state, version) VALUES ($1, $2, $3, $4, $5, 1)";
    CHANGE = "UPDATE indicator SET code = $4, body = $5, state = $6, version = version + 1
        WHERE area = $1 AND id = $2 AND version = $3";
    KEEP_VERSION = "INSERT INTO indicator_version (area, indicator, version, body, why, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// A definition as it is kept.
fn body(indicator: &Indicator) -> Result<String, StoreError> {
    serde_json::to_string(indicator).map_err(|error| StoreError::Broken(error.to_string()))
}

impl Tx<'_> {
    /// Lays down an indicator; its first version is kept with it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn add_indicator(&mut self, new: &Indicator) -> Result<(), StoreError> {
        let first = Indicator { version: 1, ..new.clone() };
        let text = body(&first)?;
        self.one(&ADD, "indicator", values![&new.area, new.id, &new.code, &text, new.state.code()]);
        self.keep_version(&first, text, "");
        self.changed("indicator", "", new.name_zh.as_str());
        Ok(())
    }

    /// Changes an indicator: a new version, and the old one stays readable. `new` has what it is to be.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub fn change_indicator(&mut self, seen: &Indicator, new: &Indicator, why: &str) -> Result<(), StoreError> {
        let next = Indicator { version: seen.version + 1, ..new.clone() };
        let text = body(&next)?;
        let values = values![&seen.area, seen.id, seen.version, &next.code, &text, next.state.code()];
        self.one(&CHANGE, "indicator", values);
        self.keep_version(&next, text, why);
        self.changed("name", seen.name_zh.as_str(), new.name_zh.as_str());
        self.changed("source", seen.source.code(), new.source.code());
        self.changed("formula", seen.source.formula().unwrap_or(""), new.source.formula().unwrap_or(""));
        self.changed("state", seen.state.code(), new.state.code());
        Ok(())
    }

    fn keep_version(&mut self, indicator: &Indicator, text: String, why: &str) {
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let values = values![&indicator.area, indicator.id, indicator.version, text, why, who, now_ms];
        self.one(&KEEP_VERSION, "version of an indicator", values);
    }
}
