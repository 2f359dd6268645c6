//! Films and recordings: what is written in them beside what is seen and heard: titles, people, when and where. Sound and
//! pictures are passed over as they come, so that the size of a file does not matter.

mod comments;
mod film;
mod id3;

use crate::layout::Format;
use crate::limits;
use crate::named::{Named, Places};
use crate::oddities::say;
use crate::out::Out;
use crate::row::{Notation, Row, Span};
use crate::window::Feed;

/// What is known of a film or a recording.
#[derive(Debug, Default)]
struct Media {
    said: Vec<Named>,
    /// Whether its end is missing.
    cut_off: bool,
}

impl Media {
    fn say(&mut self, name: &str, text: &str) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        let new =
            !self.said.iter().any(|(path, said)| said == text && path.first().is_some_and(|n| n == name));
        if !text.is_empty() && !name.is_empty() && new && self.said.len() < limits::MEDIA_VALUES {
            self.said.push((vec![name.to_owned()], text.to_owned()));
        }
    }

    /// Says it unless something of this name is said.
    fn say_first(&mut self, name: &str, text: &str) {
        if !self.said.iter().any(|(path, _)| path.first().is_some_and(|n| n == name)) {
            self.say(name, text);
        }
    }

    fn say_duration(&mut self, seconds: u64) {
        if seconds > 0 {
            let (minutes, seconds) = (seconds / 60, seconds % 60);
            self.say("Duration", &format!("{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60));
        }
    }

    fn say_place(&mut self, latitude: f64, longitude: f64) {
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
            self.say("GPSLatitude", &format!("{latitude:.6}"));
            self.say("GPSLongitude", &format!("{longitude:.6}"));
            self.say("GPSPosition", &format!("{latitude:.6}, {longitude:.6}"));
        }
    }
}

/// Reads a film or a recording.
pub(crate) fn read(feed: Feed<'_>, head: Vec<u8>, out: &mut Out<'_>) {
    let mut stream = Stream { feed, buffer: head, at: 0 };
    let mut media = Media::default();
    match out.layout.format {
        Format::Mp3 => id3::read(&mut stream, &mut media),
        Format::Flac => comments::flac(&mut stream, &mut media),
        Format::Ogg => comments::ogg(&mut stream, &mut media),
        Format::Wav => comments::wav(&mut stream, &mut media),
        _ => film::read(&mut stream, &mut media),
    }
    stream.rest(0);
    out.list("", "");
    let mut row = Row {
        span: Span { number: Span::ALONE, ..Span::default() },
        notation: Notation::Page,
        ..Row::default()
    };
    let mut places = Places::default();
    for (path, text) in &media.said {
        places.push(&mut out.layout, &mut row, path, text);
    }
    if media.cut_off {
        out.partly = true;
        out.odd.add("media_cut_off", say("the end of the film or recording is missing"));
    }
    if !row.is_empty() {
        out.emit_other(&mut row);
    }
    out.partly |= stream.feed.report(&mut out.odd);
}

/// The bytes of an entry, of which only what is asked for is held.
struct Stream<'r> {
    feed: Feed<'r>,
    buffer: Vec<u8>,
    at: usize,
}

impl Stream<'_> {
    /// The next bytes, fewer at the end.
    fn take(&mut self, count: usize) -> Vec<u8> {
        if self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
            self.feed.fill(&mut self.buffer, count);
        }
        let end = self.buffer.len().min(self.at + count);
        let taken = self.buffer[self.at..end].to_vec();
        self.at = end;
        taken
    }

    /// Passes over bytes. False if there are not as many.
    fn skip(&mut self, mut count: u64) -> bool {
        while count > 0 {
            if self.at == self.buffer.len() {
                self.buffer.clear();
                self.at = 0;
                self.feed.fill(&mut self.buffer, limits::CHUNK);
            }
            let here = (self.buffer.len() - self.at) as u64;
            if here == 0 {
                return false;
            }
            let step = here.min(count);
            self.at += usize::try_from(step).unwrap_or(0);
            count -= step;
        }
        true
    }

    /// Passes over all the rest, and gives its last bytes.
    fn rest(&mut self, keep: usize) -> Vec<u8> {
        let mut last = Vec::new();
        loop {
            last.extend_from_slice(&self.buffer[self.at..]);
            last.drain(..last.len().saturating_sub(keep));
            self.buffer.clear();
            self.at = 0;
            self.feed.fill(&mut self.buffer, limits::CHUNK);
            if self.buffer.is_empty() {
                return last;
            }
        }
    }
}

/// A number of four bytes, the smallest first.
fn little(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
