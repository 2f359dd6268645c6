//! Binary property lists: a table of objects that point to one another.

use super::{BINARY, Written, quoted};
use crate::calendar::utc;
use crate::limits;

/// How the objects are found.
struct Objects<'a> {
    bytes: &'a [u8],
    /// Bytes of a place in the table, and of a reference.
    place: usize,
    reference: usize,
    count: u64,
    table: usize,
}

/// What is to be written next.
enum Next {
    Value(u64, usize),
    Key(u64),
    Mark(char),
}

/// Writes a binary property list as JSON.
pub(super) fn written(bytes: &[u8]) -> Written {
    let mut out = Written::default();
    let Some((objects, top)) = Objects::open(bytes) else { return Written { cut: true, ..out } };
    let mut left = limits::PLIST_VALUES;
    let mut next = vec![Next::Value(top, 0)];
    while let Some(one) = next.pop() {
        if out.text.len() > limits::PLIST_TEXT {
            out.grown = true;
        }
        match one {
            Next::Mark(mark) => out.text.push(mark),
            // What is open is closed all the same.
            Next::Key(_) if out.grown => out.text.push_str("\"\":"),
            Next::Value(..) if out.grown => out.text.push_str("null"),
            Next::Key(n) => {
                let mut key = String::new();
                objects.scalar(n, &mut key, &mut out);
                // A key is a text, whatever it is.
                if key.starts_with('"') {
                    out.text.push_str(&key);
                } else {
                    quoted(&key, &mut out.text);
                }
                out.text.push(':');
            }
            Next::Value(n, depth) => match objects.container(n) {
                Some((dictionary, count, at)) if depth < limits::DEPTH => {
                    let held = if dictionary { 2 } else { 1 };
                    let fits = (at..objects.bytes.len()).len() / objects.reference / held;
                    out.cut |= count > fits;
                    let count = count.min(fits);
                    if count > left {
                        out.grown = true;
                        out.text.push_str("null");
                        continue;
                    }
                    left -= count;
                    out.text.push(if dictionary { '{' } else { '[' });
                    next.push(Next::Mark(if dictionary { '}' } else { ']' }));
                    let reference = |n: usize| objects.number(at + n * objects.reference, objects.reference);
                    for n in (0..count).rev() {
                        let value = reference(if dictionary { count + n } else { n });
                        next.push(Next::Value(value.unwrap_or(u64::MAX), depth + 1));
                        if dictionary {
                            next.push(Next::Key(reference(n).unwrap_or(u64::MAX)));
                        }
                        if n > 0 {
                            next.push(Next::Mark(','));
                        }
                    }
                }
                Some(_) => {
                    out.grown = true;
                    out.text.push_str("null");
                }
                None => {
                    let mut value = String::new();
                    objects.scalar(n, &mut value, &mut out);
                    out.text.push_str(&value);
                }
            },
        }
    }
    out
}

impl<'a> Objects<'a> {
    fn open(bytes: &'a [u8]) -> Option<(Self, u64)> {
        let trailer = bytes.get(bytes.len().checked_sub(32)?..)?;
        let at = |n: usize| trailer.get(n..n + 8)?.first_chunk::<8>().map(|b| u64::from_be_bytes(*b));
        let objects = Objects {
            bytes,
            place: usize::from(trailer[6]),
            reference: usize::from(trailer[7]),
            count: at(8)?,
            table: usize::try_from(at(24)?).ok()?,
        };
        let sizes = (1..=8).contains(&objects.place) && (1..=8).contains(&objects.reference);
        (sizes && objects.table < bytes.len()).then_some((objects, at(16)?))
    }

