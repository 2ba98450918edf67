//! `dateline sync`: the library in step with a server of the reader's own.

use super::{Outcome, library, out, settings};
use crate::config::{ACCOUNT_FILE, Account, ServerKind};
use crate::jobs::sync::{self, Summary};
use crate::locale::{tr, trn};
use crate::notice::Notice;
use crate::store::{Reader, Writer};
use clap::{Subcommand, ValueEnum};
use std::io::Write;
use std::path::Path;

/// What `dateline sync` is told.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, subcommand_negates_reqs = true)]
pub(crate) struct Sync {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write down which server it is, and try whether it lets you in.
    Setup(Setup),
    /// Say which server it is, and what waits to be sent to it.
    Status,
}

/// What `dateline sync setup` is told.
#[derive(Debug, clap::Args)]
struct Setup {
    /// What the server is.
    #[arg(value_enum)]
    kind: Kind,

    /// Its address: as in the browser for FreshRSS and Miniflux, that of the API for others.
    #[arg(value_name = "URL")]
    server: String,

    /// Your name there; left out for a key of Miniflux's API.
    #[arg(default_value = "")]
    user: String,

    /// The command that prints the password or the key: `pass show rss`, `secret-tool lookup service dateline`,
    /// `security find-generic-password -s dateline -w`.
    #[arg(long, value_name = "COMMAND", default_value = "")]
    password_command: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// FreshRSS.
    Freshrss,
    /// Others with the API of Google Reader.
    Greader,
    /// Miniflux.
    Miniflux,
}

const AFTER: &str = "\
Subscriptions with their folders, articles, and what is read and starred go both
ways. What you do without the network is sent the next time. `dateline fetch`
does the same before it asks feeds that the server does not have.

The password is that of the API (FreshRSS: Settings, Profile, API management).
It comes from password-command, from the environment as DATELINE_SYNC_PASSWORD,
or, readable for all who read the file, from `password` in sync.toml.

Examples:
  dateline sync setup freshrss https://rss.example.org ada \\
      --password-command 'secret-tool lookup service dateline'
  dateline sync setup miniflux https://flux.example.org \\
      --password-command 'pass show miniflux-key'
  dateline sync";

/// Brings the library and the server into step, or sets that up.
pub(super) fn run(options: &Sync, at: Option<&Path>, config: Option<&Path>) -> Outcome {
    library::told(match &options.what {
        Some(What::Setup(setup)) => set_up(setup, config),
        Some(What::Status) => status(at, config),
        None => now(at, config),
    })
}

/// The account, where there is one; what is wrong in its file is told.
fn account(config: Option<&Path>) -> Option<Account> {
    let (account, mistakes) = Account::load(settings::place(config).as_deref());
    mistakes.iter().for_each(|m| out::complain(&Notice::new(m.to_string())));
    account
}

fn now(at: Option<&Path>, config: Option<&Path>) -> Result<Outcome, Notice> {
    let account = account(config).ok_or_else(|| {
        Notice::new(tr!("No server is set up")).hint(tr!("dateline sync setup freshrss URL USER --password-command COMMAND does that"))
    })?;
    let mut writer = library::maker(at, "sync")?;
    let mut reader = library::reader(at)?;
    let summary = with(&account, &mut writer, &mut reader)?;
    writer.write(|batch| batch.count_searches(library::now()))?;
    writer.tidy()?;
    let printed = library::print(&said(&summary));
    Ok(if summary.problems.is_empty() { printed } else { Outcome::Partly })
}

/// True where a server is set up, which may have what fills a library.
pub(super) fn is_set_up(config: Option<&Path>) -> bool {
    Account::load(settings::place(config).as_deref()).0.is_some()
}

/// The same for `dateline fetch`: nothing where no server is set up.
pub(super) fn before_fetch(writer: &mut Writer, reader: &mut Reader, config: Option<&Path>) -> Result<Option<Summary>, Notice> {
    account(config).map(|account| with(&account, writer, reader)).transpose()
}

