use std::collections::BTreeMap;
use std::sync::Arc;

use lianfang_domain::{
    Lang, UserId,
    access::{Act, ApiScope, Grant},
};
use lianfang_store::{Session, StoreError, UserState};
use parking_lot::Mutex;

use crate::{App, app::day_of};

/// For how long what is known of a session is believed without asking the database again. A role taken away on
/// another node of the same database ends within this time; on this node at once.
const BELIEVED_MS: i64 = 3_000;
/// How often at most the use of a session is noted.
const NOTED_MS: i64 = 60_000;
/// Sessions kept in mind at most.
const MOST: usize = 20_000;

/// Someone signed in, with what they may do.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) user: UserId,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) lang: Lang,
    pub(crate) has_totp: bool,
    pub(crate) grants: Vec<Grant>,
    pub(crate) session: Session,
    /// The key that a program holds; none for a browser.
    key: Option<Key>,
    /// Whether a role that is held needs a second factor that is not there yet.
    pub(crate) lacks_factor: bool,
}

/// What a key is good for, and until when.
#[derive(Clone, Debug)]
struct Key {
    scopes: String,
    until_ms: i64,
}

impl Seat {
    /// Whether it is good for an act at all; for browsers the roles alone say so.
    pub(crate) fn may_use(&self, act: Act) -> bool {
        self.key.as_ref().is_none_or(|key| ApiScope::allow(&key.scopes, act))
    }
}

struct Known {
    seat: Arc<Seat>,
    asked_ms: i64,
    noted_ms: i64,
}

/// The sessions in use, by the hash of their token.
#[derive(Default)]
pub(crate) struct Seats(Mutex<BTreeMap<Vec<u8>, Known>>);

impl Seats {
    /// Forgets what is known of everybody.
    pub(crate) fn forget_all(&self) {
        self.0.lock().clear();
    }

    /// Forgets what is known of a user, so that the next request asks the database.
    pub(crate) fn forget(&self, user: UserId) {
        self.0.lock().retain(|_, known| known.seat.user != user);
    }
}

impl App {
    /// Who holds this session token, if the session still runs.
    pub(crate) async fn seat(&self, token_hash: &[u8], now_ms: i64) -> Result<Option<Arc<Seat>>, StoreError> {
        if let Some(seat) = self.known_seat(token_hash, now_ms) {
            return Ok(self.running(seat, token_hash, now_ms));
        }
        let Some(session) = self.store().session(token_hash).await? else { return Ok(None) };
        self.take_seat(token_hash, session, None, now_ms).await
    }

    /// Whose key this is, if it can still be used.
    pub(crate) async fn seat_of_key(&self, token_hash: &[u8], now_ms: i64) -> Result<Option<Arc<Seat>>, StoreError> {
        if let Some(seat) = self.known_seat(token_hash, now_ms) {
            return Ok(self.running(seat, token_hash, now_ms));
        }
        let Some(token) = self.store().api_token(token_hash).await? else { return Ok(None) };
        let seen_at_ms = token.seen_at_ms.unwrap_or(0);
        let started_at_ms = token.made_at_ms;
        let session = Session { id: token.id, user: token.user, started_at_ms, seen_at_ms, agent: token.name };
        let key = Key { scopes: token.scopes, until_ms: token.until_ms };
        self.take_seat(token_hash, session, Some(key), now_ms).await
    }

    async fn take_seat(
        &self,
        token_hash: &[u8],
        session: Session,
        key: Option<Key>,
        now_ms: i64,
    ) -> Result<Option<Arc<Seat>>, StoreError> {
        let Some(record) = self.store().user_record(session.user).await? else { return Ok(None) };
        if record.user.state != UserState::Active {
            return Ok(None);
        }
        let grants = self.store().grants(session.user).await?;
        let needed = self.store().second_factor_roles().await?;
        let day = day_of(now_ms);
        let holds_one = grants.iter().any(|grant| grant.runs_on(day) && needed.contains(&grant.role));
        let lacks_factor = holds_one && !record.user.has_totp;
        let user = record.user;
        let (noted_ms, id) = (session.seen_at_ms, user.id);
        let seat = Arc::new(Seat {
            user: id,
            login: user.login,
            name: user.name,
            lang: user.lang,
            has_totp: user.has_totp,
            grants,
            session,
            key,
            lacks_factor,
        });
        let mut seats = self.0.seats.0.lock();
        if seats.len() >= MOST {
            seats.retain(|_, known| now_ms - known.asked_ms < BELIEVED_MS);
        }
        seats.insert(token_hash.to_vec(), Known { seat: Arc::clone(&seat), asked_ms: now_ms, noted_ms });
        drop(seats);
        Ok(self.running(seat, token_hash, now_ms))
    }

    fn known_seat(&self, token_hash: &[u8], now_ms: i64) -> Option<Arc<Seat>> {
        let seats = self.0.seats.0.lock();
        seats.get(token_hash).filter(|known| now_ms - known.asked_ms < BELIEVED_MS).map(|known| Arc::clone(&known.seat))
    }

    /// The seat, if its session still runs; that it was used is noted now and then.
    fn running(&self, seat: Arc<Seat>, token_hash: &[u8], now_ms: i64) -> Option<Arc<Seat>> {
        let mut seats = self.0.seats.0.lock();
        let known = seats.get_mut(token_hash)?;
        let runs = match &seat.key {
            Some(key) => now_ms < key.until_ms,
            None => self.0.manners.sessions.allow(seat.session.started_at_ms, known.noted_ms, now_ms),
        };
        if !runs {
            seats.remove(token_hash);
            return None;
        }
        if now_ms - known.noted_ms >= NOTED_MS {
            known.noted_ms = now_ms;
            drop(seats);
            match seat.key {
                Some(_) => self.store().note_token_seen(token_hash, now_ms),
                None => self.store().note_seen(token_hash, now_ms),
            }
        }
        Some(seat)
    }
}
