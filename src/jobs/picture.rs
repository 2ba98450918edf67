//! An article's picture: its bytes from the web or from beside the article, decoded and made small enough for a screen.
//!
//! Whatever the bytes say, a picture costs at most [`MAX_BYTES`], the memory for 40 megapixels, and the time for both.

use super::fetch::{self, Request};
use super::{Reporter, guarded};
use crate::app::{Pixels, Report, Ticket};
use crate::article::{Analysed, Article, PicturePlace};
use crate::locale::tr;
use crate::notice::Notice;
use std::fs::File;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The most bytes of one picture.
const MAX_BYTES: u64 = 20 << 20;

/// Progress is told at most this often.
const PATIENCE: Duration = Duration::from_millis(100);

/// A picture that somebody waits for.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) ticket: Ticket,
    pub(super) document: Arc<Analysed>,
    pub(super) number: u16,
}

/// Reads a picture and reports it. It is given up once `newest` is the number of another request.
pub(super) fn run(wanted: &Wanted, newest: &AtomicU64, reporter: &Reporter) {
    let Wanted { ticket, document, number } = wanted;
    let mut told = Instant::now();
    let mut progress = |bytes: u64, of: Option<u64>| {
        if told.elapsed() > PATIENCE {
            told = Instant::now();
            reporter.tell(Report::PictureComing { ticket: *ticket, bytes, of });
        }
        if newest.load(Ordering::Relaxed) == ticket.0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let read = guarded(|| {
        let place = document.article.pictures.get(usize::from(*number)).map(|p| &p.place);
        let bytes = bytes(&document.article, place.ok_or(tr!("there is no such picture"))?, &mut progress)?;
        decode(&bytes)
    });
    let picture = read.map(Arc::new).map_err(|why| Notice::new(tr!("The picture cannot be shown")).because(why));
    reporter.tell(Report::Picture { ticket: *ticket, picture });
}

fn bytes(article: &Article, place: &PicturePlace, progress: &mut fetch::Progress<'_>) -> Result<Vec<u8>, String> {
    match place {
        PicturePlace::Web(url) => of_the_web(article, url, progress),
        PicturePlace::Beside(path) => beside(article, path),
    }
}

fn of_the_web(article: &Article, url: &str, progress: &mut fetch::Progress<'_>) -> Result<Vec<u8>, String> {
    // As with pages: an article of the reader's own network may show pictures from beside it, and no other may.
    let given = fetch::same_host(&article.source, url);
    let too_long = || tr!("it has more than {size} MiB", size = MAX_BYTES >> 20);
    let mut large = false;
    let answer = fetch::get(&Request { url, given, ..Request::default() }, &mut |bytes, of| {
        large = bytes > MAX_BYTES || of.is_some_and(|of| of > MAX_BYTES);
        if large { ControlFlow::Break(()) } else { progress(bytes, of) }
    });
    let fetched = answer.map_err(|failure| if large { too_long() } else { failure.notice.why })?;
    let bytes = fetched.bytes.unwrap_or_default();
    if bytes.len() as u64 > MAX_BYTES { Err(too_long()) } else { Ok(bytes) }
}

/// A file from beside the article's own, or out of the book that it is a chapter of.
///
/// # Errors
/// Where the article came from elsewhere, or the path leads out of its folder, also through links of the file system.
fn beside(article: &Article, path: &str) -> Result<Vec<u8>, String> {
    let source = article.source.as_str();
    if fetch::is_address(source) || source == "-" {
        return Err(tr!("it lies beside a page that is not here").to_owned());
    }
    let fault = |error: std::io::Error| super::reason(&error);
    if let Some((book, _)) = source.rsplit_once('#').filter(|_| article.format == "epub") {
        return from_book(File::open(book).map_err(fault)?, path);
    }
    let folder = Path::new(source).parent().unwrap_or(Path::new(""));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().map_err(fault)?;
    let file = folder.join(path).canonicalize().map_err(fault)?;
    if !file.starts_with(&folder) {
        return Err(tr!("it does not lie beside the article").to_owned());
    }
    // Asked before it is opened: opening a pipe waits for somebody to write to it.
    if !std::fs::metadata(&file).map_err(fault)?.is_file() {
        return Err(tr!("it is not a file").to_owned());
    }
    read(File::open(&file).map_err(fault)?)
}

fn from_book(book: impl Read + Seek, path: &str) -> Result<Vec<u8>, String> {
    let mut archive = zip::ZipArchive::new(book).map_err(|_| tr!("the book cannot be opened"))?;
    read(archive.by_name(path).map_err(|_| tr!("it is not in the book"))?)
}

fn read(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| super::reason(&e))?;
    if bytes.len() as u64 > MAX_BYTES { Err(tr!("it has more than {size} MiB", size = MAX_BYTES >> 20)) } else { Ok(bytes) }
}

