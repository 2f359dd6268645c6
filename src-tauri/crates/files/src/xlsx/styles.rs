//! Which cells of a workbook show their numbers as dates.

use std::collections::HashMap;

use super::binary;
use crate::office::{Event, Package};
use crate::out::Out;
use crate::sheet::Form;

/// What each style of cells makes of a number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Form>);

impl Styles {
    pub(super) fn read(package: &Package, part: &str, out: &mut Out<'_>) -> Self {
        if binary::is(part) {
            return Self(binary::styles(package, part, out));
        }
        let mut styles = Vec::new();
        let mut codes: HashMap<u32, Form> = HashMap::new();
        let Some(mut part) = package.part(part) else { return Self(styles) };
        let mut cells = false;
        loop {
            match part.next() {
                Event::Open(tag) => match tag.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.attr("formatCode")) {
                            codes.insert(id, Form::of_code(&code));
                        }
                    }
                    "cellXfs" => cells = true,
                    "xf" if cells => {
                        let id = tag.number("numFmtId").unwrap_or(0);
                        styles.push(codes.get(&id).copied().unwrap_or_else(|| Form::built_in(id)));
                    }
                    _ => {}
                },
                Event::Close("cellXfs") => cells = false,
                Event::End => break,
                _ => {}
            }
        }
        out.tell_part(part);
        Self(styles)
    }

    /// What a style makes of a number.
    pub(super) fn form(&self, style: Option<usize>) -> Form {
        self.0.get(style.unwrap_or(0)).copied().unwrap_or_default()
    }
}
