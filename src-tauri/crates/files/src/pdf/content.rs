//! What a page draws, as far as it is text: every letter with its place.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::encodings;
use super::file::File;
use super::font::Font;
use super::lexer::{Lexer, Token};
use super::lines::{Glyph, Lines};
use super::matrix::{Matrix, SAME, times};
use super::object::{Dict, Object, object};
use crate::limits;

/// How deep drawings may use other drawings.
const DEPTH: usize = 16;

/// How many values an operator is given at most; a longer list is no operator's.
const OPERANDS: usize = 64;

/// How often a state may be saved before it is given back.
const SAVED: usize = 512;

/// What is in force while something is drawn.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// One content that is being read: the page, or a drawing that it uses.
struct Frame {
    data: Rc<Vec<u8>>,
    at: usize,
    resources: Dict,
    /// How many states were saved before it.
    saved: usize,
    /// Its number, and how many letters there were before it.
    drawing: Option<(u32, u64)>,
}

/// Reads the text of pages. Fonts, and drawings that have no text, are remembered from page to page.
pub(super) struct Painter<'f, 'a> {
    file: &'f File<'a>,
    fonts: HashMap<u32, Rc<Font>>,
    textless: HashSet<u32>,
}

/// What was met on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    /// Letters whose font does not say what they mean.
    pub(super) unknown: u64,
    /// Letters that are only what such fonts usually mean.
    pub(super) guessed: u64,
    /// Letters in all.
    pub(super) letters: u64,
    /// Whether there is an image.
    pub(super) images: bool,
}

impl<'f, 'a> Painter<'f, 'a> {
    pub(super) fn new(file: &'f File<'a>) -> Self {
        Self { file, fonts: HashMap::new(), textless: HashSet::new() }
    }

    /// The text of a page with this content.
    pub(super) fn page(&mut self, content: Vec<u8>, resources: Dict) -> Page {
        let mut run = Run {
            painter: self,
            state: State {
                matrix: SAME,
                font: None,
                size: 1.0,
                letter_space: 0.0,
                word_space: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
            },
            saved: Vec::new(),
            text: SAME,
            line: SAME,
            marks: Vec::new(),
            replaced: None,
            lines: Lines::default(),
            page: Page::default(),
        };
        run.read(Frame { data: Rc::new(content), at: 0, resources, saved: 0, drawing: None });
        let Run { lines, mut page, .. } = run;
        page.text = lines.text();
        page
    }

    fn font(&mut self, resources: &Dict, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = self.file.entry(resources, "Font").into_owned();
        match fonts.dict()?.0.get(name)? {
            Object::Ref(number) => {
                if let Some(font) = self.fonts.get(number) {
                    return Some(Rc::clone(font));
                }
                let font = Rc::new(Font::read(self.file, self.file.get(*number).dict()?));
                self.fonts.insert(*number, Rc::clone(&font));
                Some(font)
            }
            direct => Some(Rc::new(Font::read(self.file, direct.dict()?))),
        }
    }
}

/// A part of the content that says itself what its text is.
struct Replaced {
    text: String,
    /// How many marks were open before it.
    marks: usize,
    glyph: Option<Glyph>,
}

/// The reading of one page.
struct Run<'p, 'f, 'a> {
    painter: &'p mut Painter<'f, 'a>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    marks: Vec<()>,
    replaced: Option<Replaced>,
    lines: Lines,
    page: Page,
}

