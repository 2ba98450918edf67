//! An article as a document for elsewhere: plain text, Markdown, a page, and how it is cited.

mod cite;
mod escape;
mod template;
mod whole;

pub use cite::{bibtex, citation, quotation};
pub use escape::escaped;
pub use template::{Values, encoded};
pub use whole::{file_name, html, markdown, plain, safe_name};

use crate::article::Article;

/// The day of publication in words, as in "21 January 2019"; none where it is not known.
fn day(article: &Article) -> Option<String> {
    article.published.map(|d| d.strftime("%-d %B %Y").to_string())
}
