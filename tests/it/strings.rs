//! The interface in other languages: every text that is shown is in the table, in every language, with the same values in it, and nothing else is there.

use dateline::app::ACTIONS;
use dateline::locale::{Language, STRINGS};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms in which every sentence is shown to the reader, so that none may stand there without `tr!`.
const SHOWN: &[&str] = &[
    "app/",
    "cli/add.rs",
    "cli/backup.rs",
    "cli/check.rs",
    "cli/doctor.rs",
    "cli/feed.rs",
    "cli/fetch.rs",
    "cli/folders.rs",
    "cli/import.rs",
    "cli/library.rs",
    "cli/linear/",
    "cli/mark.rs",
    "cli/read.rs",
    "cli/remove.rs",
    "config/",
    "jobs/",
    "panes/",
    "store/fault.rs",
    "tui/",
    "widgets/",
];

/// Sentences in these rooms that nobody is shown, or that are no words of ours.
const NOT_SHOWN: &[&str] = &[
    " (os error",
    " (terminal news reader)",
    "Basic {}",
    "SQLite format 3",
    "{name} ({code})",
    "dateline {command}",
    "{}, {:.1} MB",
    "{} KiB",
    "{} MiB",
    "GoogleLogin auth={}",
    "config.toml (built in)",
    "dateline {feed}",
    "gzip, br, zstd",
    "keymap.toml (built in)",
    "feed {}",
    "watch {}",
    "folder {path}",
    "keymaps/newsboat.toml (built in)",
    "keymaps/plain.toml (built in)",
    "keymaps/vim.toml (built in)",
    "query {query}",
    "source:{site} {}",
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, \
     text/plain;q=0.8, */*;q=0.5",
];

/// Ends of translations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &["a. C.", "v. Chr."];

/// A part of Rust source.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Text(String),
    Word(String),
    Sign(char),
}

/// The tokens of a file, without comments; enough of the language to find literals and macros.
fn tokens(code: &str) -> Vec<Token> {
    let chars: Vec<char> = code.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        match c {
            '/' if next == '/' => at += chars[at..].iter().take_while(|c| **c != '\n').count(),
            'r' if next == '"' || next == '#' && matches!(chars.get(at + 2), Some('"' | '#')) => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                let from = at + 2 + hashes;
                let close = |i: &usize| chars[*i] == '"' && chars[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
                let to = (from..chars.len()).find(close).unwrap();
                out.push(Token::Text(chars[from..to].iter().collect()));
                at = to + 1 + hashes;
            }
            '"' => {
                let (text, end) = literal(&chars, at + 1);
                out.push(Token::Text(text));
                at = end;
            }
            '\'' if next == '\\' => at += 3 + chars[at + 3..].iter().take_while(|c| **c != '\'').count() + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            c if c.is_alphanumeric() || c == '_' => {
                let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                at += word.chars().count();
                out.push(Token::Word(word));
            }
            c => {
                if !c.is_whitespace() {
                    out.push(Token::Sign(c));
                }
                at += 1;
            }
        }
    }
    out
}

/// The text of a literal from its first character on, and where the code goes on.
fn literal(chars: &[char], mut at: usize) -> (String, usize) {
    let mut text = String::new();
    while chars[at] != '"' {
        if chars[at] != '\\' {
            text.push(chars[at]);
            at += 1;
            continue;
        }
        at += 2;
        match chars[at - 1] {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            '0' => text.push('\0'),
            '\n' => at += chars[at..].iter().take_while(|c| c.is_whitespace()).count(),
            'x' => at += 2,
            'u' => {
                let digits: String = chars[at + 1..].iter().take_while(|c| **c != '}').collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                at += digits.len() + 2;
            }
            other => text.push(other),
        }
    }
    (text, at + 1)
}

/// What the source says in its macros, and the literals outside of them.
#[derive(Default)]
struct Said {
    /// Keys; with the second form of those that are counted.
    keys: BTreeMap<String, Option<String>>,
    /// Literals with spaces between words that no macro translates, with their files.
    bare: Vec<(String, String)>,
    wrong: Vec<String>,
}

impl Said {
    fn read(&mut self, file: &str, tokens: &[Token]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at..] {
                [Token::Word(name), Token::Sign('!'), Token::Sign('('), rest @ ..]
                    if ["tr", "trn", "tr_later"].contains(&name.as_str()) =>
                {
                    let call = call(rest);
                    self.call(file, name, call);
                    // Values may hold texts of their own.
                    let mut inner = call.to_vec();
                    let mut own = top(call).filter(|t| matches!(t, Token::Text(_))).peekable();
                    inner.retain(|t| own.next_if(|o| **o == *t).is_none());
                    self.read(file, &inner);
                    at += 3 + call.len();
                }
                // What an attribute explains is for those who read the source.
                [Token::Sign('#'), Token::Sign('['), rest @ ..] => {
                    at += 2 + rest.iter().position(|t| *t == Token::Sign(']')).unwrap_or(0);
                }
                [Token::Text(text), ..] => {
                    if is_sentence(text) {
                        self.bare.push((file.to_owned(), text.clone()));
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
    }

    fn call(&mut self, file: &str, name: &str, call: &[Token]) {
        let own: Vec<&String> = top(call).filter_map(|t| if let Token::Text(text) = t { Some(text) } else { None }).collect();
        let meaning = call.get(1) == Some(&Token::Word("in".to_owned()));
        let (key, many) = match (name, own.as_slice()) {
            ("tr" | "tr_later", [word, context, ..]) if meaning => (format!("{context}|{word}"), None),
            ("trn", [one, many, ..]) => ((*one).clone(), Some((*many).clone())),
            ("tr" | "tr_later", [text, ..]) => ((*text).clone(), None),
            _ => return self.wrong.push(format!("{file}: {name}! without its literals")),
        };
        if self.keys.insert(key.clone(), many.clone()).is_some_and(|before| before != many) {
            self.wrong.push(format!("{file}: {key:?} is said with different second forms"));
        }
    }
}

/// The tokens of a call up to its closing bracket.
fn call(rest: &[Token]) -> &[Token] {
    let mut depth = 1;
    let end = rest.iter().position(|t| {
        depth += i32::from(*t == Token::Sign('(')) - i32::from(*t == Token::Sign(')'));
        depth == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// The tokens of a call that lie in no brackets of their own.
fn top(call: &[Token]) -> impl Iterator<Item = &Token> {
    let mut depth = 0;
    call.iter().filter(move |t| {
        depth += i32::from(matches!(t, Token::Sign('(' | '{' | '['))) - i32::from(matches!(t, Token::Sign(')' | '}' | ']')));
        depth == 0
    })
}

/// True for two words with a space between them.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let word = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !w.starts_with(['{', '\\', '<', '-', '/']);
    words.windows(2).any(|pair| word(pair[0]) && (word(pair[1]) || pair[1].starts_with('{')) || pair[0].starts_with('{') && word(pair[1]))
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            out.push(path);
        }
    }
}

/// What all of the source says.
fn said() -> Said {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let mut said = Said::default();
    for path in paths.iter().filter(|p| !p.ends_with("locale/mod.rs")) {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let code = code.split("#[cfg(test)]\npub(super) mod tests").next().unwrap();
        said.read(&path.strip_prefix(&src).unwrap().display().to_string(), &tokens(code));
    }
    for row in ACTIONS {
        for text in [row.label, row.help] {
            said.keys.insert(text.to_owned(), None);
        }
    }
    said
}

fn table() -> toml::Table {
    STRINGS.parse().unwrap()
}

/// The forms of a key in a language.
fn forms(row: &toml::Value, language: Language) -> Vec<String> {
    match row.get(language.code()) {
        Some(toml::Value::String(text)) => vec![text.clone()],
        Some(toml::Value::Array(forms)) => forms.iter().map(|f| f.as_str().unwrap().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The names in braces.
fn values(text: &str) -> BTreeSet<&str> {
    let name = |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(n, _)| n)).filter(|n| name(n)).collect()
}

fn others() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|l| *l != Language::English)
}

#[test]
fn every_text_is_in_the_table_and_none_is_stale() {
    let (said, table) = (said(), table());
    let mut wrong = said.wrong;
    wrong.extend(
        said.keys.keys().filter(|key| !table.contains_key(*key)).map(|key| format!("missing: {key:?} = {{ es = \"\", de = \"\" }}")),
    );
    wrong.extend(table.keys().filter(|key| !said.keys.contains_key(*key)).map(|key| format!("stale: {key:?}")));
    assert!(wrong.is_empty(), "assets/strings/strings.toml, {}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_language_is_complete_and_has_the_same_values() {
    let said = said();
    let mut wrong = Vec::new();
    for (key, row) in &table() {
        let many = said.keys.get(key).and_then(Option::as_deref);
        let counted = many.is_some();
        let meaning = key.split_once('|').filter(|(meaning, _)| !meaning.ends_with(' '));
        let english = meaning.map_or(key.as_str(), |(_, word)| word);
        for language in others() {
            let forms = forms(row, language);
            let wanted = if counted { (0..200).map(|n| language.form(n) + 1).max().unwrap() } else { 1 };
            if forms.len() != wanted {
                wrong.push(format!("{key:?} has {} forms in {}, not {wanted}", forms.len(), language.code()));
            }
            for form in &forms {
                // A form for one of something needs no number.
                let fits = match many {
                    Some(many) => values(form).is_subset(&values(many)),
                    None => values(form) == values(english),
                };
                let stops = |t: &str| t.ends_with('.') && !ABBREVIATIONS.iter().any(|short| t.ends_with(short));
                let edges = |t: &str| (t.starts_with(' '), t.ends_with(' '), stops(t), t.ends_with('…'), t.ends_with(':'));
                let typed = form.is_empty() || form.contains("  ") != english.contains("  ");
                if !fits || typed || edges(form) != edges(english) {
                    wrong.push(format!("{key:?} in {}: {form:?}", language.code()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_sentence_goes_by_the_table() {
    let said = said();
    let shown = |file: &str| SHOWN.iter().any(|room| file.starts_with(room));
    let bare: Vec<String> = said
        .bare
        .iter()
        .filter(|(file, text)| shown(file) && !said.keys.contains_key(text) && !NOT_SHOWN.contains(&text.as_str()))
        .map(|(file, text)| format!("{file}: {text:?}"))
        .collect();
    assert!(bare.is_empty(), "wrap them in tr!, or say why not in NOT_SHOWN:\n{}", bare.join("\n"));
    let stale: Vec<&&str> = NOT_SHOWN.iter().filter(|text| !said.bare.iter().any(|(_, bare)| bare == *text)).collect();
    assert!(stale.is_empty(), "{stale:?}");
}

/// The folder of a configuration with this language.
fn configured(what: &str, language: &str) -> super::cli::Folder {
    let folder = super::cli::Folder::new(&format!("strings-{what}-{language}"));
    folder.file("config.toml", &format!("language = \"{language}\"\n"));
    folder
}

#[cfg(unix)]
#[test]
fn the_screen_speaks_the_language_of_the_configuration() {
    let said = [
        ("es", "sabe quién, dónde y cuándo.", "Citas", "Teclas · Texto", "otra tecla cierra"),
        ("de", "weiß wer, wo und wann.", "Zitate", "Tasten · Text", "andere Tasten schließen"),
    ];
    for (language, welcome, pane, help, closes) in said {
        let folder = configured("screen", language);
        let mut t = super::pty::Terminal::start(&["--config", &folder.path("")], 120, 40);
        t.wait(welcome, |s| s.contains(welcome));
        t.keys(" ");
        t.wait(pane, |s| !s.contains(welcome) && s.contains(pane));
        t.keys("?");
        t.wait(help, |s| s.contains(help) && s.contains(closes));
        t.keys("qq");
        assert_eq!(t.end(), 0);
    }
}

#[test]
fn the_lines_speak_the_language_of_the_configuration() {
    let said = [
        ("es", "ayuda\n1\nparrafo 1\ndonde\nquit\n", ["siguiente: ", "Artículo 1 de", "párrafo 1 de"]),
        ("de", "hilfe\n1\nabsatz 1\nwo\nquit\n", ["weiter: ", "Artikel 1 von", "Absatz 1 von"]),
    ];
    for (language, typed, answers) in said {
        let folder = configured("lines", language);
        let out = super::cli::out(&super::cli::dateline(&["--config", &folder.path(""), "--linear"], typed));
        for answer in answers {
            assert!(out.contains(answer), "{answer}\n{out}");
        }
    }
}

#[test]
fn the_source_is_read_as_it_is_meant() {
    let code = "a(tr!(\"one {n}\", n = f(\"not this\", ')'))); // \"nor this\"\nlet x = trn!(n, \"{n} a\", \\\n \"{n} b\"); tr!(\"w\" in \"c\"); \"two words\"";
    let mut said = Said::default();
    said.read("x.rs", &tokens(&code.replace("\\\n", "\n")));
    let keys: Vec<(&str, Option<&str>)> = said.keys.iter().map(|(k, m)| (k.as_str(), m.as_deref())).collect();
    assert_eq!(keys, [("c|w", None), ("one {n}", None), ("{n} a", Some("{n} b"))]);
    assert!(said.bare.iter().any(|b| b.1 == "two words"), "{:?}", said.bare);
    assert_eq!(tokens("'\"' 'a' '\\'' &'a \"x\\u{41}\\\n   y\" r#\"q\"#").iter().filter(|t| matches!(t, Token::Text(_))).count(), 2);
    assert!(is_sentence("Nothing fits") && is_sentence("theme: {}") && !is_sentence("a {x}") && !is_sentence("SELECT"));
}