fn with(account: &Account, writer: &mut Writer, reader: &mut Reader) -> Result<Summary, Notice> {
    let summary = sync::with(account, &secret(account)?, writer, reader, library::now())?;
    summary.problems.iter().for_each(out::complain);
    Ok(summary)
}

/// The password; that it can be read by others is told.
fn secret(account: &Account) -> Result<String, Notice> {
    let (secret, warning) = sync::secret(account, true)?;
    warning.iter().for_each(out::complain);
    Ok(secret)
}

fn set_up(setup: &Setup, config: Option<&Path>) -> Result<Outcome, Notice> {
    let kind = match setup.kind {
        Kind::Freshrss => ServerKind::FreshRss,
        Kind::Greader => ServerKind::Greader,
        Kind::Miniflux => ServerKind::Miniflux,
    };
    let account = Account {
        server: setup.server.trim_end_matches('/').to_owned(),
        kind,
        user: setup.user.clone(),
        password_command: setup.password_command.clone(),
        password: String::new(),
    };
    if !crate::jobs::fetch::is_address(&account.server) {
        return Err(Notice::new(setup.server.clone())
            .because(tr!("this is no web address"))
            .hint(tr!("addresses begin with https:// or http://")));
    }
    if !account.server.starts_with("https://") {
        let why = tr!("the password goes over the network as it is");
        out::complain(&Notice::new(account.server.clone()).because(why).hint(tr!("https:// protects it, where the server has that")));
    }
    let feeds = sync::connect(&account, &secret(&account)?)?.subscriptions()?.len();
    let folder = settings::place(config).ok_or_else(|| Notice::new(tr!("There is no place for the configuration")))?;
    let path = folder.join(ACCOUNT_FILE);
    let shown = path.display().to_string();
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::File::create_new(&path)).and_then(|mut file| {
        private(&file)?;
        file.write_all(account.to_toml().as_bytes())
    });
    written.map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Notice::new(shown.clone()).because(tr!("it is there already")).hint(tr!("change it, or take it away first"))
        }
        _ => Notice::new(shown.clone()).because(crate::jobs::reason(&e)),
    })?;
    let feeds = trn!(feeds, "{n} feed", "{n} feeds");
    Ok(library::print(&(tr!("{shown} written; the server has {feeds}. dateline sync gets them", shown, feeds) + "\n")))
}

/// Nobody but the reader reads the file.
#[cfg(unix)]
fn private(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn private(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

fn status(at: Option<&Path>, config: Option<&Path>) -> Result<Outcome, Notice> {
    let Some(account) = account(config) else {
        return Ok(library::print(&format!("{}\n", tr!("no server is set up"))));
    };
    let mut reader = library::reader(at)?;
    let snapshot = reader.snapshot(library::now())?;
    let (feeds, unsent) = (snapshot.remote_feeds()?.len(), snapshot.unsent()?.len());
    let (feeds, unsent) = (trn!(feeds, "{n} feed", "{n} feeds"), trn!(unsent, "{n} article", "{n} articles"));
    let says = tr!("{feeds}, {unsent} with marks to be sent", feeds, unsent);
    Ok(library::print(&format!("{} {}: {says}\n", account.server, account.user)))
}

/// The summary in a line.
pub(super) fn said(sum: &Summary) -> String {
    let feeds = &sum.feeds;
    let parts = [
        (usize::MAX, trn!(sum.new, "{n} new article", "{n} new articles")),
        (sum.taken, trn!(sum.taken, "{n} mark taken over", "{n} marks taken over")),
        (sum.sent, trn!(sum.sent, "{n} mark sent", "{n} marks sent")),
        (feeds.added, trn!(feeds.added, "{n} feed added", "{n} feeds added")),
        (feeds.removed, trn!(feeds.removed, "{n} feed removed", "{n} feeds removed")),
        (feeds.sent, trn!(feeds.sent, "{n} feed sent", "{n} feeds sent")),
        (feeds.unsubscribed, trn!(feeds.unsubscribed, "{n} feed given up", "{n} feeds given up")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
    crate::text::clean_line(&tr!("server: {parts}", parts = parts.join(", "))) + "\n"
}
