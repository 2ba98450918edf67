//! A named file, or standard input, as articles.

use super::out;
use crate::article::Article;
use crate::jobs::{self, fetch, folder, today};
use crate::locale::tr;
use crate::notice::Notice;
use crate::source;
use jiff::civil::Date;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What the command line says of all inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Given<'a> {
    /// The day of publication; goes before what an article says.
    pub(super) published: Option<Date>,
    /// The address of the page that is given.
    pub(super) url: Option<&'a str>,
}

/// The files that are named, and of a folder all below it: in the order of their names, without hidden ones and those that are no text. That there is none is
/// told on standard error.
pub(super) fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    let below = |path: &PathBuf| {
        if !path.is_dir() {
            return vec![path.clone()];
        }
        let files = folder::below(path);
        if files.is_empty() {
            out::complain(&Notice::new(path.display().to_string()).because(tr!("no article was found in it")));
        }
        files
    };
    named.iter().flat_map(below).collect()
}

/// True for what may hold any number of articles, so that they must be taken one by one.
pub(super) fn holds_many(path: &Path) -> bool {
    path == Path::new("-") || path.to_str().is_some_and(fetch::is_address) || matches!(jobs::kind(path), Ok(jobs::Kind::Many))
}

/// The articles in the file or at the address `path`, `-` for standard input, and what could not be read of it.
pub(super) fn articles(path: &Path, given: Given<'_>) -> Result<(Vec<Article>, Vec<Notice>), Notice> {
    let mut articles = Vec::new();
    let problems = each(path, given, &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    })?;
    Ok((articles, problems))
}

/// Gives the articles of `path` to `take` as they are read, until it breaks; returns what could not be read of it. An error where that is all.
pub(super) fn each(path: &Path, given: Given<'_>, take: &mut source::Take<'_>) -> Result<Vec<Notice>, Notice> {
    let shown = path.display().to_string();
    let mut count = 0;
    let mut take = |mut article: Article| {
        count += 1;
        article.published = given.published.or(article.published);
        take(article)
    };
    let problems = if fetch::is_address(&shown) {
        from_web(&shown, &mut take)?
    } else {
        let bytes = bytes(path).map_err(|e| Notice::new(shown.clone()).because(jobs::missing(path, &e)))?;
        source::each(&source::Input { url: given.url, today: Some(today()), ..source::Input::new(&shown, &bytes) }, &mut take)
    };
    let mut notices: Vec<Notice> = problems.into_iter().map(|p| Notice::new(shown.clone()).because(p)).collect();
    match notices.pop() {
        Some(only) if count == 0 && notices.is_empty() => Err(only),
        last => {
            notices.extend(last);
            Ok(notices)
        }
    }
}

/// The articles at an address.
fn from_web(url: &str, take: &mut source::Take<'_>) -> Result<source::Problems, Notice> {
    let request = fetch::Request { url, given: true, ..fetch::Request::default() };
    let fetched = fetch::get(&request, &mut |_, _| ControlFlow::Continue(())).map_err(|failure| failure.notice)?;
    let mut problems = source::each(&fetched.input(url), take);
    problems.splice(0..0, fetched.problems);
    Ok(problems)
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
