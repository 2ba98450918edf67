//! A named file, or standard input, as an article.

use crate::article::Article;
use crate::jobs::reason;
use crate::notice::Notice;
use crate::source;
use jiff::civil::Date;
use std::io::{self, Read};
use std::path::Path;

/// The article in the file at `path`, `-` for standard input. `published` goes before what the article says.
pub(super) fn article(path: &Path, published: Option<Date>) -> Result<Article, Notice> {
    let shown = path.display().to_string();
    let bytes = bytes(path).map_err(|e| Notice::new(shown.clone()).because(reason(&e)))?;
    if source::is_binary(&bytes) {
        return Err(Notice::new(shown).because("this is no text"));
    }
    let mut article = source::read_one(&source::Input { source: &shown, bytes: &bytes });
    article.published = published.or(article.published);
    Ok(article)
}

/// What is in the file, up to one byte more than is read: so it shows that something was left out.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let limit = source::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
