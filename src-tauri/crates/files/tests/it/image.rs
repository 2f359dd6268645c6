//! Images: their size and what is written in them beside the picture.

use expect_test::expect;

use crate::check::{check, codes};

/// A field of EXIF: its number, its kind, how many values, and their bytes.
type Field<'a> = (u16, u16, u32, &'a [u8]);

/// Directories of fields, the larger byte first; a field of the first one with no bytes points to the next directory.
fn tiff(directories: &[&[Field<'_>]]) -> Vec<u8> {
    let mut file = b"MM\0*\0\0\0\x08".to_vec();
    let size = |fields: &[Field<'_>]| 2 + 12 * fields.len() + 4;
    let mut data_at = 8 + directories.iter().map(|d| size(d)).sum::<usize>();
    let mut next = 8 + size(directories[0]);
    let mut data: Vec<u8> = Vec::new();
    let be = |n: usize| u32::try_from(n).expect("samples are small").to_be_bytes();
    for fields in directories {
        file.extend(u16::try_from(fields.len()).expect("samples are small").to_be_bytes());
        for (tag, kind, count, bytes) in *fields {
            file.extend(tag.to_be_bytes());
            file.extend(kind.to_be_bytes());
            file.extend(count.to_be_bytes());
            if bytes.is_empty() {
                file.extend(be(next));
                next += size(directories.get(1).copied().unwrap_or(&[]));
            } else if bytes.len() <= 4 {
                file.extend(*bytes);
                file.extend(&[0; 4][bytes.len()..]);
            } else {
                file.extend(be(data_at));
                data_at += bytes.len();
                data.extend(*bytes);
            }
        }
        file.extend([0; 4]);
    }
    file.extend(data);
    file
}

fn exif() -> Vec<u8> {
    let degrees = |d: u32, m: u32, s: u32| {
        [d, 1, m, 1, s, 100].iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>()
    };
    let (north, west) = (degrees(48, 51, 2960), degrees(2, 17, 4020));
    tiff(&[
        &[
            (0x010F, 2, 7, b"Camera\0"),
            (0x0132, 2, 20, b"2024:02:29 10:11:12\0"),
            (0x013B, 2, 15, b"Jeanne Martin \0"),
            (0x8769, 4, 1, b""),
            (0x8825, 4, 1, b""),
        ],
        &[
            (0x9003, 2, 20, b"2024:02:28 09:00:00\0"),
            (0x9011, 2, 7, b"+01:00\0"),
            (0x829A, 5, 1, b"\0\0\0\x01\0\0\0\xFA"),
            (0x9286, 7, 14, b"ASCII\0\0\0a note"),
        ],
        &[(1, 2, 2, b"N\0"), (2, 5, 3, &north), (3, 2, 2, b"W\0"), (4, 5, 3, &west)],
    ])
}

fn jpeg() -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).expect("samples are small").to_be_bytes();
        [&[0xFF, marker], &length[..], content].concat()
    };
    let caption = b"8BIM\x04\x04\0\0\0\0\0\x0D\x1C\x02\x78\0\x08Le port \0";
    [
        b"\xFF\xD8".to_vec(),
        segment(0xE1, &[b"Exif\0\0", &exif()[..]].concat()),
        segment(0xED, &[b"Photoshop 3.0\0", &caption[..]].concat()),
        segment(0xFE, "taken at the caf\u{e9}".as_bytes()),
        segment(0xC0, &[8, 0, 48, 0, 64, 1]),
        b"\xFF\xDA\0\x02picture\xFF\xD9".to_vec(),
    ]
    .concat()
}

fn png(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in chunks {
        file.extend(u32::try_from(content.len()).expect("samples are small").to_be_bytes());
        file.extend([*kind, *content, &[0; 4]].concat());
    }
    file
}

const SIZE: &[u8] = b"\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0";

