//! The fonts and drawings that a page draws on.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream};

use super::super::InputError;
use super::super::budget::Budget;
use super::font::Font;

/// How far up the page tree resources are looked for.
const HIGHEST: usize = 64;

/// What each use of a stream costs besides its length, so that empty ones run out too.
const COST_OF_ONE_USE: usize = 1024;

/// A font is known by its own number, or by its name in the page or drawing that describes it.
type Key = (ObjectId, Vec<u8>);

pub(super) struct Fonts<'d> {
    document: &'d Document,
    known: BTreeMap<Key, Rc<Font>>,
}

impl<'d> Fonts<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, known: BTreeMap::new() }
    }

    /// The font that `owner` calls by this name. Each font is read only once.
    pub(super) fn get(
        &mut self,
        owner: ObjectId,
        resources: &Dictionary,
        name: &[u8],
        budget: &mut Budget,
    ) -> Result<Option<Rc<Font>>, InputError> {
        let Some(entry) = entry(self.document, resources, b"Font", name) else {
            return Ok(None);
        };
        let key = match entry {
            Object::Reference(id) => (*id, Vec::new()),
            _ => (owner, name.to_vec()),
        };
        if let Some(font) = self.known.get(&key) {
            return Ok(Some(Rc::clone(font)));
        }
        let Ok((_, Object::Dictionary(dictionary))) = self.document.dereference(entry) else {
            return Ok(None);
        };
        let font = Rc::new(Font::read(dictionary, self.document, budget)?);
        self.known.insert(key, Rc::clone(&font));
        Ok(Some(font))
    }
}

/// What a page or drawing calls by this name, within one kind of resource.
pub(super) fn entry<'r>(
    document: &'r Document,
    resources: &'r Dictionary,
    kind: &[u8],
    name: &[u8],
) -> Option<&'r Object> {
    let of_kind = resources.get_deref(kind, document).ok()?;
    of_kind.as_dict().ok()?.get(name).ok()
}

/// The resources of a page, its own or those of the pages above it.
pub(super) fn of_page(document: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..HIGHEST {
        if let Ok(resources) = node.get_deref(b"Resources", document) {
            return resources.as_dict().ok();
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// The content of a stream, counted against the budget; nothing if it is damaged.
pub(super) fn unpacked(stream: &Stream, budget: &mut Budget) -> Result<Vec<u8>, InputError> {
    budget.spend(COST_OF_ONE_USE)?;
    let content = match stream.get_plain_content_with_limit(budget.left()) {
        Ok(content) => content,
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(budget.passed());
        }
        Err(_) => Vec::new(),
    };
    budget.spend(content.len())?;
    Ok(content)
}
