//! Packed inputs: gzip, zstd and zip. What is inside goes through all formats again, within limits on size, ratio, number and nesting.
//!
//! Nothing is ever written to a disk, so names inside an archive can lead nowhere.

use super::format::NO_TEXT;
use super::{Format, HEAD, Head, Input, Problems, Take, budget, each, recognise};
use crate::locale::{text, tr};
use std::io::{Cursor, Read};

/// Bytes that one byte may become: deflate reaches 1,032, text seldom 20.
const MAX_RATIO: usize = 200;

/// Bytes that are unpacked whatever the ratio.
const SMALL: usize = 4 << 20;

/// Bytes of one unpacked file: it lies in memory while it is read.
const MAX_FILE: usize = 64 << 20;

/// Bytes of one that is a single article: it lies in memory three times while it is cleaned and laid out.
const MAX_ARTICLE: usize = 12 << 20;

/// Files of one archive that are read.
const MAX_FILES: usize = 20_000;

/// Endings of packed files.
const ENDINGS: &[&str] = &[".gz", ".zst", ".zip", ".tgz"];

/// gzip, RFC 1952.
#[derive(Debug)]
pub(super) struct Gzip;

/// zstd, RFC 8878.
#[derive(Debug)]
pub(super) struct Zstd;

/// zip.
#[derive(Debug)]
pub(super) struct Zip;

impl Format for Gzip {
    fn name(&self) -> &'static str {
        "gzip"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.input.bytes.starts_with(b"\x1f\x8b\x08")
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let (bytes, problem) = unpack(input.name, flate2::read::MultiGzDecoder::new(input.bytes), input.bytes.len());
        unpacked(input, &bytes, problem, take)
    }
}

impl Format for Zstd {
    fn name(&self) -> &'static str {
        "zstd"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.input.bytes.starts_with(b"\x28\xb5\x2f\xfd")
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        match zstd_reader(input.bytes) {
            Ok(decoder) => {
                let (bytes, problem) = unpack(input.name, decoder, input.bytes.len());
                unpacked(input, &bytes, problem, take)
            }
            Err(error) => vec![tr!("it cannot be unpacked: {error}", error)],
        }
    }
}

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        head.input.bytes.starts_with(b"PK\x03\x04") || head.input.bytes.starts_with(b"PK\x05\x06")
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        match zip::ZipArchive::new(Cursor::new(input.bytes)) {
            Ok(archive) => Entries { archive, input }.read(take),
            Err(error) => vec![tr!("the archive cannot be read: {error}", error)],
        }
    }
}

/// The window that zstd may look back in, as a power of two: 8 MiB, what every decoder has to have (RFC 8878). Others would take what they ask for.
const WINDOW: u32 = 23;

/// A decoder of zstd that takes no more memory than it must.
///
/// # Errors
/// Where there is no memory for it.
pub fn zstd_reader(bytes: &[u8]) -> std::io::Result<impl Read> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes)?;
    decoder.window_log_max(WINDOW)?;
    Ok(decoder)
}

/// What comes out of a decoder of a file called `name`, up to the limits, and why it is not all.
///
/// What is one article lies in memory several times while it is read, so less of it is unpacked than of what holds many.
fn unpack(name: &str, mut decoder: impl Read, packed: usize) -> (Vec<u8>, Option<String>) {
    let ratio = packed.saturating_mul(MAX_RATIO).max(SMALL);
    let mut bytes = Vec::new();
    let mut read = decoder.by_ref().take(HEAD as u64).read_to_end(&mut bytes);
    let many = recognise(&Input::new(name, &bytes)).is_some_and(Format::holds_many);
    let limit = ratio.min(if many { MAX_FILE } else { MAX_ARTICLE }).min(budget::left());
    if read.is_ok() {
        read = decoder.take((limit + 1).saturating_sub(bytes.len()) as u64).read_to_end(&mut bytes);
    }
    if bytes.len() > limit {
        // What goes on beyond its limit is a bomb as a rule: it costs as much as it would if it were read to its end.
        budget::charge(limit.max(MAX_FILE));
        bytes.truncate(limit);
        return (bytes, Some(tr!("only the first {size} MiB of what it unpacks to were read", size = limit >> 20)));
    }
    budget::charge(bytes.len());
    (bytes, read.err().map(|error| tr!("it is damaged and was read up to there: {error}", error)))
}