impl Run<'_, '_, '_> {
    fn read(&mut self, first: Frame) {
        let mut frames = vec![first];
        let mut operands: Vec<Object> = Vec::new();
        while let Some(frame) = frames.last_mut() {
            let data = Rc::clone(&frame.data);
            let mut lexer = Lexer::new(&data, frame.at);
            let start = lexer.at;
            let mut inner = None;
            while inner.is_none() {
                if let Some(made) = object(&mut lexer) {
                    if operands.len() < OPERANDS {
                        operands.push(made);
                    }
                    continue;
                }
                let Some(token) = lexer.next() else { break };
                let Token::Word(operator) = token else { continue };
                if operator == b"BI" {
                    self.page.images = true;
                    lexer.skip_image();
                } else {
                    inner = self.operator(operator, &operands, &frame.resources, frame.saved);
                }
                operands.clear();
                if !self.painter.file.spend(0) {
                    break;
                }
            }
            frame.at = lexer.at;
            let more = self.painter.file.spend(lexer.at - start);
            match inner {
                Some(inner) if more && frames.len() < DEPTH => {
                    let saved = self.saved.len();
                    frames.push(Frame { saved, ..inner });
                }
                // Too deep, or too much: it is left out, and what was in force before it is again.
                Some(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
                None => {
                    let done = frames.pop();
                    self.end_of(done);
                }
            }
        }
    }

    fn end_of(&mut self, frame: Option<Frame>) {
        let Some(Frame { drawing: Some((number, letters)), saved, .. }) = frame else { return };
        if letters == self.page.letters {
            self.painter.textless.insert(number);
        }
        self.saved.truncate(saved);
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// Does what an operator says; gives the drawing that is to be read next.
    fn operator(&mut self, word: &[u8], with: &[Object], resources: &Dict, floor: usize) -> Option<Frame> {
        let number = |n: usize| with.get(n).and_then(Object::number).unwrap_or(0.0);
        match word {
            b"q" if self.saved.len() < SAVED => self.saved.push(self.state.clone()),
            // A drawing cannot give back what was saved outside it.
            b"Q" if self.saved.len() > floor => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                let by: Matrix = std::array::from_fn(number);
                self.state.matrix = times(&by, &self.state.matrix);
            }
            b"BT" => {
                self.text = SAME;
                self.line = SAME;
            }
            b"Tf" => {
                self.state.font = with
                    .first()
                    .and_then(Object::name)
                    .and_then(|name| self.painter.font(resources, name))
                    .or_else(|| self.state.font.take());
                self.state.size = number(1);
            }
            b"Tc" => self.state.letter_space = number(0),
            b"Tw" => self.state.word_space = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Td" => self.move_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.move_line(number(0), number(1));
            }
            b"Tm" => {
                self.line = std::array::from_fn(number);
                self.text = self.line;
            }
            b"T*" => self.move_line(0.0, -self.state.leading),
            b"Tj" => self.show(with.first()),
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                self.show(with.first());
            }
            b"\"" => {
                self.state.word_space = number(0);
                self.state.letter_space = number(1);
                self.move_line(0.0, -self.state.leading);
                self.show(with.get(2));
            }
            b"TJ" => {
                for item in with.first().and_then(Object::array).unwrap_or(&[]) {
                    match item.number() {
                        Some(back) => self.go(-back / 1000.0 * self.state.size),
                        None => self.show(Some(item)),
                    }
                }
            }
            b"gs" => self.graphics_state(with, resources),
            b"BMC" => self.marks.push(()),
            b"BDC" => self.begin_marked(with, resources),
            b"EMC" => self.end_marked(),
            b"Do" => return self.drawing(with, resources),
            _ => {}
        }
        None
    }

    fn graphics_state(&mut self, with: &[Object], resources: &Dict) {
        let file = self.painter.file;
        let states = file.entry(resources, "ExtGState").into_owned();
        let named = with.first().and_then(Object::name).and_then(|n| states.dict()?.0.get(n));
        let Some(state) = named.map(|s| file.follow(s).into_owned()) else { return };
        let Some(font) = state.dict().map(|d| file.entry(d, "Font").into_owned()) else { return };
        if let Some([Object::Ref(font), size]) = font.array() {
            if let Some(dict) = file.get(*font).dict() {
                self.state.font = Some(Rc::new(Font::read(file, dict)));
            }
            self.state.size = size.number().unwrap_or(self.state.size);
        }
    }

    fn drawing(&mut self, with: &[Object], resources: &Dict) -> Option<Frame> {
        let file = self.painter.file;
        let drawings = file.entry(resources, "XObject").into_owned();
        let Object::Ref(number) = *drawings.dict()?.0.get(with.first()?.name()?)? else { return None };
        if self.painter.textless.contains(&number) {
            return None;
        }
        let Object::Stream(stream) = file.get(number) else { return None };
        if !stream.dict.get("Subtype").is_name("Form") {
            self.page.images |= stream.dict.get("Subtype").is_name("Image");
            return None;
        }
        let own = file.entry(&stream.dict, "Resources").dict().cloned();
        let matrix = file.entry(&stream.dict, "Matrix").into_owned();
        if self.saved.len() >= SAVED {
            return None;
        }
        self.saved.push(self.state.clone());
        if let Some(matrix) = matrix.array().filter(|m| m.len() == 6) {
            let by: Matrix = std::array::from_fn(|n| matrix[n].number().unwrap_or(0.0));
            self.state.matrix = times(&by, &self.state.matrix);
        }
        Some(Frame {
            data: Rc::new(file.data(&stream, limits::PDF_STREAM)),
            at: 0,
            resources: own.unwrap_or_else(|| resources.clone()),
            saved: 0,
            drawing: Some((number, self.page.letters)),
        })
    }

    fn begin_marked(&mut self, with: &[Object], resources: &Dict) {
        let file = self.painter.file;
        if self.replaced.is_none() {
            let properties = match with.get(1) {
                Some(Object::Name(name)) => {
                    let known = file.entry(resources, "Properties").into_owned();
                    known.dict().and_then(|d| d.0.get(name)).map(|p| file.follow(p).into_owned())
                }
                direct => direct.cloned(),
            };
            let text =
                properties.as_ref().and_then(Object::dict).map(|d| file.entry(d, "ActualText").into_owned());
            if let Some(text) = text.as_ref().and_then(Object::text) {
                let text = actual(text);
                self.replaced = Some(Replaced { text, marks: self.marks.len(), glyph: None });
            }
        }
        if self.marks.len() < 1 << 16 {
            self.marks.push(());
        }
    }

    fn end_marked(&mut self) {
        self.marks.pop();
        if let Some(replaced) = self.replaced.take_if(|r| r.marks >= self.marks.len())
            && let Some(glyph) = replaced.glyph
        {
            self.lines.add(glyph, &replaced.text);
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    /// Goes on along the line.
    fn go(&mut self, by: f64) {
        let vertical = self.state.font.as_ref().is_some_and(|f| f.vertical);
        let (x, y) = if vertical { (0.0, -by) } else { (by * self.state.stretch, 0.0) };
        self.text = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.text);
    }

    fn show(&mut self, text: Option<&Object>) {
        let (Some(bytes), Some(font)) = (text.and_then(Object::text), self.state.font.clone()) else {
            return;
        };
        self.painter.file.spend(bytes.len() * 8);
        font.show(bytes, |shown| {
            let state = &self.state;
            let whole = times(&[1.0, 0.0, 0.0, 1.0, 0.0, state.rise], &times(&self.text, &state.matrix));
            let spaced = if shown.space { state.word_space } else { 0.0 };
            let drawn = shown.width * state.size;
            let advance = drawn + state.letter_space + spaced;
            let along = if font.vertical { [0.0, -1.0] } else { [state.stretch, 0.0] };
            let glyph = Glyph::new(&whole, along, drawn, advance, state.size);
            self.page.letters += 1;
            self.page.guessed += u64::from(shown.guessed);
            if let Some(replaced) = &mut self.replaced {
                match &mut replaced.glyph {
                    Some(first) => first.reach(&glyph),
                    None => replaced.glyph = Some(glyph),
                }
            } else {
                match shown.text {
                    Some(text) => self.lines.add(glyph, &text),
                    None => self.page.unknown += 1,
                }
            }
            self.go(advance);
        });
    }
}

fn actual(text: &[u8]) -> String {
    let space = text == b" " || text == b"\xFE\xFF\x00 ";
    if space { " ".to_owned() } else { encodings::text(text) }
}
