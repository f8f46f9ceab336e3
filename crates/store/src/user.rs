//! Users and the roles they hold.

use jiff::civil::Date;
use lianfang_domain::{
    Lang, UnitId, UserId,
    access::{Grant, Role},
    area::AreaCode,
};

use crate::{
    Store, StoreError, Tx,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO users (id, login, login_key, name, state, lang, password, failures, failed_at_ms, totp,
        totp_state, totp_step, made_at_ms, version)
        VALUES ($1, $2, $3, $4, 'invited', $5, NULL, 0, 0, NULL, 'none', 0, $6, 1)";
    BY_LOGIN = "SELECT id, login, name, state, lang, version, totp_state, password, failures, failed_at_ms, totp,
        totp_step FROM users WHERE login_key = $1";
    BY_ID = "SELECT id, login, name, state, lang, version, totp_state, password, failures, failed_at_ms, totp,
        totp_step FROM users WHERE id = $1";
    COUNT = "SELECT count(*) FROM users";
    ALL_USERS = "SELECT id, login, name, state, lang, version, totp_state FROM users
        WHERE login_key > $1 ORDER BY login_key LIMIT $2";
    SET_PASSWORD = "UPDATE users SET password = $2, state = 'active', failures = 0, version = version + 1
        WHERE id = $1 AND version = $3";
    SET_STATE = "UPDATE users SET state = $2, version = version + 1 WHERE id = $1 AND version = $3";
    SET_NAME = "UPDATE users SET name = $2, version = version + 1 WHERE id = $1 AND version = $3";
    SET_LANG = "UPDATE users SET lang = $2 WHERE id = $1";
    FAILED = "UPDATE users SET failures = failures + 1, failed_at_ms = $2 WHERE id = $1";
    SUCCEEDED = "UPDATE users SET failures = 0, totp_step = $2 WHERE id = $1 AND totp_step <= $2";
    SET_TOTP = "UPDATE users SET totp = $2, totp_state = $3, totp_step = 0, version = version + 1
        WHERE id = $1 AND version = $4";
    ADD_CODE = "INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2)";
    USE_CODE = "DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2";
    DROP_CODES = "DELETE FROM recovery_code WHERE user_id = $1";
    COUNT_CODES = "SELECT count(*) FROM recovery_code WHERE user_id = $1";
    GRANTS = "SELECT id, role, area, unit, from_on, until_on FROM role_grant
        WHERE user_id = $1 AND ended_at_ms IS NULL ORDER BY id";
    COUNT_ROLE = "SELECT count(*) FROM role_grant WHERE role = $1 AND ended_at_ms IS NULL";
    GIVE = "INSERT INTO role_grant (id, user_id, role, area, unit, from_on, until_on, ended_at_ms, given_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8)";
    END_GRANT = "UPDATE role_grant SET ended_at_ms = $2 WHERE id = $1 AND ended_at_ms IS NULL";
    INVITE = "INSERT INTO invitation (token_hash, user_id, purpose, until_ms, used_at_ms) VALUES ($1, $2, $3, $4, NULL)";
    INVITATION = "SELECT user_id, purpose, until_ms FROM invitation WHERE token_hash = $1 AND used_at_ms IS NULL";
    USE_INVITATION = "UPDATE invitation SET used_at_ms = $2 WHERE token_hash = $1 AND used_at_ms IS NULL";
    WITHDRAW_INVITATIONS = "UPDATE invitation SET used_at_ms = $2 WHERE user_id = $1 AND used_at_ms IS NULL";
    FORGET_INVITATIONS = "DELETE FROM invitation WHERE until_ms < $1";
    WITHDRAW_SET_UP = "UPDATE invitation SET used_at_ms = $1 WHERE purpose = 'set_up' AND used_at_ms IS NULL";
}

/// In what state an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// Has a link to set a password, and no password yet.
    Invited,
    /// May sign in.
    Active,
    /// May not sign in.
    Closed,
}

impl UserState {
    fn from_code(code: &str) -> UserState {
        match code {
            "invited" => UserState::Invited,
            "active" => UserState::Active,
            _ => UserState::Closed,
        }
    }

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            UserState::Invited => "invited",
            UserState::Active => "active",
            UserState::Closed => "closed",
        }
    }
}

/// Someone who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The user.
    pub id: UserId,
    /// The name typed at sign-in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// Whether they may sign in.
    pub state: UserState,
    /// Their language.
    pub lang: Lang,
    /// For telling whether someone else changed it.
    pub version: i64,
    /// Whether a second factor is set up.
    pub has_totp: bool,
}

