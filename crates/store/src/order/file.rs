use lianfang_domain::{OrderFileId, order::EvidenceKind};

use super::OrderRecord;
use crate::{
    Store, StoreError, Tx,
    crypto::SealedAt,
    sql::statements,
    value::{Row, values},
};

statements! {
    ADD = "INSERT INTO order_file (area, id, order_id, name, kind, size, content, by_name, at_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST = "SELECT id, name, kind, size, by_name, at_ms FROM order_file WHERE area = $1 AND order_id = $2 ORDER BY id";
    CONTENT = "SELECT content FROM order_file WHERE area = $1 AND order_id = $2 AND id = $3";
}

/// A file that shows that an order was carried out, on its way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrderFile {
    /// Its identifier.
    pub id: OrderFileId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The same as it is kept, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFile {
    /// Its identifier.
    pub id: OrderFileId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// How many bytes it has.
    pub size: i64,
    /// Who sent it.
    pub by: String,
    /// When, in milliseconds.
    pub at_ms: i64,
}

/// Evidence shows people and places, so it is sealed.
fn sealed_at(file: OrderFileId) -> SealedAt {
    SealedAt { table: "order_file", column: "content", row: file.0.number() }
}

fn file(row: &Row<'_>) -> Result<OrderFile, StoreError> {
    let kind = row.text(2)?;
    Ok(OrderFile {
        id: OrderFileId(row.id(0)?),
        name: row.text(1)?,
        kind: EvidenceKind::from_code(&kind)
            .ok_or_else(|| StoreError::Broken(format!("there is no kind of evidence “{kind}”")))?,
        size: row.int(3)?,
        by: row.text(4)?,
        at_ms: row.int(5)?,
    })
}

impl Tx<'_> {
    /// Keeps a file with an order, sealed.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be sealed.
    pub fn add_order_file(&mut self, order: &OrderRecord, new: &NewOrderFile) -> Result<(), StoreError> {
        let sealed = self.store().vault().seal_bytes(&new.bytes, sealed_at(new.id))?;
        let (who, now_ms) = (self.entry.who_name.clone(), self.now_ms);
        let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
        let (name, kind) = (&new.name, new.kind.code());
        let values = values![order.home(), new.id, order.order.id, name, kind, size, sealed, who, now_ms];
        self.one(&ADD, "file", values);
        self.changed("file", "", new.kind.code());
        Ok(())
    }
}

impl Store {
    /// The files of an order, the first sent first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn order_files(&self, order: &OrderRecord) -> Result<Vec<OrderFile>, StoreError> {
        self.scan(&LIST, values![order.home(), order.order.id], file).await
    }

    /// What is in a file of an order.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read or the content does not open.
    pub async fn order_file_content(
        &self,
        order: &OrderRecord,
        file: OrderFileId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let vault = self.vault();
        let read = move |row: &Row<'_>| vault.unseal_bytes(&row.bytes(0)?, sealed_at(file));
        let found = self.scan(&CONTENT, values![order.home(), order.order.id, file], read).await?;
        Ok(found.into_iter().next())
    }
}
