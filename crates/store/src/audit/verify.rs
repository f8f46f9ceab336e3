use super::{
    HEADS, ROWS, STRAY,
    chain::{ChainKey, Link, day_of, seal_head, seal_row},
    entry_of, link_of,
};
use crate::{
    AuditEntry, Store, StoreError,
    value::{Row, values},
};

/// Rows read at a time.
const PAGE: i64 = 2_000;

/// What is wrong with a row or chain of the audit record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The row's content, or the row before it, is not what was sealed: altered, inserted or moved.
    Altered,
    /// Rows of this number are gone.
    Removed,
    /// A row stands behind the end of its chain, or in a chain that was never opened.
    Inserted,
    /// The chain's own end mark was changed.
    EndAltered,
    /// The chain from which this one goes on is gone or ends elsewhere.
    BeforeMissing,
}

/// A fault and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The civil day of the chain.
    pub day: String,
    /// The number of the chain.
    pub chain: i64,
    /// The number of the row in its chain.
    pub n: i64,
}

/// What a check of the whole record found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Chains looked at.
    pub n_chains: usize,
    /// Rows looked at.
    pub n_rows: i64,
    /// Everything that is not as it was sealed.
    pub faults: Vec<AuditFault>,
}

struct Head {
    last: Link,
    before: Link,
    seal: Vec<u8>,
}

fn head_of(row: &Row<'_>) -> Result<Head, StoreError> {
    let before = Link { day: row.text(4)?, chain: row.int(5)?, n: row.int(6)?, mac: Vec::new() };
    Ok(Head { last: link_of(row)?, before, seal: row.bytes(7)? })
}

impl Store {
    /// Checks every row of the audit record against its seal and its chain.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read; what is wrong with the record itself is in [`Verified`].
    pub async fn verify_audit(&self) -> Result<Verified, StoreError> {
        let heads = self.scan(&HEADS, Vec::new(), head_of).await?;
        let mut verified = Verified { n_chains: heads.len(), ..Verified::default() };
        for head in &heads {
            self.verify_chain(head, &heads, &mut verified).await?;
        }
        let stray = self.scan(&STRAY, Vec::new(), |row| Ok((row.text(0)?, row.int(1)?, row.int(2)?))).await?;
        for (day, chain, n) in stray {
            verified.faults.push(AuditFault { kind: FaultKind::Inserted, day, chain, n });
        }
        Ok(verified)
    }

    async fn verify_chain(&self, head: &Head, heads: &[Head], verified: &mut Verified) -> Result<(), StoreError> {
        let key = self.chain_key();
        let (day, chain) = (&head.last.day, head.last.chain);
        let fault = |kind, n| AuditFault { kind, day: day.clone(), chain, n };
        if seal_head(key, &head.last, &head.before).as_slice() != head.seal {
            verified.faults.push(fault(FaultKind::EndAltered, head.last.n));
        }
        let mut at =
            Link { day: day.clone(), chain, n: 0, mac: self.mac_before(head, heads).await?.unwrap_or_default() };
        if head.before.n > 0 && at.mac.is_empty() {
            verified.faults.push(fault(FaultKind::BeforeMissing, 0));
        }
        // Without the row before it, the first row cannot be checked for its link.
        let mut unlinked = head.before.n > 0 && at.mac.is_empty();
        loop {
            let page = self
                .scan(&ROWS, values![day, chain, at.n, PAGE], |row| Ok((row.int(0)?, entry_of(row)?, row.bytes(10)?)))
                .await?;
            let Some((last_n, _, _)) = page.last() else { break };
            let last_n = *last_n;
            for (n, entry, mac) in page {
                verified.n_rows += 1;
                verified.faults.extend(judge_row(key, &mut at, n, &entry, &mac, head.last.n, &mut unlinked));
            }
            at.n = last_n;
        }
        if at.n < head.last.n {
            verified.faults.push(fault(FaultKind::Removed, at.n + 1));
        } else if at.n == head.last.n && at.mac != head.last.mac {
            verified.faults.push(fault(FaultKind::Altered, at.n));
        }
        Ok(())
    }

    /// The seal of the row from which a chain goes on; none when it is gone.
    async fn mac_before(&self, head: &Head, heads: &[Head]) -> Result<Option<Vec<u8>>, StoreError> {
        let before = &head.before;
        let known = heads.iter().any(|other| other.last.day == before.day && other.last.chain == before.chain);
        if before.n == 0 || !known {
            return Ok(None);
        }
        let found = self.scan(&ROWS, values![&before.day, before.chain, before.n - 1, 1_i64], |row| {
            Ok((row.int(0)?, row.bytes(10)?))
        });
        Ok(found.await?.into_iter().find(|(n, _)| *n == before.n).map(|(_, mac)| mac))
    }
}

/// Compares one row with its seal and moves on to it.
fn judge_row(
    key: &ChainKey,
    at: &mut Link,
    n: i64,
    entry: &AuditEntry,
    mac: &[u8],
    end: i64,
    unlinked: &mut bool,
) -> Vec<AuditFault> {
    let mut faults = Vec::new();
    let mut fault = |kind, n| faults.push(AuditFault { kind, day: at.day.clone(), chain: at.chain, n });
    let gap = n > at.n + 1;
    if gap {
        fault(FaultKind::Removed, at.n + 1);
    }
    if n > end {
        fault(FaultKind::Inserted, n);
    }
    let place = Link { n, ..at.clone() };
    // Behind a gap the row before is gone, so only rows after the next can be checked again.
    let linked = !gap && !std::mem::take(unlinked);
    if linked && n <= end && (seal_row(key, &place, entry).as_slice() != mac || day_of(entry.at_ms) > at.day) {
        fault(FaultKind::Altered, n);
    }
    *at = Link { mac: mac.to_vec(), ..place };
    faults
}
