//! Which keys do what, pane by pane.

use super::document::{Document, Key as FileKey, Value};
use super::own::{self, Own};
use super::{Key, Mistake, Sequence};
use crate::locale::tr;
use serde::Deserialize;

/// The keys as they come with the program: also the model for a reader's own file.
pub const DEFAULT_KEYMAP: &str = include_str!("../../assets/keymap.toml");

/// A set of keys to begin with; the reader's own file changes it action by action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// The keys of `assets/keymap.toml`.
    #[default]
    Default,
    /// Counts, `gg`, marks and windows as in vim.
    Vim,
    /// The keys of newsboat, where it has the same action.
    Newsboat,
    /// Arrows and named keys, letters only where nothing else is left.
    Plain,
}

impl Preset {
    /// Files with their texts, one to be laid over the other.
    #[must_use]
    pub fn layers(self) -> Vec<(&'static str, &'static str)> {
        let over = match self {
            Self::Default => None,
            Self::Vim => Some(("keymaps/vim.toml (built in)", include_str!("../../assets/keymaps/vim.toml"))),
            Self::Newsboat => Some(("keymaps/newsboat.toml (built in)", include_str!("../../assets/keymaps/newsboat.toml"))),
            Self::Plain => Some(("keymaps/plain.toml (built in)", include_str!("../../assets/keymaps/plain.toml"))),
        };
        std::iter::once(("keymap.toml (built in)", DEFAULT_KEYMAP)).chain(over).collect()
    }
}

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
    /// A page of the library.
    Page,
}

impl Context {
    /// All contexts, in the order in which they are shown.
    pub const ALL: [Self; 8] =
        [Self::Global, Self::Text, Self::Articles, Self::Entities, Self::Timeline, Self::Quotations, Self::Map, Self::Page];

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
            Self::Page => "page",
        }
    }
}

/// The keys of one action in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    context: Context,
    action: String,
    keys: Vec<Sequence>,
    /// The line of the file that is being read.
    line: Option<usize>,
}

/// What keys mean that have been pressed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound<'a> {
    /// Nothing.
    Nothing,
    /// Something begins with them.
    Begins,
    /// The action of this name.
    Does(&'a str),
}

/// Keys and the names of what they do. Keys have at most one action in a context, and no action's keys are the beginning of another's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    own: Vec<Own>,
}

impl Keymap {
    /// Reads the `layers` that come with the program (names and texts), then the `user`'s file over them, action by action: a reader's keys for an
    /// action replace the default ones, and an empty list takes them away. Keys that a reader gives away are taken from the action that had them.
    #[must_use]
    pub fn load(layers: &[(&str, &str)], user: Option<(&str, &str)>, actions: &[&str]) -> (Self, Vec<Mistake>) {
        let mut keymap = Self::default();
        let mut mistakes = Vec::new();
        for (file, text) in layers.iter().copied().chain(user) {
            for binding in &mut keymap.bindings {
                binding.line = None;
            }
            keymap.read(file, text, actions, &mut mistakes);
        }
        mistakes.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        (keymap, mistakes)
    }

