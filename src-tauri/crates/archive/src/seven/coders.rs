//! The coders of a 7z folder: which there are, and in which order they undo the packing.

use std::ops::Range;

use super::cursor::{Cursor, Read, damaged};
use super::{Aes, Coder, Coding, Folder, Machine};
use crate::limits;
use crate::packed::{Branch, Method};

/// The coders of a folder as the header has them.
pub(super) struct Plan {
    pub(super) coders: Vec<Listed>,
    /// Which coder's output goes into which input.
    binds: Vec<(u64, u64)>,
    /// The inputs that take packed streams, in the order of those.
    pub(super) packed: Vec<u64>,
    /// Some coder has several outputs, or none.
    spread: bool,
}

/// A coder as the header has it.
pub(super) struct Listed {
    id: Vec<u8>,
    props: Vec<u8>,
    /// The numbers of its inputs.
    inputs: Range<u64>,
}

/// Packed bytes and the coders that they go through, one after the other.
struct Line {
    /// Which of the packed streams.
    stream: usize,
    coders: Vec<Coder>,
    aes: Option<Aes>,
}

const BCJ2: &[u8] = b"\x03\x03\x01\x1b";
const AES: &[u8] = b"\x06\xf1\x07\x01";

impl Plan {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Read<Self> {
        let count = cursor.count(limits::SEVEN_CODERS_MAX)?;
        let mut plan = Self { coders: Vec::new(), binds: Vec::new(), packed: Vec::new(), spread: false };
        let (mut inputs, mut outputs) = (0u64, 0u64);
        for _ in 0..count {
            let flags = cursor.byte()?;
            let id = cursor.take(u64::from(flags & 15))?.to_vec();
            let (mut ins, mut outs) = (1, 1);
            if flags & 0x10 != 0 {
                (ins, outs) = (cursor.number()?, cursor.number()?);
                plan.spread |= outs != 1;
            }
            let props = if flags & 0x20 != 0 {
                let len = cursor.number()?;
                cursor.take(len)?.to_vec()
            } else {
                Vec::new()
            };
            let first = inputs;
            inputs = inputs.saturating_add(ins);
            outputs = outputs.saturating_add(outs);
            plan.coders.push(Listed { id, props, inputs: first..inputs });
        }
        let most = 4 * limits::SEVEN_CODERS_MAX as u64;
        if outputs == 0 || inputs > most || outputs > most || outputs != count as u64 || inputs < outputs {
            return Err(damaged("its coders do not fit together"));
        }
        for _ in 1..outputs {
            plan.binds.push((cursor.number()?, cursor.number()?));
        }
        let streams = inputs - (outputs - 1);
        if streams > 1 {
            plan.packed = (0..streams).map(|_| cursor.number()).collect::<Read<_>>()?;
        } else {
            // With one stream only it goes without saying; nothing takes it if the coders go round in a circle.
            let free = (0..inputs).find(|input| plan.binds.iter().all(|(into, _)| into != input));
            plan.packed.push(free.unwrap_or(u64::MAX));
        }
        Ok(plan)
    }

    /// A folder made of these packed streams, with what comes out of each coder.
    pub(super) fn folder(&self, streams: &[Range<u64>], sizes: &[u64]) -> Folder {
        // The output that goes into nothing is that of the folder.
        let last = (0..sizes.len()).find(|at| self.binds.iter().all(|(_, out)| *out != *at as u64));
        let size = last.map_or(0, |at| sizes[at]);
        let data = streams.first().map_or(0, |s| s.start)..streams.last().map_or(0, |s| s.end);
        let mut aes = None;
        let method = match last.filter(|_| !self.spread) {
            Some(last) => self.method(last, streams, sizes, &mut aes),
            None => Err("coders that do not fit together".to_owned()),
        };
        Folder { data, method, aes, size, crc: None }
    }

    fn method(
        &self,
        last: usize,
        streams: &[Range<u64>],
        sizes: &[u64],
        aes: &mut Option<Aes>,
    ) -> Result<Method, String> {
        let Listed { id, inputs, .. } = &self.coders[last];
        if id != BCJ2 {
            let line = self.line(self.coders[last].inputs.start, Some(last), sizes)?;
            if streams.len() != 1 {
                return Err("coders that do not fit together".to_owned());
            }
            *aes = line.aes;
            return Ok(Method::Seven(line.coders.into()));
        }
        let first = streams.first().map_or(0, |stream| stream.start);
        let mut branches = Vec::new();
        for input in inputs.clone() {
            let line = self.line(input, None, sizes)?;
            let data = streams.get(line.stream).ok_or("coders that do not fit together")?;
            let data = data.start - first..data.end - first;
            let start = line.aes.as_ref().map(|aes| aes.start);
            match (&*aes, line.aes) {
                (None, found) => *aes = found,
                (Some(known), Some(found)) if !known.same_key(&found) => {
                    return Err("BCJ2 under several keys".to_owned());
                }
                _ => {}
            }
            branches.push(Branch { data, start, coders: line.coders });
        }
        let branches: [Branch; 4] =
            branches.try_into().map_err(|_| "BCJ2 without its four streams".to_owned())?;
        Ok(Method::Bcj2(branches.into()))
    }

