//! What all formats have in common: an input, its articles one after the other, what could not be read; and the table of formats.

use super::{agency, archive, budget, decode, epub, feed, html, mail, markdown, ninjs, opml, plain, resolve, warc};
use crate::article::Article;
use crate::locale::{self, tr, tr_later};
use crate::text::{clean_line, fnv, is_harmful};
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The largest input that is read, in bytes; what lies beyond is left out and said so.
pub const MAX_BYTES: usize = 256 << 20;

/// Articles of one input that are read, those of all archives in it together.
const MAX_ARTICLES: usize = 200_000;

/// Bytes that the articles of one input may take together, as often as it is long: a few words can name a long address again and again.
const MAX_HELD: usize = 3;

/// Bytes that they may take whatever its length, and the most for any.
const HELD: (usize, usize) = (96 << 20, 512 << 20);

/// What is said of pictures, programs and the like.
pub(super) const NO_TEXT: &str = tr_later!("this is no text");

/// What is said of a PDF: `docs/sources.md` has why none is read.
const PDF: &str = tr_later!("PDF is not read, because its text has no order; save it as text first (pdftotext FILE.pdf - | dateline)");

/// Bytes at the beginning of an input by which its format is told.
pub const HEAD: usize = 8 << 10;

/// One input as it came in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// Where it came from: a path or an address as given, `-` for standard input.
    pub name: &'a str,
    /// Its bytes; one more than [`MAX_BYTES`] is enough to tell that something was left out.
    pub bytes: &'a [u8],
    /// Its address on the web, where that is known: what relative links in it count from.
    pub url: Option<&'a str>,
    /// The media type that a server or a mail declared, with its parameters: `text/html; charset=iso-8859-1`. Content goes before it.
    pub media_type: Option<&'a str>,
    /// The day on which it is read, where that is known: what states a later one is not believed.
    pub today: Option<Date>,
}

impl<'a> Input<'a> {
    /// Bytes of which nothing is known but their name.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, ..Self::default() }
    }

    /// True for a day that is yet to come; some of it has come already elsewhere on Earth.
    #[must_use]
    pub fn is_future(&self, day: Date) -> bool {
        self.today.and_then(|today| today.tomorrow().ok()).is_some_and(|tomorrow| day > tomorrow)
    }

    /// The character encoding that [`Input::media_type`] declares.
    #[must_use]
    pub fn charset(&self) -> Option<&'a str> {
        let (_, parameters) = self.media_type?.split_once(';')?;
        let named = |p: &'a str| p.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        parameters.split(';').find_map(named).map(|(_, value)| value.trim().trim_matches(['"', '\'']))
    }
}

/// The beginning of an input, by which formats recognise theirs.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The input; of its bytes at most [`HEAD`].
    pub input: Input<'a>,
    /// The same as text, from the first character that is no white space; empty where it is no text.
    pub text: &'a str,
}

/// Takes articles as they are read; breaks where no more are wanted.
pub type Take<'t> = dyn FnMut(Article) -> ControlFlow<()> + 't;

/// What could not be read of an input, in words for a reader. What is wrong with one article stands in [`Article::problems`].
pub type Problems = Vec<String>;

/// A kind of input that articles can be read from.
pub trait Format: Sync {
    /// Its name in [`Article::format`] and in messages.
    fn name(&self) -> &'static str;

