//! EXIF, and the TIFF files that it is made like: directories of numbered fields.

use super::Image;

/// The fields that say something to people; the others are for programs.
const NAMES: &[(u16, &str)] = &[
    (0x010D, "DocumentName"),
    (0x010E, "ImageDescription"),
    (0x010F, "Make"),
    (0x0110, "Model"),
    (0x0112, "Orientation"),
    (0x011D, "PageName"),
    (0x0131, "Software"),
    (0x0132, "DateTime"),
    (0x013B, "Artist"),
    (0x013C, "HostComputer"),
    (0x8298, "Copyright"),
    (0x829A, "ExposureTime"),
    (0x829D, "FNumber"),
    (0x8827, "ISOSpeedRatings"),
    (0x9003, "DateTimeOriginal"),
    (0x9004, "DateTimeDigitized"),
    (0x9010, "OffsetTime"),
    (0x9011, "OffsetTimeOriginal"),
    (0x9012, "OffsetTimeDigitized"),
    (0x920A, "FocalLength"),
    (0x9286, "UserComment"),
    (0x9C9B, "XPTitle"),
    (0x9C9C, "XPComment"),
    (0x9C9D, "XPAuthor"),
    (0x9C9E, "XPKeywords"),
    (0x9C9F, "XPSubject"),
    (0xA420, "ImageUniqueID"),
    (0xA430, "CameraOwnerName"),
    (0xA431, "BodySerialNumber"),
    (0xA433, "LensMake"),
    (0xA434, "LensModel"),
    (0xA435, "LensSerialNumber"),
];

/// More fields than a directory has.
const FIELDS: u16 = 1000;

/// The directory of a place on Earth, and the one of the camera.
const GPS: u16 = 0x8825;
const CAMERA: u16 = 0x8769;

/// A file, or the part of one, in which places are counted from its start.
struct Tiff<'a> {
    bytes: &'a [u8],
    big: bool,
}

/// One field: its number, the kind and number of its values, and their bytes.
struct Field<'a> {
    tag: u16,
    kind: u16,
    bytes: &'a [u8],
}

/// Reads what is said; of a whole file its size too.
pub(super) fn read(bytes: &[u8], file: bool, image: &mut Image) {
    let big = bytes.starts_with(b"MM");
    let tiff = Tiff { bytes, big };
    let Some(first) = tiff.number(4, 4) else { return };
    let (mut camera, mut place) = (None, None);
    let (mut width, mut height) = (None, None);
    let mut dates: Vec<(&str, String)> = Vec::new();
    let mut offsets: Vec<(&str, String)> = Vec::new();
    let whole = tiff.each(first, &mut |field| match field.tag {
        CAMERA => camera = tiff.first(&field),
        GPS => place = tiff.first(&field),
        0x0100 if file => width = tiff.first(&field),
        0x0101 if file => height = tiff.first(&field),
        0x02BC => image.describe(field.bytes),
        _ => tiff.tell(&field, image, &mut dates, &mut offsets),
    });
    if let Some(at) = camera {
        tiff.each(at, &mut |field| tiff.tell(&field, image, &mut dates, &mut offsets));
    }
    for (name, date) in dates {
        let offset = offsets.iter().find(|(n, _)| n.replace("Offset", "Date") == *name);
        image.say(name, date + offset.map_or("", |(_, o)| o.as_str()));
    }
    if let Some(at) = place {
        tiff.position(at, image);
    }
    if file {
        image.size = width.zip(height);
        image.cut_off = !whole;
    }
}

/// Whether a TIFF file has a second page: the first directory names where the next one is.
pub(crate) fn has_more_pages(bytes: &[u8]) -> bool {
    let tiff = Tiff { bytes, big: bytes.starts_with(b"MM") };
    let next = || {
        let first = tiff.number(4, 4)? as usize;
        let fields = tiff.number(first, 2)? as usize;
        tiff.number(first.checked_add(2 + 12 * fields)?, 4)
    };
    next().is_some_and(|at| at != 0)
}

