//! Reading and analysing one article.

use super::{Reporter, guarded};
use crate::analysis;
use crate::app::{Origin, Report, Summary, SummaryEntity, Ticket, Wanted};
use crate::article::{Analysed, Annotations, Article, MentionForm};
use crate::source;
use crate::text::titled;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Texts longer than this, in bytes, are shown before they are analysed.
const SHOW_FIRST: usize = 128 << 10;

/// An article to read for the screen.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) ticket: Ticket,
    pub(super) wanted: Wanted,
}

/// Reads and analyses the article, and reports it.
pub(super) fn run(request: Request, reporter: &Reporter) {
    let Request { ticket, wanted } = request;
    let id = wanted.id;
    let document = guarded(|| {
        let article = read(&wanted)?;
        if article.text.len() > SHOW_FIRST {
            let bare = Analysed { article: article.clone(), found: Annotations::default() };
            reporter.tell(Report::Text { ticket, id, document: Arc::new(bare) });
        }
        Ok(Arc::new(analysis::analyse(article)))
    });
    reporter.tell(Report::Opened { ticket, id, document });
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
        Origin::Stream(_) | Origin::Standard => article(&origin.name(), &slurp(origin)?),
    }?;
    article.published = wanted.published.or(article.published);
    Ok(article)
}

fn article(name: &str, bytes: &[u8]) -> Result<Article, String> {
    if source::is_binary(bytes) { Err("this is no text".to_owned()) } else { Ok(source::read_one(&source::Input { source: name, bytes })) }
}

fn file(path: &Path) -> Result<Vec<u8>, String> {
    let size = std::fs::metadata(path).map_err(|e| reason(&e))?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).min(source::MAX_BYTES) + 1);
    read_some(File::open(path).map_err(|e| reason(&e))?, &mut bytes)?;
    Ok(bytes)
}

/// Everything that comes out of a stream before it ends.
pub(super) fn slurp(origin: &Origin) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match origin {
        Origin::Standard => read_some(io::stdin().lock(), &mut bytes)?,
        Origin::File(path) | Origin::Stream(path) => read_some(File::open(path).map_err(|e| reason(&e))?, &mut bytes)?,
        Origin::Memory { bytes: kept, .. } => bytes.extend_from_slice(kept),
    }
    Ok(bytes)
}

/// Reads one byte more than an article may have, so that the format can tell that something was left out.
fn read_some(from: impl Read, bytes: &mut Vec<u8>) -> Result<(), String> {
    from.take(source::MAX_BYTES as u64 + 1).read_to_end(bytes).map(drop).map_err(|e| reason(&e))
}

/// Why a file cannot be read, in words without the system's numbers.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the file is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// What the library keeps of an analysed article.
#[must_use]
pub fn summary(analysed: &Analysed) -> Summary {
    let Analysed { article, found } = analysed;
    let mut entities: Vec<SummaryEntity> =
        found.entities.iter().map(|e| SummaryEntity { kind: e.kind, name: e.name.clone(), count: 0 }).collect();
    for mention in found.mentions.iter().filter(|m| m.form == MentionForm::Name) {
        if let Some(entity) = entities.get_mut(mention.entity.0 as usize) {
            entity.count += 1;
        }
    }
    entities.retain(|e| e.count > 0);
    Summary {
        title: article.title.clone(),
        published: article.published,
        place: article.dateline.as_ref().map(|d| titled(d.place.of(&article.text))),
        entities,
    }
}
