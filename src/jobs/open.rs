//! Reading and analysing one article.

use super::homes::Sources;
use super::{Reporter, guarded};
use crate::analysis::{self, Known};
use crate::app::{Effect, Origin, Report, Ticket, Wanted};
use crate::article::{Analysed, Annotations, Article, Correction, PlaceCorrection};
use crate::locale::tr;
use crate::source;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Texts longer than this, in bytes, are shown before they are analysed.
const SHOW_FIRST: usize = 128 << 10;

/// Reads and analyses the article that an effect is about, and reports it.
pub(super) fn run(effect: Effect, sources: &Sources, reporter: &Reporter) {
    match effect {
        Effect::Open { ticket, wanted } => {
            let document = guarded(|| read(&wanted).map(|article| analyse(article, ticket, &wanted, sources, reporter)));
            reporter.tell(Report::Opened { ticket, id: wanted.id, document });
        }
        Effect::Reanalyse { ticket, id, document, published, corrections, places } => {
            let article = Article { published, ..document.article.clone() };
            let document = guarded(|| Ok(Arc::new(annotate(article, &corrections, &places, sources))));
            reporter.tell(Report::Opened { ticket, id, document });
        }
        _ => {}
    }
}

/// Analyses an article; a long text is reported before it is analysed.
fn analyse(article: Article, ticket: Ticket, wanted: &Wanted, sources: &Sources, reporter: &Reporter) -> Arc<Analysed> {
    if article.text.len() > SHOW_FIRST {
        let bare = Analysed { article: article.clone(), found: Annotations::default() };
        reporter.tell(Report::Text { ticket, id: wanted.id, document: Arc::new(bare) });
    }
    Arc::new(annotate(article, &wanted.corrections, &wanted.places, sources))
}

/// What is found in an article, with all that is known besides it.
pub(super) fn annotate(article: Article, names: &[Correction], places: &[PlaceCorrection], sources: &Sources) -> Analysed {
    let home = sources.home(article.site.as_deref());
    analysis::analyse_knowing(article, Known { home: home.as_deref(), places, names })
}

/// The article that is wanted, not analysed.
///
/// # Errors
/// Why it cannot be read, in words for a reader.
pub fn read(wanted: &Wanted) -> Result<Article, String> {
    let origin = &wanted.origin;
    let mut article = match origin {
        Origin::Memory { name, bytes } => article(name, bytes),
        Origin::File(path) => article(&path.display().to_string(), &file(path)?),
        Origin::Held(article) => Ok((**article).clone()),
        Origin::Stored(_) => Err(tr!("it is in the library").to_owned()),
        Origin::Web(_) | Origin::Stream(_) | Origin::Standard => article(&origin.name(), &slurp(origin)?),
    }?;
    article.published = wanted.given.over(article.published);
    Ok(article)
}

fn article(name: &str, bytes: &[u8]) -> Result<Article, String> {
    let input = source::Input { today: Some(today()), ..source::Input::new(name, bytes) };
    if source::recognise(&input).is_none() { Err(tr!("this is no text").to_owned()) } else { Ok(source::read_nth(&input, 0)) }
}

/// The day that it is, in UTC.
#[must_use]
pub fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

pub(super) fn file(path: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path).map_err(|e| reason(&e))?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(source::MAX_BYTES) + 1);
    read_some(File::open(path).map_err(|e| reason(&e))?, &mut bytes)?;
    Ok(bytes)
}

/// What comes out of a stream: bytes that are one article, or articles that lay in one stream.
///
/// # Errors
/// Why it cannot be read, in words for a reader.
pub(super) fn unfold(origin: &Origin) -> Result<Vec<Origin>, String> {
    let (name, bytes) = (origin.name(), slurp(origin)?);
    let input = source::Input { today: Some(today()), ..source::Input::new(&name, &bytes) };
    if source::recognise(&input).is_some_and(source::Format::holds_many) {
        articles(&input)
    } else {
        Ok(vec![Origin::Memory { name, bytes: bytes.into() }])
    }
}

/// All articles of an input, held in memory.
///
/// # Errors
/// Why there is none.
pub(super) fn articles(input: &source::Input<'_>) -> Result<Vec<Origin>, String> {
    let (articles, problems) = source::read(input);
    match problems.into_iter().next() {
        Some(problem) if articles.is_empty() => Err(problem),
        _ => Ok(articles.into_iter().map(|article| Origin::Held(Arc::new(article))).collect()),
    }
}

/// Everything that comes out of a stream before it ends.
pub(super) fn slurp(origin: &Origin) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match origin {
        Origin::Standard => read_some(io::stdin().lock(), &mut bytes)?,
        Origin::File(path) | Origin::Stream(path) => read_some(File::open(path).map_err(|e| reason(&e))?, &mut bytes)?,
        Origin::Memory { bytes: kept, .. } => bytes.extend_from_slice(kept),
        Origin::Web(_) => return Err(tr!("it has to be fetched first").to_owned()),
        Origin::Held(_) | Origin::Stored(_) => {}
    }
    Ok(bytes)
}

/// Reads one byte more than an article may have, so that the format can tell that something was left out.
fn read_some(from: impl Read, bytes: &mut Vec<u8>) -> Result<(), String> {
    from.take(source::MAX_BYTES as u64 + 1).read_to_end(bytes).map(drop).map_err(|e| reason(&e))
}

/// Why what the reader named cannot be read: it may be an address of a kind that is not fetched.
#[must_use]
pub fn missing(path: &Path, error: &io::Error) -> String {
    let scheme = path.to_str().and_then(|name| name.split_once(':')).map(|(scheme, _)| scheme);
    let is_scheme = |s: &&str| {
        s.len() > 1
            && s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    match scheme.filter(is_scheme).filter(|_| error.kind() == io::ErrorKind::NotFound) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file") => {
            tr!("there is no such file; name files by their path, without file:").to_owned()
        }
        Some(scheme) => tr!("there is no such file, and {scheme}: is not fetched; addresses begin with https:// or http://", scheme),
        None => reason(error),
    }
}

/// Why a file cannot be read, in words without the system's numbers.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => tr!("the file is not there").to_owned(),
        io::ErrorKind::PermissionDenied => tr!("no permission to read it").to_owned(),
        io::ErrorKind::IsADirectory => tr!("this is a folder; give its files").to_owned(),
        io::ErrorKind::NotADirectory => tr!("a part of its path is no folder").to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or(&words).to_lowercase()
        }
    }
}
