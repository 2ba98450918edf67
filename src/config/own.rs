//! A reader's own actions: macros, which press keys, and commands, which hand something of the article to another program.

use super::document::{Document, Field, Key as FileKey, Value, nearest};
use super::{Key, Mistake};
use crate::locale::tr;
use serde::Deserialize;

/// What stands in braces in a command and is filled in from the article.
pub const PLACEHOLDERS: [&str; 8] = ["title", "url", "site", "byline", "date", "name", "quotation", "source"];

/// Keys that a macro may press.
const MAX_KEYS: usize = 64;

/// An action of the reader's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name, by which keys are bound to it.
    pub name: String,
    /// What it does.
    pub does: Does,
}

impl Own {
    /// What it does, in a sentence for the help.
    #[must_use]
    pub fn help(&self) -> String {
        match &self.does {
            Does::Keys(keys) => tr!("Press {keys}", keys = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
            Does::Open(url) => tr!("Open {url}", url),
            Does::Copy(text) => tr!("Copy {text}", text),
            Does::Run { program, .. } => tr!("Run {program}", program = program.join(" ")),
        }
    }
}

/// What an own action does. Texts hold [`PLACEHOLDERS`] in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// Presses these keys.
    Keys(Vec<Key>),
    /// Opens an address in the browser.
    Open(String),
    /// Copies a text.
    Copy(String),
    /// Starts a program with its arguments; no shell reads them.
    Run {
        /// The program, then its arguments.
        program: Vec<String>,
        /// What it gets on its standard input.
        input: Option<Input>,
    },
}

/// What a program gets to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// The article as plain text.
    Text,
    /// The article as Markdown.
    Markdown,
    /// The article as a page.
    Html,
    /// The quotation or sentence at the cursor, with its source.
    Quotation,
    /// The address of the article.
    Url,
}

/// A command while its table is read.
#[derive(Default)]
struct Draft {
    open: Option<String>,
    copy: Option<String>,
    run: Option<Vec<String>>,
    input: Option<Input>,
}

const FIELDS: &[Field<Draft>] = &[
    Field { name: "open", set: |d, v| v.read().and_then(web).map(|t| d.open = Some(t)) },
    Field { name: "copy", set: |d, v| v.read().and_then(template).map(|t| d.copy = Some(t)) },
    Field { name: "run", set: |d, v| program(v).map(|p| d.run = Some(p)) },
    Field { name: "input", set: |d, v| v.read().map(|i| d.input = Some(i)) },
];

/// The keys of the macro `name`.
pub(super) fn macro_of(name: &FileKey<'_>, value: Value<'_>) -> Result<Own, String> {
    let text = value.as_str().ok_or_else(|| tr!("this is no string of keys, as in \"Space ] c\"").to_owned())?;
    let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, String>>()?;
    match keys.len() {
        0 => Err(tr!("there is no key in it").to_owned()),
        n if n > MAX_KEYS => Err(tr!("these are {n} keys, {most} are allowed", n, most = MAX_KEYS)),
        _ => Ok(Own { name: name.get_ref().to_string(), does: Does::Keys(keys) }),
    }
}

/// The command `name`.
pub(super) fn command(document: &Document<'_>, name: &FileKey<'_>, value: Value<'_>, mistakes: &mut Vec<Mistake>) -> Result<Own, String> {
    let entries = value.entries().ok_or_else(|| tr!("this is no table, as in { open = \"https://…/{name}\" }").to_owned())?;
    let mut draft = Draft::default();
    document.apply(entries, FIELDS, &mut draft, mistakes);
    let does = match draft {
        Draft { open: Some(url), copy: None, run: None, input: None } => Does::Open(url),
        Draft { copy: Some(text), open: None, run: None, input: None } => Does::Copy(text),
        Draft { run: Some(program), open: None, copy: None, input } => Does::Run { program, input },
        _ => return Err(tr!("a command has one of open, copy and run; input goes with run").to_owned()),
    };
    Ok(Own { name: name.get_ref().to_string(), does })
}

/// A text in which every placeholder means something.
pub(super) fn template(text: String) -> Result<String, String> {
    for part in text.split('{').skip(1) {
        let Some((word, _)) = part.split_once('}') else { continue };
        let known = PLACEHOLDERS.contains(&word);
        if !known && !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            let near =
                nearest(word, PLACEHOLDERS.into_iter()).map(|n| tr!(", did you mean '{n}'?", n = format!("{{{n}}}"))).unwrap_or_default();
            return Err(tr!("'{word}' is filled in by nothing{near}", word = format!("{{{word}}}"), near));
        }
    }
    Ok(text)
}

/// An address with placeholders.
pub(super) fn web(text: String) -> Result<String, String> {
    let web = text.starts_with("https://") || text.starts_with("http://") || text == "{url}";
    if !web || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(tr!("'{text}' is no address that begins with https:// or http://", text));
    }
    template(text)
}

/// A program with its arguments: a list, or one string parted at its spaces.
pub(super) fn program(value: &Value<'_>) -> Result<Vec<String>, String> {
    let parts = match value.as_str() {
        Some(line) => line.split_whitespace().map(str::to_owned).collect(),
        None => value.read::<Vec<String>>().map_err(|_| tr!("this is no program, as in [\"mpv\", \"{url}\"]").to_owned())?,
    };
    parts.into_iter().map(template).collect()
}
