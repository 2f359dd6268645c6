//! BMP: its size stands in its head, and nothing is written beside the picture.

use super::{Image, little};

/// The lengths that the second head has in the versions of the format (OS/2 1.x, Windows 3 to 5 and what came between).
const HEADS: [u32; 7] = [12, 40, 52, 56, 64, 108, 124];

/// Whether this is the head of a bitmap: two letters alone could begin any text.
pub(crate) fn is_bitmap(head: &[u8]) -> bool {
    let known = little(head, 14, 4).is_some_and(|length| HEADS.contains(&length));
    head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) && known
}

pub(super) fn read(bytes: &[u8], image: &mut Image) {
    let old = little(bytes, 14, 4) == Some(12);
    let (at, long) = (18, if old { 2 } else { 4 });
    if let (Some(width), Some(height)) = (little(bytes, at, long), little(bytes, at + long, long)) {
        // A height below zero says that the rows begin at the top.
        image.size = Some((width, if old { height } else { height.cast_signed().unsigned_abs() }));
    }
    let told = little(bytes, 2, 4).unwrap_or(0) as usize;
    image.cut_off = told > bytes.len();
}
