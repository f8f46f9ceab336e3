use super::{HolderReader, PhoneSight, PostRecord, post, together};
use crate::{Store, StoreError, sql::statements, unit::UnitRecord, value::values};

statements! {
    POSTS = "SELECT id, unit, title, place_in_order, duty_phone, state, version, area FROM post
        WHERE area = $1 AND unit = $2 ORDER BY place_in_order, id";
    HOLDERS = "SELECT i.id, i.post, i.person, i.phone, i.from_on, i.until_on, i.tenure, i.version
        FROM incumbency i JOIN post p ON p.area = i.area AND p.id = i.post
        WHERE p.area = $1 AND p.unit = $2 AND i.state = 'valid' ORDER BY i.from_on, i.id";
}

impl Store {
    /// The posts of a unit by rank, closed ones too, with everyone who held, holds or will hold them. The unit was read
    /// within a scope; its posts lie in the same.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read, or a sealed number does not open.
    pub async fn posts(&self, of: &UnitRecord, sight: PhoneSight) -> Result<Vec<PostRecord>, StoreError> {
        let of_unit = values![&of.home(), of.unit.id];
        let mut posts = self.inner.engine.point(&POSTS, &of_unit, post).await?;
        let reader = HolderReader { vault: self.vault(), sight };
        let holders = self.inner.engine.point(&HOLDERS, &of_unit, |row| reader.read(row)).await?;
        together(&mut posts, holders);
        Ok(posts)
    }
}
