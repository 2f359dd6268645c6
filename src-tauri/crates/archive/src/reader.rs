//! One entry as a stream of bytes that is checked on the way: size, checksum, ratio, authentication.

use std::io::{self, Read};
use std::marker::PhantomData;
use std::sync::Arc;

use crate::decode::Decoder;
use crate::packed::{Broken, Packed};
use crate::source::Changed;
use crate::{Archive, Oddity, limits, shown};

/// The bytes of one entry, in order. A damaged entry gives the bytes that it has and then ends; what was wrong is
/// told by [`EntryReader::finish`].
pub struct EntryReader<'a> {
    checked: Checked,
    archive: PhantomData<&'a Archive>,
}

impl EntryReader<'_> {
    pub(crate) fn new(packed: &Packed, name: &str) -> Self {
        Self { checked: Checked::new(packed, name), archive: PhantomData }
    }

    /// What was wrong with the entry, as far as it was read. Whoever stops early learns less.
    pub fn finish(self) -> Vec<Oddity> {
        self.checked.finish()
    }

    /// Whether all its bytes were given out.
    pub fn ended(&self) -> bool {
        self.checked.decoder.is_none()
    }

    /// Bytes given out so far.
    pub fn position(&self) -> u64 {
        self.checked.out
    }
}

impl Read for EntryReader<'_> {
    /// Never fails: an error ends the bytes and becomes an oddity.
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        Ok(self.checked.read(buf))
    }
}

/// The reader without the life of the archive, for the crate's own use while the archive is being opened.
pub(crate) struct Checked {
    /// None once the end was reached and everything was checked.
    decoder: Option<Decoder>,
    name: String,
    size: Option<u64>,
    crc: Option<u32>,
    expected_mac: Option<Vec<u8>>,
    ratio_stop: u64,
    packed_len: u64,
    hasher: crc32fast::Hasher,
    out: u64,
    oddities: Vec<Oddity>,
    /// What is known already of the bytes, to be told with the rest.
    known: Option<Arc<Vec<Oddity>>>,
}

impl Checked {
    pub(crate) fn new(packed: &Packed, name: &str) -> Self {
        Self {
            decoder: Some(Decoder::new(packed, true)),
            name: shown::quoted(name),
            size: packed.size,
            crc: packed.crc,
            expected_mac: packed.mac.as_ref().map(|(_, code)| code.clone()),
            ratio_stop: packed.ratio_stop(),
            packed_len: packed.source.len(),
            hasher: crc32fast::Hasher::new(),
            out: 0,
            oddities: Vec::new(),
            known: packed.damage.clone(),
        }
    }

    /// Fills the buffer as far as possible; zero is the end, whatever the reason.
    pub(crate) fn read(&mut self, buf: &mut [u8]) -> usize {
        if buf.is_empty() {
            return 0;
        }
        let Some(decoder) = &mut self.decoder else { return 0 };
        let most = self.size.unwrap_or(u64::MAX).min(self.ratio_stop) - self.out;
        let room = usize::try_from(most).unwrap_or(usize::MAX).min(buf.len());
        if room == 0 {
            // One byte more than allowed tells the honest end from a lie.
            let got = decoder.read(&mut [0]);
            let more = matches!(got, Ok(1));
            let too_much = more && self.size != Some(self.out);
            if too_much {
                self.oddities.push(self.ratio());
            } else if more {
                self.oddities.push(self.longer());
            } else if let Err(why) = got {
                self.oddities.push(broken(&self.name, self.out, &why));
            }
            self.end(!more);
            return 0;
        }
        match decoder.read(&mut buf[..room]) {
            Ok(0) => {
                self.end(true);
                0
            }
            Ok(n) => {
                self.hasher.update(&buf[..n]);
                self.out += n as u64;
                n
            }
            Err(why) => {
                self.oddities.push(broken(&self.name, self.out, &why));
                self.end(false);
                0
            }
        }
    }

    /// Everything up to `most` bytes, in memory that grows with what comes.
    pub(crate) fn read_to(&mut self, most: u64) -> Vec<u8> {
        let mut all = Vec::new();
        let mut buf = [0; 8 * 1024];
        while (all.len() as u64) < most {
            let room = usize::try_from(most - all.len() as u64).unwrap_or(usize::MAX).min(buf.len());
            match self.read(&mut buf[..room]) {
                0 => break,
                n => all.extend_from_slice(&buf[..n]),
            }
        }
        all
    }

