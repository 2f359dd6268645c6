//! What press agencies write into images (IPTC), in the resources of Photoshop.

use super::{Image, be16, be32, plain};

/// The datasets of its second record that say something of people and places.
const NAMES: &[(u8, &str)] = &[
    (5, "ObjectName"),
    (15, "Category"),
    (25, "Keywords"),
    (40, "SpecialInstructions"),
    (55, "DateCreated"),
    (80, "By-line"),
    (85, "By-lineTitle"),
    (90, "City"),
    (92, "Sub-location"),
    (95, "Province-State"),
    (101, "Country"),
    (103, "TransmissionReference"),
    (105, "Headline"),
    (110, "Credit"),
    (115, "Source"),
    (116, "CopyrightNotice"),
    (118, "Contact"),
    (120, "Caption-Abstract"),
    (122, "Writer-Editor"),
];

pub(super) fn resources(bytes: &[u8], image: &mut Image) {
    let mut at = 0;
    while bytes.get(at..at + 4) == Some(b"8BIM") {
        let (Some(id), Some(name)) = (be16(bytes, at + 4), bytes.get(at + 6)) else { return };
        // A name with its length, both together even, then the length of the content.
        let length_at = at + 6 + (usize::from(*name) + 2) / 2 * 2;
        let Some(length) = be32(bytes, length_at) else { return };
        let start = length_at + 4;
        let end = start.saturating_add(length as usize);
        if id == 0x0404 {
            datasets(bytes.get(start..end).unwrap_or(&[]), image);
        }
        at = end.saturating_add(end & 1);
    }
}

fn datasets(bytes: &[u8], image: &mut Image) {
    let mut at = 0;
    while let (Some([0x1C, record, dataset]), Some(length)) = (bytes.get(at..at + 3), be16(bytes, at + 3)) {
        let end = at + 5 + usize::from(length);
        let Some(content) = bytes.get(at + 5..end) else { return };
        if *record == 2
            && let Some((_, name)) = NAMES.iter().find(|(n, _)| n == dataset)
        {
            image.say(name, plain(content));
        }
        at = end;
    }
}
