//! An image as pixels for a screen: whoever shows them never meets the file. Decoding is the riskiest work on an image, so
//! it is done where entries are read, and what it gives is plain colours, of a number that is known before.

use std::io::{Cursor, Read};

use ::image::codecs::gif::GifDecoder;
use ::image::codecs::png::PngDecoder;
use ::image::codecs::webp::WebPDecoder;
use ::image::{AnimationDecoder as _, DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use serde::{Deserialize, Serialize};

use crate::layout::Format;
use crate::{limits, sniff};

/// An image, made no larger than a screen needs it and turned as its camera was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Width and height of the image in the file.
    pub whole: (u32, u32),
    /// Whether the file holds more pictures than this first one: pages, or those of an animation.
    pub more: bool,
    /// Red, green, blue and opacity (not multiplied in), a byte each, row after row from the top.
    pub pixels: Vec<u8>,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoPicture {
    /// Nothing here draws this format.
    Undrawn(Format),
    /// It has more pixels than are decoded, or decoding them took too long or too much.
    TooLarge,
    /// What it is drawn from is broken.
    Damaged,
}

impl Format {
    /// Whether this is an image: something that is made to be looked at.
    pub fn is_image(self) -> bool {
        matches!(
            self,
            Self::Png
                | Self::Jpeg
                | Self::Gif
                | Self::Webp
                | Self::Bmp
                | Self::Tiff
                | Self::Heic
                | Self::Avif
        )
    }
}

/// Draws the image that these bytes are.
///
/// # Errors
///
/// There is no picture in them that can be drawn.
pub fn picture(bytes: &mut dyn Read) -> Result<Picture, NoPicture> {
    let mut all = Vec::new();
    // Where the end cannot be read, the account of the entry says so; what came is drawn.
    let _ = bytes.take(limits::WHOLE as u64 + 1).read_to_end(&mut all);
    let bytes = all;
    if bytes.len() > limits::WHOLE {
        return Err(NoPicture::TooLarge);
    }
    let format = sniff::image(&bytes);
    let decoded = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
        other => return Err(NoPicture::Undrawn(other)),
    };
    let image = decode(&bytes, decoded)?;
    let whole = (image.width(), image.height());
    let side = limits::PICTURE_SIDE;
    let image = if whole.0.max(whole.1) > side { image.thumbnail(side, side) } else { image };
    let pixels = image.into_rgba8();
    let (width, height) = pixels.dimensions();
    let more = has_more(&bytes, format);
    Ok(Picture { width, height, whole, more, pixels: pixels.into_raw() })
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, NoPicture> {
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|e| trouble(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits::PICTURE_PIXELS {
        return Err(NoPicture::TooLarge);
    }
    let mut allowed = Limits::default();
    allowed.max_alloc = Some(limits::PICTURE_BYTES);
    allowed.reserve(decoder.total_bytes()).map_err(|e| trouble(&e))?;
    decoder.set_limits(allowed).map_err(|e| trouble(&e))?;
    // Without a word on how the camera was held, it was held upright.
    let turned = decoder.orientation().unwrap_or(::image::metadata::Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(|e| trouble(&e))?;
    image.apply_orientation(turned);
    Ok(image)
}

/// Whether an image that can be drawn holds more than the picture that was.
fn has_more(bytes: &[u8], format: Format) -> bool {
    let bytes_from = Cursor::new(bytes);
    match format {
        Format::Tiff => crate::image::has_more_pages(bytes),
        Format::Gif => {
            let mut allowed = Limits::default();
            allowed.max_alloc = Some(limits::PICTURE_BYTES);
            GifDecoder::new(bytes_from).is_ok_and(|mut gif| {
                gif.set_limits(allowed).is_ok() && gif.into_frames().nth(1).is_some_and(|frame| frame.is_ok())
            })
        }
        Format::Webp => WebPDecoder::new(bytes_from).is_ok_and(|webp| webp.has_animation()),
        Format::Png => PngDecoder::new(bytes_from).is_ok_and(|png| png.is_apng().unwrap_or(false)),
        _ => false,
    }
}

fn trouble(error: &::image::ImageError) -> NoPicture {
    match error {
        ::image::ImageError::Limits(_) => NoPicture::TooLarge,
        _ => NoPicture::Damaged,
    }
}

impl Picture {
    /// Whether it can be what was drawn from an image: its sizes agree with each other and keep the limits. Whoever gets
    /// one from another process asks this first.
    pub(crate) fn is_sound(&self) -> bool {
        let bytes = u64::from(self.width) * u64::from(self.height) * 4;
        let side = self.width.max(self.height);
        (1..=limits::PICTURE_SIDE).contains(&side) && bytes == self.pixels.len() as u64 && bytes > 0
    }
}
