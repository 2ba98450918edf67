//! Whole inputs: every folder of `tests/data/source` holds an `input.*` and the facts expected of it in `expected.toml`.

use super::{Input, read_nth, site, title_from_path};
use crate::article::{Article, BlockKind};
use crate::text::Span;
use serde::Deserialize;
use std::path::Path;

/// What is not named in the file is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    title: Option<String>,
    title_in_text: Option<bool>,
    byline: Option<String>,
    site: Option<String>,
    published: Option<String>,
    language: Option<String>,
    blocks: Option<Vec<String>>,
    headings: Option<Vec<String>>,
    dateline: Option<Vec<String>>,
    problems: Option<Vec<String>>,
}

#[test]
fn whole_inputs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/source");
    let mut cases = 0;
    for entry in std::fs::read_dir(root).unwrap().map(Result::unwrap).filter(|e| e.path().is_dir()) {
        let files: Vec<_> = std::fs::read_dir(entry.path()).unwrap().map(|f| f.unwrap().path()).collect();
        let input = files.iter().find(|f| f.file_stem().is_some_and(|s| s == "input")).unwrap();
        let expected = std::fs::read_to_string(entry.path().join("expected.toml")).unwrap();
        let article = read_nth(&Input::new("some/the_file.txt", &std::fs::read(input).unwrap()), 0);
        check(&entry.file_name().to_string_lossy(), &article, &toml::from_str(&expected).unwrap());
        cases += 1;
    }
    assert!(cases >= 10, "{cases} cases");
}

fn check(case: &str, article: &Article, expected: &Expected) {
    let of = |s: Span| s.of(&article.text).to_owned();
    let lines =
        |wanted: Option<BlockKind>| article.blocks.iter().filter(|b| wanted.is_none_or(|k| k == b.kind)).map(|b| of(b.span)).collect();
    let dateline = article.dateline.as_ref().map(|d| {
        let part = |s: Option<Span>| s.map(of).unwrap_or_default();
        vec![of(d.span), of(d.place), part(d.region), part(d.date), part(d.agency)]
    });
    // An empty string in the file means that nothing may be found.
    let same = |what: &str, got: Option<String>, want: &Option<String>| {
        if let Some(want) = want {
            assert_eq!(got.unwrap_or_default(), *want, "{case}: {what}");
        }
    };
    same("title", Some(article.title.clone()), &expected.title);
    same("byline", article.byline.clone(), &expected.byline);
    same("site", article.site.clone(), &expected.site);
    same("language", article.language.clone(), &expected.language);
    same("published", article.published.map(|d| d.to_string()), &expected.published);
    let list = |what: &str, got: Vec<String>, want: &Option<Vec<String>>| {
        if let Some(want) = want {
            assert_eq!(got, *want, "{case}: {what}");
        }
    };
    list("blocks", lines(None), &expected.blocks);
    list("headings", lines(Some(BlockKind::Heading)), &expected.headings);
    list("dateline", dateline.unwrap_or_default(), &expected.dateline);
    list("problems", article.problems.clone(), &expected.problems);
    if let Some(want) = expected.title_in_text {
        assert_eq!(article.title_in_text, want, "{case}: title_in_text");
    }
    assert_eq!(lines(None).join("\n"), article.text, "{case}: blocks cover the text");
}

#[test]
fn numbers_of_articles_are_stable() {
    let read = |source, text: &str| read_nth(&Input::new(source, text.as_bytes()), 0);
    let one = read("a.txt", "A title\n\nThe text of it.");
    assert_eq!(one.id, 0xf240_ba5f_4268_1a3f);
    assert_eq!(one.id, read("b/c.txt", "A title\r\n\r\nThe text of it.\r\n").id);
    assert_ne!(one.id, read("a.txt", "A title\n\nThe text of it!").id);
}

#[test]
fn titles_from_paths() {
    let cases = [
        ("news/fall_of-the-wall.txt", "Fall of the wall"),
        ("caracas-2019-01-21.txt", "Caracas 2019-01-21"),
        ("-", "Standard input"),
        ("", "Standard input"),
        (".hidden", ".hidden"),
        ("a/b/", "B"),
        ("___", "___"),
        ("école.html", "École"),
    ];
    for (path, want) in cases {
        assert_eq!(title_from_path(path), want, "{path}");
    }
}

#[test]
fn sites_of_addresses() {
    assert_eq!(site("https://www.Example.org:8080/a?b#c").as_deref(), Some("example.org"));
    assert_eq!(site("http://user:pass@news.example.co.uk").as_deref(), Some("news.example.co.uk"));
    assert_eq!(site("example.org"), None);
    assert_eq!((site("file:///etc/hosts"), site("http://[::1]:80/x")), (None, None));
}

#[test]
fn wild_input_is_survived() {
    let long_name = "A".repeat(200_000);
    let inputs = [
        "",
        "\n",
        "---",
        "---\n---\n",
        ":",
        "(",
        "()",
        "(AP)",
        "— ",
        ", — x",
        "é\u{301}",
        &long_name,
        &"\"".repeat(100_000),
        &"(".repeat(100_000),
    ];
    for text in inputs {
        let article = read_nth(&Input::new("-", text.as_bytes()), 0);
        assert!(!article.title.is_empty());
        assert!(article.blocks.iter().all(|b| !b.span.of(&article.text).is_empty()));
    }
    for seed in 0..200u32 {
        // A cheap generator is enough: the point is bytes that nobody thought of.
        let bytes: Vec<u8> = (0..300u32).map(|n| (n.wrapping_mul(2_654_435_761).wrapping_add(seed * 40_503) >> 11) as u8).collect();
        let _ = read_nth(&Input::new("x", &bytes), 0);
    }
}
