//! Films and recordings: what they say of themselves, and nothing of what is seen and heard.

use expect_test::expect;

use crate::check::{check, codes, words};

/// A box of a film.
fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("samples are small");
    [&length.to_be_bytes()[..], kind, content].concat()
}

fn words_of(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|n| n.to_be_bytes()).collect()
}

fn data(kind: &[u8; 4], text: &str) -> Vec<u8> {
    boxed(kind, &boxed(b"data", &[&words_of(&[1, 0]), text.as_bytes()].concat()))
}

/// A film with what stands in its main box, behind the pictures.
fn film(brand: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    let head = boxed(b"ftyp", &[&brand[..], &[0; 4], b"isom"].concat());
    let created = words_of(&[0, 3_792_046_272, 0, 1000, 65_000]);
    let main = [boxed(b"mvhd", &[created, vec![0; 80]].concat()), parts.concat()].concat();
    [head, boxed(b"mdat", &[7; 300_000]), boxed(b"moov", &main)].concat()
}

#[test]
fn a_film_of_a_phone_says_when_and_where() {
    let mut track = vec![0; 76];
    track.extend(words_of(&[1920 << 16, 1080 << 16]));
    let spot = [&[0, 18, 0x15, 0xC7][..], b"+48.8584+002.2945/"].concat();
    let list = [data(b"\xA9nam", "Été à Lyon"), data(b"\xA9day", "2024-03-05")].concat();
    let meta = [vec![0; 4], boxed(b"hdlr", &[0; 25]), boxed(b"ilst", &list)].concat();
    let parts = [
        boxed(b"trak", &boxed(b"tkhd", &track)),
        boxed(b"udta", &[boxed(b"\xA9xyz", &spot), boxed(b"meta", &meta)].concat()),
    ];
    check(
        "film.mp4",
        film(b"isom", &parts),
        expect![[r#"
        mp4 Read, 1 records
        record "" of "" ""
          info=CreationDate = "2024-02-29T10:11:12Z"
          info=Duration = "00:01:05"
          info=Location = "+48.8584+002.2945/"
          info=GPSLatitude = "48.858400"
          info=GPSLongitude = "2.294500"
          info=GPSPosition = "48.858400, 2.294500"
          info=Title = "Été à Lyon"
          info=Date = "2024-03-05"
          info=Width = "1920"
          info=Height = "1080"
    "#]],
    );
}

#[test]
fn names_of_quicktime_lead_to_values() {
    let keys = [
        words_of(&[0, 2]),
        boxed(b"mdta", b"com.apple.quicktime.location.ISO6709"),
        boxed(b"mdta", b"com.apple.quicktime.make"),
    ]
    .concat();
    let list = [data(&[0, 0, 0, 1], "-33.8600+151.2094/"), data(&[0, 0, 0, 2], "Exemple")].concat();
    let meta = [boxed(b"hdlr", &[0; 25]), boxed(b"keys", &keys), boxed(b"ilst", &list)].concat();
    let bytes = film(b"qt  ", &[boxed(b"meta", &meta)]);
    let wanted = "2024-02-29T10:11:12Z\n00:01:05\n-33.8600+151.2094/\n-33.860000\n151.209400\n-33.860000, 151.209400\nExemple\n";
    assert_eq!(words("a.mov", &bytes), wanted);
    assert_eq!(codes("a.mov", &bytes), [""; 0]);
    assert_eq!(codes("a.mov", &bytes[..200_000]), ["media_cut_off"]);
}

/// A frame of a recording.
fn frame(id: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("samples are small");
    [&id[..], &length.to_be_bytes(), &[0, 0], content].concat()
}

#[test]
fn recordings_with_tags_in_front_and_behind() {
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("Łódź".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let frames = [
        frame(b"TIT2", &[&[1][..], &wide].concat()),
        frame(b"TPE1", b"\x00Zo\xE9"),
        frame(b"COMM", b"\x00fra\0un mot"),
        frame(b"TXXX", "\u{3}Achat\0camille@example.org".as_bytes()),
        frame(b"APIC", &[0; 100]),
        vec![0; 20],
    ]
    .concat();
    let mut bytes = b"ID3\x03\0\0\0\0".to_vec();
    bytes.extend([
        u8::try_from(frames.len() >> 7).expect("small"),
        u8::try_from(frames.len() & 0x7F).expect("small"),
    ]);
    bytes.extend(frames);
    bytes.extend([0xFF, 0xFB, 0x90, 0x64]);
    bytes.extend([0; 100_000]);
    bytes.extend(b"TAG");
    let mut old = vec![0; 125];
    old[..6].copy_from_slice(b"ancien");
    old[60..65].copy_from_slice(b"Album");
    bytes.extend(old);
    check(
        "son.mp3",
        &bytes,
        expect![[r#"
        mp3 Read, 1 records
        record "" of "" ""
          info=Title = "Łódź"
          info=Artist = "Zoé"
          info=Comment = "un mot"
          info=Achat = "camille@example.org"
          info=Album = "Album"
    "#]],
    );
    assert_eq!(codes("son.mp3", &bytes[..60]), ["media_cut_off"]);
}

#[test]
fn comments_of_other_recordings() {
    let comment =
        |text: &str| [&u32::try_from(text.len()).expect("short").to_le_bytes()[..], text.as_bytes()].concat();
    let list = [comment("maker"), vec![2, 0, 0, 0], comment("TITLE=Été"), comment("ARTIST=Zoé")].concat();
    let length = u8::try_from(list.len()).expect("short");
    let flac = [b"fLaC\x00\0\0\x22".to_vec(), vec![0; 34], vec![0x84, 0, 0, length], list.clone()].concat();
    assert_eq!(words("a.flac", &flac), "Été\nZoé\n");
    let page = |content: &[u8]| {
        let mut page = b"OggS\0\0".to_vec();
        page.resize(26, 0);
        page.extend([1, u8::try_from(content.len()).expect("short")]);
        [page, content.to_vec()].concat()
    };
    let ogg = [page(b"\x01vorbis...."), page(&[&b"\x03vorbis"[..], &list].concat())].concat();
    assert_eq!(words("a.ogg", &ogg), "Été\nZoé\n");
    let info = [b"INFOINAM\x05\0\0\0Test\0\0IART\x04\0\0\0Z\xC3\xA9o".to_vec()].concat();
    let chunk = |kind: &[u8], content: &[u8]| {
        [kind, &u32::try_from(content.len()).expect("short").to_le_bytes(), content].concat()
    };
    let format = [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0];
    let inner =
        [b"WAVE".to_vec(), chunk(b"fmt ", &format), chunk(b"data", &[0; 16_000]), chunk(b"LIST", &info)]
            .concat();
    let wav = chunk(b"RIFF", &inner);
    assert_eq!(words("a.wav", &wav), "00:00:02\nTest\nZéo\n");
    for bytes in [&flac, &ogg, &wav] {
        for end in 0..bytes.len().min(400) {
            codes("a", &bytes[..end]);
        }
    }
}

#[test]
fn pictures_in_boxes_are_told_by_their_brands() {
    let format = |main: &[u8], others: &[u8]| {
        let head = boxed(b"ftyp", &[main, &[0; 4], others].concat());
        crate::check::rows("a", &head).0.layout.format.word()
    };
    for (main, others, wanted) in [
        (b"avif", &b"mif1miaf"[..], "avif"),
        (b"mif1", b"avifmiaf", "avif"),
        (b"mif1", b"heic", "heic"),
        (b"heic", b"mif1", "heic"),
        (b"M4A ", b"isom", "m4a"),
        (b"mp42", b"isom", "mp4"),
    ] {
        assert_eq!(format(main, others), wanted);
    }
}