#[test]
fn a_photograph_says_when_where_and_by_whom() {
    check(
        "p.jpg",
        jpeg(),
        expect![[r#"
        jpeg Read, 1 records
        record "" of "" ""
          info=Width = "64"
          info=Height = "48"
          info=Make = "Camera"
          info=Artist = "Jeanne Martin"
          info=ExposureTime = "1/250"
          info=UserComment = "a note"
          info=DateTime = "2024-02-29T10:11:12"
          info=DateTimeOriginal = "2024-02-28T09:00:00+01:00"
          info=GPSLatitude = "48.858222"
          info=GPSLongitude = "-2.294500"
          info=GPSPosition = "48.858222, -2.294500"
          info=Caption-Abstract = "Le port"
          info=Comment = "taken at the café"
    "#]],
    );
}

#[test]
fn texts_of_a_png_are_read() {
    let file = png(&[
        (b"IHDR", SIZE),
        (b"tEXt", b"Author\0Jeanne"),
        (b"tEXt", b"Author\0Paul"),
        (b"iTXt", b"Title\0\0\0fr\0\0Le caf\xC3\xA9"),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<rdf:RDF><rdf:Description><dc:creator>Jeanne</dc:creator><dc:rights>all \
                    kept</dc:rights></rdf:Description></rdf:RDF>"),
        (b"tIME", b"\x07\xE8\x02\x1D\x0A\x0B\x0C"),
        (b"IEND", b""),
    ]);
    check(
        "p.png",
        file,
        expect![[r#"
        png Read, 1 records
        record "" of "" ""
          info=Width = "3"
          info=Height = "2"
          info=Author = "Jeanne"
          info=Author/2 = "Paul"
          info=Title = "Le café"
          info=XMP/dc:rights = "all kept"
          info=ModifyDate = "2024-02-29T10:11:12Z"
    "#]],
    );
}

#[test]
fn every_kind_of_image_says_its_size() {
    let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x3F\0\0\x2F\0\0";
    let gif = b"GIF89a\x40\0\x30\0\0\0\0!\xFE\x05hello\0;";
    let tiff = tiff(&[&[(0x0100, 3, 1, &[0, 64]), (0x0101, 3, 1, &[0, 48]), (0x013B, 2, 5, b"Jean\0")]]);
    let heic = b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\x30meta\0\0\0\0\0\0\0\x24iprp\0\0\0\x1Cipco\0\0\0\x14ispe\0\0\0\0\0\0\0\x40\0\0\0\x30";
    for (name, bytes, expected) in [
        (
            "a.webp",
            &webp[..],
            "webp Read, 1 records\nrecord \"\" of \"\" \"\"\n  info=Width = \"64\"\n  info=Height = \"48\"\n",
        ),
        (
            "a.gif",
            gif,
            "gif Read, 1 records\nrecord \"\" of \"\" \"\"\n  info=Width = \"64\"\n  info=Height = \"48\"\n  info=Comment = \"hello\"\n",
        ),
        (
            "a.tif",
            &tiff,
            "tiff Read, 1 records\nrecord \"\" of \"\" \"\"\n  info=Width = \"64\"\n  info=Height = \"48\"\n  info=Artist = \"Jean\"\n",
        ),
        (
            "a.heic",
            heic,
            "heic Read, 1 records\nrecord \"\" of \"\" \"\"\n  info=Width = \"64\"\n  info=Height = \"48\"\n",
        ),
    ] {
        assert_eq!(crate::check::show(name, bytes), expected, "{name}");
    }
}

#[test]
fn damaged_images_are_told_and_never_break_anything() {
    assert_eq!(codes("a.png", b"\x89PNG\r\n\x1a\nxx"), ["image_damaged"]);
    assert_eq!(codes("a.png", &png(&[(b"IHDR", SIZE)])), ["image_cut_off"]);
    let whole = jpeg();
    assert_eq!(codes("a.jpg", &whole[..whole.len() - 3]), ["image_cut_off"]);
    assert_eq!(codes("a.gif", b"GIF89a"), ["image_damaged"]);
    for (name, whole) in
        [("a.jpg", jpeg()), ("a.png", png(&[(b"IHDR", SIZE), (b"eXIf", &exif())])), ("a.tif", exif())]
    {
        for length in 0..whole.len() {
            codes(name, &whole[..length]);
        }
        for at in 8..whole.len() {
            let mut torn = whole.clone();
            torn[at] = 0xFF;
            codes(name, &torn);
        }
    }
}

#[test]
fn a_bitmap_says_how_large_it_is() {
    let head = |height: i32| {
        let mut file = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0".to_vec();
        file.extend(height.to_le_bytes());
        file.extend(b"\x01\0\x18\0\0\0\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
        file.extend([7; 16]);
        file
    };
    let expected = expect![[r#"
        bmp Read, 1 records
        record "" of "" ""
          info=Width = "2"
          info=Height = "2"
    "#]];
    check("a.bmp", head(2), expected);
    // Rows that begin at the top.
    check(
        "b.bmp",
        head(-2),
        expect![[r#"
        bmp Read, 1 records
        record "" of "" ""
          info=Width = "2"
          info=Height = "2"
    "#]],
    );
    check(
        "a.txt",
        "BM, 40, Brest",
        expect![[r#"
        text Read, 1 records
        record "" of "" ""
          line=1 = "BM, 40, Brest"
    "#]],
    );
    assert_eq!(codes("a.bmp", &head(2)[..60]), ["image_cut_off"]);
}
