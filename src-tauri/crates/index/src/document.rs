//! What is indexed of a record, and the way it is handed to tantivy without a copy for each value.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use records::{Day, Kind, RecordId};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Document, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::tokens::{Cutter, GAP};

/// A record, as far as it is found by something else than its words.
#[derive(Debug, Clone, Copy)]
pub struct Doc<'a> {
    /// Its position.
    pub id: RecordId,
    /// Its kind.
    pub kind: Kind,
    /// The day it is about.
    pub day: Option<Day>,
    /// Its amounts in 1/10,000 of the major unit: `amount:` finds the record if any of them fits. Give the main amount
    /// alone: with lines and taxes beside it `amount:<100` would find nearly every invoice.
    pub amounts: &'a [i64],
}

/// Takes the words of a record. Each piece is a value of its own: no phrase reaches from one into the next.
#[derive(Debug, Default)]
pub struct Words {
    pub(crate) text: String,
    pub(crate) title: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

impl Words {
    /// The title. It is searched like text, and a word in it counts for more, so it need not be given as text again.
    pub fn title(&mut self, piece: &str) {
        push(&mut self.text, piece);
        push(&mut self.title, piece);
    }

    /// A piece of text.
    pub fn text(&mut self, piece: &str) {
        push(&mut self.text, piece);
    }

    /// A sender or author, found by `from:`. Give it as text too if it is to be found by its words alone.
    pub fn from(&mut self, piece: &str) {
        push(&mut self.from, piece);
    }

    /// A recipient, found by `to:`. Give it as text too if it is to be found by its words alone.
    pub fn to(&mut self, piece: &str) {
        push(&mut self.to, piece);
    }

    fn all(&mut self) -> [&mut String; 4] {
        [&mut self.text, &mut self.title, &mut self.from, &mut self.to]
    }

    pub(crate) fn clear(&mut self) {
        for text in self.all() {
            text.clear();
            // One large value must not hold its memory for all the small ones behind it.
            text.shrink_to(1 << 20);
        }
    }
}

fn push(text: &mut String, piece: &str) {
    if piece.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(GAP);
    }
    text.push_str(piece);
}

/// Where a word is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Text,
    Title,
    From,
    To,
}

impl Place {
    const ALL: [Self; 4] = [Self::Text, Self::Title, Self::From, Self::To];

    pub(crate) fn field(self) -> Field {
        Field::from_field_id(match self {
            Self::Text => 0,
            Self::Title => 1,
            Self::From => 2,
            Self::To => 3,
        })
    }
}

/// The schema: nothing is stored and nothing but words is indexed, the rest stands in `segment::Table`.
pub(crate) fn schema() -> Schema {
    let mut schema = Schema::builder();
    for place in Place::ALL {
        let (name, tokenizer, option, norms) = match place {
            Place::Text => ("text", "letters", IndexRecordOption::WithFreqsAndPositions, true),
            Place::Title => ("title", "plain", IndexRecordOption::Basic, false),
            Place::From => ("from", "plain", IndexRecordOption::WithFreqsAndPositions, false),
            Place::To => ("to", "plain", IndexRecordOption::WithFreqsAndPositions, false),
        };
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            .set_fieldnorms(norms);
        let field = schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
        debug_assert_eq!(field, place.field());
    }
    schema.build()
}

/// The tokenizers of the schema; the first one reports the first letters of its words to `letters`.
pub(crate) fn tokenizers(letters: Arc<AtomicU64>) -> TokenizerManager {
    let manager = TokenizerManager::new();
    manager.register("letters", Cutting { cutter: Cutter::default(), letters: Some(letters) });
    manager.register("plain", Cutting { cutter: Cutter::default(), letters: None });
    manager
}

/// The class of a word's first letter or digit; none for letters outside a-z.
pub(crate) fn letter(word: &str) -> Option<u32> {
    match *word.as_bytes().first()? {
        b @ b'a'..=b'z' => Some(u32::from(b - b'a')),
        b @ b'0'..=b'9' => Some(u32::from(b - b'0') + 26),
        _ => None,
    }
}

/// How many classes of first letters there are.
pub(crate) const LETTERS: u32 = 36;

#[derive(Clone)]
struct Cutting {
    cutter: Cutter,
    letters: Option<Arc<AtomicU64>>,
}

impl Tokenizer for Cutting {
    type TokenStream<'a> = Cut<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cut<'a> {
        Cut { cutting: self, text, ready: None, token: Token::default() }
    }
}

struct Cut<'a> {
    cutting: &'a mut Cutting,
    text: &'a str,
    ready: Option<std::vec::IntoIter<Token>>,
    token: Token,
}

impl TokenStream for Cut<'_> {
    /// Pulling costs a copy of each token; indexing pushes, by `process`.
    fn advance(&mut self) -> bool {
        let (cutter, text) = (&mut self.cutting.cutter, self.text);
        let ready = self.ready.get_or_insert_with(|| {
            let mut tokens = Vec::new();
            cutter.cut(text, &mut |token| tokens.push(token.clone()));
            tokens.into_iter()
        });
        match ready.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let Some(letters) = &self.cutting.letters else {
            return self.cutting.cutter.cut(self.text, sink);
        };
        let mut mask = 0u64;
        self.cutting.cutter.cut(self.text, &mut |token| {
            mask |= letter(&token.text).map_or(0, |class| 1 << class);
            sink(token);
        });
        letters.fetch_or(mask, Ordering::Relaxed);
    }
}

/// The words of one record on their way into tantivy, which wants to own what it reads.
pub(crate) struct Row(pub(crate) Arc<Words>);

/// A value on the same way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece<'a>(&'a str);

impl Document for Row {
    type Value<'a> = Piece<'a>;
    type FieldsValuesIter<'a> = std::iter::Flatten<std::array::IntoIter<Option<(Field, Piece<'a>)>, 4>>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let Words { text, title, from, to } = &*self.0;
        [(Place::Text, text), (Place::Title, title), (Place::From, from), (Place::To, to)]
            .map(|(place, text)| (!text.is_empty()).then(|| (place.field(), Piece(text))))
            .into_iter()
            .flatten()
    }
}

impl<'a> Value<'a> for Piece<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(ReferenceValueLeaf::Str(self.0))
    }
}
