//! What a tar file holds. Its headers stand between its files, so it is looked at from its beginning to its end, while
//! it is unpacked if it is packed.

mod fields;
mod sparse;

use std::ops::Range;

use crate::names::RawName;
use crate::source::{Source, Window};
use crate::{Nature, Oddity, limits, shown};

use fields::{Header, Pax};
pub(crate) use sparse::Sparse;

/// Everything in a tar file comes in blocks of this size.
pub(crate) const BLOCK: usize = 512;

/// One thing that a tar file holds.
pub(crate) struct Thing {
    pub(crate) raw_name: Vec<u8>,
    pub(crate) utf8: bool,
    pub(crate) nature: Nature,
    /// Where a link points.
    pub(crate) target: Vec<u8>,
    /// Where its bytes are; they may be said to reach beyond the end.
    pub(crate) data: Range<u64>,
    /// It has holes, so that its bytes are not those of the file.
    pub(crate) sparse: Option<Sparse>,
    pub(crate) oddities: Vec<Oddity>,
}

impl Thing {
    /// The name, to be decoded.
    pub(crate) fn raw(&self) -> RawName<'_> {
        RawName { bytes: &self.raw_name, utf8: self.utf8, unicode: None }
    }
}

/// What was found in a tar file.
pub(crate) struct Tar {
    pub(crate) things: Vec<Thing>,
    pub(crate) oddities: Vec<Oddity>,
    /// There are more things in it than there may be.
    pub(crate) too_many: bool,
}

/// Whether a file begins as a tar file does.
pub(crate) fn begins(head: &[u8]) -> bool {
    head.get(..BLOCK).is_some_and(|block| {
        let ustar = Header::ustar(block);
        Header::fits(block) || (ustar && Header::read(block).size.is_some())
    })
}

/// Looks at a tar file that is not packed, from header to header.
pub(crate) fn list(source: &Source, most: usize) -> std::io::Result<Tar> {
    let mut scanner = Scanner::new(most);
    let mut window = Window::new(source, limits::HEADER_WINDOW);
    while !scanner.too_many {
        let at = scanner.wanted();
        if at >= source.len() {
            break;
        }
        scanner.jump(at);
        let bytes = window.get(at, scanner.need)?;
        if bytes.is_empty() {
            break;
        }
        let (short, bytes) = (bytes.len() < scanner.need, bytes.to_vec());
        scanner.feed(&bytes);
        if short {
            break;
        }
    }
    Ok(scanner.finish(source.len()))
}

/// Takes the bytes of a tar file in order, in pieces of any size.
pub(crate) struct Scanner {
    things: Vec<Thing>,
    most: usize,
    too_many: bool,
    /// Where the next byte is.
    at: u64,
    /// Bytes of a file that need not be looked at.
    skip: u64,
    buf: Vec<u8>,
    need: usize,
    extra: Option<Extra>,
    long_name: Option<Vec<u8>>,
    long_link: Option<Vec<u8>>,
    pax: Pax,
    pax_here: bool,
    /// Blocks of zeros at the end.
    zeros: u64,
    joined: u64,
    junk: u64,
    junk_after_end: u64,
    wrong_sums: u64,
    long_extras: u64,
}

/// What follows a header that is none of a file.
struct Extra {
    kind: u8,
    len: usize,
}

