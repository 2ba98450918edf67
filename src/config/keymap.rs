//! Which key does what, pane by pane.

use super::document::{Document, Key as FileKey, Value};
use super::{Key, Mistake};

/// The keys as they come with the program: also the model for a reader's own file.
pub const DEFAULT_KEYMAP: &str = include_str!("../../assets/keymap.toml");

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere that the pane in focus has no meaning of its own for the key.
    Global,
    /// The article's text.
    Text,
    /// The list of articles.
    Articles,
    /// People, places, organisations and other names.
    Entities,
    /// The timeline.
    Timeline,
    /// The quotations.
    Quotations,
    /// The map.
    Map,
}

impl Context {
    /// All contexts, in the order in which they are shown.
    pub const ALL: [Self; 7] = [Self::Global, Self::Text, Self::Articles, Self::Entities, Self::Timeline, Self::Quotations, Self::Map];

    /// Its table in `keymap.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Text => "text",
            Self::Articles => "articles",
            Self::Entities => "entities",
            Self::Timeline => "timeline",
            Self::Quotations => "quotations",
            Self::Map => "map",
        }
    }
}

/// The keys of one action in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    context: Context,
    action: String,
    keys: Vec<Key>,
    /// The line of the reader's file that says so.
    line: Option<usize>,
}

