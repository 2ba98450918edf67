//! Pictures of all kinds, whole and broken, and where they may be read from.

use super::*;
use crate::article::Picture;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use std::io::{Cursor, Write};
use std::sync::Mutex;

/// The left half red, the right half transparent.
fn halves(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 0, 0, 0]) });
    let mut out = Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgba8(image);
    let image = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(image.to_rgb8()) } else { image };
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A PNG that says it has `width` by `height` pixels, all of them black, in a few bytes.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut small = halves(16, 16, ImageFormat::Png);
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&small[12..29]);
    small[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    small
}

#[test]
fn four_formats_on_white() {
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let pixels = decode(&halves(16, 8, format)).unwrap();
        assert_eq!((pixels.width, pixels.height), (16, 8), "{format:?}");
        assert_eq!((&pixels.rgb[..3], &pixels.rgb[45..48]), (&[200, 0, 0][..], &[255, 255, 255][..]), "{format:?}");
    }
    let pixels = decode(&halves(16, 8, ImageFormat::Jpeg)).unwrap();
    assert!((180..220).contains(&pixels.rgb[0]) && pixels.rgb[1] < 30, "{:?}", &pixels.rgb[..3]);
}

#[test]
fn a_large_picture_is_kept_small() {
    let pixels = decode(&halves(4000, 1000, ImageFormat::Png)).unwrap();
    assert_eq!((pixels.width, pixels.height), (2529, 632));
    assert_eq!(pixels.rgb.len(), 2529 * 632 * 3);
}

#[test]
fn bombs_and_dots_are_refused_by_their_size() {
    assert_eq!(decode(&bomb(60_000, 60_000)).unwrap_err(), "it has 60000 by 60000 pixels, more than 40 million");
    assert!(decode(&bomb(u32::MAX >> 1, 1000)).is_err());
    assert_eq!(decode(&halves(2, 2, ImageFormat::Png)).unwrap_err(), "it is a dot of 2 by 2 pixels");
    // Forty million are promised and a few hundred come.
    assert!(decode(&bomb(6000, 6000)).unwrap_err().starts_with("it is damaged"));
}

#[test]
fn what_is_broken_or_no_picture_says_so() {
    let none = "it is no PNG, JPEG, GIF or WebP";
    for bytes in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>no picture</html>", b"BM\0\0\0\0\0\0\0\0\0\0\0\0"] {
        assert_eq!(decode(bytes).unwrap_err(), none);
    }
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg] {
        let whole = halves(64, 64, format);
        for len in (12..whole.len()).step_by(7) {
            // Some decoders show what there is; none may do worse than refuse.
            let _ = decode(&whole[..len]);
        }
        assert!(decode(&whole[..16]).is_err(), "{format:?}");
    }
}

#[test]
fn any_bytes_are_survived() {
    let mut seed = 7u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 16
    };
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Jpeg] {
        let whole = halves(40, 30, format);
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                let at = next() as usize % bytes.len();
                bytes[at] = next() as u8;
            }
            let _ = guarded(|| decode(&bytes));
        }
    }
}

fn article(source: &str, format: &'static str) -> Article {
    Article { source: source.to_owned(), format, ..Article::default() }
}

fn folder(name: &str) -> std::path::PathBuf {
    let dir = std::env::temp_dir().join(format!("dateline-picture-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(dir.join("in/pictures")).unwrap();
    dir
}

#[test]
fn only_neighbours_are_read() {
    let dir = folder("beside");
    let page = dir.join("in/page.html").display().to_string();
    std::fs::write(dir.join("in/pictures/a.png"), "inside").unwrap();
    std::fs::write(dir.join("secret"), "outside").unwrap();
    let read = |path: &str| beside(&article(&page, "html"), path);
    assert_eq!(read("pictures/a.png").unwrap(), b"inside");
    assert_eq!(read("../secret").unwrap_err(), "it does not lie beside the article");
    assert_eq!(read(&dir.join("secret").display().to_string()).unwrap_err(), "it does not lie beside the article");
    assert_eq!(read("pictures").unwrap_err(), "it is not a file");
    assert_eq!(read("gone.png").unwrap_err(), "the file is not there");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(dir.join("secret"), dir.join("in/link.png")).unwrap();
        assert_eq!(read("link.png").unwrap_err(), "it does not lie beside the article");
    }
    for source in ["https://news.example/a", "-"] {
        assert!(beside(&article(source, "html"), "pictures/a.png").is_err(), "{source}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_chapter_shows_the_pictures_of_its_book() {
    let dir = folder("book");
    let book = dir.join("tales.epub");
    let mut zip = zip::ZipWriter::new(File::create(&book).unwrap());
    zip.start_file("OEBPS/p.png", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&halves(16, 16, ImageFormat::Png)).unwrap();
    zip.finish().unwrap();
    let chapter = article(&format!("{}#2", book.display()), "epub");
    assert_eq!(decode(&beside(&chapter, "OEBPS/p.png").unwrap()).unwrap().width, 16);
    assert_eq!(beside(&chapter, "../p.png").unwrap_err(), "it is not in the book");
    std::fs::remove_dir_all(&dir).unwrap();
}

#[cfg(feature = "network")]
/// A server with one picture, `/a.png`; returns its address.
fn serve() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let mut asked = [0; 4096];
            let n = stream.read(&mut asked).unwrap();
            let found = asked[..n].starts_with(b"GET /a.png ");
            let (status, body) = if found { ("200 OK", halves(32, 16, ImageFormat::Png)) } else { ("404 Not Found", Vec::new()) };
            let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    address
}

#[cfg(feature = "network")]
#[test]
fn a_request_ends_in_one_report_and_gives_way_to_a_newer_one() {
    let address = serve();
    let picture = |path: &str| Picture { place: PicturePlace::Web(format!("{address}{path}")), ..Picture::default() };
    let article =
        Article { source: format!("{address}/page"), pictures: vec![picture("/a.png"), picture("/gone.png")], ..Article::default() };
    let document = Arc::new(Analysed { article, ..Analysed::default() });
    let report = |number, newest| {
        let told = Arc::new(Mutex::new(Vec::new()));
        let take = Arc::clone(&told);
        let wanted = Wanted { ticket: Ticket(3), document: Arc::clone(&document), number };
        run(&wanted, &AtomicU64::new(newest), &Reporter::new(move |r| take.lock().unwrap().push(r)));
        match told.lock().unwrap().as_slice() {
            [Report::Picture { picture, .. }] => picture.clone().map(|p| (p.width, p.height)).map_err(|n| n.why),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(report(0, 3), Ok((32, 16)));
    assert_eq!(report(1, 3).unwrap_err(), "there is no such page");
    assert_eq!(report(0, 4).unwrap_err(), "cancelled");
    assert_eq!(report(7, 3).unwrap_err(), "there is no such picture");
}

#[cfg(feature = "network")]
#[test]
fn only_a_feed_of_the_readers_own_network_shows_pictures_from_there() {
    let address = serve();
    let read = |source: &str| of_the_web(&article(source, "feed"), &format!("{address}/a.png"), &mut |_, _| ControlFlow::Continue(()));
    assert!(read(&format!("{address}/feed#1")).is_ok());
    assert_eq!(read("https://news.example/feed#1").unwrap_err(), "it leads into a private network");
}