    /// A number of so many bytes.
    fn number(&self, at: usize, size: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        (size <= 8).then(|| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }

    /// Where an object stands.
    fn find(&self, n: u64) -> Option<usize> {
        let n = usize::try_from(n).ok().filter(|_| n < self.count)?;
        let at = self.number(self.table.checked_add(n.checked_mul(self.place)?)?, self.place)?;
        usize::try_from(at).ok().filter(|at| *at < self.bytes.len())
    }

    /// The number of what an object holds, and where that starts.
    fn length(&self, at: usize) -> Option<(usize, usize)> {
        let short = usize::from(self.bytes.get(at)? & 0xF);
        if short < 0xF {
            return Some((short, at + 1));
        }
        let size = 1_usize << (self.bytes.get(at + 1)? & 0x3);
        let length = self.number(at + 2, size)?;
        Some((usize::try_from(length).ok()?, at + 2 + size))
    }

    /// Whether an object is a list or a dictionary: how much it holds, and where.
    fn container(&self, n: u64) -> Option<(bool, usize, usize)> {
        let at = self.find(n)?;
        let dictionary = match self.bytes[at] >> 4 {
            0xA..=0xC => false,
            0xD => true,
            _ => return None,
        };
        let (count, at) = self.length(at)?;
        Some((dictionary, count, at))
    }

    fn scalar(&self, n: u64, text: &mut String, out: &mut Written) {
        if self.find(n).and_then(|at| self.value(at, text, out)).is_none() {
            out.cut = true;
            text.push_str("null");
        }
    }

    fn value(&self, at: usize, text: &mut String, out: &mut Written) -> Option<()> {
        let mark = self.bytes[at];
        let size = 1_usize << (mark & 0x7);
        match mark >> 4 {
            0x0 => text.push_str(match mark {
                8 => "false",
                9 => "true",
                _ => "null",
            }),
            // Eight bytes have a sign, fewer have none; sixteen hold large ones without.
            0x1 if size == 16 => text.push_str(&self.number(at + 9, 8)?.to_string()),
            0x1 if size == 8 => text.push_str(&self.number(at + 1, 8)?.cast_signed().to_string()),
            0x1 => text.push_str(&self.number(at + 1, size)?.to_string()),
            0x2 => match self.real(at)? {
                real if real.is_finite() => text.push_str(&real.to_string()),
                real => quoted(&real.to_string(), text),
            },
            0x3 => quoted(&moment(self.real(at)?), text),
            0x4 => {
                let (length, from) = self.length(at)?;
                let bytes = self.bytes.get(from..from.checked_add(length)?)?;
                match std::str::from_utf8(bytes) {
                    Ok(said) if !said.contains(char::is_control) => quoted(said, text),
                    _ if length <= BINARY => {
                        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
                        quoted(&hex, text);
                    }
                    _ => {
                        out.binary += 1;
                        text.push_str("null");
                    }
                }
            }
            0x5 | 0x7 => {
                let (length, from) = self.length(at)?;
                quoted(&String::from_utf8_lossy(self.bytes.get(from..from.checked_add(length)?)?), text);
            }
            0x6 => {
                let (length, from) = self.length(at)?;
                let bytes = self.bytes.get(from..from.checked_add(length.checked_mul(2)?)?)?;
                let units = bytes.as_chunks::<2>().0.iter().map(|b| u16::from_be_bytes(*b));
                let said: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
                quoted(&said, text);
            }
            0x8 => text.push_str(&self.number(at + 1, usize::from(mark & 0xF) + 1)?.to_string()),
            _ => return None,
        }
        Some(())
    }

    fn real(&self, at: usize) -> Option<f64> {
        match self.bytes[at] & 0xF {
            2 => self.bytes.get(at + 1..)?.first_chunk::<4>().map(|b| f64::from(f32::from_be_bytes(*b))),
            3 => self.bytes.get(at + 1..)?.first_chunk::<8>().map(|b| f64::from_be_bytes(*b)),
            _ => None,
        }
    }
}

/// Seconds from the start of 1970 to that of 2001.
const TO_2001: i64 = 978_307_200;

/// Seconds since the start of 2001 as a date.
fn moment(seconds: f64) -> String {
    // Beyond these years it is no date.
    if !(-6.0e10..6.0e10).contains(&seconds) {
        return seconds.to_string();
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was looked at")]
    let whole = seconds.floor() as i64;
    utc(whole + TO_2001)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_from_2001() {
        for (seconds, date) in [
            (0.0, "2001-01-01T00:00:00Z"),
            (-978_307_200.0, "1970-01-01T00:00:00Z"),
            (94_694_399.5, "2004-01-01T23:59:59Z"),
            (730_684_800.0, "2024-02-27T00:00:00Z"),
            (730_857_600.0, "2024-02-29T00:00:00Z"),
        ] {
            assert_eq!(moment(seconds), date);
        }
    }
}
