//! The reader's own server for feeds, from `sync.toml`: a file of its own, so that a configuration can be shown to others.

use super::Mistake;
use super::document::{Document, Field};
use crate::locale::tr;
use serde::Deserialize;
use std::path::Path;

/// The name of the file in the configuration's folder.
pub const ACCOUNT_FILE: &str = "sync.toml";

/// What a server is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServerKind {
    /// FreshRSS, by the address at which it is read in a browser.
    #[default]
    FreshRss,
    /// Any other with the API of Google Reader, by the address of that API.
    Greader,
    /// Miniflux.
    Miniflux,
}

/// An account on a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its address.
    pub server: String,
    /// What it is.
    pub kind: ServerKind,
    /// The reader's name there; empty for a key of Miniflux.
    pub user: String,
    /// The command that prints the password or the key.
    pub password_command: String,
    /// The password itself, which whoever reads the file can read too.
    pub password: String,
}

const FIELDS: &[Field<Account>] = &[
    Field { name: "server", set: |a, v| v.read().and_then(|s| address(s).map(|s| a.server = s)) },
    Field { name: "kind", set: |a, v| v.put(&mut a.kind) },
    Field { name: "user", set: |a, v| v.put(&mut a.user) },
    Field { name: "password-command", set: |a, v| v.put(&mut a.password_command) },
    Field { name: "password", set: |a, v| v.put(&mut a.password) },
];

fn address(server: String) -> Result<String, String> {
    let web = server.starts_with("https://") || server.starts_with("http://");
    if web && !server.contains(|c: char| c.is_control() || c.is_whitespace()) {
        Ok(server)
    } else {
        Err(tr!("'{server}' is no address that begins with https:// or http://", server))
    }
}

impl Account {
    /// Reads the account in the configuration's folder; `None` where there is none, or none that says where its server is.
    #[must_use]
    pub fn load(dir: Option<&Path>) -> (Option<Self>, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let text = dir.and_then(|dir| super::read(&dir.join(ACCOUNT_FILE), ACCOUNT_FILE, &mut mistakes));
        let account = text.map(|text| Self::parse(&text, &mut mistakes)).filter(|a| !a.server.is_empty());
        (account, mistakes)
    }

    fn parse(text: &str, mistakes: &mut Vec<Mistake>) -> Self {
        let mut account = Self::default();
        let document = Document::read(ACCOUNT_FILE, text, mistakes);
        document.apply(document.entries(), FIELDS, &mut account, mistakes);
        account
    }

    /// The account as the file says it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let kind = match self.kind {
            ServerKind::FreshRss => "freshrss",
            ServerKind::Greader => "greader",
            ServerKind::Miniflux => "miniflux",
        };
        let rows = [("server", self.server.as_str()), ("kind", kind), ("user", &self.user), ("password-command", &self.password_command)];
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        rows.iter().filter(|(_, v)| !v.is_empty()).map(|(name, value)| format!("{name} = {}\n", quoted(value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_and_its_mistakes() {
        let mut mistakes = Vec::new();
        let text = "server = \"https://rss.example.org\"\nkind = \"miniflux\"\nuse = \"ada\"\npassword-command = \"pass show 'a b'\"\n";
        let account = Account::parse(text, &mut mistakes);
        assert_eq!((account.kind, account.password_command.as_str()), (ServerKind::Miniflux, "pass show 'a b'"));
        assert_eq!(mistakes[0].to_string(), "sync.toml:3: unknown key 'use' (did you mean 'user'?)");
        let again = Account::parse(&account.to_toml(), &mut Vec::new());
        assert_eq!(again, account);
        let mut mistakes = Vec::new();
        assert_eq!(Account::parse("server = \"file:///etc\"", &mut mistakes).server, "");
        assert_eq!(mistakes.len(), 1);
    }
}