#[cfg(not(feature = "pictures"))]
fn decode(_: &[u8]) -> Result<Pixels, String> {
    Err(tr!("this dateline was built without pictures").to_owned())
}

#[cfg(feature = "pictures")]
use decode::decode;

#[cfg(feature = "pictures")]
mod decode {
    use super::Pixels;
    use crate::locale::tr;
    use image::metadata::Orientation;
    use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits, Rgb, RgbImage};
    use std::io::Cursor;

    /// The most pixels that a picture may have when it is decoded: a photograph of 40 megapixels.
    pub(super) const MAX_PIXELS: u64 = 40_000_000;

    /// The most memory that a decoder may take, in bytes: four a pixel, and some of its own.
    const MAX_MEMORY: u64 = 4 * MAX_PIXELS + (32 << 20);

    /// The most pixels that are kept: what a large terminal shows of a picture.
    const KEPT: f64 = 1_600_000.0;

    /// A picture of fewer pixels than this on a side shows nothing: it counts readers.
    const LEAST: u32 = 8;

    /// Pixels from the bytes of a PNG, JPEG, GIF (its first image) or WebP, upright, on white, at most [`KEPT`].
    ///
    /// # Errors
    /// Where they are none, damaged, or too many.
    pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, String> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| e.to_string())?;
        if reader.format().is_none_or(|f| !f.reading_enabled()) {
            return Err(tr!("it is no PNG, JPEG, GIF or WebP").to_owned());
        }
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MAX_MEMORY);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(reason)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(tr!("it has {width} by {height} pixels, more than {most} million", width, height, most = MAX_PIXELS / 1_000_000));
        }
        if width.min(height) < LEAST {
            return Err(tr!("it is a dot of {width} by {height} pixels", width, height));
        }
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = small(DynamicImage::from_decoder(decoder).map_err(reason)?);
        image.apply_orientation(orientation);
        let rgb = on_white(image);
        Ok(Pixels { width: rgb.width(), height: rgb.height(), rgb: rgb.into_raw() })
    }

    fn reason(error: ImageError) -> String {
        match error {
            ImageError::Limits(_) => tr!("it needs too much memory").to_owned(),
            ImageError::Unsupported(_) => tr!("it is of a rare kind that dateline does not know").to_owned(),
            _ => tr!("it is damaged, or has not come whole").to_owned(),
        }
    }

    fn small(image: DynamicImage) -> DynamicImage {
        let [width, height] = [image.width(), image.height()].map(f64::from);
        let scale = (KEPT / (width * height)).sqrt();
        if scale >= 1.0 {
            return image;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "smaller than what it was")]
        let [width, height] = [width, height].map(|n| ((n * scale) as u32).max(1));
        image.thumbnail_exact(width, height)
    }

    /// What is transparent is white, as on the pages that pictures are made for.
    fn on_white(image: DynamicImage) -> RgbImage {
        if !image.color().has_alpha() {
            return image.into_rgb8();
        }
        let rgba = image.into_rgba8();
        let blend = |c: u8, a: u8| u8::try_from((u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a))) / 255).unwrap_or(255);
        RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
            let [r, g, b, a] = rgba.get_pixel(x, y).0;
            Rgb([blend(r, a), blend(g, a), blend(b, a)])
        })
    }
}

#[cfg(feature = "pictures")]
#[cfg(test)]
mod tests;
