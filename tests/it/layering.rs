//! Every file's imports against the table in ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

/// What only the outer rooms may name. Readers over bytes in memory (`std::io::Read`, `Cursor`) touch nothing, so `source` may name those.
const WORLD: &[&str] =
    &["ratatui", "crossterm", "std::fs", "std::env", "std::thread", "std::process", "Instant::", "SystemTime", "std::io", "signal_hook"];
const WORLD_BUT_IO: &[&str] = &[
    "ratatui",
    "crossterm",
    "std::fs",
    "std::env",
    "std::thread",
    "std::process",
    "Instant::",
    "SystemTime",
    "std::net",
    "stdin",
    "stdout",
    "stderr",
    "signal_hook",
];
/// The library is given the time, and goes to the disk and nowhere else.
const STORE: &[&str] =
    &["ratatui", "crossterm", "std::net", "std::thread", "std::env", "SystemTime", "Instant::", "stdin", "stdout", "stderr"];
const SCREEN: &[&str] = &["ratatui", "crossterm"];
const HANDS: &[&str] = &["crossterm", "std::fs", "std::thread", "std::process", "std::env"];

/// Module, the modules that it may use, and what it must never name. A module uses only modules above it, so there are no cycles.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("locale", &[], WORLD),
    ("text", &[], WORLD),
    ("article", &["locale", "text"], WORLD),
    ("edition", &["text", "article"], WORLD),
    ("notice", &[], WORLD),
    ("query", &["locale", "text"], WORLD),
    ("lexicon", &["text", "article"], WORLD),
    ("link", &["locale", "text", "article", "lexicon"], WORLD),
    ("source", &["locale", "text", "article"], WORLD_BUT_IO),
    ("analysis", &["text", "article", "lexicon", "link"], WORLD),
    ("store", &["locale", "text", "article", "notice", "query", "lexicon", "link"], STORE),
    ("config", &["locale"], SCREEN),
    ("app", &["locale", "text", "article", "edition", "notice", "query", "config"], WORLD),
    ("jobs", &["locale", "text", "article", "notice", "query", "source", "analysis", "store", "config", "app"], SCREEN),
    ("widgets", &["locale", "text", "article", "config"], HANDS),
    ("panes", &["locale", "text", "article", "config", "app", "widgets", "lexicon"], HANDS),
    ("tui", &["locale", "text", "notice", "config", "app", "jobs", "widgets", "panes"], &["std::fs"]),
    (
        "cli",
        &[
            "locale", "text", "article", "edition", "notice", "lexicon", "link", "source", "analysis", "config", "app", "jobs", "tui",
            "query", "store",
        ],
        SCREEN,
    ),
];

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// A file's code without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The top-level modules that a file's code names: behind `crate::`, and behind `super::` where that leads to the top.
fn named(code: &str, depth: usize) -> Vec<String> {
    let up = "super::".repeat(depth);
    let mut out = Vec::new();
    for start in ["crate::", up.as_str()] {
        let higher = format!("super::{start}");
        for (at, _) in code.match_indices(start) {
            if start != "crate::" && code[..at].ends_with("super::") && !higher.is_empty() {
                continue;
            }
            let rest = &code[at + start.len()..];
            if let Some(list) = rest.strip_prefix('{') {
                out.extend(parts(list).iter().map(|part| word(part.trim())));
            } else {
                out.push(word(rest));
            }
        }
    }
    out
}

/// The parts of a list in braces, without looking into braces inside it.
fn parts(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ if depth == 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    parts
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    let mut wrong = Vec::new();
    for (n, (module, may, never)) in TABLE.iter().enumerate() {
        for used in *may {
            assert!(modules[..n].contains(used), "{module} uses {used}, which does not stand before it in the table");
        }
        let mut paths = Vec::new();
        let single = src.join(format!("{module}.rs"));
        if single.exists() {
            paths.push(single)
        } else {
            files(&src.join(module), &mut paths)
        }
        for path in paths.iter().filter(|p| !p.ends_with("tests.rs")) {
            let code = code(path);
            let inside = path.strip_prefix(&src).unwrap();
            let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
            for used in named(&code, depth) {
                if modules.contains(&used.as_str()) && used != **module && !may.contains(&used.as_str()) {
                    wrong.push(format!("{}: {module} must not use {used}", inside.display()));
                }
            }
            for name in never.iter().filter(|name| code.contains(**name)) {
                wrong.push(format!("{}: {module} must not name {name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_table() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for module in lib.lines().filter_map(|l| l.strip_prefix("pub mod ")).map(|m| m.trim_end_matches(';')) {
        assert!(TABLE.iter().any(|row| row.0 == module), "{module} is missing");
    }
}

#[test]
fn names_behind_crate_and_super_are_seen() {
    assert_eq!(named("use crate::{app, text::Span};", 2), ["app", "text"]);
    assert_eq!(named("use crate::{app::{A, B}, source};", 2), ["app", "source"]);
    assert_eq!(named("use super::super::jobs::x;", 2), ["jobs"]);
    assert_eq!(named("use super::super::jobs::x;", 3), Vec::<String>::new());
}