    /// The coders before an input, or up to and with a coder, in the order in which they undo the packing.
    fn line(&self, mut input: u64, mut coder: Option<usize>, sizes: &[u64]) -> Result<Line, String> {
        let mut line = Line { stream: 0, coders: Vec::new(), aes: None };
        // One step more than there are coders would go round in a circle.
        for _ in 0..=self.coders.len() {
            if let Some(at) = coder {
                let Listed { id, props, inputs } = &self.coders[at];
                if inputs.end - inputs.start != 1 {
                    return Err(match &id[..] {
                        BCJ2 => "BCJ2 in an unusual place".to_owned(),
                        id => hex(id),
                    });
                }
                if line.aes.is_some() {
                    return Err("AES in an unusual place".to_owned());
                }
                if id == AES {
                    line.aes = Some(encryption(props).ok_or("AES with unknown properties")?);
                } else {
                    line.coders.push(Coder { coding: coding(id, props)?, size: sizes[at] });
                }
                input = inputs.start;
            }
            let bound = self.binds.iter().find(|(into, _)| *into == input).map(|(_, out)| *out);
            let Some(bound) = bound else {
                line.stream = self
                    .packed
                    .iter()
                    .position(|into| *into == input)
                    .ok_or("coders that do not fit together")?;
                line.coders.reverse();
                return Ok(line);
            };
            coder = usize::try_from(bound).ok().filter(|at| *at < self.coders.len());
            if coder.is_none() {
                break;
            }
        }
        Err("coders that do not fit together".to_owned())
    }
}

fn hex(id: &[u8]) -> String {
    id.iter().map(|b| format!("{b:02x}")).collect()
}

fn coding(id: &[u8], props: &[u8]) -> Result<Coding, String> {
    Ok(match (id, props) {
        (b"\0", _) => Coding::Copy,
        (b"\x03\x01\x01", [props, a, b, c, d]) => {
            Coding::Lzma { props: *props, window: u32::from_le_bytes([*a, *b, *c, *d]) }
        }
        (b"\x21", [bits]) => Coding::Lzma2 { bits: *bits },
        (b"\x03\x04\x01", [order, a, b, c, d, ..]) => {
            Coding::Ppmd { order: u32::from(*order), memory: u32::from_le_bytes([*a, *b, *c, *d]) }
        }
        (b"\x04\x02\x02", _) => Coding::Bzip2,
        (b"\x04\x01\x08", _) => Coding::Deflate,
        (b"\x04\x01\x09", _) => Coding::Deflate64,
        (b"\x03", [distance]) => Coding::Delta { distance: usize::from(*distance) + 1 },
        (b"\x04" | b"\x03\x03\x01\x03", _) => Coding::Bcj(Machine::X86),
        (b"\x05" | b"\x03\x03\x02\x05", _) => Coding::Bcj(Machine::Ppc),
        (b"\x06" | b"\x03\x03\x04\x01", _) => Coding::Bcj(Machine::Ia64),
        (b"\x07" | b"\x03\x03\x05\x01", _) => Coding::Bcj(Machine::Arm),
        (b"\x08" | b"\x03\x03\x07\x01", _) => Coding::Bcj(Machine::ArmThumb),
        (b"\x09" | b"\x03\x03\x08\x05", _) => Coding::Bcj(Machine::Sparc),
        (b"\x0a", _) => Coding::Bcj(Machine::Arm64),
        (b"\x0b", _) => Coding::Bcj(Machine::Riscv),
        (b"\x04\xf7\x11\x01", _) => Coding::Zstd,
        (id, _) => return Err(hex(id)),
    })
}

fn encryption(props: &[u8]) -> Option<Aes> {
    let (&first, rest) = props.split_first()?;
    let (salt_len, start_len, rest) = match (first & 0xC0, rest) {
        (0, rest) => (0, 0, rest),
        (_, [second, rest @ ..]) => (
            usize::from(first >> 7 & 1) + usize::from(second >> 4),
            usize::from(first >> 6 & 1) + usize::from(second & 15),
            rest,
        ),
        _ => return None,
    };
    let (salt, rest) = rest.split_at_checked(salt_len)?;
    let mut start = [0; 16];
    start.get_mut(..start_len)?.copy_from_slice(rest.get(..start_len)?);
    let rounds_power = first & 0x3F;
    (rounds_power <= limits::SEVEN_KEY_POWER_MAX).then(|| Aes { rounds_power, salt: salt.to_vec(), start })
}
