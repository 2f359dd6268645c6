//! The picture that an entry is, for whoever looks at its record.

use archive::EntryId;
use files::{NoPicture, Picture};

use crate::place::nowhere;
use crate::to_wire::trouble;
use crate::{Session, wire};

impl Session {
    /// Draws an entry that is an image, in a process that can do nothing else.
    ///
    /// # Errors
    ///
    /// There is no such entry, or nothing in it that can be drawn.
    pub fn picture(&self, entry: u32) -> Result<Picture, wire::Trouble> {
        let id = EntryId(entry);
        let reader = self.export().and_then(|export| {
            let is_image = export.archive.entry(id).is_some()
                && export.book(id).format.is_some_and(files::Format::is_image);
            is_image.then(|| export.archive.reader(id).ok()).flatten()
        });
        let mut reader = reader.ok_or_else(|| nowhere(&format!("picture {entry}")))?;
        worker::Reader::default().picture(&mut reader).map_err(no_picture)
    }
}

/// Why there is none, and what to do about it.
fn no_picture(why: NoPicture) -> wire::Trouble {
    match why {
        NoPicture::Undrawn(format) => {
            let format = format.word().to_ascii_uppercase();
            let mut said = trouble(
                "picture_undrawn",
                format!("images in the format {format} are not drawn here"),
                "to look at this one, open the file in a program for images",
            );
            said.args.insert("format".to_owned(), format);
            said
        }
        NoPicture::TooLarge => trouble(
            "picture_too_large",
            "this image is too large to be drawn here",
            "to look at this one, open the file in a program for images",
        ),
        NoPicture::Damaged => trouble(
            "picture_damaged",
            "this image is damaged: there is nothing in it that can be drawn",
            "ask the sender for another copy of this file",
        ),
    }
}
