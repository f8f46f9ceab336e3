//! Reads the text of a page by following its operators.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::InputError;
use super::super::budget::Budget;
use super::font::Font;
use super::layout::{Fragment, Layout, PageLine};
use super::lexer::{Lexer, Operand};
use super::matrix::Matrix;
use super::resources::{self, Fonts, unpacked};

/// Drawings inside drawings are followed no deeper than this.
const DEEPEST_DRAWING: usize = 8;

/// How many states a page may put aside.
const MOST_STATES: usize = 256;

/// What each shown string counts besides its length, because it takes that much memory.
const COST_OF_ONE_PIECE: usize = 32;

/// What was come across besides text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) images: usize,
    pub(super) unmapped: usize,
}

pub(super) struct PageReader<'d> {
    document: &'d Document,
    fonts: Fonts<'d>,
    budget: Budget,
    layout: Layout,
    pub(super) found: Found,
}

/// Where and how the next text is shown.
#[derive(Debug, Clone, Default)]
struct State {
    to_page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    /// What the horizontal scale differs from 1 by.
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// What one content stream is read with.
struct Scope<'d> {
    owner: ObjectId,
    resources: Option<&'d Dictionary>,
    depth: usize,
}

/// The text matrices of a content stream.
#[derive(Default)]
struct Pen {
    text: Matrix,
    line: Matrix,
}

impl<'d> PageReader<'d> {
    pub(super) fn new(document: &'d Document, budget: Budget) -> Self {
        Self { document, fonts: Fonts::new(document), budget, layout: Layout::default(), found: Found::default() }
    }

    /// The lines of a page.
    pub(super) fn read(&mut self, page: ObjectId) -> Result<Vec<PageLine>, InputError> {
        let mut content = Vec::new();
        for id in self.document.get_page_contents(page) {
            if let Ok(Object::Stream(stream)) = self.document.get_object(id) {
                content.extend(unpacked(stream, &mut self.budget)?);
                content.push(b'\n');
            }
        }
        let scope = Scope { owner: page, resources: resources::of_page(self.document, page), depth: 0 };
        self.content(&content, &scope, State::default())?;
        Ok(std::mem::take(&mut self.layout).finish())
    }

    fn content(&mut self, content: &[u8], scope: &Scope<'d>, mut state: State) -> Result<(), InputError> {
        let mut lexer = Lexer::new(content);
        let mut saved = Vec::new();
        let mut pen = Pen::default();
        while let Some(operator) = lexer.operator() {
            match operator {
                b"q" if saved.len() < MOST_STATES => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"BI" => self.found.images += 1,
                b"Do" => self.draw(&lexer, scope, &state)?,
                b"Tf" => {
                    if let (Some(name), Some(resources)) = (lexer.name(), scope.resources) {
                        let fonts = &mut self.fonts;
                        state.font = fonts.get(scope.owner, resources, name, &mut self.budget)?;
                    }
                    state.size = lexer.numbers().map_or(state.size, |[size]| size);
                }
                b"Tj" | b"TJ" => self.show(&lexer.operands, &state, &mut pen)?,
                b"'" | b"\"" => {
                    if let ([Operand::Number(word), Operand::Number(letter), ..], b"\"") =
                        (lexer.operands.as_slice(), operator)
                    {
                        (state.word_gap, state.letter_gap) = (*word, *letter);
                    }
                    pen.next_line(0.0, -state.leading);
                    let shown = lexer.operands.len().saturating_sub(1);
                    let text = lexer.operands.get(shown..).unwrap_or_default();
                    self.show(text, &state, &mut pen)?;
                }
                _ => {
                    pen.follow(operator, &lexer, &mut state);
                    state.follow(operator, &lexer);
                }
            }
        }
        Ok(())
    }

