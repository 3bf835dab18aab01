//! What a picture is, by its bytes: names and headers from outside are not believed.

use crate::svg;

/// The kinds of pictures that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImageType {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// AV1 still pictures.
    Avif,
    /// Scalable Vector Graphics without anything that acts or reaches out.
    Svg,
}

/// Why bytes are not kept as a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnImage {
    /// None of the known kinds; a web page named `.jpg` is the usual case.
    #[error("it is no PNG, JPEG, WebP, GIF, AVIF or SVG")]
    UnknownType,
    /// A drawing with scripts, links to elsewhere, or markup that is no drawing.
    #[error("the SVG is refused: {0}")]
    UnsafeSvg(String),
    /// Send it again: its end is missing, or its parts do not fit together.
    #[error("it is cut off or damaged")]
    Damaged,
    /// Make it smaller.
    #[error("it is {width} × {height} pixels, too many to show")]
    TooManyPixels {
        /// Across.
        width: usize,
        /// Down.
        height: usize,
    },
}

impl ImageType {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Png, Self::Jpeg, Self::Webp, Self::Gif, Self::Avif, Self::Svg];

    /// The kind of these bytes.
    pub fn sniff(bytes: &[u8]) -> Result<Self, NotAnImage> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] if has_avif_brand(bytes, brands) => {
                Ok(Self::Avif)
            }
            _ if svg::is_svg(bytes) => match svg::find_danger(bytes) {
                None => Ok(Self::Svg),
                Some(danger) => Err(NotAnImage::UnsafeSvg(danger)),
            },
            _ => Err(NotAnImage::UnknownType),
        }
    }

    /// The end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }

    /// The media type for HTTP.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// The first box of the file lists the brands that it can be read as (ISO/IEC 14496-12).
fn has_avif_brand(bytes: &[u8], brands: &[u8]) -> bool {
    let length = bytes.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let end = length.saturating_sub(8).min(brands.len());
    brands[..end].chunks(4).any(|brand| matches!(brand, b"avif" | b"avis"))
}
