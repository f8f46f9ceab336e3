use hmac::{Hmac, Mac};
use jiff::{Timestamp, tz::TimeZone};
use sha2::Sha256;

use crate::{
    change::AuditEntry,
    crypto::keyed,
    value::{Value, values},
};

/// The key under which audit rows are sealed; it lives outside the database.
#[derive(Clone)]
pub(crate) struct ChainKey(pub(crate) [u8; 32]);

/// Where a chain goes on from: the last row of the chain before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) day: String,
    pub(crate) chain: i64,
    pub(crate) n: i64,
    pub(crate) mac: Vec<u8>,
}

/// An audit entry in its place in a chain.
#[derive(Clone, Debug)]
pub(crate) struct LinkedEntry {
    pub(crate) day: String,
    pub(crate) chain: i64,
    pub(crate) n: i64,
    pub(crate) entry: AuditEntry,
    pub(crate) mac: [u8; 32],
}

/// The chain of one writing lane. Each row is sealed together with the row before it; each day begins a new chain that
/// goes on from the one before.
#[derive(Clone)]
pub(crate) struct Chain {
    key: ChainKey,
    /// Tells the lanes of all nodes apart.
    number: i64,
    before: Link,
    last: Link,
}

impl Chain {
    /// A lane's chain, going on from the last row that anyone wrote.
    pub(crate) fn new(key: ChainKey, number: i64, before: Link) -> Chain {
        Chain { key, number, before: before.clone(), last: Link { n: 0, ..before } }
    }

    /// Puts an entry at the end.
    pub(crate) fn link(&mut self, entry: &AuditEntry) -> LinkedEntry {
        let day = day_of(entry.at_ms).max(self.last.day.clone());
        if day != self.last.day || self.last.chain != self.number {
            if self.last.chain == self.number {
                self.before = self.last.clone();
            }
            self.last = Link { day, chain: self.number, n: 0, mac: self.before.mac.clone() };
        }
        self.last.n += 1;
        let mac = seal_row(&self.key, &self.last, entry);
        self.last.mac = mac.to_vec();
        LinkedEntry { day: self.last.day.clone(), chain: self.number, n: self.last.n, entry: entry.clone(), mac }
    }

    /// The values of the head row as it is now.
    pub(crate) fn head(&self) -> Vec<Value> {
        let (last, before) = (&self.last, &self.before);
        let seal = seal_head(&self.key, last, before);
        values![
            &last.day,
            last.chain,
            last.n,
            last.mac.as_slice(),
            &before.day,
            before.chain,
            before.n,
            seal.as_slice()
        ]
    }

    /// The last row of this chain.
    pub(crate) fn last(&self) -> &Link {
        &self.last
    }
}

/// The civil day of an instant in China.
pub(crate) fn day_of(at_ms: i64) -> String {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    Timestamp::from_millisecond(at_ms).map_or_else(|_| String::new(), |at| at.to_zoned(zone).date().to_string())
}

/// The seal of a row: over its own content, its place and the seal of the row before it (`link.mac`).
pub(crate) fn seal_row(key: &ChainKey, link: &Link, entry: &AuditEntry) -> [u8; 32] {
    let mut seal = Seal::new(key);
    seal.add(b"row").add(&link.mac).add(link.day.as_bytes()).number(link.chain).number(link.n);
    seal.number(entry.at_ms).number(entry.who.unwrap_or(0));
    for text in [&entry.who_name, &entry.act, &entry.area, &entry.target, &entry.why, &entry.detail, &entry.request] {
        seal.add(text.as_bytes());
    }
    seal.done()
}

/// The seal of a head: how many rows the chain has, how it ends and where it goes on from.
pub(crate) fn seal_head(key: &ChainKey, last: &Link, before: &Link) -> [u8; 32] {
    let mut seal = Seal::new(key);
    seal.add(b"head").add(last.day.as_bytes()).number(last.chain).number(last.n).add(&last.mac);
    seal.add(before.day.as_bytes()).number(before.chain).number(before.n);
    seal.done()
}

/// HMAC-SHA-256 over parts with their lengths, so that no two lists of parts look the same.
struct Seal(Hmac<Sha256>);

impl Seal {
    fn new(key: &ChainKey) -> Seal {
        Seal(keyed(&key.0))
    }

    fn add(&mut self, part: &[u8]) -> &mut Seal {
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    fn number(&mut self, number: i64) -> &mut Seal {
        self.add(&number.to_le_bytes())
    }

    fn done(self) -> [u8; 32] {
        self.0.finalize().into_bytes().into()
    }
}