impl<'a> Tiff<'a> {
    fn number(&self, at: usize, count: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(count)?)?;
        Some(self.value(bytes))
    }

    fn value(&self, bytes: &[u8]) -> u32 {
        let add = |n: u32, b: &u8| n << 8 | u32::from(*b);
        if self.big { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
    }

    /// Goes over the fields of a directory; false if some of it lies behind the end.
    fn each(&self, at: u32, each: &mut dyn FnMut(Field<'a>)) -> bool {
        let at = at as usize;
        let Some(count) = self.number(at, 2).and_then(|n| u16::try_from(n).ok()) else { return false };
        let mut whole = true;
        for n in 0..count.min(FIELDS) {
            let at = at + 2 + 12 * usize::from(n);
            let field = || {
                let tag = u16::try_from(self.number(at, 2)?).ok()?;
                let kind = u16::try_from(self.number(at + 2, 2)?).ok()?;
                let size = match kind {
                    1 | 2 | 6 | 7 => 1,
                    3 | 8 => 2,
                    4 | 9 | 11 | 13 => 4,
                    5 | 10 | 12 => 8,
                    _ => return None,
                };
                let length = (self.number(at + 4, 4)? as usize).checked_mul(size)?;
                let start = if length <= 4 { at + 8 } else { self.number(at + 8, 4)? as usize };
                Some(Field { tag, kind, bytes: self.bytes.get(start..start.checked_add(length)?)? })
            };
            match field() {
                Some(field) => each(field),
                None => whole = false,
            }
        }
        whole
    }

    /// The first value of a field that has numbers.
    fn first(&self, field: &Field<'_>) -> Option<u32> {
        let size = if matches!(field.kind, 3 | 8) { 2 } else { 4 };
        field.bytes.get(..size).map(|b| self.value(b))
    }

    /// The fractions of a field.
    fn fractions(&self, field: &Field<'_>) -> Vec<f64> {
        let part = |bytes: &[u8]| {
            let value = self.value(bytes);
            // Numbers with a sign are those of kind 10.
            if field.kind == 10 { f64::from(value.cast_signed()) } else { f64::from(value) }
        };
        let one = |pair: &[u8]| part(&pair[..4]) / part(&pair[4..]);
        field.bytes.chunks_exact(8).take(8).map(one).map(|n| if n.is_finite() { n } else { 0.0 }).collect()
    }

    fn tell(
        &self,
        field: &Field<'_>,
        image: &mut Image,
        dates: &mut Vec<(&'static str, String)>,
        offsets: &mut Vec<(&'static str, String)>,
    ) {
        let Some((_, name)) = NAMES.iter().find(|(tag, _)| *tag == field.tag) else { return };
        let text = match (field.tag, field.kind) {
            (0x9286, _) => self.comment(field.bytes),
            (0x9C9B..=0x9C9F, _) => utf16(field.bytes, false),
            (_, 2) => super::plain(field.bytes),
            (0x829A, 5) => self.exposure(field),
            (_, 5 | 10) => self.fractions(field).first().map(f64::to_string).unwrap_or_default(),
            (_, 3 | 4) => self.first(field).map(|n| n.to_string()).unwrap_or_default(),
            _ => return,
        };
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned();
        match *name {
            name if name.starts_with("DateTime") => {
                if let Some(date) = date(&text) {
                    dates.push((name, date));
                }
            }
            name if name.starts_with("OffsetTime") => offsets.push((name, text)),
            name => image.say(name, text),
        }
    }

    /// A short time is said as a part of a second.
    fn exposure(&self, field: &Field<'_>) -> String {
        match (field.bytes.get(..4), field.bytes.get(4..8)) {
            (Some(over), Some(under)) if self.value(over) > 0 && self.value(over) < self.value(under) => {
                format!("{}/{}", self.value(over), self.value(under))
            }
            _ => self.fractions(field).first().map(f64::to_string).unwrap_or_default(),
        }
    }

    /// A comment says its encoding in its first eight bytes.
    fn comment(&self, bytes: &[u8]) -> String {
        match bytes.split_at_checked(8) {
            Some((b"UNICODE\0", text)) => {
                // Which byte comes first is said nowhere: letters of our alphabets have a zero.
                let zeros = |from: usize| text.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
                let big = if zeros(0) == zeros(1) { self.big } else { zeros(0) > zeros(1) };
                utf16(text, big)
            }
            Some((code, text)) if code.starts_with(b"ASCII") || code == [0; 8] => super::plain(text),
            _ => super::plain(bytes),
        }
    }

    /// Where on Earth it was taken, in degrees.
    fn position(&self, at: u32, image: &mut Image) {
        let mut south = false;
        let mut west = false;
        let (mut latitude, mut longitude, mut altitude) = (None, None, None);
        let mut below = false;
        let mut day = String::new();
        let mut time = Vec::new();
        let mut more: Vec<(&str, String)> = Vec::new();
        self.each(at, &mut |field| match field.tag {
            1 => south = field.bytes.first() == Some(&b'S'),
            3 => west = field.bytes.first() == Some(&b'W'),
            2 => latitude = degrees(&self.fractions(&field)),
            4 => longitude = degrees(&self.fractions(&field)),
            5 => below = field.bytes.first() == Some(&1),
            6 => altitude = self.fractions(&field).first().copied(),
            7 => time = self.fractions(&field),
            27 | 28 => {
                let name = if field.tag == 27 { "GPSProcessingMethod" } else { "GPSAreaInformation" };
                more.push((name, self.comment(field.bytes)));
            }
            29 => day = super::plain(field.bytes),
            _ => {}
        });
        let signed = |n: f64, minus: bool| if minus { -n } else { n };
        if let (Some(latitude), Some(longitude)) = (latitude, longitude) {
            let (latitude, longitude) = (signed(latitude, south), signed(longitude, west));
            image.say("GPSLatitude", format!("{latitude:.6}"));
            image.say("GPSLongitude", format!("{longitude:.6}"));
            image.say("GPSPosition", format!("{latitude:.6}, {longitude:.6}"));
        }
        if let Some(altitude) = altitude {
            image.say("GPSAltitude", format!("{:.1}", signed(altitude, below)));
        }
        if let Some(mut day) = date(&day) {
            if let [hour, minute, second] = time[..] {
                day.push_str(&format!("T{hour:02.0}:{minute:02.0}:{second:02.0}Z"));
            }
            image.say("GPSDateTime", day);
        }
        for (name, text) in more {
            image.say(name, text);
        }
    }
}

/// Degrees, minutes and seconds as degrees.
fn degrees(parts: &[f64]) -> Option<f64> {
    let part = |n: usize| parts.get(n).copied().unwrap_or(0.0);
    let whole = part(0) + part(1) / 60.0 + part(2) / 3600.0;
    (!parts.is_empty() && whole <= 180.0).then_some(whole)
}

/// `2021:03:04 10:11:12` as everyone writes it; none if it is none.
fn date(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    if !matches!(form.get(..10), Some("9999:99:99" | "9999-99-99")) || text.starts_with("0000") {
        return None;
    }
    let day = text[..10].replace(':', "-");
    let time = text[10..].trim_start_matches([' ', 'T']);
    Some(if time.is_empty() { day } else { format!("{day}T{time}") })
}

fn utf16(bytes: &[u8], big: bool) -> String {
    let unit = |pair: &[u8]| if big { [pair[0], pair[1]] } else { [pair[1], pair[0]] };
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes(unit(pair))).collect();
    String::from_utf16_lossy(&units)
}
