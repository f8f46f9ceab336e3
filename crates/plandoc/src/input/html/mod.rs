//! Web pages, whole or pasted in part.
//!
//! The page is read tag by tag without building a tree, so depth and bad nesting cost nothing.
//! What looks like the frame around the document is left out, unless that would be most of it.

mod charset;
mod inline;
mod page;
mod tags;
mod weight;
mod zones;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use self::page::Page;
use super::lines::Lines;
use super::render::{Nesting, Renderer};
use super::{Format, InputError, NoteCode, SourceText, decode};

pub(super) fn read(bytes: &[u8]) -> Result<SourceText, InputError> {
    let decoded = decode::decode(bytes, charset::declared(bytes))?;
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    // Makes the content of scripts, styles and titles one piece of text, as browsers do.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(decoded.text.as_ref(), emitter) {
        match token {
            Ok(Token::StartTag(tag)) => page.open(&tag),
            Ok(Token::EndTag(tag)) => page.close(&tag.name),
            Ok(Token::String(text)) => page.text(&String::from_utf8_lossy(&text)),
            Ok(_) => {}
            Err(impossible) => match impossible {},
        }
    }
    let images = page.images;
    let blocks = page.finish();
    let choice = weight::choose(&blocks);
    let mut lines = Lines::default();
    Renderer::new(&mut lines, Nesting::Layout, choice.dropped).blocks(&blocks);
    lines.count_note(NoteCode::ImagesIgnored, images);
    choice.note(&mut lines);
    let mut source = lines.finish(Format::Html);
    source.notes.extend(decoded.notes);
    Ok(source)
}

#[cfg(test)]
mod tests;
