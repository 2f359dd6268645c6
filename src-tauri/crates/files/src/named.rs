//! Values that have a name instead of a place in a text: what a document, an image or a message says of itself.

use std::collections::HashMap;

use crate::layout::Layout;
use crate::names::Namer;
use crate::row::{Row, ValueKind};

/// A value, and the names that lead to it.
pub(crate) type Named = (Vec<String>, String);

/// Gives each value a place of its own.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// How often each name was met.
    seen: HashMap<Vec<String>, u32>,
}

impl Places {
    /// Adds a value to a row. What is there once more has its number behind its name.
    pub(crate) fn push(&mut self, layout: &mut Layout, row: &mut Row, path: &[String], text: &str) {
        let count = self.seen.entry(path.to_vec()).or_insert(0);
        *count += 1;
        let mut steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let again = [*count - 1];
        if *count > 1 {
            steps.push("*");
        }
        let indexes = if *count > 1 { &again[..] } else { &[] };
        let field = Namer::Grow(&mut layout.names).path(&steps);
        row.push(field, ValueKind::Text, text, indexes, None);
    }
}
