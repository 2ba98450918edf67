//! Books in EPUB 2 and 3: each chapter of the reading order is an article. The container is a zip archive; what is in it is XML and XHTML.

use super::html::{Dom, lay, whole, xml};
use super::{Format, Head, Input, Problems, Take, budget, dateline, decode, ends_sentence, link, title_from_path};
use crate::article::{Article, BlockKind};
use crate::locale::tr;
use crate::text::clean_line;
use jiff::civil::Date;
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Bytes of one chapter that are read.
const MAX_CHAPTER: u64 = 16 << 20;

/// Chapters that are read.
const MAX_CHAPTERS: usize = 10_000;

/// A chapter with less text, in bytes, and without a sentence is a cover, a half title or the like.
const MIN_CHAPTER: usize = 150;

/// The format of books.
#[derive(Debug)]
pub(super) struct Epub;

impl Format for Epub {
    fn name(&self) -> &'static str {
        "epub"
    }

    fn sniff(&self, head: &Head<'_>) -> bool {
        files(head.input.bytes).enumerate().any(|(n, name)| n == 0 && name == b"mimetype" || name == b"META-INF/container.xml")
    }

    fn holds_many(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        match zip::ZipArchive::new(Cursor::new(input.bytes)) {
            Ok(archive) => Book { archive }.read(input, take),
            Err(error) => vec![tr!("the book cannot be opened: {error}", error)],
        }
    }
}

/// The names of the files at the beginning of a zip archive, as far as their heads say how long they are. An archive may hold books, so names inside of
/// its files do not count.
fn files(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let (head, after) = rest.take().filter(|bytes| bytes.starts_with(b"PK\x03\x04"))?.split_at_checked(30)?;
        let number = |at: usize, len: usize| head.get(at..at + len).map(|n| n.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte)));
        let (flags, packed, name, extra) = (number(6, 2)?, number(18, 4)?, number(26, 2)?, number(28, 2)?);
        // The third bit says that the length stands behind the file.
        rest = if flags & 8 == 0 { after.get(name + extra + packed..) } else { None };
        after.get(..name)
    })
}

/// What a book says of itself.
struct Package {
    title: String,
    creator: Option<String>,
    language: Option<String>,
    published: Option<Date>,
    /// Names of the chapters' files, in reading order.
    chapters: Vec<String>,
}

struct Book<'a> {
    archive: zip::ZipArchive<Cursor<&'a [u8]>>,
}

impl Book<'_> {
    fn read(mut self, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
        let Some(package) = self.package(input) else { return vec![tr!("the book has no readable list of its chapters").to_owned()] };
        let mut problems = Problems::new();
        let (mut given, mut short) = (false, None);
        for name in package.chapters.iter().take(MAX_CHAPTERS) {
            let Some(text) = self.file(name) else {
                problems.push(tr!("the chapter {name} cannot be read", name = clean_line(name)));
                continue;
            };
            let article = chapter(&package, name, &text);
            if is_cover(&article) {
                short = short.or(Some(article).filter(|a| !a.text.is_empty()));
                continue;
            }
            given = true;
            if take(article).is_break() {
                return problems;
            }
        }
        // A book of nothing but a title page is that page.
        if let Some(article) = short.filter(|_| !given) {
            let _ = take(article);
        }
        problems
    }

    /// The text of a file in the archive.
    fn file(&mut self, name: &str) -> Option<String> {
        let limit = MAX_CHAPTER.min(budget::left() as u64);
        let mut bytes = Vec::new();
        let file = self.archive.by_name(name).ok()?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let read = file.take(limit).read_to_end(&mut bytes);
        budget::charge(packed.max(bytes.len()));
        read.ok()?;
        Some(decode::decode(&bytes, None).0.into_owned())
    }

    fn package(&mut self, input: &Input<'_>) -> Option<Package> {
        let container = xml(&self.file("META-INF/container.xml")?);
        let path = container.all(Dom::ROOT, "rootfile").find_map(|id| container.attr(id, "full-path"))?.to_owned();
        let opf = self.file(&path)?;
        // Some packages write all their names with a prefix.
        let dom = xml(&opf.replace("<opf:", "<").replace("</opf:", "</"));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stated = |name: &str| dom.all(Dom::ROOT, name).map(|id| clean_line(&dom.words(id, 300))).find(|w| !w.is_empty());
        // Of two items with one name the first counts.
        let mut items = HashMap::new();
        for id in dom.all(Dom::ROOT, "item") {
            items.entry(dom.attr(id, "id")).or_insert(id);
        }
        let file = |idref: &str| {
            let item = *items.get(&Some(idref))?;
            let is_contents = dom.attr(item, "properties").is_some_and(|p| p.split_whitespace().any(|w| w == "nav"));
            let is_text = dom.attr(item, "media-type").is_some_and(|t| t.contains("html"));
            (is_text && !is_contents).then(|| join(folder, dom.attr(item, "href")?)).flatten()
        };
        let chapters = dom.all(Dom::ROOT, "itemref").take(MAX_CHAPTERS).filter_map(|id| file(dom.attr(id, "idref")?)).collect();
        let day = stated("dc:date").and_then(|d| d.get(..10).and_then(|d| d.parse().ok()));
        Some(Package {
            title: stated("dc:title").unwrap_or_else(|| title_from_path(input.name)),
            creator: stated("dc:creator"),
            language: stated("dc:language").and_then(|l| l.split(['-', '_']).next().map(str::to_lowercase)).filter(|l| l.len() == 2),
            published: day,
            chapters,
        })
    }
}