    /// What `typed` means in `context`, or everywhere.
    #[must_use]
    pub fn lookup(&self, context: Context, typed: &[Key]) -> Bound<'_> {
        for context in [context, Context::Global] {
            let mut begins = false;
            for binding in self.bindings.iter().filter(|b| b.context == context) {
                for keys in &binding.keys {
                    if keys.keys() == typed {
                        return Bound::Does(&binding.action);
                    }
                    begins |= keys.after(typed).is_some();
                }
            }
            if begins {
                return Bound::Begins;
            }
        }
        Bound::Nothing
    }

    /// What can follow `typed` in `context`: the keys that are left, and the name of what they do.
    #[must_use]
    pub fn after(&self, context: Context, typed: &[Key]) -> Vec<(Sequence, &str)> {
        let mut out: Vec<(Sequence, &str)> = Vec::new();
        for wanted in [context, Context::Global] {
            for binding in self.bindings.iter().filter(|b| b.context == wanted) {
                for keys in &binding.keys {
                    if let Some(rest) = keys.after(typed)
                        && self.lookup(context, keys.keys()) == Bound::Does(&binding.action)
                        && out.iter().all(|(known, _)| *known != rest)
                    {
                        out.push((rest, &binding.action));
                    }
                }
            }
        }
        out
    }

    /// The keys that do `action` in `context`, the first being the one to show; those of its own and those that work everywhere.
    #[must_use]
    pub fn keys_of(&self, context: Context, action: &str) -> Vec<&Sequence> {
        let mut keys: Vec<&Sequence> = Vec::new();
        for wanted in [context, Context::Global] {
            let bindings = self.bindings.iter().filter(|b| b.context == wanted && b.action == action);
            let reachable = |k: &&Sequence| self.lookup(context, k.keys()) == Bound::Does(action);
            for key in bindings.flat_map(|b| &b.keys).filter(reachable) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// True where `action` has keys that only `context` knows.
    #[must_use]
    pub fn is_own(&self, context: Context, action: &str) -> bool {
        self.bindings.iter().any(|b| b.context == context && b.action == action && !b.keys.is_empty())
    }

    /// The reader's macros and commands.
    #[must_use]
    pub fn own(&self) -> &[Own] {
        &self.own
    }

    fn read(&mut self, file: &str, text: &str, actions: &[&str], mistakes: &mut Vec<Mistake>) {
        let document = Document::read(file, text, mistakes);
        let mut lines = Vec::new();
        for (key, value) in document.entries() {
            let context = Context::ALL.into_iter().find(|c| c.name() == key.get_ref());
            match (context, value.entries(), key.get_ref().as_ref()) {
                (Some(context), Some(entries), _) => lines.extend(entries.map(|(key, value)| (context, key, value))),
                (None, Some(entries), table @ ("macro" | "command")) => {
                    for (name, value) in entries {
                        self.define(&document, table == "macro", name, value, (actions, &mut *mistakes));
                    }
                }
                (_, None, table) if context.is_some() || matches!(table, "macro" | "command") => {
                    document.tell(mistakes, key, tr!("'{table}' is a table, as in [{table}]", table), String::new());
                }
                _ => {
                    let known = Context::ALL.into_iter().map(Context::name).chain(["macro", "command"]);
                    document.unknown(mistakes, key, tr!("unknown context"), known);
                }
            }
        }
        // In the order of the file, so that the first of two actions keeps their key.
        lines.sort_by_key(|(_, key, _)| key.span().start);
        for (context, key, value) in lines {
            if actions.contains(&key.get_ref().as_ref()) || self.own.iter().any(|o| o.name == key.get_ref().as_ref()) {
                self.bind(&document, context, key, value, mistakes);
            } else {
                document.unknown(
                    mistakes,
                    key,
                    tr!("unknown action"),
                    actions.iter().copied().chain(self.own.iter().map(|o| o.name.as_str())),
                );
            }
        }
    }

    /// Takes in a macro or a command.
    fn define(
        &mut self,
        document: &Document<'_>,
        is_macro: bool,
        name: &FileKey<'_>,
        value: Value<'_>,
        (actions, mistakes): (&[&str], &mut Vec<Mistake>),
    ) {
        let own = if actions.contains(&name.get_ref().as_ref()) {
            Err(tr!("'{name}' is the name of an action already", name = name.get_ref()))
        } else if is_macro {
            own::macro_of(name, value)
        } else {
            own::command(document, name, value, mistakes)
        };
        match own {
            Ok(own) => {
                self.own.retain(|known| known.name != own.name);
                self.own.push(own);
            }
            Err(what) => document.tell(mistakes, name, what, String::new()),
        }
    }

    fn bind(&mut self, document: &Document<'_>, context: Context, action: &FileKey<'_>, value: Value<'_>, mistakes: &mut Vec<Mistake>) {
        let line = document.line(action.span().start);
        let written = match value.as_str() {
            Some(one) => Ok(vec![one.to_owned()]),
            None => value.read::<Vec<String>>(),
        };
        let Ok(written) = written else {
            let hint = tr!("as in {action} = [\"x\", \"Ctrl-x\"]", action = action.get_ref());
            return document.tell(mistakes, action, tr!("this is no key and no list of keys").to_owned(), hint);
        };
        let mut keys: Vec<Sequence> = Vec::new();
        for text in &written {
            let fits = text.parse::<Sequence>().and_then(|key| match self.taken(context, &key, action.get_ref()) {
                Some(what) => Err(what),
                None => Ok(key),
            });
            match fits {
                Ok(key) => keys.push(key),
                Err(what) => document.tell(mistakes, action, what, String::new()),
            }
        }
        if keys.is_empty() && !written.is_empty() {
            // Nothing of the line had a meaning: the default stays.
            return;
        }
        self.put(Binding { context, action: action.get_ref().to_string(), keys, line: Some(line) });
    }

    /// Why the same file cannot give `key` to `action`: it has given it, or what it begins with, to another one.
    fn taken(&self, context: Context, key: &Sequence, action: &str) -> Option<String> {
        let others = self.bindings.iter().filter(|b| b.context == context && b.line.is_some() && b.action != action);
        let mut met = others.flat_map(|b| b.keys.iter().filter(|k| k.meets(key)).map(move |k| (k, &b.action)));
        met.next().map(|(known, other)| {
            let place = context.name();
            if known == key {
                tr!("'{key}' is already '{other}' in [{place}]", key, other, place)
            } else {
                tr!("'{key}' cannot be told from '{known}', which is '{other}' in [{place}]", key, known, other, place)
            }
        })
    }

    fn put(&mut self, new: Binding) {
        for old in self.bindings.iter_mut().filter(|b| b.context == new.context) {
            old.keys.retain(|k| !new.keys.iter().any(|n| n.meets(k)));
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

    /// The actions that the built-in keymap speaks of.
    pub(in crate::config) fn actions() -> Vec<&'static str> {
        DEFAULT_KEYMAP.lines().filter_map(|l| l.split_once(" = ")).map(|(name, _)| name).filter(|n| !n.starts_with('#')).collect()
    }

    const FEW: &[&str] = &["quit", "help", "find", "down"];
    const DEFAULTS: &str = "[global]\nquit = [\"q\", \"Ctrl-c\"]\nhelp = \"?\"\nfind = \"/\"\n[text]\ndown = \"j\"\n";

    /// What `keys` do, written as in the file; `…` where more keys have to follow.
    fn does<'a>(keymap: &'a Keymap, context: Context, keys: &str) -> Option<&'a str> {
        match keymap.lookup(context, keys.parse::<Sequence>().unwrap().keys()) {
            Bound::Does(action) => Some(action),
            Bound::Begins => Some("…"),
            Bound::Nothing => None,
        }
    }

    fn keys_of(keymap: &Keymap, context: Context, action: &str) -> Vec<String> {
        keymap.keys_of(context, action).iter().map(ToString::to_string).collect()
    }

    fn load(user: &str) -> (Keymap, Vec<String>) {
        let (keymap, mistakes) = Keymap::load(&[("built in", DEFAULTS)], Some(("keymap.toml", user)), FEW);
        (keymap, mistakes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn no_preset_has_a_mistake_or_leaves_out_what_is_needed() {
        let needed =
            ["quit", "help", "down", "up", "select", "palette", "cancel", "find", "next-match", "back", "map", "copy-link", "pane-1"];
        for preset in [Preset::Default, Preset::Vim, Preset::Newsboat, Preset::Plain] {
            let (keymap, mistakes) = Keymap::load(&preset.layers(), None, &actions());
            assert_eq!(mistakes, [], "{preset:?}");
            for action in needed {
                assert!(!keymap.keys_of(Context::Text, action).is_empty(), "{preset:?} {action}");
            }
        }
        let (keymap, _) = Keymap::load(&Preset::Default.layers(), None, &actions());
        for action in actions() {
            assert!(Context::ALL.iter().any(|c| !keymap.keys_of(*c, action).is_empty()), "{action}");
        }
        assert_eq!(does(&keymap, Context::Timeline, "j"), Some("down"));
        assert_eq!(does(&keymap, Context::Text, "Ctrl-F"), Some("page-down"));
    }

    #[test]
    fn every_preset_reaches_in_every_pane_what_the_default_keys_reach() {
        let load = |preset: Preset| Keymap::load(&preset.layers(), None, &actions()).0;
        let default = load(Preset::Default);
        for preset in [Preset::Vim, Preset::Newsboat, Preset::Plain] {
            let keymap = load(preset);
            for (context, action) in Context::ALL.into_iter().flat_map(|c| actions().into_iter().map(move |a| (c, a))) {
                // Half pages have no key with a name on it.
                let spared = preset == Preset::Plain && action.starts_with("half-page");
                let reached = !keymap.keys_of(context, action).is_empty() || default.keys_of(context, action).is_empty();
                assert!(reached || spared, "{preset:?} has no key for {action} in [{}]", context.name());
            }
        }
    }

    #[test]
    fn several_keys_and_what_can_follow_them() {
        let (keymap, mistakes) = load("[global]\nfind = [\"g g\", \"g Space\"]\nhelp = \"q\"\n[text]\nquit = \"g q\"\n");
        assert_eq!(mistakes, [] as [String; 0]);
        assert_eq!(does(&keymap, Context::Global, "g"), Some("…"));
        assert_eq!(does(&keymap, Context::Global, "gg"), Some("find"));
        assert_eq!(does(&keymap, Context::Text, "gg"), Some("find"));
        assert_eq!(does(&keymap, Context::Text, "gq"), Some("quit"));
        assert_eq!(does(&keymap, Context::Articles, "gq"), None);
        let after = keymap.after(Context::Text, "g".parse::<Sequence>().unwrap().keys());
        let shown: Vec<String> = after.iter().map(|(keys, action)| format!("{keys} {action}")).collect();
        assert_eq!(shown, ["q quit", "g find", "Space find"]);
        // A beginning takes the keys away that begin with it, and the other way round.
        let (keymap, _) = load("[global]\nfind = \"? x\"\n");
        assert!(keymap.keys_of(Context::Global, "help").is_empty());
        let (_, mistakes) = load("[global]\nfind = \"g g\"\nhelp = \"g\"\n");
        assert_eq!(mistakes, ["keymap.toml:3: help: 'g' cannot be told from 'gg', which is 'find' in [global]"]);
    }

    #[test]
    fn macros_and_commands() {
        let (keymap, mistakes) = load(
            "[macro]\nskim = \"Space ] c\"\nquit = \"x\"\nbad = \"PagUp\"\n[command]\nwiki = { open = \"https://example.org/{name}\" }\n\
             speak = { run = \"espeak -s 150\", input = \"text\" }\nnone = { opne = \"x\" }\nfar = { copy = \"{titel}\" }\n[text]\nwiki = \"W\"\nskim = \"g s\"\n",
        );
        assert_eq!(does(&keymap, Context::Text, "W"), Some("wiki"));
        assert_eq!(does(&keymap, Context::Text, "gs"), Some("skim"));
        let mut own: Vec<&str> = keymap.own().iter().map(|o| o.name.as_str()).collect();
        own.sort_unstable();
        assert_eq!(own, ["skim", "speak", "wiki"], "{mistakes:?}");
        let speak = keymap.own().iter().find(|o| o.name == "speak").map(|o| &o.does);
        let program = ["espeak", "-s", "150"].map(str::to_owned).to_vec();
        assert_eq!(speak, Some(&own::Does::Run { program, input: Some(own::Input::Text) }));
        assert_eq!(
            mistakes,
            [
                "keymap.toml:3: 'quit' is the name of an action already",
                "keymap.toml:4: bad: 'PagUp' is no key, did you mean 'PageUp'?",
                "keymap.toml:8: unknown key 'opne' (did you mean 'open'?)",
                "keymap.toml:9: copy: '{titel}' is filled in by nothing, did you mean '{title}'?",
            ]
        );
    }

    #[test]
    fn a_reader_replaces_adds_and_takes_away() {
        let (keymap, mistakes) = load("[global]\nquit = \"x\"\nhelp = []\n[text]\nfind = [\"f\", \"/\"]\n");
        assert_eq!(mistakes, [] as [String; 0]);
        assert_eq!(does(&keymap, Context::Text, "x"), Some("quit"));
        assert_eq!(does(&keymap, Context::Text, "q"), None);
        assert_eq!(does(&keymap, Context::Text, "?"), None);
        assert_eq!(does(&keymap, Context::Articles, "f"), None);
        assert_eq!(keys_of(&keymap, Context::Text, "find"), ["f", "/"]);
        assert_eq!(keys_of(&keymap, Context::Articles, "find"), ["/"]);
    }

    #[test]
    fn a_key_given_away_is_taken_from_the_default() {
        let (keymap, mistakes) = load("[global]\nhelp = \"q\"\n");
        assert_eq!(mistakes, [] as [String; 0]);
        assert_eq!(does(&keymap, Context::Global, "q"), Some("help"));
        assert_eq!(keys_of(&keymap, Context::Global, "quit"), ["Ctrl-c"]);
    }

    #[test]
    fn a_pane_hides_what_works_everywhere() {
        let (keymap, _) = load("[text]\nhelp = \"q\"\n");
        assert_eq!(keys_of(&keymap, Context::Text, "quit"), ["Ctrl-c"]);
        assert_eq!(keys_of(&keymap, Context::Articles, "quit"), ["q", "Ctrl-c"]);
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
        assert_eq!(does(&keymap, Context::Global, "/"), Some("find"));
        assert_eq!(does(&keymap, Context::Global, "?"), Some("help"));
        let (keymap, mistakes) = load("[tekst]\ndown = \"j\"\n[text]\ndown = \"x\"\nfind = [\"x\", \"z\"]\n");
        assert_eq!(
            mistakes,
            ["keymap.toml:1: unknown context 'tekst' (did you mean 'text'?)", "keymap.toml:5: find: 'x' is already 'down' in [text]"]
        );
        assert_eq!(does(&keymap, Context::Text, "x"), Some("down"));
        assert_eq!(does(&keymap, Context::Text, "z"), Some("find"));
    }
}