    /// Counts a picture or reads a drawing that the page makes use of.
    fn draw(&mut self, lexer: &Lexer<'_>, scope: &Scope<'d>, state: &State) -> Result<(), InputError> {
        let Some(resources) = scope.resources.filter(|_| scope.depth < DEEPEST_DRAWING) else {
            return Ok(());
        };
        let entry = lexer.name().and_then(|name| resources::entry(self.document, resources, b"XObject", name));
        let Some((id, Object::Stream(drawing))) = entry.and_then(|entry| self.document.dereference(entry).ok()) else {
            return Ok(());
        };
        let kind = drawing.dict.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|kind| kind == b"Form") {
            self.found.images += 1;
            return Ok(());
        }
        let content = unpacked(drawing, &mut self.budget)?;
        let own = drawing.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        let inner =
            Scope { owner: id.unwrap_or(scope.owner), resources: own.ok().or(scope.resources), depth: scope.depth + 1 };
        let mut state = state.clone();
        if let Ok(Object::Array(matrix)) = drawing.dict.get_deref(b"Matrix", self.document) {
            let numbers: Vec<f64> = matrix.iter().filter_map(|number| number.as_float().ok().map(f64::from)).collect();
            if let Ok(matrix) = numbers.try_into() {
                state.to_page = Matrix(matrix).then(state.to_page);
            }
        }
        self.content(&content, &inner, state)
    }

    /// Shows strings; numbers between them move the pen.
    fn show(&mut self, operands: &[Operand], state: &State, pen: &mut Pen) -> Result<(), InputError> {
        for operand in operands {
            match operand {
                Operand::Text(string) => self.show_string(string, state, pen)?,
                Operand::Number(back) => {
                    pen.move_on(-back / 1000.0 * state.size * (1.0 + state.stretch));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show_string(&mut self, string: &[u8], state: &State, pen: &mut Pen) -> Result<(), InputError> {
        let Some(font) = &state.font else {
            return Ok(());
        };
        let start = pen.place(state);
        let mut text = String::new();
        for glyph in font.glyphs(string) {
            self.found.unmapped += usize::from(glyph.is_unmapped);
            text.push_str(&glyph.text);
            let word_gap = if glyph.is_blank { state.word_gap } else { 0.0 };
            let advance = glyph.width / 1000.0 * state.size + state.letter_gap + word_gap;
            pen.move_on(advance * (1.0 + state.stretch));
        }
        self.budget.spend(text.len() + COST_OF_ONE_PIECE)?;
        let on_page = pen.text.then(state.to_page);
        let end = pen.place(state);
        let is_on_page = [start.0, start.1, end.0, end.1].iter().all(|place| place.is_finite());
        if !text.is_empty() && is_on_page {
            self.layout.add(Fragment {
                text,
                start,
                end,
                direction: on_page.direction(),
                size: on_page.height() * state.size.abs(),
            });
        }
        Ok(())
    }
}

impl State {
    /// Takes in what an operator sets.
    fn follow(&mut self, operator: &[u8], lexer: &Lexer<'_>) {
        let number = || lexer.numbers().map(|[number]| number);
        match operator {
            b"cm" => {
                if let Some(matrix) = lexer.numbers() {
                    self.to_page = Matrix(matrix).then(self.to_page);
                }
            }
            b"Tc" => self.letter_gap = number().unwrap_or(self.letter_gap),
            b"Tw" => self.word_gap = number().unwrap_or(self.word_gap),
            b"Tz" => self.stretch = number().map_or(self.stretch, |scale| scale / 100.0 - 1.0),
            b"TL" => self.leading = number().unwrap_or(self.leading),
            b"Ts" => self.rise = number().unwrap_or(self.rise),
            _ => {}
        }
    }
}

impl Pen {
    /// Moves as an operator says.
    fn follow(&mut self, operator: &[u8], lexer: &Lexer<'_>, state: &mut State) {
        match operator {
            b"BT" => *self = Self::default(),
            b"Tm" => {
                if let Some(matrix) = lexer.numbers() {
                    (self.text, self.line) = (Matrix(matrix), Matrix(matrix));
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = lexer.numbers() {
                    if operator == b"TD" {
                        state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -state.leading),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn move_on(&mut self, x: f64) {
        self.text = Matrix::shift(x, 0.0).then(self.text);
    }

    /// Where on the page the pen stands.
    fn place(&self, state: &State) -> (f64, f64) {
        self.text.then(state.to_page).place(0.0, state.rise)
    }
}