/// The name of a file that the package names relative to itself.
fn join(folder: &str, href: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in href.split(['#', '?']).next()?.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    Some(link::unquoted(&parts.join("/")))
}

fn is_cover(chapter: &Article) -> bool {
    let sentence = |b: &crate::article::Block| b.kind == BlockKind::Paragraph && ends_sentence(b.span.of(&chapter.text));
    chapter.text.len() < MIN_CHAPTER && !chapter.blocks.iter().any(sentence)
}

fn chapter(package: &Package, name: &str, text: &str) -> Article {
    let (mut blocks, named) = whole(text);
    // Pictures are named from the chapter's own folder, and kept from the root of the book.
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    for shot in blocks.iter_mut().flat_map(|b| &mut b.pictures).filter(|s| !s.src.contains(':')) {
        shot.src = join(folder, &shot.src).unwrap_or_default();
    }
    let heading = blocks.iter().take(3).find(|b| b.kind == BlockKind::Heading).map(|b| clean_line(&b.text));
    let first = blocks.first().is_some_and(|b| b.kind == BlockKind::Heading);
    let mut article = Article {
        format: Epub.name(),
        title_in_text: first && heading.is_some(),
        title: heading.or(named).unwrap_or_else(|| package.title.clone()),
        byline: package.creator.clone(),
        site: Some(package.title.clone()),
        language: package.language.clone(),
        published: package.published,
        ..Article::default()
    };
    lay(&mut article, blocks, None);
    dateline::mark(&mut article);
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PicturePlace;
    use crate::source::{read, recognise};
    use std::io::Write;

    fn book(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const CONTAINER: &str =
        "<?xml version='1.0'?><container><rootfiles><rootfile full-path='OEBPS/book.opf' media-type='x'/></rootfiles></container>";
    const OPF: &str = "<?xml version='1.0'?><opf:package xmlns:dc='d'><opf:metadata><dc:title>Winter Tales</dc:title><dc:creator>Ann Lee</dc:creator>\
        <dc:language>en-GB</dc:language><dc:date>2020-03-01T00:00:00Z</dc:date></opf:metadata><opf:manifest>\
        <opf:item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/><opf:item id='a' href='text/a%20b.xhtml' media-type='application/xhtml+xml'/>\
        <opf:item id='b' href='../b.xhtml' media-type='application/xhtml+xml'/><opf:item id='gone' href='gone.xhtml' media-type='application/xhtml+xml'/></opf:manifest>\
        <opf:spine><opf:itemref idref='nav'/><opf:itemref idref='b'/><opf:itemref idref='a'/><opf:itemref idref='gone'/></opf:spine></opf:package>";

    fn page(title: &str) -> String {
        let body = "It snowed for three days, and on the fourth the village could be reached only by those who knew where the road lay. "
            .repeat(3);
        format!(
            "<html><head><title/><script src='x'/></head><body><h1>{title}</h1><img src='../pics/a.png' alt='Snow'/><p>{body}</p></body></html>"
        )
    }

    #[test]
    fn chapters_are_articles_in_reading_order() {
        let (one, two) = (page("One"), page("Two"));
        let files = [
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", OPF),
            ("OEBPS/nav.xhtml", &one),
            ("OEBPS/text/a b.xhtml", &two),
            ("b.xhtml", &one),
        ];
        let (articles, problems) = read(&Input::new("tales.epub", &book(&files)));
        let shown: Vec<(&str, &str, &str)> = articles.iter().map(|a| (a.source.as_str(), a.title.as_str(), a.format)).collect();
        assert_eq!(shown, [("tales.epub#1", "One", "epub"), ("tales.epub#2", "Two", "epub")]);
        let first = &articles[0];
        assert_eq!(
            (first.byline.as_deref(), first.site.as_deref(), first.language.as_deref()),
            (Some("Ann Lee"), Some("Winter Tales"), Some("en"))
        );
        assert_eq!(first.published, Some(jiff::civil::date(2020, 3, 1)));
        assert!(first.title_in_text && first.text.contains("It snowed"));
        let pictures: Vec<_> = articles.iter().flat_map(|a| &a.pictures).map(|p| (&p.place, p.alt.as_str(), p.at)).collect();
        let beside = |path: &str| PicturePlace::Beside(path.to_owned());
        assert_eq!(pictures, [(&beside("pics/a.png"), "Snow", 4), (&beside("OEBPS/pics/a.png"), "Snow", 4)]);
        assert_eq!(problems, ["the chapter OEBPS/gone.xhtml cannot be read"]);
    }

    #[test]
    fn short_chapters_are_kept_and_covers_are_not() {
        let page = |body: &str| format!("<html><body>{body}</body></html>");
        let (cover, short) = (page("<h1>Winter Tales</h1><p>Ann Lee</p>"), page("<h1>One</h1><p>It snowed.</p>"));
        let texts = |second: &str| {
            let files = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("OEBPS/book.opf", OPF)];
            let bytes = book(&[files.as_slice(), &[("b.xhtml", &cover), ("OEBPS/text/a b.xhtml", second)]].concat());
            read(&Input::new("tales.epub", &bytes)).0.into_iter().map(|a| a.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(&short), ["One\nIt snowed."]);
        assert_eq!(texts("<html><body></body></html>"), ["Winter Tales\nAnn Lee"]);
    }

    #[test]
    fn an_archive_with_a_book_in_it_is_no_book() {
        let format = |bytes: &[u8]| recognise(&Input::new("x", bytes)).map(Format::name);
        let tales = book(&[("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER)]);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in [("a.txt", b"The mayor spoke.".as_slice()), ("tales.epub", &tales)] {
            zip.start_file(name, stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        assert_eq!((format(&tales), format(&zip.finish().unwrap().into_inner())), (Some("epub"), Some("zip")));
        assert_eq!(format(&book(&[("OEBPS/a.xhtml", "x"), ("META-INF/container.xml", CONTAINER)])), Some("epub"));
        assert_eq!(format(&book(&[("a/META-INF/container.xml", "x")])), Some("zip"));
    }

    #[test]
    fn what_is_no_book_says_so() {
        let bytes = book(&[("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER)]);
        let (articles, problems) = read(&Input::new("x.epub", &bytes));
        assert_eq!((articles.len(), problems), (0, vec!["the book has no readable list of its chapters".to_owned()]));
        let cut = bytes.get(..bytes.len() / 2).unwrap();
        assert_eq!(read(&Input::new("x.epub", cut)).1.len(), 1);
    }
}