/// Keys and the names of what they do. A key has at most one action in a context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Keymap {
    /// Reads the `defaults`, then the `user`'s file (its name and its text) over them, action by action: a reader's keys for an action replace the
    /// default ones, and an empty list takes them away. A key that a reader gives away is taken from the default action that had it.
    #[must_use]
    pub fn load(defaults: &str, user: Option<(&str, &str)>, actions: &[&str]) -> (Self, Vec<Mistake>) {
        let mut keymap = Self::default();
        let mut mistakes = Vec::new();
        keymap.read("keymap.toml (built in)", defaults, actions, &mut mistakes);
        for binding in &mut keymap.bindings {
            binding.line = None;
        }
        if let Some((file, text)) = user {
            keymap.read(file, text, actions, &mut mistakes);
        }
        mistakes.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        (keymap, mistakes)
    }

    /// The name of what `key` does in `context`, or everywhere.
    #[must_use]
    pub fn lookup(&self, context: Context, key: Key) -> Option<&str> {
        let find = |context| self.bindings.iter().find(|b| b.context == context && b.keys.contains(&key));
        find(context).or_else(|| find(Context::Global)).map(|b| b.action.as_str())
    }

    /// The keys that do `action` in `context`, the first being the one to show; those of its own and those that work everywhere.
    #[must_use]
    pub fn keys_of(&self, context: Context, action: &str) -> Vec<Key> {
        let mut keys = Vec::new();
        for wanted in [context, Context::Global] {
            let found = self.bindings.iter().filter(|b| b.context == wanted && b.action == action);
            keys.extend(found.flat_map(|b| &b.keys).filter(|k| self.lookup(context, **k) == Some(action)));
        }
        let mut seen = Vec::new();
        keys.retain(|k| {
            !seen.contains(k) && {
                seen.push(*k);
                true
            }
        });
        keys
    }

    /// True where `action` has keys that only `context` knows.
    #[must_use]
    pub fn is_own(&self, context: Context, action: &str) -> bool {
        self.bindings.iter().any(|b| b.context == context && b.action == action && !b.keys.is_empty())
    }

    fn read(&mut self, file: &str, text: &str, actions: &[&str], mistakes: &mut Vec<Mistake>) {
        let document = Document::read(file, text, mistakes);
        let mut lines = Vec::new();
        for (key, value) in document.entries() {
            let context = Context::ALL.into_iter().find(|c| c.name() == key.get_ref());
            match (context, value.entries()) {
                (Some(context), Some(entries)) => lines.extend(entries.map(|(key, value)| (context, key, value))),
                (Some(_), None) => document.tell(mistakes, key, format!("'{}' is a table, as in [{0}]", key.get_ref()), String::new()),
                (None, _) => document.unknown(mistakes, key, "context", Context::ALL.into_iter().map(Context::name)),
            }
        }
        // In the order of the file, so that the first of two actions keeps their key.
        lines.sort_by_key(|(_, key, _)| key.span().start);
        for (context, key, value) in lines {
            if actions.contains(&key.get_ref().as_ref()) {
                self.bind(&document, context, key, value, mistakes);
            } else {
                document.unknown(mistakes, key, "action", actions.iter().copied());
            }
        }
    }

    fn bind(&mut self, document: &Document<'_>, context: Context, action: &FileKey<'_>, value: Value<'_>, mistakes: &mut Vec<Mistake>) {
        let line = document.line(action.span().start);
        let mut keys: Vec<Key> = Vec::new();
        let written = match value.as_str() {
            Some(one) => Ok(vec![one.to_owned()]),
            None => value.read::<Vec<String>>(),
        };
        let written = match written {
            Ok(written) => written,
            Err(_) => {
                let hint = format!("as in {} = [\"x\", \"Ctrl-x\"]", action.get_ref());
                return document.tell(mistakes, action, "this is no key and no list of keys".to_owned(), hint);
            }
        };
        for text in &written {
            match text.parse::<Key>() {
                Ok(key) => match self.taken(context, key, action.get_ref()) {
                    Some(other) => {
                        document.tell(mistakes, action, format!("'{key}' is already '{other}' in [{}]", context.name()), String::new())
                    }
                    None => keys.push(key),
                },
                Err(what) => document.tell(mistakes, action, what, String::new()),
            }
        }
        if keys.is_empty() && !written.is_empty() {
            // Nothing of the line had a meaning: the default stays.
            return;
        }
        self.put(Binding { context, action: action.get_ref().to_string(), keys, line: Some(line) });
    }

    /// The other action to which the same file has given `key` in `context`.
    fn taken(&self, context: Context, key: Key, action: &str) -> Option<&str> {
        let same = |b: &&Binding| b.context == context && b.line.is_some() && b.action != action && b.keys.contains(&key);
        self.bindings.iter().find(same).map(|b| b.action.as_str())
    }

    fn put(&mut self, new: Binding) {
        for old in self.bindings.iter_mut().filter(|b| b.context == new.context) {
            old.keys.retain(|k| !new.keys.contains(k));
        }
        match self.bindings.iter_mut().find(|b| b.context == new.context && b.action == new.action) {
            Some(old) => *old = new,
            None => self.bindings.push(new),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The actions that the default keymap was written for.
    pub(in crate::config) const ACTIONS: &[&str] = &[
        "quit",
        "help",
        "palette",
        "find",
        "hints",
        "links",
        "open-page",
        "card",
        "why",
        "split",
        "split-onward",
        "merge",
        "undo",
        "next-pane",
        "previous-pane",
        "pane-1",
        "pane-2",
        "pane-3",
        "pane-4",
        "pane-5",
        "pane-6",
        "map",
        "next-place",
        "previous-place",
        "zoom-in",
        "zoom-out",
        "left",
        "right",
        "fit",
        "map-scope",
        "map-list",
        "browse",
        "correct-place",
        "back",
        "forward",
        "next-match",
        "previous-match",
        "next-name",
        "previous-name",
        "next-moment",
        "previous-moment",
        "zoom",
        "toggle-marks",
        "next-article",
        "previous-article",
        "cancel",
        "suspend",
        "redraw",
        "set-date",
        "fetch-whole",
        "down",
        "up",
        "half-page-down",
        "half-page-up",
        "page-down",
        "page-up",
        "top",
        "bottom",
        "select",
        "next-kind",
        "all-moments",
        "order",
        "filter",
        "drawer",
        "unfold",
    ];

    const FEW: &[&str] = &["quit", "help", "find", "down"];
    const DEFAULTS: &str = "[global]\nquit = [\"q\", \"Ctrl-c\"]\nhelp = \"?\"\nfind = \"/\"\n[text]\ndown = \"j\"\n";

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn load(user: &str) -> (Keymap, Vec<String>) {
        let (keymap, mistakes) = Keymap::load(DEFAULTS, Some(("keymap.toml", user)), FEW);
        (keymap, mistakes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_defaults_have_no_mistake_and_reach_every_action() {
        let (keymap, mistakes) = Keymap::load(DEFAULT_KEYMAP, None, ACTIONS);
        assert_eq!(mistakes, []);
        for action in ACTIONS {
            assert!(Context::ALL.iter().any(|c| !keymap.keys_of(*c, action).is_empty()), "{action}");
        }
        assert_eq!(keymap.lookup(Context::Timeline, key("j")), Some("down"));
        assert_eq!(keymap.lookup(Context::Text, key("Ctrl-f")), Some("page-down"));
        assert_eq!(keymap.lookup(Context::Text, key("Ctrl-F")), Some("page-down"));
    }

    #[test]
    fn a_reader_replaces_adds_and_takes_away() {
        let (keymap, mistakes) = load("[global]\nquit = \"x\"\nhelp = []\n[text]\nfind = [\"f\", \"/\"]\n");
        assert_eq!(mistakes, [] as [String; 0]);
        assert_eq!(keymap.lookup(Context::Text, key("x")), Some("quit"));
        assert_eq!(keymap.lookup(Context::Text, key("q")), None);
        assert_eq!(keymap.lookup(Context::Text, key("?")), None);
        assert_eq!(keymap.lookup(Context::Articles, key("f")), None);
        assert_eq!(keymap.keys_of(Context::Text, "find"), [key("f"), key("/")]);
        assert_eq!(keymap.keys_of(Context::Articles, "find"), [key("/")]);
    }

    #[test]
    fn a_key_given_away_is_taken_from_the_default() {
        let (keymap, mistakes) = load("[global]\nhelp = \"q\"\n");
        assert_eq!(mistakes, [] as [String; 0]);
        assert_eq!(keymap.lookup(Context::Global, key("q")), Some("help"));
        assert_eq!(keymap.keys_of(Context::Global, "quit"), [key("Ctrl-c")]);
    }

    #[test]
    fn a_pane_hides_what_works_everywhere() {
        let (keymap, _) = load("[text]\nhelp = \"q\"\n");
        assert_eq!(keymap.keys_of(Context::Text, "quit"), [key("Ctrl-c")]);
        assert_eq!(keymap.keys_of(Context::Articles, "quit"), [key("q"), key("Ctrl-c")]);
    }

    #[test]
    fn mistakes_cost_one_line() {
        let (keymap, mistakes) = load(
            "[global]\nqit = \"x\"\nhelp = \"PagUp\"\nfind = 3\nquit = [\"y\",\n[tekst]\ndown = \"j\"\n[text]\ndown = \"x\"\nfind = [\"x\", \"z\"]\n",
        );
        let wanted = [
            "keymap.toml:2: unknown action 'qit' (did you mean 'quit'?)",
            "keymap.toml:3: help: 'PagUp' is no key, did you mean 'PageUp'?",
            "keymap.toml:4: find: this is no key and no list of keys (as in find = [\"x\", \"Ctrl-x\"])",
        ];
        for want in wanted {
            assert!(mistakes.iter().any(|m| m == want), "{want}\n{mistakes:?}");
        }
        assert!(mistakes.iter().any(|m| m.starts_with("keymap.toml:6: ") || m.starts_with("keymap.toml:5: ")), "{mistakes:?}");
        assert_eq!(keymap.lookup(Context::Global, key("/")), Some("find"));
        assert_eq!(keymap.lookup(Context::Global, key("?")), Some("help"));
        let (keymap, mistakes) = load("[tekst]\ndown = \"j\"\n[text]\ndown = \"x\"\nfind = [\"x\", \"z\"]\n");
        assert_eq!(
            mistakes,
            ["keymap.toml:1: unknown context 'tekst' (did you mean 'text'?)", "keymap.toml:5: find: 'x' is already 'down' in [text]"]
        );
        assert_eq!(keymap.lookup(Context::Text, key("x")), Some("down"));
        assert_eq!(keymap.lookup(Context::Text, key("z")), Some("find"));
    }
}
