//! What the security administrator has laid down.

use lianfang_domain::access::Role;

use crate::{Store, StoreError, Tx, sql::statements, value::values};

statements! {
    READ = "SELECT value FROM meta WHERE name = 'second_factor_roles'";
    KEEP = "INSERT INTO meta (name, value) VALUES ('second_factor_roles', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

impl Store {
    /// The roles whose holders must have a second factor.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn second_factor_roles(&self) -> Result<Vec<Role>, StoreError> {
        let kept = self.point(&READ, &[], |row| row.text(0)).await?.unwrap_or_default();
        Ok(kept.split(' ').filter_map(Role::from_code).collect())
    }
}

impl Tx<'_> {
    /// Lays down whose holders must have a second factor.
    pub fn set_second_factor_roles(&mut self, was: &[Role], roles: &[Role]) {
        let codes = |roles: &[Role]| roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(" ");
        self.one(&KEEP, "policy", values![codes(roles)]);
        self.changed("second_factor_roles", codes(was), codes(roles));
    }
}