/// What signing in is checked against.
#[derive(Clone, Debug)]
pub struct SignInRecord {
    /// Who.
    pub user: User,
    /// The password's hash.
    pub password: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// The last of them, in milliseconds.
    pub failed_at_ms: i64,
    /// The second factor's secret, if one is set up or being set up.
    pub totp: Option<String>,
    /// The last time step whose code was used; it is not taken twice.
    pub totp_step: i64,
}

/// A link that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// For whom; none for the first set-up.
    pub user: Option<UserId>,
    /// What for: `set_up` or `password`.
    pub purpose: String,
    /// Until when it can be used, in milliseconds.
    pub until_ms: i64,
}

/// A login name as it is compared: without regard to case.
fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

fn lang_code(lang: Lang) -> &'static str {
    lang.pick("zh", "en")
}

fn user(row: &Row<'_>) -> Result<User, StoreError> {
    Ok(User {
        id: UserId(row.id(0)?),
        login: row.text(1)?,
        name: row.text(2)?,
        state: UserState::from_code(&row.text(3)?),
        lang: if row.text(4)? == "en" { Lang::En } else { Lang::Zh },
        version: row.int(5)?,
        has_totp: row.text(6)? == "on",
    })
}

fn grant(row: &Row<'_>) -> Result<Grant, StoreError> {
    let code = row.text(1)?;
    Ok(Grant {
        id: lianfang_domain::GrantId(row.id(0)?),
        role: Role::from_code(&code).ok_or_else(|| StoreError::Broken(format!("there is no role “{code}”")))?,
        area: row.opt_parsed::<AreaCode>(2)?,
        unit: row.opt_id(3)?.map(UnitId),
        from_on: row.parsed(4)?,
        until_on: row.opt_parsed::<Date>(5)?,
    })
}

impl Store {
    /// What a sign-in with this name is checked against.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn sign_in_record(&self, login: &str) -> Result<Option<SignInRecord>, StoreError> {
        self.point(&BY_LOGIN, &values![login_key(login)], |row| self.record(row)).await
    }

    /// The same by user.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn user_record(&self, id: UserId) -> Result<Option<SignInRecord>, StoreError> {
        self.point(&BY_ID, &values![id], |row| self.record(row)).await
    }

    fn record(&self, row: &Row<'_>) -> Result<SignInRecord, StoreError> {
        let user = user(row)?;
        let totp = row.opt_bytes(10)?.map(|sealed| self.vault().unseal(&sealed, totp_at(user.id))).transpose()?;
        Ok(SignInRecord {
            user,
            password: row.opt_text(7)?,
            failures: u32::try_from(row.int(8)?).unwrap_or(u32::MAX),
            failed_at_ms: row.int(9)?,
            totp,
            totp_step: row.int(11)?,
        })
    }

    /// How many users there are.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_users(&self) -> Result<i64, StoreError> {
        Ok(self.point(&COUNT, &[], |row| row.int(0)).await?.unwrap_or(0))
    }

    /// Users in the order of their login names, after one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn users_after(&self, login: &str, limit: u32) -> Result<Vec<User>, StoreError> {
        self.scan(&ALL_USERS, values![login_key(login), limit], user).await
    }

    /// The roles a user holds or will hold, those that ended left out.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn grants(&self, id: UserId) -> Result<Vec<Grant>, StoreError> {
        self.inner.engine.point(&GRANTS, &values![id], grant).await
    }

    /// How many hold a role.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_holders(&self, role: Role) -> Result<i64, StoreError> {
        Ok(self.point(&COUNT_ROLE, &values![role.code()], |row| row.int(0)).await?.unwrap_or(0))
    }

    /// How many recovery codes a user has left.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn n_recovery_codes(&self, id: UserId) -> Result<i64, StoreError> {
        Ok(self.point(&COUNT_CODES, &values![id], |row| row.int(0)).await?.unwrap_or(0))
    }

    /// The link with this token, if it was not used.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn invitation(&self, token_hash: &[u8]) -> Result<Option<Invitation>, StoreError> {
        self.point(&INVITATION, &values![token_hash], |row| {
            Ok(Invitation { user: row.opt_id(0)?.map(UserId), purpose: row.text(1)?, until_ms: row.int(2)? })
        })
        .await
    }
}

fn totp_at(id: UserId) -> crate::crypto::SealedAt {
    crate::crypto::SealedAt { table: "users", column: "totp", row: id.0.number() }
}