/// Reads what a packed file holds, under the name that it had before.
fn unpacked(input: &Input<'_>, bytes: &[u8], problem: Option<String>, take: &mut Take<'_>) -> Problems {
    let lower = input.name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|e| lower.ends_with(**e)).map_or(0, |e| e.len());
    let bare = input.name.get(..input.name.len() - ending).unwrap_or(input.name);
    let mut problems: Problems = problem.into_iter().collect();
    if bytes.is_empty() {
        return if problems.is_empty() { vec![tr!("nothing is in it").to_owned()] } else { problems };
    }
    // The name for messages and numbers stays that of the file; the title is made of the one without the ending.
    let inner = Input { name: bare, bytes, ..*input };
    problems.extend(each(&inner, &mut |mut article| {
        if let Some(number) = article.source.strip_prefix(bare) {
            article.source = format!("{}{number}", input.name);
        }
        take(article)
    }));
    problems
}

/// The files of a zip archive.
struct Entries<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
    input: &'a Input<'a>,
}

impl Entries<'_> {
    fn read(mut self, take: &mut Take<'_>) -> Problems {
        let mut problems = Problems::new();
        let count = self.archive.len();
        if count > MAX_FILES {
            problems.push(tr!("only the first {n} of {count} files were read", n = MAX_FILES, count));
        }
        for n in 0..count.min(MAX_FILES) {
            let Some((inner, bytes, problem)) = self.file(n) else { continue };
            let name = format!("{}/{inner}", self.input.name);
            problems.extend(problem.map(|p| format!("{inner}: {p}")));
            if bytes.is_empty() {
                continue;
            }
            let mut stopped = false;
            let found = each(&Input { name: &name, bytes: &bytes, media_type: None, ..*self.input }, &mut |article| {
                let flow = take(article);
                stopped = flow.is_break();
                flow
            });
            if stopped {
                return problems;
            }
            // Pictures and the like lie beside articles in most archives: they are no problem.
            problems.extend(found.into_iter().filter(|p| p != text(NO_TEXT)).map(|p| format!("{inner}: {p}")));
            if budget::left() == 0 {
                problems.push(tr!("the archive unpacks to too much; the rest was left out").to_owned());
                break;
            }
        }
        problems
    }

    /// Name and bytes of one file; `None` for folders and hidden files.
    fn file(&mut self, n: usize) -> Option<(String, Vec<u8>, Option<String>)> {
        let named = self.archive.name_for_index(n).and_then(Result::ok).map(std::borrow::Cow::into_owned);
        let file = match self.archive.by_index(n) {
            Ok(file) => file,
            Err(error) => return Some((named.unwrap_or_else(|| format!("file {}", n + 1)), Vec::new(), Some(closed(&error)))),
        };
        let name = file.name().map_or_else(|_| format!("file {}", n + 1), std::borrow::Cow::into_owned);
        if !file.is_file() || name.split('/').any(|part| part.starts_with('.') && !part.trim_matches('.').is_empty() || part == "__MACOSX")
        {
            return None;
        }
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let before = budget::left();
        // Small files of a large archive may unpack to as much as the archive is large.
        let (bytes, problem) = unpack(&name, file, self.input.bytes.len());
        // Files may share their bytes in the archive: what becomes nothing costs as much as it is long.
        budget::charge(packed.saturating_sub(before - budget::left()));
        Some((name, bytes, problem))
    }
}

