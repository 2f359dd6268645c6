//! The coders of a 7z folder: which there are, and in which order they undo the packing.

use super::cursor::{Cursor, Read, damaged};
use super::{Aes, Coder, Coding, Folder, Machine};
use crate::limits;

/// The coders of a folder as the header has them.
pub(super) struct Plan {
    pub(super) coders: Vec<(Vec<u8>, Vec<u8>)>,
    /// Which coder's output goes into which one; of chains only.
    binds: Vec<(u64, u64)>,
    pub(super) packed_streams: u64,
    /// A coder with several inputs or outputs.
    branched: bool,
    first: Option<u64>,
}

impl Plan {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Read<Self> {
        let count = cursor.count(limits::SEVEN_CODERS_MAX)?;
        let mut plan =
            Self { coders: Vec::new(), binds: Vec::new(), packed_streams: 0, branched: false, first: None };
        let (mut inputs, mut outputs) = (0u64, 0u64);
        for _ in 0..count {
            let flags = cursor.byte()?;
            let id = cursor.take(u64::from(flags & 15))?.to_vec();
            let (mut ins, mut outs) = (1, 1);
            if flags & 0x10 != 0 {
                (ins, outs) = (cursor.number()?, cursor.number()?);
                plan.branched |= ins != 1 || outs != 1;
            }
            let props = if flags & 0x20 != 0 {
                let len = cursor.number()?;
                cursor.take(len)?.to_vec()
            } else {
                Vec::new()
            };
            inputs = inputs.saturating_add(ins);
            outputs = outputs.saturating_add(outs);
            plan.coders.push((id, props));
        }
        let most = 4 * limits::SEVEN_CODERS_MAX as u64;
        if outputs == 0 || inputs > most || outputs > most || outputs != count as u64 || inputs < outputs {
            return Err(damaged("its coders do not fit together"));
        }
        for _ in 1..outputs {
            plan.binds.push((cursor.number()?, cursor.number()?));
        }
        plan.packed_streams = inputs - (outputs - 1);
        if plan.packed_streams > 1 {
            for _ in 0..plan.packed_streams {
                cursor.number()?;
            }
        } else {
            plan.first = (0..inputs).find(|input| plan.binds.iter().all(|(into, _)| into != input));
        }
        Ok(plan)
    }

    pub(super) fn folder(&self, data: std::ops::Range<u64>, sizes: &[u64]) -> Folder {
        // The output that goes into nothing is that of the folder.
        let last = (0..sizes.len()).find(|at| self.binds.iter().all(|(_, out)| *out != *at as u64));
        let size = last.map_or(0, |at| sizes[at]);
        let mut aes = None;
        let coders = self.chain(sizes, &mut aes);
        Folder { data, coders, aes, size, crc: None }
    }

    /// The coders in the order in which they undo the packing.
    fn chain(&self, sizes: &[u64], aes: &mut Option<Aes>) -> Result<Vec<Coder>, String> {
        if self.branched {
            return Err("BCJ2".to_owned());
        }
        let mut chain = Vec::new();
        let mut next = self.first;
        for step in 0..self.coders.len() {
            let at = next.and_then(|at| usize::try_from(at).ok()).filter(|at| *at < self.coders.len());
            let Some(at) = at else { return Err("coders that do not fit together".to_owned()) };
            let (id, props) = &self.coders[at];
            if id == b"\x06\xf1\x07\x01" && step == 0 {
                *aes = Some(encryption(props).ok_or("AES with unknown properties")?);
            } else {
                chain.push(Coder { coding: coding(id, props)?, size: sizes[at] });
            }
            next = self.binds.iter().find(|(_, out)| *out == at as u64).map(|(into, _)| *into);
        }
        Ok(chain)
    }
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
        (b"\x06\xf1\x07\x01", _) => return Err("AES in an unusual place".to_owned()),
        (id, _) => return Err(id.iter().map(|b| format!("{b:02x}")).collect()),
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
