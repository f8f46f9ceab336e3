use jiff::civil::Date;
use lianfang_domain::{UnitId, UserId, access::Role, area::AreaCode};

use super::{Recipient, read::quiet};
use crate::{
    Store, StoreError,
    sql::statements,
    value::{Row, values},
};

statements! {
    /// Who holds a role at the unit; for the office of a township also the township's officer.
    OF_UNIT = "SELECT DISTINCT u.id, u.quiet FROM role_grant g JOIN users u ON u.id = g.user_id
        WHERE g.ended_at_ms IS NULL AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2)
        AND u.state = 'active' AND (g.unit = $1 OR g.role = 'township_officer'
        AND g.area = (SELECT n.division FROM unit n WHERE n.id = $1 AND n.kind = 'township_office')) ORDER BY u.id";
    /// Who holds a role in the area or one above it.
    WITH_ROLE = "SELECT DISTINCT u.id, u.quiet FROM role_grant g JOIN users u ON u.id = g.user_id
        WHERE g.role = $1 AND g.ended_at_ms IS NULL AND g.from_on <= $3 AND (g.until_on IS NULL OR g.until_on >= $3)
        AND u.state = 'active' AND substr(CAST($2 AS text), 1, length(g.area)) = g.area ORDER BY u.id";
}

fn recipient(row: &Row<'_>) -> Result<Recipient, StoreError> {
    Ok(Recipient { user: UserId(row.id(0)?), quiet: quiet(&row.text(1)?)? })
}

impl Store {
    /// Who is told for a unit on a day: those who hold a role at it.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn users_for_unit(&self, unit: UnitId, day: Date) -> Result<Vec<Recipient>, StoreError> {
        self.scan(&OF_UNIT, values![unit, day], recipient).await
    }

    /// Who holds a role for an area on a day.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn users_with_role(&self, role: Role, area: &AreaCode, day: Date) -> Result<Vec<Recipient>, StoreError> {
        self.scan(&WITH_ROLE, values![role.code(), area, day], recipient).await
    }
}
