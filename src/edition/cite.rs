//! How an article is cited, and words of it with their source.

use super::day;
use crate::article::Article;
use crate::text::{Span, clean_line, fold};
use std::fmt::Write;

/// The article as a source in Markdown: its title as a link, who wrote it, where and when it appeared.
#[must_use]
pub fn citation(article: &Article) -> String {
    let title = super::escaped(&clean_line(&article.title));
    let title = match &article.url {
        Some(url) => format!("[{title}]({})", url.replace('(', "%28").replace(')', "%29")),
        None => format!("“{title}”"),
    };
    let site = article.site.as_ref().map(|s| format!("*{}*", super::escaped(s)));
    let parts = [article.byline.as_ref().map(|b| super::escaped(b)), Some(title), site, day(article)];
    format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Words of the article in quotation marks, with who said them and where they stand. `words` is a stretch of the article's text.
#[must_use]
pub fn quotation(article: &Article, words: Span, speaker: Option<&str>) -> String {
    let marks = ['"', '“', '”', '„', '«', '»', '‹', '›'];
    let said = clean_line(words.of(&article.text));
    let said = said.trim();
    let said = said.strip_prefix(marks).unwrap_or(said);
    let said = said.strip_suffix(marks).unwrap_or(said);
    let title = format!("“{}”", clean_line(&article.title));
    let parts = [speaker.map(str::to_owned), Some(title), article.site.clone(), day(article), article.url.clone()];
    format!("“{said}” — {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The article as an entry for BibTeX and biblatex (`@online`).
#[must_use]
pub fn bibtex(article: &Article) -> String {
    let mut out = format!("@online{{{},\n", key(article));
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = writeln!(out, "  {name:<12} = {{{value}}},");
        }
    };
    field("author", article.byline.as_deref().map(author));
    field("title", Some(tex(&clean_line(&article.title))));
    field("organization", article.site.as_deref().map(tex));
    field("date", article.published.map(|d| d.to_string()));
    // An address is not read as TeX, but its braces would end the field.
    field("url", article.url.as_ref().map(|u| u.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")));
    field("langid", article.language.clone());
    out.push_str("}\n");
    out
}

/// The names of a byline as BibTeX parts them.
fn author(byline: &str) -> String {
    let byline = clean_line(byline);
    let names = byline.trim();
    let names = names.strip_prefix("By ").or_else(|| names.strip_prefix("by ")).unwrap_or(names);
    tex(names).replace(", ", " and ").replace(" and and ", " and ").replace(r" \& ", " and ")
}

/// The first writer's last name, or the paper, with the year and the title's first long word.
fn key(article: &Article) -> String {
    let letters = |text: &str| fold(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let first = article.byline.as_deref().and_then(|b| b.split([',', '&']).next()).and_then(|b| b.split(" and ").next());
    let who = first.and_then(|name| name.split_whitespace().last()).or(article.site.as_deref()).map(letters).unwrap_or_default();
    let year = article.published.map(|d| d.year().to_string()).unwrap_or_default();
    let word = article.title.split_whitespace().map(letters).find(|w| w.len() > 3).unwrap_or_default();
    let key = format!("{who}{year}{word}");
    if key.is_empty() { "article".to_owned() } else { key }
}

/// Text in which nothing commands TeX.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str(r"\textbackslash "),
            '~' => out.push_str(r"\textasciitilde "),
            '^' => out.push_str(r"\textasciicircum "),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article {
            title: "A {Title} & more".into(),
            byline: Some("By Ada Miller and Karl Weiß".into()),
            site: Some("The Daily".into()),
            url: Some("https://example.org/a_(b)".into()),
            published: Some("2019-01-21".parse().unwrap()),
            language: Some("en".into()),
            text: "She said “no” twice.".into(),
            ..Article::default()
        }
    }

    #[test]
    fn a_source_in_markdown() {
        assert_eq!(
            citation(&article()),
            "By Ada Miller and Karl Weiß, [A {Title} & more](https://example.org/a_%28b%29), *The Daily*, 21 January 2019."
        );
        assert_eq!(citation(&Article { title: "Bare".into(), ..Article::default() }), "“Bare”.");
    }

    #[test]
    fn words_with_their_source() {
        let article = article();
        assert_eq!(
            quotation(&article, Span::new(9, 17), Some("Ada Miller")),
            "“no” — Ada Miller, “A {Title} & more”, The Daily, 21 January 2019, https://example.org/a_(b)"
        );
        assert!(quotation(&article, Span::default(), None).starts_with("“” — “A"));
    }

    #[test]
    fn an_entry_that_tex_can_read() {
        let entry = bibtex(&article());
        assert!(entry.starts_with("@online{miller2019title,\n"), "{entry}");
        assert!(entry.contains("= {Ada Miller and Karl Weiß},") && entry.contains(r"{A \{Title\} \& more}"), "{entry}");
        assert!(entry.contains("date         = {2019-01-21},") && entry.ends_with("}\n"), "{entry}");
        assert!(bibtex(&Article::default()).starts_with("@online{article,\n"));
    }
}
