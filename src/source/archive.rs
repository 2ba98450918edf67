//! Packed inputs: gzip, zstd and zip. What is inside goes through all formats again, within limits on size, ratio, number and nesting.
//!
//! Nothing is ever written to a disk, so names inside an archive can lead nowhere.

use super::{Format, Head, Input, MAX_BYTES, Problems, Take, budget, each};
use std::io::{Cursor, Read};

/// Bytes that one byte may become: deflate reaches 1,032, text seldom 20.
const MAX_RATIO: usize = 200;

/// Bytes that are unpacked whatever the ratio.
const SMALL: usize = 4 << 20;

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
        let (bytes, problem) = unpack(flate2::read::MultiGzDecoder::new(input.bytes), input.bytes.len());
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
        match ruzstd::decoding::StreamingDecoder::new(input.bytes) {
            Ok(decoder) => {
                let (bytes, problem) = unpack(decoder, input.bytes.len());
                unpacked(input, &bytes, problem, take)
            }
            Err(error) => vec![format!("it cannot be unpacked: {error}")],
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
            Err(error) => vec![format!("the archive cannot be read: {error}")],
        }
    }
}

/// What comes out of a decoder, up to the limits, and why it is not all.
fn unpack(decoder: impl Read, packed: usize) -> (Vec<u8>, Option<String>) {
    let limit = packed.saturating_mul(MAX_RATIO).clamp(SMALL, MAX_BYTES).min(budget::left());
    let mut bytes = Vec::new();
    let read = decoder.take(limit as u64 + 1).read_to_end(&mut bytes);
    budget::charge(bytes.len());
    if bytes.len() > limit {
        bytes.truncate(limit);
        return (bytes, Some(format!("it unpacks to more than {} MiB; the rest was left out", limit >> 20)));
    }
    (bytes, read.err().map(|error| format!("it is damaged and was read up to there: {error}")))
}

/// Reads what a packed file holds, under the name that it had before.
fn unpacked(input: &Input<'_>, bytes: &[u8], problem: Option<String>, take: &mut Take<'_>) -> Problems {
    let lower = input.name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|e| lower.ends_with(**e)).map_or(0, |e| e.len());
    let bare = input.name.get(..input.name.len() - ending).unwrap_or(input.name);
    // The name for messages and numbers stays that of the file; the title is made of the one without the ending.
    let inner = Input { name: bare, bytes, ..*input };
    let mut problems: Problems = problem.into_iter().collect();
    if bytes.is_empty() {
        return problems;
    }
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
            problems.push(format!("only the first {MAX_FILES} of {count} files were read"));
        }
        for n in 0..count.min(MAX_FILES) {
            let Some((inner, bytes, problem)) = self.file(n) else { continue };
            let name = format!("{}/{inner}", self.input.name);
            problems.extend(problem.map(|p| format!("{inner}: {p}")));
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
            problems.extend(found.into_iter().filter(|p| p != "this is no text").map(|p| format!("{inner}: {p}")));
            if budget::left() == 0 {
                problems.push("the archive unpacks to too much; the rest was left out".to_owned());
                break;
            }
        }
        problems
    }

    /// Name and bytes of one file; `None` for folders and hidden files.
    fn file(&mut self, n: usize) -> Option<(String, Vec<u8>, Option<String>)> {
        let limit = self.input.bytes.len().saturating_mul(MAX_RATIO).max(SMALL).min(budget::left());
        let file = match self.archive.by_index(n) {
            Ok(file) => file,
            Err(error) => return Some((format!("file {}", n + 1), Vec::new(), Some(error.to_string()))),
        };
        let name = file.name().map_or_else(|_| format!("file {}", n + 1), std::borrow::Cow::into_owned);
        if !file.is_file() || name.split('/').any(|part| part.starts_with('.') && !part.trim_matches('.').is_empty() || part == "__MACOSX")
        {
            return None;
        }
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let read = file.take(limit as u64 + 1).read_to_end(&mut bytes);
        let over = bytes.len() > limit;
        // Files may share their bytes in the archive: what becomes nothing costs as much as it is long. After one that is a bomb none is read.
        budget::charge(if over { usize::MAX } else { packed.max(bytes.len()) });
        bytes.truncate(limit);
        let problem = match read {
            _ if over => Some("it unpacks to too much".to_owned()),
            Err(error) => Some(format!("it is damaged: {error}")),
            Ok(_) => None,
        };
        Some((name, bytes, problem))
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
        assert!(problems.iter().any(|p| p.contains("the rest was left out")), "{problems:?}");
        let mut nested = b"At last.".to_vec();
        for _ in 0..10 {
            nested = gzip(&nested);
        }
        let (articles, problems) = read(&Input::new("n.gz", &nested));
        assert_eq!((articles.len(), problems.len()), (0, 1));
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
