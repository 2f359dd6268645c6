//! BCJ2, a filter of 7z for programs of x86: where calls and jumps lead is packed apart from the rest, in four streams.

use std::io::{self, BufRead};

/// Bits of a probability, and how quickly it follows what is met.
const MODEL_BITS: u32 = 11;
const MOVE_BITS: u32 = 5;

/// Below this the range takes in one more byte.
const TOP: u32 = 1 << 24;

/// Puts the four streams together again.
pub(super) struct Bcj2<R> {
    /// Everything but the targets.
    main: R,
    /// The targets of calls, and of jumps.
    calls: R,
    jumps: R,
    /// Says of each call or jump whether its target stands apart.
    choices: Choices<R>,
    /// How much came out, as the program counts; it turns over like the addresses of such a program.
    out: u32,
    last: u8,
    /// A target that did not fit into what was asked for.
    held: [u8; 4],
    held_left: usize,
    /// Why it goes no further, once what came out before is taken.
    failed: Option<io::Error>,
}

/// Decisions, packed by a range coder.
struct Choices<R> {
    input: R,
    code: u32,
    range: u32,
    /// For jumps on a condition, for other jumps, and for calls by the byte in front.
    probabilities: [u32; 2 + 256],
    begun: bool,
}

impl<R: BufRead> Bcj2<R> {
    /// The streams in the order in which 7z has them.
    pub(super) fn new([main, calls, jumps, choices]: [R; 4]) -> Self {
        let choices = Choices {
            input: choices,
            code: 0,
            range: u32::MAX,
            probabilities: [1 << (MODEL_BITS - 1); 2 + 256],
            begun: false,
        };
        Self { main, calls, jumps, choices, out: 0, last: 0, held: [0; 4], held_left: 0, failed: None }
    }

    /// Copies up to a call or jump whose target stands apart, and says how much; what goes wrong is noted.
    fn copy(&mut self, out: &mut [u8]) -> usize {
        let mut n = 0;
        let done = self.copy_into(out, &mut n);
        self.out = self.out.wrapping_add(wrapped(n));
        match done {
            Ok(Some(target)) => {
                self.out = self.out.wrapping_add(4);
                self.held = target.wrapping_sub(self.out).to_le_bytes();
                self.held_left = 4;
                self.last = self.held[3];
            }
            Ok(None) => {}
            Err(e) => self.failed = Some(e),
        }
        n
    }

    fn copy_into(&mut self, out: &mut [u8], n: &mut usize) -> io::Result<Option<u32>> {
        while *n < out.len() {
            let bytes = self.main.fill_buf()?;
            let Some(&byte) = bytes.first() else { break };
            // Runs without a call or jump are most of it.
            let room = bytes.len().min(out.len() - *n);
            let plain = bytes[..room].iter().take_while(|b| !matches!(b, 0x80..=0x8F | 0xE8 | 0xE9)).count();
            if plain > 0 {
                out[*n..*n + plain].copy_from_slice(&bytes[..plain]);
                self.last = bytes[plain - 1];
                self.main.consume(plain);
                *n += plain;
                continue;
            }
            self.main.consume(1);
            out[*n] = byte;
            *n += 1;
            let before = std::mem::replace(&mut self.last, byte);
            let choice = match byte {
                0xE8 => 2 + usize::from(before),
                0xE9 => 1,
                0x80..=0x8F if before == 0x0F => 0,
                _ => continue,
            };
            if self.choices.take(choice)? {
                let mut target = [0; 4];
                let stream = if byte == 0xE8 { &mut self.calls } else { &mut self.jumps };
                stream.read_exact(&mut target)?;
                return Ok(Some(u32::from_be_bytes(target)));
            }
        }
        Ok(None)
    }
}

/// A number of bytes as an address counts it.
fn wrapped(n: usize) -> u32 {
    u32::try_from(n & 0xFFFF_FFFF).unwrap_or(0)
}

impl<R: BufRead> io::Read for Bcj2<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        while n < out.len() {
            if self.held_left > 0 {
                let held = &self.held[4 - self.held_left..];
                let take = held.len().min(out.len() - n);
                out[n..n + take].copy_from_slice(&held[..take]);
                self.held_left -= take;
                n += take;
                continue;
            }
            if self.failed.is_some() {
                break;
            }
            match self.copy(&mut out[n..]) {
                0 => break,
                copied => n += copied,
            }
        }
        match self.failed.take_if(|_| n == 0) {
            Some(e) => Err(e),
            None => Ok(n),
        }
    }
}

impl<R: BufRead> Choices<R> {
    fn byte(&mut self) -> io::Result<u32> {
        let mut byte = [0];
        self.input.read_exact(&mut byte)?;
        Ok(byte[0].into())
    }

    fn take(&mut self, which: usize) -> io::Result<bool> {
        if !self.begun {
            self.begun = true;
            if self.byte()? != 0 {
                return Err(io::Error::other("not valid BCJ2 data"));
            }
            for _ in 0..4 {
                self.code = self.code << 8 | self.byte()?;
            }
        }
        if self.range < TOP {
            self.range <<= 8;
            self.code = self.code << 8 | self.byte()?;
        }
        let probability = &mut self.probabilities[which];
        let bound = (self.range >> MODEL_BITS) * *probability;
        if self.code < bound {
            self.range = bound;
            *probability += ((1 << MODEL_BITS) - *probability) >> MOVE_BITS;
            Ok(false)
        } else {
            self.range -= bound;
            self.code -= bound;
            *probability -= *probability >> MOVE_BITS;
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// What four streams give, read in steps of each size.
    #[track_caller]
    fn check(streams: [&[u8]; 4], wanted: Result<&[u8], io::ErrorKind>) {
        for step in [1, 3, 4, 100] {
            let mut reader = Bcj2::new(streams);
            let mut all = Vec::new();
            let mut buffer = vec![0; step];
            let found = loop {
                match reader.read(&mut buffer) {
                    Ok(0) => break Ok(&all[..]),
                    Ok(n) => all.extend_from_slice(&buffer[..n]),
                    Err(e) => break Err(e.kind()),
                }
            };
            assert_eq!(found, wanted, "in steps of {step}");
        }
    }

    #[test]
    fn targets_are_put_back_where_they_were() {
        let apart = [0, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF];
        check([b"plain \x0F text", b"", b"", b""], Ok(b"plain \x0F text"));
        // The target of the call at 1 is 0x10, so it is 0x0B behind its end.
        check([b"a\xE8z", &[0, 0, 0, 0x10], b"", &apart], Ok(b"a\xE8\x0A\0\0\0z"));
        check([b"\x0F\x85z", b"", &[0, 0, 0, 0x10], &apart], Ok(b"\x0F\x85\x0A\0\0\0z"));
        check([b"\xE9z", b"", &[0, 0, 0, 3], &apart], Ok(b"\xE9\xFE\xFF\xFF\xFFz"));
        // With the decision that nothing stands apart, nothing does.
        check([b"a\xE8z", b"", b"", &[0; 5]], Ok(b"a\xE8z"));
        check([b"a\xE8z", &[0, 0, 0], b"", &apart], Err(io::ErrorKind::UnexpectedEof));
        check([b"a\xE8z", &[0, 0, 0, 0], b"", &[0, 0xFF]], Err(io::ErrorKind::UnexpectedEof));
        check([b"a\xE8z", &[0, 0, 0, 0], b"", &[1; 8]], Err(io::ErrorKind::Other));
    }
}
