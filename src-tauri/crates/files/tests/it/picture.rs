//! Images as pixels: what is drawn of each format, how large, which way up, and what is not drawn.

use std::io::Cursor;

use files::{Format, NoPicture, Picture, picture};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgba, RgbaImage};

const RED: [u8; 4] = [255, 0, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];

/// An image whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| Rgba(if x < width / 2 { RED } else { BLUE });
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, colour))
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let plain = DynamicImage::ImageRgb8(image.to_rgb8());
    let image = if format == ImageFormat::Jpeg { &plain } else { image };
    image.write_to(&mut file, format).expect("samples can be written");
    file.into_inner()
}

fn drawn(bytes: &[u8]) -> Picture {
    picture(&mut &bytes[..]).expect("there is a picture")
}

/// The colour at a place, to the nearest that a lossy format keeps.
fn colour(picture: &Picture, x: u32, y: u32) -> [u8; 4] {
    let at = usize::try_from((y * picture.width + x) * 4).expect("samples are small");
    [0, 1, 2, 3].map(|n| if picture.pixels[at + n] > 127 { 255 } else { 0 })
}

#[test]
fn every_format_that_is_drawn_shows_its_colours() {
    use ImageFormat as F;
    for format in [F::Png, F::Jpeg, F::Gif, F::WebP, F::Bmp, F::Tiff] {
        let picture = drawn(&written(&halves(64, 48), format));
        assert_eq!((picture.width, picture.height, picture.whole), (64, 48, (64, 48)), "{format:?}");
        assert_eq!(colour(&picture, 2, 2), RED, "{format:?}");
        assert_eq!(colour(&picture, 61, 45), BLUE, "{format:?}");
        assert!(!picture.more, "{format:?}");
    }
}

#[test]
fn a_large_image_is_made_smaller_and_says_so() {
    let picture = drawn(&written(&halves(3000, 1000), ImageFormat::Png));
    assert_eq!((picture.width, picture.height), (1600, 533));
    assert_eq!(picture.whole, (3000, 1000));
    assert_eq!((colour(&picture, 10, 10), colour(&picture, 1590, 520)), (RED, BLUE));
}

#[test]
fn a_camera_that_was_held_sideways_is_turned_back() {
    let upright = written(&halves(64, 32), ImageFormat::Jpeg);
    // EXIF with one field: orientation 6, to be turned by a quarter to the right.
    let exif = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let picture = drawn(&[&upright[..2], exif, &upright[2..]].concat());
    assert_eq!((picture.width, picture.height, picture.whole), (32, 64, (32, 64)));
    assert_eq!((colour(&picture, 16, 2), colour(&picture, 16, 61)), (RED, BLUE), "left is at the top");
}

#[test]
fn a_file_of_several_pages_shows_the_first_and_says_so() {
    let mut file = written(&halves(8, 8), ImageFormat::Tiff);
    let first = u32::from_le_bytes(file[4..8].try_into().expect("four bytes")) as usize;
    let fields = usize::from(u16::from_le_bytes(file[first..first + 2].try_into().expect("two bytes")));
    let next = first + 2 + 12 * fields;
    file[next..next + 4].copy_from_slice(&8_u32.to_le_bytes());
    let picture = drawn(&file);
    assert!(picture.more);
    assert_eq!(colour(&picture, 1, 1), RED);
}

#[test]
fn an_animation_shows_its_first_picture_and_says_so() {
    let mut file = Vec::new();
    let turned = halves(8, 8).rotate180();
    let frames = [halves(8, 8), turned].map(|image| Frame::new(image.into_rgba8()));
    GifEncoder::new(&mut file).encode_frames(frames).expect("samples can be written");
    let picture = drawn(&file);
    assert!(picture.more);
    assert_eq!(colour(&picture, 1, 1), RED);

    // Behind the header of a PNG: that two pictures follow one another, over and over.
    let plain = written(&halves(8, 8), ImageFormat::Png);
    let chunk = b"acTL\0\0\0\x02\0\0\0\0";
    let sum = b"\xF3\x8D\x93\x70";
    let picture = drawn(&[&plain[..33], &[0, 0, 0, 8], chunk, sum, &plain[33..]].concat());
    assert!(picture.more);
}

/// A PNG that says it is this large, and holds next to nothing.
fn claimed(width: u32, height: u32) -> Vec<u8> {
    let mut file = written(&halves(2, 2), ImageFormat::Png);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&sum);
    file
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[test]
fn what_cannot_be_drawn_says_why() {
    let check = |bytes: &[u8], why| assert_eq!(picture(&mut &bytes[..]), Err(why));
    check(&claimed(100_000, 100_000), NoPicture::TooLarge);
    check(&claimed(5_000, 5_000), NoPicture::Damaged);
    let whole = written(&halves(64, 48), ImageFormat::Png);
    check(&whole[..whole.len() / 2], NoPicture::Damaged);
    check(b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", NoPicture::Undrawn(Format::Heic));
    check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", NoPicture::Undrawn(Format::Binary));
    check(b"BMW, 3 Series, 2019", NoPicture::Undrawn(Format::Binary));
    check(b"", NoPicture::Undrawn(Format::Binary));
}