impl Scanner {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            things: Vec::new(),
            most,
            too_many: false,
            at: 0,
            skip: 0,
            buf: Vec::new(),
            need: BLOCK,
            extra: None,
            long_name: None,
            long_link: None,
            pax: Pax::default(),
            pax_here: false,
            zeros: 0,
            joined: 0,
            junk: 0,
            junk_after_end: 0,
            wrong_sums: 0,
            long_extras: 0,
        }
    }

    fn wanted(&self) -> u64 {
        self.at.saturating_add(self.skip)
    }

    fn jump(&mut self, at: u64) {
        (self.at, self.skip) = (at, 0);
    }

    pub(crate) fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.too_many {
            if self.skip > 0 {
                let n = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
                self.skip -= n as u64;
                self.at += n as u64;
                bytes = &bytes[n..];
                continue;
            }
            let n = (self.need - self.buf.len()).min(bytes.len());
            self.buf.extend_from_slice(&bytes[..n]);
            self.at += n as u64;
            bytes = &bytes[n..];
            if self.buf.len() == self.need {
                let mut block = std::mem::take(&mut self.buf);
                self.need = BLOCK;
                match self.extra.take() {
                    Some(extra) => {
                        block.truncate(extra.len);
                        self.take_extra(extra.kind, block);
                    }
                    None => self.header(&block),
                }
                self.buf.clear();
            }
        }
    }

    fn take_extra(&mut self, kind: u8, mut bytes: Vec<u8>) {
        match kind {
            b'x' | b'X' => {
                self.pax.read(&bytes);
                self.pax_here = true;
            }
            b'S' => self.more_parts(&bytes),
            b'L' | b'K' => {
                let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
                bytes.truncate(end);
                *(if kind == b'L' { &mut self.long_name } else { &mut self.long_link }) = Some(bytes);
            }
            _ => {}
        }
    }

    fn header(&mut self, block: &[u8]) {
        if block.iter().all(|b| *b == 0) {
            self.zeros += 1;
            return;
        }
        let fits = Header::fits(block);
        let header = Header::read(block);
        let believed = fits || (Header::ustar(block) && header.size.is_some() && !header.name.is_empty());
        let Some(size) = header.size.filter(|_| believed) else {
            let junk = if self.zeros >= 2 { &mut self.junk_after_end } else { &mut self.junk };
            *junk += BLOCK as u64;
            return;
        };
        // An archive put behind another one, as `cat` does it.
        self.joined += u64::from(self.zeros >= 2);
        self.zeros = 0;
        self.wrong_sums += u64::from(!fits);
        let padded = |size: u64| size.checked_next_multiple_of(BLOCK as u64).unwrap_or(u64::MAX);
        match header.kind {
            b'L' | b'K' | b'x' | b'X' | b'g' => match usize::try_from(padded(size)) {
                Ok(need) if size <= limits::TAR_EXTRA_BYTES_MAX => {
                    // Nothing at all follows, if its size is nothing.
                    if need > 0 {
                        self.need = need;
                        let len = usize::try_from(size).unwrap_or(need);
                        self.extra = Some(Extra { kind: header.kind, len });
                    }
                }
                _ => {
                    self.long_extras += 1;
                    self.skip = padded(size);
                }
            },
            // The label of a tape; the files that a folder had, from an incremental backup.
            b'V' => {}
            b'D' => self.skip = padded(size),
            _ => self.thing(header, block, size, fits),
        }
    }

    /// One more block of the list of a sparse file, which stands in front of its data.
    fn more_parts(&mut self, block: &[u8]) {
        let at = self.at;
        let Some(thing) = self.things.last_mut() else { return };
        let held = thing.data.end - thing.data.start;
        let more = thing.sparse.as_mut().is_some_and(|sparse| sparse.old(block, false));
        thing.data = at..at.saturating_add(held);
        if more {
            self.parts_follow();
        } else {
            self.skip = held.checked_next_multiple_of(BLOCK as u64).unwrap_or(u64::MAX);
        }
    }

    fn parts_follow(&mut self) {
        self.skip = 0;
        self.extra = Some(Extra { kind: b'S', len: BLOCK });
    }

    fn thing(&mut self, header: Header, block: &[u8], size: u64, fits: bool) {
        let mut pax = std::mem::take(&mut self.pax);
        let pax_here = std::mem::take(&mut self.pax_here);
        let (name, link) = (self.long_name.take(), self.long_link.take());
        let utf8 = pax.path.is_some() && !pax.binary;
        let raw_name = pax.path.or(name).unwrap_or(header.name);
        let target = pax.link.or(link).unwrap_or(header.link);
        let nature = match header.kind {
            b'1' | b'2' => Nature::Link { target: String::new() },
            b'3' | b'4' | b'6' => Nature::Special,
            _ => Nature::File,
        };
        // What a link says of its size is that of the file which it leads to.
        let held = match header.kind {
            b'1' if pax_here => pax.size.unwrap_or(size),
            b'1'..=b'6' => 0,
            _ => pax.size.unwrap_or(size),
        };
        // Very old tapes have no kind of their own for folders, whose names end so and which hold nothing.
        let folder =
            header.kind == b'5' || (matches!(header.kind, 0 | b'0') && raw_name.ends_with(b"/") && held == 0);
        let data = self.at..self.at.saturating_add(held);
        self.skip = held.checked_next_multiple_of(BLOCK as u64).unwrap_or(u64::MAX);
        if folder {
            return;
        }
        if self.things.len() >= self.most {
            self.too_many = true;
            return;
        }
        let quoted = shown::quoted(&String::from_utf8_lossy(&raw_name));
        let mut oddities = Vec::new();
        let mut note = |code, message: String| {
            oddities.push(Oddity::new(code, message).with("entry", shown::bare(&quoted)));
        };
        if !fits {
            note(
                "tar_checksum",
                format!("the checksum of the header of {quoted} is wrong; it was read all the same"),
            );
        }
        let mut sparse = pax.sparse.take();
        if header.kind == b'S' {
            let mut old = Sparse::default();
            if old.old(block, true) {
                self.parts_follow();
            }
            sparse = Some(old);
        }
        if sparse.is_some() {
            note(
                "tar_sparse",
                format!("{quoted} was not read: it is stored without its empty parts (a sparse file)"),
            );
        }
        if header.kind == b'M' {
            note(
                "other_part",
                format!("{quoted} is the rest of a file that begins in another part of the archive"),
            );
        }
        self.things.push(Thing { raw_name, utf8, nature, target, data, sparse, oddities });
    }

    /// What was found, once all is there.
    pub(crate) fn finish(mut self, len: u64) -> Tar {
        let mut oddities = Vec::new();
        let cut = self.things.last_mut().filter(|thing| thing.data.end > len);
        if let Some(thing) = cut {
            let quoted = shown::quoted(&String::from_utf8_lossy(&thing.raw_name));
            let message = format!("{quoted} is cut off: the archive ends in the middle of it");
            thing.oddities.push(Oddity::new("cut_off", message).with("entry", shown::bare(&quoted)));
        }
        if self.zeros == 0 && !self.too_many {
            let message = "the archive does not end as tar files do; it may be incomplete, as a download that was cut off";
            oddities.push(Oddity::new("archive_cut", message));
        }
        if self.joined > 0 {
            let message = "another archive was put behind the end of this one; the files of both are shown";
            oddities.push(Oddity::new("archive_joined", message).with("count", self.joined));
        }
        if self.junk > 0 {
            let message =
                format!("the archive is damaged: {} bytes between its files make no sense", self.junk);
            oddities.push(Oddity::new("unlisted_data", message).with("bytes", self.junk));
        }
        if self.junk_after_end > 0 {
            let message = format!(
                "the file has {} bytes of extra data after the end of the archive",
                self.junk_after_end
            );
            oddities.push(Oddity::new("data_after", message).with("bytes", self.junk_after_end));
        }
        if self.wrong_sums > 0 {
            let headers = shown::count(self.wrong_sums, "header", "headers");
            let message = format!("the checksum of {headers} in the archive is wrong");
            oddities.push(Oddity::new("tar_checksums", message).with("count", self.wrong_sums));
        }
        if self.long_extras > 0 {
            let message = format!(
                "the archive has names or attributes of more than {} bytes, which were left out",
                limits::TAR_EXTRA_BYTES_MAX
            );
            oddities.push(Oddity::new("tar_extra_long", message).with("count", self.long_extras));
        }
        Tar { things: self.things, oddities, too_many: self.too_many }
    }
}