/// Why a file of an archive cannot be opened.
fn closed(error: &zip::result::ZipError) -> String {
    match error {
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
            tr!("it is locked with a password; unpack it first").to_owned()
        }
        zip::result::ZipError::UnsupportedArchive(_) => {
            tr!("it is packed in a way that dateline does not know; unpack it first").to_owned()
        }
        other => tr!("it cannot be read: {error}", error = other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn packed_feeds_and_texts_are_read() {
        let feed = b"<rss><channel><item><title>A</title></item><item><title>B</title></item></channel></rss>";
        let (articles, problems) = read(&Input::new("f.xml.gz", &gzip(feed)));
        assert_eq!(articles.iter().map(|a| a.source.as_str()).collect::<Vec<_>>(), ["f.xml.gz#1", "f.xml.gz#2"]);
        assert!(problems.is_empty());
        let files: &[(&str, &[u8])] =
            &[("a.txt", b"The mayor spoke."), ("pic.png", b"\x89PNG\r\n"), ("../../etc/f.xml", feed), ("in.gz", &gzip(b"Inner text."))];
        let (articles, problems) = read(&Input::new("all.zip", &zip(files)));
        let sources: Vec<&str> = articles.iter().map(|a| a.source.as_str()).collect();
        assert_eq!(sources[0], "all.zip/a.txt");
        assert_eq!((sources.len(), problems.len()), (4, 0), "{sources:?} {problems:?}");
    }

    #[test]
    fn what_inner_archives_unpack_to_is_taken_from_one_budget() {
        let inner = zip(&[("a", &[0; 3 << 20]), ("b", &[0; 3 << 20])]);
        let names: Vec<String> = (0..60).map(|n| format!("{n}.zip")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), inner.as_slice())).collect();
        let (_, problems) = read(&Input::new("outer.zip", &zip(&files)));
        assert!(problems.iter().any(|p| p.contains("too much")), "{problems:?}");
    }

    #[test]
    fn bombs_do_not_go_off() {
        let bomb = gzip(&vec![b'a'; 60 << 20]);
        let (_, problems) = read(&Input::new("bomb.gz", &bomb));
        assert!(problems.iter().any(|p| p.starts_with("only the first")), "{problems:?}");
        let mut nested = b"At last.".to_vec();
        for _ in 0..10 {
            nested = gzip(&nested);
        }
        let (articles, problems) = read(&Input::new("n.gz", &nested));
        assert_eq!((articles.len(), problems.len()), (0, 1));
    }

    #[test]
    fn a_locked_file_is_told_by_its_name() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("open.txt", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(b"The mayor spoke.").unwrap();
        writer.start_file("secret.txt", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(b"Nobody heard it.").unwrap();
        let mut bytes = writer.finish().unwrap().into_inner();
        // The first bit of a file's flags says that it is encrypted; in the file's own head and in the list at the end.
        for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let at = bytes.windows(4).rposition(|w| w == mark).unwrap();
            bytes[at + flags] |= 1;
        }
        let (articles, problems) = read(&Input::new("x.zip", &bytes));
        assert_eq!(articles.iter().map(|a| a.source.as_str()).collect::<Vec<_>>(), ["x.zip/open.txt"]);
        assert_eq!(problems, ["secret.txt: it is locked with a password; unpack it first"]);
    }

    #[test]
    fn of_one_article_less_is_unpacked_than_of_what_holds_many() {
        let text = "The mayor spoke. ".repeat(MAX_ARTICLE / 17 + 1).into_bytes();
        let (bytes, problem) = unpack("x.txt", text.as_slice(), text.len());
        assert_eq!((bytes.len(), problem.as_deref()), (MAX_ARTICLE, Some("only the first 12 MiB of what it unpacks to were read")));
        let feed = [b"<rss><channel>".to_vec(), text].concat();
        assert_eq!(unpack("x.xml", feed.as_slice(), feed.len()).0.len(), feed.len());
    }

    #[test]
    fn damage_is_said() {
        let whole = gzip("One sentence of many. ".repeat(2000).as_bytes());
        let (articles, problems) = read(&Input::new("x.gz", &whole[..whole.len() / 2]));
        assert!(problems.iter().any(|p| p.contains("damaged")), "{articles:?} {problems:?}");
        assert_eq!(read(&Input::new("x.zip", b"PK\x03\x04 nothing more")).1.len(), 1);
        assert_eq!(read(&Input::new("x.zst", b"\x28\xb5\x2f\xfd\xff\xff")).1.len(), 1);
    }
}