    pub(crate) fn finish(mut self) -> Vec<Oddity> {
        // An exact read of all bytes has not met the end yet; nothing more is given out, so looking is safe.
        if self.size == Some(self.out) && self.oddities.is_empty() {
            self.read(&mut [0]);
        }
        if let Some(known) = self.known {
            self.oddities.extend(known.iter().cloned());
        }
        self.oddities
    }

    /// Checks what can be checked only at the end.
    fn end(&mut self, whole: bool) {
        let Some(mut decoder) = self.decoder.take() else { return };
        let left = decoder.left();
        if let Some(expected) = self.expected_mac.take()
            && decoder.take_mac().is_some_and(|code| code.get(..expected.len()) != Some(&expected[..]))
        {
            let message =
                format!("{} was altered after it was encrypted: its authentication code is wrong", self.name);
            self.oddities.push(Oddity::new("altered", message).with("entry", shown::bare(&self.name)));
        }
        if !whole {
            return;
        }
        if let Some(size) = self.size.filter(|&size| size != self.out) {
            self.oddities.push(self::size(&self.name, size, self.out));
        }
        let found = self.hasher.clone().finalize();
        if let Some(crc) = self.crc.filter(|&crc| crc != found) {
            self.oddities.push(checksum(&self.name, &format!("{crc:08x}"), &format!("{found:08x}")));
        }
        if left > 0 {
            self.oddities.push(left_over(&self.name, left));
        }
    }

    fn ratio(&self) -> Oddity {
        let times = if self.size.is_some() { limits::RATIO_STOP } else { limits::RATIO_HIGH };
        ratio(&self.name, self.out, times, self.packed_len)
    }

    fn longer(&self) -> Oddity {
        let message = format!(
            "{} holds more than the {} bytes it declares; the rest was not read",
            self.name, self.out
        );
        Oddity::new("longer_than_declared", message)
            .with("entry", shown::bare(&self.name))
            .with("declared", self.out)
    }
}

/// The oddity for contents that do not fit their checksum; `name` comes quoted.
pub(crate) fn checksum(name: &str, declared: &str, found: &str) -> Oddity {
    let message = format!("{name} is damaged: its checksum is {found}, but the archive says {declared}");
    let oddity = Oddity::new("crc_mismatch", message).with("entry", shown::bare(name));
    oddity.with("declared", declared).with("found", found)
}

/// The oddity for contents of another size than declared; `name` comes quoted.
pub(crate) fn size(name: &str, declared: u64, found: u64) -> Oddity {
    let message = format!("{name} should have {declared} bytes, but holds {found}");
    let oddity = Oddity::new("size_mismatch", message).with("entry", shown::bare(name));
    oddity.with("declared", declared).with("found", found)
}

/// The oddity for bytes behind packed data; `name` comes quoted.
pub(crate) fn left_over(name: &str, bytes: u64) -> Oddity {
    let message = format!("{name} has {bytes} unused bytes behind its packed data");
    Oddity::new("packed_left_over", message).with("entry", shown::bare(name)).with("bytes", bytes)
}

/// The oddity for contents that were stopped because they are too many; `name` comes quoted.
pub(crate) fn ratio(name: &str, read: u64, times: u64, packed: u64) -> Oddity {
    let message = format!(
        "{name} was stopped after {read} bytes: it unpacks to more than {times} times its {packed} packed bytes, \
         as a ZIP bomb does"
    );
    Oddity::new("ratio_stop", message)
        .with("entry", shown::bare(name))
        .with("read", read)
        .with("packed", packed)
}

/// The oddity for bytes that ended early; `name` comes quoted.
pub(crate) fn broken(name: &str, read: u64, why: &Broken) -> Oddity {
    match why {
        Broken::Cut => {
            let message =
                format!("{name} is damaged: its packed data end early, after {read} bytes of content");
            Oddity::new("data_cut", message)
        }
        Broken::Nonsense(why) => {
            let message =
                format!("{name} is damaged after {read} bytes of content: {}", shown::escape(why).text);
            Oddity::new("data_damaged", message)
        }
        Broken::Io(e) => disk(name, e),
    }
    .with("entry", shown::bare(name))
    .with("read", read)
}

/// The oddity for an error of the disk; `name` comes quoted.
pub(crate) fn disk(name: &str, e: &io::Error) -> Oddity {
    if e.get_ref().is_some_and(|inner| inner.is::<Changed>()) {
        Oddity::new("file_changed", format!("{name} could not be read: the file changed while it was open"))
    } else {
        let why = shown::escape(&e.to_string()).text;
        Oddity::new("read_failed", format!("{name} could not be read: {why}")).with("why", why)
    }
}