impl Tx<'_> {
    /// Adds a user without a password.
    pub fn add_user(&mut self, user: &User) {
        let values =
            values![user.id, &user.login, login_key(&user.login), &user.name, lang_code(user.lang), self.now_ms];
        self.one(&ADD, "login", values);
        self.changed("login", "", user.login.as_str());
    }

    /// Sets a password by its hash.
    pub fn set_password(&mut self, user: &User, hash: &str) {
        self.one(&SET_PASSWORD, "user", values![user.id, hash, user.version]);
        self.changed_unseen("password");
    }

    /// Closes or opens an account.
    pub fn set_user_state(&mut self, user: &User, state: UserState) {
        self.one(&SET_STATE, "user", values![user.id, state.code(), user.version]);
        self.changed("state", user.state.code(), state.code());
    }

    /// Changes the name shown.
    pub fn rename_user(&mut self, user: &User, name: &str) {
        self.one(&SET_NAME, "user", values![user.id, name, user.version]);
        self.changed("name", user.name.as_str(), name);
    }

    /// Changes a user's language.
    pub fn set_lang(&mut self, id: UserId, lang: Lang) {
        self.one(&SET_LANG, "user", values![id, lang_code(lang)]);
    }

    /// Counts a failed sign-in.
    pub fn count_failure(&mut self, id: UserId) {
        self.one(&FAILED, "user", values![id, self.now_ms]);
    }

    /// Notes a sign-in that succeeded, with the time step of its code; fails when a later step was already used.
    pub fn note_success(&mut self, id: UserId, totp_step: i64) {
        self.one(&SUCCEEDED, "code", values![id, totp_step]);
    }

    /// Sets, confirms or removes the second factor.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn set_totp(&mut self, user: &User, secret: Option<&str>, confirmed: bool) -> Result<(), StoreError> {
        let sealed = secret.map(|secret| self.store().vault().seal(secret, totp_at(user.id))).transpose()?;
        let state = match (secret, confirmed) {
            (None, _) => "none",
            (Some(_), false) => "begun",
            (Some(_), true) => "on",
        };
        self.one(&SET_TOTP, "user", values![user.id, sealed, state, user.version]);
        self.changed("second_factor", if user.has_totp { "on" } else { "none" }, state);
        Ok(())
    }

    /// Replaces the recovery codes by new ones, given by their hashes.
    pub fn set_recovery_codes(&mut self, id: UserId, hashes: &[Vec<u8>]) {
        self.any(&DROP_CODES, "recovery codes", values![id]);
        for hash in hashes {
            self.one(&ADD_CODE, "recovery code", values![id, hash.as_slice()]);
        }
    }

    /// Uses up a recovery code; it must be there.
    pub fn use_recovery_code(&mut self, id: UserId, hash: &[u8]) {
        self.one(&USE_CODE, "recovery code", values![id, hash]);
    }

    /// Gives a role.
    pub fn give_role(&mut self, to: UserId, grant: &Grant, by: Option<UserId>) {
        let code = grant.area.as_ref().map(ToString::to_string);
        let values =
            values![grant.id, to, grant.role.code(), code.clone(), grant.unit, grant.from_on, grant.until_on, by];
        self.one(&GIVE, "role", values);
        self.changed("role", "", format!("{} {}", grant.role.code(), code.unwrap_or_default()).trim());
    }

    /// Ends a role now.
    pub fn end_role(&mut self, grant: &Grant) {
        self.one(&END_GRANT, "role", values![grant.id, self.now_ms]);
        self.changed("role", grant.role.code(), "");
    }

    /// Gives out a link.
    pub fn invite(&mut self, token_hash: &[u8], invitation: &Invitation) {
        let values = values![token_hash, invitation.user, &invitation.purpose, invitation.until_ms];
        self.one(&INVITE, "link", values);
    }

    /// Uses up a link; it must not have been used.
    pub fn use_invitation(&mut self, token_hash: &[u8]) {
        self.one(&USE_INVITATION, "link", values![token_hash, self.now_ms]);
    }

    /// Forgets links that ran out before an instant.
    pub fn forget_invitations(&mut self, before_ms: i64) {
        self.any(&FORGET_INVITATIONS, "links", values![before_ms]);
    }

    /// Makes every open link for the first set-up useless.
    pub fn withdraw_set_up(&mut self) {
        self.any(&WITHDRAW_SET_UP, "links", values![self.now_ms]);
    }

    /// Makes every open link of a user useless.
    pub fn withdraw_invitations(&mut self, id: UserId) {
        self.any(&WITHDRAW_INVITATIONS, "links", values![id, self.now_ms]);
    }
}
