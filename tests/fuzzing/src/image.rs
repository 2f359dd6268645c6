//! An image, read and drawn.

use files::wire::{put_picture, take_picture};

use crate::file;

/// Reads what may be an image, and draws it: whatever comes of that can be sent from one process to another.
pub(crate) fn any(data: &[u8]) {
    file::any("a.jpg", data);
    let picture = files::picture(&mut &data[..]);
    let message = put_picture(&picture);
    assert_eq!(take_picture(&message), Ok(picture), "what was drawn is sound");
}
