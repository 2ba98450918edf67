//! A named file, or standard input, as articles.

use crate::article::Article;
use crate::jobs::{fetch, reason, today};
use crate::notice::Notice;
use crate::source;
use jiff::civil::Date;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// What the command line says of all inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Given<'a> {
    /// The day of publication; goes before what an article says.
    pub(super) published: Option<Date>,
    /// The address of the page that is given.
    pub(super) url: Option<&'a str>,
}

/// The articles in the file or at the address `path`, `-` for standard input, and what could not be read of it.
pub(super) fn articles(path: &Path, given: Given<'_>) -> Result<(Vec<Article>, Vec<Notice>), Notice> {
    let shown = path.display().to_string();
    let (mut articles, problems) = if fetch::is_address(&shown) {
        from_web(&shown)?
    } else {
        let bytes = bytes(path).map_err(|e| Notice::new(shown.clone()).because(reason(&e)))?;
        source::read(&source::Input { url: given.url, today: Some(today()), ..source::Input::new(&shown, &bytes) })
    };
    for article in &mut articles {
        article.published = given.published.or(article.published);
    }
    let mut notices: Vec<Notice> = problems.into_iter().map(|p| Notice::new(shown.clone()).because(p)).collect();
    match notices.pop() {
        Some(only) if articles.is_empty() && notices.is_empty() => Err(only),
        last => {
            notices.extend(last);
            Ok((articles, notices))
        }
    }
}

/// The articles at an address.
fn from_web(url: &str) -> Result<(Vec<Article>, source::Problems), Notice> {
    let request = fetch::Request { url, given: true, ..fetch::Request::default() };
    let fetched = fetch::get(&request, &mut |_, _| ControlFlow::Continue(())).map_err(|failure| failure.notice)?;
    let bytes = fetched.bytes.unwrap_or_default();
    let input = source::Input {
        name: url,
        bytes: &bytes,
        url: Some(&fetched.url),
        media_type: fetched.media_type.as_deref(),
        today: Some(today()),
    };
    let (articles, mut problems) = source::read(&input);
    problems.splice(0..0, fetched.problems);
    Ok((articles, problems))
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
