//! The text of a part as it is needed: UTF-8 whatever the part was written in, and never more of one token than fits.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::limits;

/// A part as UTF-8. What is no valid text becomes replacement characters.
pub(crate) struct Decoded<R> {
    pub(crate) reader: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Decoded, not yet taken from `at` on.
    text: Vec<u8>,
    at: usize,
    ended: bool,
    /// How many bytes may still be taken for the token that is being read.
    left: usize,
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(reader: R) -> Self {
        let (raw, text) = (Vec::new(), Vec::new());
        Self { reader, decoder: None, raw, text, at: 0, ended: false, left: limits::CELL }
    }

    /// Allows one more token.
    pub(crate) fn allow(&mut self) {
        self.left = limits::CELL;
    }

    /// Whether the last token was longer than any may be.
    pub(crate) fn exhausted(&self) -> bool {
        self.left == 0
    }

    fn fetch(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            self.raw.clear();
            let n = self.reader.by_ref().take(limits::CHUNK as u64 / 4).read_to_end(&mut self.raw)?;
            self.ended = n == 0;
            let decoder = self.decoder.get_or_insert_with(|| encoding(&self.raw).new_decoder());
            let room = decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16);
            self.text.resize(room, 0);
            let (result, _, written, _) = decoder.decode_to_utf8(&self.raw, &mut self.text, self.ended);
            debug_assert_eq!(result, CoderResult::InputEmpty, "the room is enough for all");
            self.text.truncate(written);
        }
        Ok(())
    }
}

/// What a part says that it is written in; a byte order mark goes before that.
fn encoding(start: &[u8]) -> &'static Encoding {
    let head = &start[..start.len().min(200)];
    if head.starts_with(b"<\0?\0") {
        return encoding_rs::UTF_16LE;
    }
    if head.starts_with(b"\0<\0?") {
        return encoding_rs::UTF_16BE;
    }
    let Some(at) = memchr::memmem::find(head, b"encoding=").filter(|_| head.starts_with(b"<?xml")) else {
        return UTF_8;
    };
    let label = head[at + 9..].iter().skip(1).take_while(|b| !matches!(b, b'"' | b'\''));
    Encoding::for_label(&label.copied().collect::<Vec<u8>>())
        .filter(|e| e.is_ascii_compatible())
        .unwrap_or(UTF_8)
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.text.len() {
            self.fetch()?;
        }
        let end = self.text.len().min(self.at.saturating_add(self.left));
        Ok(&self.text[self.at..end])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
        self.left = self.left.saturating_sub(n);
    }
}