    /// True where an input that begins like this is of this format. Content decides; a name or declared type only where content cannot.
    fn sniff(&self, head: &Head<'_>) -> bool;

    /// True where an input can hold several articles: their sources are then numbered, `feed.xml#1`.
    fn holds_many(&self) -> bool {
        false
    }

    /// Gives the articles in `input` to `take`, in their order, until it breaks. Never fails: what cannot be read is among the problems.
    ///
    /// [`Article::id`], and [`Article::source`] where it is left empty, are filled in by [`each`]. Formats that hold others (archives, packed
    /// files, mail) hand them to [`each`] and pass on its problems.
    fn read(&self, input: &Input<'_>, take: &mut Take<'_>) -> Problems;
}

/// All formats, the most particular first; the first that recognises an input reads it. Plain text takes all text that is left.
pub const FORMATS: &[&dyn Format] = &[
    &archive::Gzip,
    &archive::Zstd,
    &epub::Epub,
    &archive::Zip,
    &warc::Warc,
    &feed::Feed,
    &opml::Opml,
    &agency::Nitf,
    &agency::NewsMl,
    &feed::JsonFeed,
    &ninjs::Ninjs,
    &mail::Mbox,
    &mail::Mail,
    &html::Html,
    &markdown::Markdown,
    &plain::PlainText,
];

/// The format of an input, by its first [`HEAD`] bytes; `None` for what no format reads, such as pictures.
#[must_use]
pub fn recognise(input: &Input<'_>) -> Option<&'static dyn Format> {
    let bytes = input.bytes.get(..HEAD).unwrap_or(input.bytes);
    let text = if decode::is_binary(bytes) { "".into() } else { decode::decode(bytes, input.charset()).0 };
    let head = Head { input: Input { bytes, ..*input }, text: text.trim_start() };
    FORMATS.iter().copied().find(|f| f.sniff(&head))
}

/// Gives all articles of one input to `take`, as they are read, until it breaks; returns what could not be read.
///
/// A fault of the program in a format's code ends this input, not the program.
pub fn each(input: &Input<'_>, take: &mut Take<'_>) -> Problems {
    budget::nested(|| read_one(input, take))
        .unwrap_or_else(|| vec![tr!("{name}: archives inside of too many others are not read", name = input.name)])
}

fn read_one(input: &Input<'_>, take: &mut Take<'_>) -> Problems {
    // An address may come out of the input around this one, and hold anything.
    let url = input.url.and_then(|url| resolve(None, url));
    let kept = Input { bytes: input.bytes.get(..MAX_BYTES).unwrap_or(input.bytes), url: url.as_deref(), ..*input };
    let Some(format) = recognise(&kept) else {
        return vec![locale::text(if kept.bytes.starts_with(b"%PDF-") { PDF } else { NO_TEXT }).to_owned()];
    };
    let mut problems = read_as(format, &kept, take);
    if kept.bytes.len() < input.bytes.len() {
        problems.push(tr!("only the first {size} MiB were read", size = MAX_BYTES >> 20));
    }
    problems
}

/// Reads an input as `format` says; a fault in its code costs what is left of this input.
fn read_as(format: &dyn Format, input: &Input<'_>, take: &mut Take<'_>) -> Problems {
    let (mut count, mut held, mut full) = (0, 0, false);
    let most = input.bytes.len().saturating_mul(MAX_HELD).clamp(HELD.0, HELD.1);
    let mut number = |mut article: Article| {
        held += size(&article);
        if count == MAX_ARTICLES || held > most {
            full = true;
            return ControlFlow::Break(());
        }
        count += 1;
        if let Some(date) = article.published.take_if(|date| input.is_future(*date)) {
            article.problems.push(tr!("it says that it was published on {date}, which is yet to come", date));
        }
        if article.source.is_empty() {
            article.source = if format.holds_many() { format!("{}#{count}", input.name) } else { input.name.to_owned() };
        }
        shown_on_one_line(&mut article);
        article.id = id(&article.title, &article.text);
        take(article)
    };
    let read = catch_unwind(AssertUnwindSafe(|| format.read(input, &mut number)));
    let fault = |_| vec![tr!("dateline stumbled over this {name} input; please report it", name = format.name())];
    let mut problems = read.unwrap_or_else(fault);
    if full {
        problems.push(tr!("it holds too much; only the first {count} articles were read", count));
    }
    if count == 0 && problems.is_empty() {
        problems.push(tr!("no article was found in it").to_owned());
    }
    problems
}

/// Formats clean what they read. What is shown on one line passes here once more, because one that forgot would command every list.
fn shown_on_one_line(article: &mut Article) {
    let named = [&mut article.byline, &mut article.site, &mut article.url].into_iter().flatten();
    for line in std::iter::once(&mut article.title).chain(named).chain(&mut article.problems) {
        if line.chars().any(is_harmful) {
            *line = clean_line(line);
        }
    }
}

/// About how many bytes an article takes.
fn size(article: &Article) -> usize {
    let named = [&article.byline, &article.site, &article.url].into_iter().flatten().map(String::len).sum::<usize>();
    let links = article.links.iter().map(|link| link.url.len() + size_of_val(link)).sum::<usize>();
    size_of::<Article>() + article.title.len() + article.text.len() + size_of_val(article.blocks.as_slice()) + named + links
}

/// All articles of one input, and what could not be read of it.
#[must_use]
pub fn read(input: &Input<'_>) -> (Vec<Article>, Problems) {
    let mut articles = Vec::new();
    let problems = each(input, &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    });
    (articles, problems)
}

/// One article of an input, counted from 0, with the problems of the input so far among its own; an empty one that says so where there is none.
#[must_use]
pub fn read_nth(input: &Input<'_>, n: usize) -> Article {
    let (mut found, mut left) = (None, n);
    let problems = each(input, &mut |article| {
        if left == 0 {
            found = Some(article);
            return ControlFlow::Break(());
        }
        left -= 1;
        ControlFlow::Continue(())
    });
    let missing =
        || Article { source: input.name.to_owned(), problems: vec![tr!("it has no article {n}", n = n + 1)], ..Article::default() };
    let mut article = found.unwrap_or_else(missing);
    article.problems.extend(problems);
    article
}

/// FNV-1a over title and text: the same article has the same number in every run and on every machine.
fn id(title: &str, text: &str) -> u64 {
    fnv(title.bytes().chain(std::iter::once(0)).chain(text.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_charset_is_found_among_the_parameters() {
        let charset = |media_type| Input { media_type: Some(media_type), ..Input::default() }.charset();
        assert_eq!(charset("text/html; boundary=x; Charset=\"ISO-8859-1\""), Some("ISO-8859-1"));
        assert_eq!(charset("text/html;charset=utf-8"), Some("utf-8"));
        assert_eq!(charset("text/html"), None);
    }

    #[test]
    fn addresses_that_come_with_an_input_are_addresses() {
        let url = |url| read_nth(&Input { url: Some(url), ..Input::new("a.txt", b"It sailed.") }, 0).url;
        assert_eq!(url("http://a.ex\u{1b}am\0ple/b\r").as_deref(), Some("http://a.example/b"));
        assert_eq!(url("file:///etc/passwd"), None);
    }

    #[test]
    fn what_no_format_reads_is_said() {
        let (articles, problems) = read(&Input::new("a.png", b"\x89PNG\r\n\x1a\n"));
        assert_eq!((articles.len(), problems), (0, vec!["this is no text".to_owned()]));
        let (articles, problems) = read(&Input::new("a.pdf", b"%PDF-1.7\n1 0 obj"));
        assert!(articles.is_empty() && problems.len() == 1 && problems[0].contains("pdftotext"), "{problems:?}");
        assert_eq!(read_nth(&Input::new("a.txt", b"One article."), 1).problems, ["it has no article 2"]);
    }

    #[test]
    fn days_that_are_yet_to_come_are_not_believed() {
        let feed = b"<rss><channel><item><title>A</title><pubDate>1 Jan 2999 10:00:00 GMT</pubDate></item></channel></rss>";
        let input = Input { today: Some(jiff::civil::date(2026, 1, 1)), ..Input::new("f.xml", feed) };
        let article = read_nth(&input, 0);
        assert_eq!((article.published, article.problems.len()), (None, 1), "{:?}", article.problems);
        assert!(read_nth(&Input::new("f.xml", feed), 0).published.is_some());
    }

    /// A format whose code has a fault.
    struct Faulty;

    impl Format for Faulty {
        fn name(&self) -> &'static str {
            "faulty"
        }

        fn sniff(&self, _: &Head<'_>) -> bool {
            true
        }

        fn read(&self, _: &Input<'_>, take: &mut Take<'_>) -> Problems {
            let _ = take(Article { title: "Before".to_owned(), ..Article::default() });
            unreachable!("a fault")
        }
    }

    #[test]
    fn a_fault_in_a_format_costs_what_is_left_of_its_input() {
        let mut titles = Vec::new();
        let problems = read_as(&Faulty, &Input::new("x", b"x"), &mut |article| {
            titles.push(article.title);
            ControlFlow::Continue(())
        });
        assert_eq!(
            (titles, problems),
            (vec!["Before".to_owned()], vec!["dateline stumbled over this faulty input; please report it".to_owned()])
        );
    }

    #[test]
    fn articles_without_end_end() {
        let feed = format!("<rss><channel>{}", "<item/>".repeat(MAX_ARTICLES + 2));
        let mut count = 0;
        let problems = each(&Input::new("f.xml", feed.as_bytes()), &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        });
        assert_eq!((count, problems), (MAX_ARTICLES, vec!["it holds too much; only the first 200000 articles were read".to_owned()]));
    }

    #[test]
    fn names_of_formats_are_unique() {
        let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
    }
}
